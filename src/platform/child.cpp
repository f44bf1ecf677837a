// SPDX-License-Identifier: Apache-2.0
// A fork, a pipe, and a clock.
#include "platform/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

namespace postern::platform {
namespace {

using Clock = std::chrono::steady_clock;

/// The last byte of an answer: without it the child died while it wrote.
constexpr char k_complete = '.';

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

[[noreturn]] void run_child(int answer, const std::function<std::string()>& work) {
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nowhere >= 0) {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, stream);
  }
  int code = 1;
  try {
    code = write_all(answer, work() + k_complete) ? 0 : 1;
  } catch (...) {
    code = 1;
  }
  _exit(code);
}

/// Reads until the other end closes. Returns false when the time is over first.
bool read_all(int descriptor, Clock::time_point end, std::string& text) {
  std::array<char, 65536> buffer{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    pollfd wanted{descriptor, POLLIN, 0};
    const int ready = left > 0 ? poll(&wanted, 1, static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    const ssize_t count = read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return true;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

ChildAnswer in_child(const std::function<std::string()>& work, std::chrono::milliseconds limit) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {};
  const Clock::time_point end = Clock::now() + limit;
  const pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    run_child(ends[1], work);
  }
  close(ends[1]);
  ChildAnswer answer;
  const bool in_time = child > 0 && read_all(ends[0], end, answer.text);
  close(ends[0]);
  if (child > 0) {
    if (!in_time) kill(child, SIGKILL);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    const bool complete = in_time && answer.text.ends_with(k_complete) && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    answer.end = complete ? ChildEnd::answered : in_time ? ChildEnd::failed : ChildEnd::too_slow;
  }
  if (answer.end == ChildEnd::answered) {
    answer.text.pop_back();
  } else {
    answer.text.clear();
  }
  return answer;
}

}  // namespace postern::platform
