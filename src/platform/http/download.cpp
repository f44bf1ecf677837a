// SPDX-License-Identifier: Apache-2.0
// Tries, pauses, and the part of a file that is there already. Beside the part lies what its content is called by the server.
#include "platform/http/download.h"

#include <fcntl.h>
#include <postern/base/error.h>
#include <postern/base/text.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <thread>
#include <vector>

#include "platform/file.h"
#include "platform/http/exchange.h"

namespace postern::platform::http {
namespace {

constexpr long k_ok = 200;
constexpr long k_partial = 206;
constexpr long k_not_modified = 304;
constexpr long k_too_early = 425;
constexpr long k_too_many = 429;
constexpr long k_range_refused = 416;
constexpr long k_timeout = 408;
constexpr long k_server_errors = 500;
constexpr std::uint64_t k_longest_mark = 1024;

bool is_passing(const Exchange& exchange) {
  const long status = exchange.answer.status;
  const bool was_cut = status == 0 || status == k_ok || status == k_partial;
  return was_cut || status == k_timeout || status == k_too_early || status == k_too_many || status >= k_server_errors;
}

/// The file that collects the content.
class Part {
 public:
  explicit Part(std::string path) : m_path(std::move(path)) {
    m_file = FileDescriptor(::open(m_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!m_file) cannot_write();
    struct stat status {};
    if (::fstat(m_file.get(), &status) != 0) cannot_write();
    m_size = static_cast<std::uint64_t>(status.st_size);
    const FileDescriptor folder = open_folder(m_path.substr(0, m_path.rfind('/')));
    const ReadResult mark = read_file_in(folder, m_path.substr(m_path.rfind('/') + 1) + ".mark", k_longest_mark);
    if (mark.status == ReadStatus::complete) m_mark = mark.bytes;
    if (m_mark.empty() && m_size > 0) restart();
  }

  [[nodiscard]] std::uint64_t size() const { return m_size; }
  /// What the server calls the content that the part is of; empty: it cannot be gone on from.
  [[nodiscard]] const std::string& mark() const { return m_mark; }

  void restart() {
    if (::ftruncate(m_file.get(), 0) != 0) cannot_write();
    m_size = 0;
    set_mark({});
  }
  void set_mark(const std::string& mark) {
    m_mark = mark;
    const FileDescriptor file(::open((m_path + ".mark").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file || ::write(file.get(), mark.data(), mark.size()) != static_cast<ssize_t>(mark.size())) cannot_write();
  }
  void append(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::pwrite(m_file.get(), bytes.data(), bytes.size(), static_cast<off_t>(m_size));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) cannot_write();
      bytes.remove_prefix(static_cast<std::size_t>(written));
      m_size += static_cast<std::uint64_t>(written);
    }
  }
  void complete() {
    if (::fsync(m_file.get()) != 0) cannot_write();
    ::unlink((m_path + ".mark").c_str());
  }

 private:
  [[noreturn]] void cannot_write() const {
    throw UsageError("the file " + m_path + " cannot be written: " + error_text(errno),
                     "name a folder that may be written, with room");
  }
  std::string m_path;
  FileDescriptor m_file;
  std::uint64_t m_size = 0;
  std::string m_mark;
};

/// What may stand in If-Range: a strong ETag, else the moment of the last change.
std::string mark_of(const Answer& answer) {
  if (!answer.etag.empty() && !answer.etag.starts_with("W/")) return answer.etag;
  return answer.last_modified;
}

/// Whether `bytes 100-199/200` begins where the part ends.
bool continues(const Answer& answer, std::uint64_t size) {
  return answer.content_range.starts_with("bytes " + std::to_string(size) + "-");
}

/// One download with its tries.
class Fetching {
 public:
  explicit Fetching(const DownloadRequest& request) : m_request(request), m_part(request.path) {}

