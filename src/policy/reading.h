// SPDX-License-Identifier: Apache-2.0
// Strict reading of our own YAML: every key is known, every value has the type that is expected, every trouble has its place.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::policy {

using document::Node;

/// Where troubles go, and what is being read: `pack secrets`, `rule X`.
class Reading {
 public:
  explicit Reading(base::DiagnosticSink& sink) : m_sink(sink) {}
  void report(std::string_view code, base::Severity severity, const base::Location& location, std::string message,
              std::string hint = {});
  void error(std::string_view code, const base::Location& location, std::string message, std::string hint = {}) {
    report(code, base::Severity::error, location, std::move(message), std::move(hint));
  }
  [[nodiscard]] base::DiagnosticSink& sink() { return m_sink; }

  /// Adds a word to the context as long as it lives.
  class Scope {
   public:
    Scope(Reading& reading, std::string word) : m_reading(reading) { m_reading.m_context.push_back(std::move(word)); }
    ~Scope() { m_reading.m_context.pop_back(); }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

   private:
    Reading& m_reading;
  };

 private:
  base::DiagnosticSink& m_sink;
  std::vector<std::string> m_context;
};

enum class Presence : std::uint8_t { required, optional };

/// A key that a mapping may have, and what reads its value into a draft.
template <class Draft>
struct KeyRow {
  std::string_view name;
  Presence presence;
  void (*read)(Draft&, const Node&);
};

/// Reports keys of `mapping` that are not among `known`, with a did-you-mean, and the required ones that are missing.
void check_keys(Reading& reading, const Node& mapping, std::span<const std::string_view> known,
                std::span<const std::string_view> required);
/// Reports and returns false when `node` is no mapping.
bool expect_mapping(Reading& reading, const Node& node, std::string_view what);

/// Reads `mapping` by its rows, in the rows' order.
template <class Draft, std::size_t Size>
void read_keys(Reading& reading, const Node& mapping, const KeyRow<Draft> (&rows)[Size], Draft& draft) {
  std::vector<std::string_view> known;
  std::vector<std::string_view> required;
  for (const auto& row : rows) {
    known.push_back(row.name);
    if (row.presence == Presence::required) required.push_back(row.name);
  }
  check_keys(reading, mapping, known, required);
  for (const auto& row : rows) {
    if (const Node value = mapping[row.name]) row.read(draft, value);
  }
}

/// The text of a string that is not empty; anything else is reported as not being `what`.
[[nodiscard]] std::string read_text(Reading& reading, const Node& node, std::string_view what);
/// A sequence of such texts.
[[nodiscard]] std::vector<std::string> read_texts(Reading& reading, const Node& node, std::string_view what);
/// One of `choices`; anything else is reported with the choices.
[[nodiscard]] std::optional<std::size_t> read_choice(Reading& reading, const Node& node, std::string_view what,
                                                     std::span<const std::string_view> choices);

}  // namespace postern::policy
