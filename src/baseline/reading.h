// SPDX-License-Identifier: Apache-2.0
// What the readers of a snapshot's values share: where they are, and how they report trouble.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/attribute.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace postern::baseline {

/// Which of the two name spaces of attributes is meant.
enum class AttributesOf : std::uint8_t { entity, relation };

/// State of reading one snapshot.
class Reading {
 public:
  explicit Reading(base::DiagnosticSink& sink) : m_sink(sink) {}

  void error(const char* code, const document::Node& where, std::string message, std::string hint = {});
  /// Reports that `node` should be `expected` ("a text").
  void wrong_type(const document::Node& node, std::string_view expected);
  /// Reports that `word` is none of `known` (`what`: "fact type"), with the nearest one as a hint.
  void unknown_word(const char* code, const document::Node& where, std::string_view what, std::string_view word,
                    std::span<const std::string_view> known);
  /// True after so many errors that looking further is no use.
  [[nodiscard]] bool gave_up() const noexcept { return m_errors > k_most_errors; }
  [[nodiscard]] std::size_t errors() const noexcept { return m_errors; }

  base::Symbol input_path;                            ///< of the input whose facts are being read
  AttributesOf attributes_of = AttributesOf::entity;  ///< of the fact that is being read

 private:
  static constexpr std::size_t k_most_errors = 20;
  base::DiagnosticSink& m_sink;
  std::size_t m_errors = 0;
};

/// The definition called `name`, or nullptr. Constant time.
[[nodiscard]] const model::AttributeDefinition* definition_of(std::string_view name, AttributesOf subject);
/// All names of one name space, in the table's order.
[[nodiscard]] std::span<const std::string_view> attribute_names(AttributesOf subject);

/// `text` in single quotes for a message, cut to a reasonable length.
[[nodiscard]] std::string quoted(std::string_view text);

}  // namespace postern::baseline
