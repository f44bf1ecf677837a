// SPDX-License-Identifier: Apache-2.0
// The options of libcurl that make a request safe, and the callbacks that look at the answer.
#include "platform/http/exchange.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <random>

#include "platform/http/library.h"

namespace postern::platform::http {
namespace {

constexpr long k_connect_milliseconds = 5'000;
constexpr long k_slow_bytes = 512;
constexpr long k_slow_seconds = 20;
constexpr long k_first_success = 200;
constexpr std::size_t k_longest_url = 2048;

struct HeaderRow {
  std::string_view name;
  std::string Answer::*field;
};
constexpr std::array k_headers = {
    HeaderRow{"content-range", &Answer::content_range},
    HeaderRow{"etag", &Answer::etag},
    HeaderRow{"last-modified", &Answer::last_modified},
    HeaderRow{"retry-after", &Answer::retry_after},
};

/// What the callbacks share.
struct Transfer {
  const std::function<bool(const Answer&)>& begin;
  const std::function<bool(std::string_view)>& take;
  Answer answer;
  bool is_begun = false;
  bool is_wanted = true;
};

std::size_t on_header(const char* bytes, std::size_t, std::size_t count, void* user) {
  Transfer& transfer = *static_cast<Transfer*>(user);
  const std::string_view line = base::trim({bytes, count});
  if (line.starts_with("HTTP/")) {  // also after "100 Continue"
    transfer.answer = {};
    const std::size_t space = line.find(' ');
    if (space != std::string_view::npos)
      std::from_chars(line.data() + space + 1, line.data() + line.size(), transfer.answer.status);
    return count;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return count;
  const std::string name = base::to_lower(line.substr(0, colon));
  const std::string_view value = base::trim(line.substr(colon + 1));
  for (const HeaderRow& row : k_headers) {
    if (row.name == name) transfer.answer.*row.field = std::string(value);
  }
  if (name == "content-length") std::from_chars(value.data(), value.data() + value.size(), transfer.answer.length);
  return count;
}

std::size_t on_content(const char* bytes, std::size_t, std::size_t count, void* user) {
  Transfer& transfer = *static_cast<Transfer*>(user);
  if (!transfer.is_begun) {
    transfer.is_begun = true;
    transfer.is_wanted = transfer.begin(transfer.answer);
  }
  return transfer.is_wanted && transfer.take({bytes, count}) ? count : 0;
}

}  // namespace

std::string refusal_of(std::string_view url) {
  if (url.size() > k_longest_url) return "it is longer than 2048 characters";
  const bool is_plain = std::all_of(url.begin(), url.end(), [](char each) { return each > ' ' && each < 0x7F; });
  if (!is_plain) return "it holds blanks, control characters or letters outside of ASCII";
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return "it is no address with a scheme";
  const std::string name = base::to_lower(url.substr(0, scheme));
  const std::string_view rest = url.substr(scheme + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#\\"));
  if (authority.empty()) return "it names no host";
  if (authority.find('@') != std::string_view::npos) return "it holds credentials";
  if (name == "https") return {};
  if (name != "http") return "only https is fetched";
  const std::size_t end = authority.starts_with('[') ? authority.find(']') + 1 : std::min(authority.find(':'), authority.size());
  const std::string_view host = authority.substr(0, end);
  const bool is_here = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
  return is_here ? std::string() : "http is for this machine alone; use https";
}

Exchange get(const std::string& url, const std::vector<std::string>& headers, const std::function<bool(const Answer&)>& begin,
             const std::function<bool(std::string_view)>& take) {
  const Library& curl = library();
  const std::unique_ptr<CURL, decltype(curl.cleanup)> handle(curl.init(), curl.cleanup);
  if (handle == nullptr) throw std::bad_alloc();
  Transfer transfer{begin, take, {}, false, true};
  curl_slist* list = nullptr;
  for (const std::string& header : headers) list = curl.append(list, header.c_str());
  const std::unique_ptr<curl_slist, decltype(curl.free_list)> owner(list, curl.free_list);
  CURL* const at = handle.get();
  curl.set(at, CURLOPT_URL, url.c_str());
  curl.set(at, CURLOPT_PROTOCOLS_STR, base::to_lower(url).starts_with("https:") ? "https" : "http");
  curl.set(at, CURLOPT_FOLLOWLOCATION, 0L);
  curl.set(at, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl.set(at, CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
  curl.set(at, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl.set(at, CURLOPT_NOSIGNAL, 1L);
  curl.set(at, CURLOPT_CONNECTTIMEOUT_MS, k_connect_milliseconds);
  curl.set(at, CURLOPT_LOW_SPEED_LIMIT, k_slow_bytes);
  curl.set(at, CURLOPT_LOW_SPEED_TIME, k_slow_seconds);
  curl.set(at, CURLOPT_USERAGENT, "postern");
  curl.set(at, CURLOPT_HTTPHEADER, list);
  curl.set(at, CURLOPT_HEADERFUNCTION, on_header);
  curl.set(at, CURLOPT_HEADERDATA, &transfer);
  curl.set(at, CURLOPT_WRITEFUNCTION, on_content);
  curl.set(at, CURLOPT_WRITEDATA, &transfer);
  const CURLcode code = curl.perform(at);
  Exchange exchange;
  if (!transfer.is_begun && code == CURLE_OK) transfer.is_wanted = begin(transfer.answer);  // an empty content
  exchange.answer = transfer.answer;
  exchange.is_whole = code == CURLE_OK && transfer.is_wanted;
  if (code != CURLE_OK && transfer.is_wanted) exchange.trouble = curl.error_text(code);
  if (exchange.trouble.empty() && (transfer.answer.status < k_first_success || transfer.answer.status >= 300))
    exchange.trouble = "the server answered with status " + std::to_string(transfer.answer.status);
  return exchange;
}

std::chrono::milliseconds pause_before(unsigned attempt, const Answer& answer) {
  constexpr std::int64_t k_longest_asked = 60;
  constexpr std::int64_t k_first = 250;
  constexpr std::int64_t k_longest = 8'000;
  std::int64_t seconds = 0;
  const auto [end, error] =
      std::from_chars(answer.retry_after.data(), answer.retry_after.data() + answer.retry_after.size(), seconds);
  if (error == std::errc() && seconds >= 0) return std::chrono::seconds(std::min(seconds, k_longest_asked));
  const std::int64_t most = std::min(k_longest, k_first << std::min(attempt, 10U));
  thread_local std::minstd_rand random{std::random_device{}()};
  return std::chrono::milliseconds(std::uniform_int_distribution<std::int64_t>(k_first / 2, most)(random));
}

}  // namespace postern::platform::http
