// SPDX-License-Identifier: Apache-2.0
// Where results go: standard output and report files.
#include "app/output.h"

#include <fcntl.h>
#include <postern/base/error.h>
#include <postern/base/text.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "layout/graphviz.h"

namespace postern::app {
namespace {

/// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : m_number(number) {}
  ~Descriptor() {
    if (m_number >= 0) close(m_number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return m_number; }

 private:
  int m_number;
};

[[noreturn]] void cannot_write(const std::string& path) {
  throw UsageError("the file " + path + " cannot be written: " + std::strerror(errno),
                   "name a file in a folder that exists and may be written");
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

void write_file(const std::string& path, const std::string& text) {
  struct Temporary {
    std::string path;
    ~Temporary() {
      if (!path.empty()) unlink(path.c_str());
    }
  } temporary{path + ".tmp-" + std::to_string(getpid())};
  {
    const Descriptor file(open(temporary.path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (file.number() < 0 || !write_all(file.number(), text) || fsync(file.number()) != 0) cannot_write(path);
  }
  if (rename(temporary.path.c_str(), path.c_str()) != 0) cannot_write(path);
  temporary.path.clear();
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Descriptor parent(open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (parent.number() >= 0) fsync(parent.number());
}

bool is_folder(const std::string& path) {
  std::error_code ignored;
  return path.ends_with('/') || std::filesystem::is_directory(path, ignored);
}

void make_folder(const std::string& path) {
  std::error_code trouble;
  std::filesystem::create_directories(path, trouble);
  if (trouble && !std::filesystem::is_directory(path))
    throw UsageError("the folder " + path + " cannot be made: " + trouble.message(), "name a folder that may be written");
}

void write_output(const std::string& text) {
  if (!write_all(STDOUT_FILENO, text)) throw UsageError(std::string("standard output cannot be written: ") + std::strerror(errno));
}

std::vector<std::pair<std::string, std::string>> reports_of(const std::vector<std::string>& texts) {
  std::vector<std::pair<std::string, std::string>> reports;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == text.size()) {
      throw UsageError("--report is '" + text + "', expected FORMAT=FILE", "for instance --report markdown=report.md");
    }
    reports.emplace_back(text.substr(0, equals), text.substr(equals + 1));
  }
  return reports;
}

render::TextOptions text_options(const Options& options) {
  render::TextOptions text;
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  const char* no_colour = std::getenv("NO_COLOR");
  if (terminal && (no_colour == nullptr || *no_colour == '\0')) text.colour = render::Colour::always;
  winsize size{};
  if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 80) text.width = size.ws_col;
  if (options.verbose) text.detail = render::Detail::full;
  return text;
}

render::RenderOptions render_options(const Options& options) {
  return {text_options(options), {}, [](const model::LayoutRequest& request) { return layout::lay_out_with_graphviz(request); }};
}

void unknown_format(const std::string& format, const std::vector<std::string>& known) {
  const std::vector<std::string_view> names(known.begin(), known.end());
  const auto close = base::did_you_mean(format, names);
  throw UsageError("unknown format '" + format + "', expected one of: " + base::join(known, ", "),
                   close ? "did you mean '" + *close + "'?" : "");
}

}  // namespace postern::app
