// SPDX-License-Identifier: Apache-2.0
// One request for a resource and its answer, with libcurl: https only (http to this machine), no redirects, no credentials.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::platform::http {

/// Why an address is not asked; empty when it may be. Allowed are https, and http to localhost, 127.0.0.1 and [::1].
[[nodiscard]] std::string refusal_of(std::string_view url);

/// What an answer says before its content.
struct Answer {
  long status = 0;  ///< 0: there was none
  std::string etag;
  std::string last_modified;
  std::string content_range;
  std::string retry_after;
  std::uint64_t length = 0;  ///< announced; 0: not
};

struct Exchange {
  Answer answer;
  bool is_whole = false;  ///< the content came to its end
  std::string trouble;    ///< why not
};

/// Asks once with GET. `begin` is called when the head of the answer is there and says whether its content is wanted; `take` with
/// each piece, and says whether to go on. Connecting takes at most five seconds; a transfer ends when less than 512 bytes a second
/// came for twenty seconds.
[[nodiscard]] Exchange get(const std::string& url, const std::vector<std::string>& headers,
                           const std::function<bool(const Answer&)>& begin, const std::function<bool(std::string_view)>& take);

/// How long to wait before try `attempt` (from 1): what the server asks for, at most a minute; else a random time that doubles, of
/// at most eight seconds.
[[nodiscard]] std::chrono::milliseconds pause_before(unsigned attempt, const Answer& answer);

}  // namespace postern::platform::http
