// SPDX-License-Identifier: Apache-2.0
// Finds "key: value", "key=value", JSON members and command-line flags in one line, whatever the format of the file.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace postern::connection {

enum class KeyStyle : unsigned char {
  line,    ///< the line's own key: the value reaches to the end of the line
  inside,  ///< a member or an assignment inside the line
  flag,    ///< "--flag value"
  spaced,  ///< "Host search": a word for a host or port, and one more word
};

/// Offsets in the line; quotes are not part of key and value.
struct KeyValue {
  std::size_t key_begin = 0;
  std::size_t key_end = 0;
  std::size_t value_begin = 0;
  std::size_t value_end = 0;
  KeyStyle style = KeyStyle::inside;

  [[nodiscard]] std::string_view key(std::string_view line) const { return line.substr(key_begin, key_end - key_begin); }
  [[nodiscard]] std::string_view value(std::string_view line) const { return line.substr(value_begin, value_end - value_begin); }
};

/// All pairs, by position of the key; pairs inside the value of an outer pair are found too. Linear.
[[nodiscard]] std::vector<KeyValue> find_key_values(std::string_view line);
/// The same into `pairs`, whose old content goes: for those who read line after line.
void find_key_values(std::string_view line, std::vector<KeyValue>& pairs);

/// End of the line without a trailing comment (" #..." outside quotes); 0 for a line that is only a comment ('#' or '//').
[[nodiscard]] std::size_t end_without_comment(std::string_view line);

}  // namespace postern::connection
