// SPDX-License-Identifier: Apache-2.0
// Paths of inputs as URI references (RFC 3986).
#include "render/uri.h"

#include <algorithm>

namespace postern::render {
namespace {

bool is_unreserved(char c) {
  const bool is_alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_alphanumeric || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string encoded(std::string_view text, bool keeps_slashes) {
  std::string result;
  for (const char c : text) {
    if (is_unreserved(c) || (c == '/' && keeps_slashes)) {
      result += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      result += '%';
      result += "0123456789ABCDEF"[byte >> 4U];
      result += "0123456789ABCDEF"[byte & 0xFU];
    }
  }
  return result;
}

}  // namespace

std::string percent_encoded(std::string_view text) { return encoded(text, false); }

std::string uri_of_path(std::string_view path) {
  if (!path.starts_with('/')) return encoded(path, true);
  // `//name` would be a host.
  return "file:///" + encoded(path.substr(std::min(path.find_first_not_of('/'), path.size())), true);
}

}  // namespace postern::render