  Download run() {
    for (m_result.attempts = 1;; ++m_result.attempts) {
      const Exchange exchange = attempt();
      if (!m_trouble.empty()) fail(m_trouble);
      const long status = exchange.answer.status;
      if (status == k_not_modified && !m_request.known_etag.empty()) return finish(exchange.answer, DownloadEnd::not_modified);
      if (exchange.is_whole && (status == k_ok || status == k_partial)) {
        m_part.complete();
        return finish(exchange.answer, DownloadEnd::complete);
      }
      // A range that the server does not know: the part is longer than the content is now.
      const bool is_outdated = status == k_range_refused && m_part.size() > 0;
      if (is_outdated) m_part.restart();
      if (!is_outdated && !is_passing(exchange)) fail(exchange.trouble);
      if (m_result.attempts >= m_request.tries) fail(exchange.trouble + ", after " + std::to_string(m_result.attempts) + " tries");
      std::this_thread::sleep_for(pause_before(m_result.attempts, exchange.answer));
    }
  }

 private:
  Exchange attempt() {
    std::vector<std::string> headers;
    const std::uint64_t start = m_part.mark().empty() ? 0 : m_part.size();
    if (start > 0) {
      headers.push_back("Range: bytes=" + std::to_string(start) + "-");
      headers.push_back("If-Range: " + m_part.mark());
    } else if (!m_request.known_etag.empty()) {
      headers.push_back("If-None-Match: " + m_request.known_etag);
    }
    const auto begin = [&](const Answer& answer) { return accept(answer, start); };
    const auto take = [&](std::string_view bytes) {
      if (m_part.size() + bytes.size() > m_request.most_bytes) {
        m_trouble = "it is larger than " + std::to_string(m_request.most_bytes) + " bytes";
        return false;
      }
      m_part.append(bytes);
      if (m_request.progress) m_request.progress(m_part.size(), m_total);
      return true;
    };
    return get(m_request.url, headers, begin, take);
  }

  /// Whether the content of the answer is wanted, and where it goes.
  bool accept(const Answer& answer, std::uint64_t start) {
    if (answer.status == k_partial && start > 0) {
      if (!continues(answer, start)) {
        m_trouble = "the server sent another part than was asked for";
        return false;
      }
      m_result.resumed_at = start;
    } else if (answer.status == k_ok) {
      m_part.restart();
      m_result.resumed_at = 0;
      m_part.set_mark(mark_of(answer));
    } else {
      return false;
    }
    m_total = answer.length == 0 ? 0 : m_part.size() + answer.length;
    if (m_total > m_request.most_bytes) m_trouble = "it is larger than " + std::to_string(m_request.most_bytes) + " bytes";
    return m_trouble.empty();
  }

  Download finish(const Answer& answer, DownloadEnd end) {
    m_result.end = end;
    m_result.etag = answer.etag;
    m_result.last_modified = answer.last_modified;
    return m_result;
  }

  [[noreturn]] void fail(const std::string& why) const { throw SourceError(m_request.url + " cannot be fetched: " + why); }

  const DownloadRequest& m_request;
  Part m_part;
  Download m_result;
  std::string m_trouble;  ///< what no further try would mend
  std::uint64_t m_total = 0;
};

void check(const std::string& url) {
  if (const std::string refusal = refusal_of(url); !refusal.empty())
    throw UsageError("the address " + url + " is not fetched: " + refusal, "name an address that begins with https://");
}

}  // namespace

Download download(const DownloadRequest& request) {
  check(request.url);
  return Fetching(request).run();
}

std::string fetch_text(const std::string& url, std::uint64_t most_bytes, unsigned tries) {
  check(url);
  for (unsigned attempt = 1;; ++attempt) {
    std::string text;
    bool is_too_long = false;
    const Exchange exchange = get(
        url, {}, [](const Answer& answer) { return answer.status == k_ok; },
        [&](std::string_view bytes) {
          is_too_long = text.size() + bytes.size() > most_bytes;
          if (!is_too_long) text.append(bytes);
          return !is_too_long;
        });
    if (exchange.is_whole && exchange.answer.status == k_ok) return text;
    if (is_too_long) throw SourceError(url + " cannot be fetched: it is larger than " + std::to_string(most_bytes) + " bytes");
    if (!is_passing(exchange) || attempt >= tries) throw SourceError(url + " cannot be fetched: " + exchange.trouble);
    std::this_thread::sleep_for(pause_before(attempt, exchange.answer));
  }
}

}  // namespace postern::platform::http
