// SPDX-License-Identifier: Apache-2.0
// An interned string: names that repeat thousands of times (files, containers, ids) are stored once and compared by address.
#pragma once
#include <compare>
#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>

namespace postern::base {

/// An interned, immutable string that lives as long as the process. Equality costs one pointer comparison; ordering is by text,
/// so that ordered containers are deterministic. Creating one takes a lock (sharded; safe from several threads).
class Symbol {
 public:
  /// The empty symbol.
  Symbol() noexcept;
  /// Interns `text`.
  explicit Symbol(std::string_view text);

  [[nodiscard]] const std::string& str() const noexcept { return *m_text; }
  [[nodiscard]] std::string_view view() const noexcept { return *m_text; }
  [[nodiscard]] bool empty() const noexcept { return m_text->empty(); }
  /// A stable address for hashing within one process; never written to any output.
  [[nodiscard]] const void* identity() const noexcept { return m_text; }

  friend bool operator==(Symbol a, Symbol b) noexcept { return a.m_text == b.m_text; }
  friend std::strong_ordering operator<=>(Symbol a, Symbol b) noexcept {
    if (a.m_text == b.m_text) return std::strong_ordering::equal;
    return *a.m_text <=> *b.m_text;
  }
  friend std::ostream& operator<<(std::ostream& out, Symbol symbol) { return out << symbol.str(); }

 private:
  const std::string* m_text;
};

}  // namespace postern::base

template <>
struct std::hash<postern::base::Symbol> {
  std::size_t operator()(postern::base::Symbol symbol) const noexcept { return std::hash<const void*>{}(symbol.identity()); }
};
