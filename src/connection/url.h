// SPDX-License-Identifier: Apache-2.0
// Cuts URLs and DSNs out of text. Passwords may hold any of "@ : / ; , %", also unescaped: whatever can be user information is.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postern::connection {

/// Offsets of the parts of one URL in the text that it was found in. `begin <= scheme_end < authority <= hosts <= path <= query <=
/// end`.
struct UrlSpan {
  std::size_t begin = 0;
  std::size_t scheme_end = 0;  ///< of the ':' before "//" (or of the '@' of Oracle's thin form)
  std::size_t authority = 0;   ///< after "//"
  std::size_t hosts = 0;       ///< after the '@' of the user information; equals `authority` without one
  std::size_t path = 0;        ///< of '/', or where the query or the end is
  std::size_t query = 0;       ///< of '?', ';' or '#', or the end
  std::size_t end = 0;

  [[nodiscard]] bool has_user_info() const noexcept { return hosts > authority; }
};

/// How far user information may reach.
enum class Reach : unsigned char {
  token,  ///< a longer text: to the next space or closing quote, unless the URL makes no sense so
  line,   ///< the value of one setting: also over spaces and quotes, when an '@' and a host with port or path follow
};

/// Every "scheme://..." in one line or value. `masked` is the text after `mask_references`. Linear.
[[nodiscard]] std::vector<UrlSpan> find_urls(std::string_view masked, Reach reach = Reach::token);

/// The '@' at `at` stands in an option behind '?' or ';' ("?mail=a@b.example"), not at the end of user information.
[[nodiscard]] bool is_in_option(std::string_view text, std::size_t from, std::size_t at, std::size_t limit, bool is_jdbc);

/// The text is a list of hosts with optional ports, as between "//" and "/". `masked` as above.
[[nodiscard]] bool is_host_list(std::string_view masked);

/// A host with its optional port as written.
struct HostPort {
  std::string_view host;
  std::string_view port;
  bool valid = false;
};
/// Splits "host:port", "[v6]:port" or a host alone; references count as valid parts.
[[nodiscard]] HostPort split_host_port(std::string_view masked);

/// http, https and their relatives: a path with '@' is usual there.
[[nodiscard]] bool is_web_scheme(std::string_view lower_scheme);

}  // namespace postern::connection
