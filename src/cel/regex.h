// SPDX-License-Identifier: Apache-2.0
// Regular expressions (RE2 syntax): linear time, limited program size. The only header of this part that stands for RE2.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace postern::cel {

/// A compiled pattern; safe to use from several threads.
class Regex {
 public:
  /// Compiles `pattern`, or says why it is refused (malformed, or its program is larger than the limit).
  [[nodiscard]] static std::variant<std::shared_ptr<const Regex>, std::string> compile(std::string_view pattern);
  virtual ~Regex() = default;
  /// True when the pattern matches some part of `text`.
  [[nodiscard]] virtual bool finds(std::string_view text) const = 0;
  /// Instructions of the compiled program: what compiling cost, and what it keeps in memory.
  [[nodiscard]] virtual std::size_t program_size() const = 0;
};

}  // namespace postern::cel
