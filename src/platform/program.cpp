// SPDX-License-Identifier: Apache-2.0
// A fork, walls around the child, and two pipes. Between fork and exec only calls that are safe there.
#include "platform/program.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

#include "platform/file.h"

namespace postern::platform {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t k_most_errors = std::size_t{16} << 10U;

#if defined(__x86_64__)
constexpr unsigned k_architecture = AUDIT_ARCH_X86_64;
constexpr unsigned k_other_numbers = 0x40000000U;  // the x32 interface of the same processor
#elif defined(__aarch64__)
constexpr unsigned k_architecture = AUDIT_ARCH_AARCH64;
constexpr unsigned k_other_numbers = 0;
#else
constexpr unsigned k_architecture = 0;
constexpr unsigned k_other_numbers = 0;
#endif

constexpr sock_filter statement(unsigned code, unsigned value) { return {static_cast<std::uint16_t>(code), 0, 0, value}; }
constexpr sock_filter jump(unsigned code, unsigned value, std::uint8_t yes, std::uint8_t no) {
  return {static_cast<std::uint16_t>(code), yes, no, value};
}

/// No sockets of any family, no ring through which they could be opened, no calls of another interface of the kernel, no writing
/// into other processes.
bool forbid_network() {
  if (k_architecture == 0) return false;
  constexpr unsigned k_refuse = SECCOMP_RET_ERRNO | EACCES;
  const std::array filter{
      statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      jump(BPF_JMP | BPF_JEQ | BPF_K, k_architecture, 0, 7),
      statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      jump(BPF_JMP | BPF_JSET | BPF_K, k_other_numbers, 5, 0),
      jump(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 4, 0),
      jump(BPF_JMP | BPF_JEQ | BPF_K, SYS_io_uring_setup, 3, 0),
      jump(BPF_JMP | BPF_JEQ | BPF_K, SYS_ptrace, 2, 0),
      jump(BPF_JMP | BPF_JEQ | BPF_K, SYS_process_vm_writev, 1, 0),
      statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      statement(BPF_RET | BPF_K, k_refuse),
  };
  const sock_fprog program{static_cast<unsigned short>(filter.size()), const_cast<sock_filter*>(filter.data())};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

bool limit(int resource, std::uint64_t value) {
  const rlimit wanted{value, value};
  return setrlimit(static_cast<__rlimit_resource>(resource), &wanted) == 0;
}

bool put_up_limits(const ProgramLimits& limits) {
  constexpr std::uint64_t k_files = 256;
  const auto seconds = static_cast<std::uint64_t>(limits.time.count() / 1000 + 1);
  return limit(RLIMIT_CORE, 0) && limit(RLIMIT_CPU, seconds) && limit(RLIMIT_DATA, limits.memory) &&
         limit(RLIMIT_FSIZE, limits.file_bytes) && limit(RLIMIT_NOFILE, k_files);
}

/// Says why it did not start, on the pipe that exec closes.
[[noreturn]] void give_up(int complaint) {
  const int error = errno == 0 ? EPERM : errno;
  [[maybe_unused]] const ssize_t written = write(complaint, &error, sizeof(error));
  _exit(127);
}

struct Ends {
  int output;
  int errors;
  int complaint;
};

[[noreturn]] void become(const Program& program, const ProgramLimits& limits, char* const* arguments, char* const* environment,
                         const Ends& ends) {
  setsid();
  const int nowhere = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const bool streams = nowhere >= 0 && dup2(nowhere, STDIN_FILENO) >= 0 && dup2(ends.output, STDOUT_FILENO) >= 0 &&
                       dup2(ends.errors, STDERR_FILENO) >= 0;
  if (!streams || chdir(program.folder.c_str()) != 0 || !put_up_limits(limits)) give_up(ends.complaint);
  // Where the system allows it; the filter holds without.
  [[maybe_unused]] const int namespaces = unshare(CLONE_NEWUSER | CLONE_NEWNET);
  errno = 0;
  if (!forbid_network()) give_up(ends.complaint);
  // Nothing that this process has open is for others.
  constexpr int k_first = 3;
  constexpr int k_last = 4096;
  for (int descriptor = k_first; descriptor < k_last; ++descriptor) {
    if (descriptor != ends.complaint) close(descriptor);
  }
  execve(program.path.c_str(), arguments, environment);
  give_up(ends.complaint);
}

/// One of the child's streams while it is read.
struct Stream {
  int descriptor;
  std::string& text;
  std::size_t most;
  bool cut = false;
  bool open = true;
};

void read_some(Stream& stream) {
  std::array<char, 65536> buffer{};
  const ssize_t count = read(stream.descriptor, buffer.data(), buffer.size());
  if (count < 0 && errno == EINTR) return;
  if (count <= 0) {
    stream.open = false;
    return;
  }
  const std::size_t room = stream.most - stream.text.size();
  stream.cut = stream.cut || static_cast<std::size_t>(count) > room;
  stream.text.append(buffer.data(), std::min(room, static_cast<std::size_t>(count)));
}

/// Reads both streams to their ends. Nothing when all went well.
std::optional<ProgramEnd> read_streams(Stream& output, Stream& errors, Clock::time_point end) {
  while (output.open || errors.open) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return ProgramEnd::too_slow;
    std::array<pollfd, 2> wanted{pollfd{output.open ? output.descriptor : -1, POLLIN, 0},
                                 pollfd{errors.open ? errors.descriptor : -1, POLLIN, 0}};
    const int ready = poll(wanted.data(), wanted.size(), static_cast<int>(left));
    if (ready < 0 && errno != EINTR) return ProgramEnd::killed;
    if (ready <= 0) continue;
    if (wanted[0].revents != 0) read_some(output);
    if (wanted[1].revents != 0) read_some(errors);
    if (output.cut) return ProgramEnd::too_much;
  }
  return std::nullopt;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

struct Pipe {
  FileDescriptor reading;
  FileDescriptor writing;
};

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

/// Whether the child ends before its time is over; it stays to be waited for.
bool ends_in_time(pid_t child, Clock::time_point end) {
  constexpr timespec k_pause{0, 2'000'000};
  for (;;) {
    siginfo_t information{};
    const int found = waitid(P_PID, static_cast<id_t>(child), &information, WEXITED | WNOHANG | WNOWAIT);
    if (found == 0 && information.si_pid == child) return true;
    if ((found < 0 && errno != EINTR) || Clock::now() >= end) return false;
    nanosleep(&k_pause, nullptr);
  }
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

ProgramResult run_program(const Program& program, const ProgramLimits& limits) {
  ProgramResult result;
  std::vector<std::string> words{program.path};
  words.insert(words.end(), program.arguments.begin(), program.arguments.end());
  std::vector<std::string> variables;
  for (const auto& [name, value] : program.environment) variables.push_back(name + "=" + value);
  const std::vector<char*> arguments = pointers(words);
  const std::vector<char*> environment = pointers(variables);
  auto output = make_pipe();
  auto errors = make_pipe();
  auto complaint = make_pipe();
  if (!output || !errors || !complaint) {
    result.code = errno;
    return result;
  }
  const Clock::time_point end = Clock::now() + limits.time;
  const pid_t child = fork();
  if (child == 0) {
    become(program, limits, arguments.data(), environment.data(),
           {output->writing.get(), errors->writing.get(), complaint->writing.get()});
  }
  for (Pipe* each : {&*output, &*errors, &*complaint}) each->writing = FileDescriptor();
  if (child < 0) {
    result.code = errno;
    return result;
  }
  Stream out{output->reading.get(), result.output, limits.output};
  Stream err{errors->reading.get(), result.errors, k_most_errors};
  auto trouble = read_streams(out, err, end);
  if (!trouble && !ends_in_time(child, end)) trouble = ProgramEnd::too_slow;
  kill(-child, SIGKILL);  // also what it left behind; harmless where nothing is left
  if (trouble) kill(child, SIGKILL);
  int error = 0;
  const bool complained = read(complaint->reading.get(), &error, sizeof(error)) == static_cast<ssize_t>(sizeof(error));
  const int status = wait_for(child);
  if (complained) {
    result.code = error;
  } else if (trouble) {
    result.end = *trouble;
  } else if (WIFEXITED(status)) {
    result.end = ProgramEnd::finished;
    result.code = WEXITSTATUS(status);
  } else {
    result.end = ProgramEnd::killed;
    result.code = WTERMSIG(status);
  }
  return result;
}

std::optional<std::string> find_program(std::string_view name, std::string_view search_path) {
  while (!search_path.empty()) {
    const std::size_t colon = search_path.find(':');
    const std::string_view folder = search_path.substr(0, colon);
    search_path = colon == std::string_view::npos ? std::string_view() : search_path.substr(colon + 1);
    if (!folder.starts_with('/')) continue;
    std::string path = std::string(folder) + "/" + std::string(name);
    struct stat status {};
    if (stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && access(path.c_str(), X_OK) == 0) return path;
  }
  return std::nullopt;
}

}  // namespace postern::platform
