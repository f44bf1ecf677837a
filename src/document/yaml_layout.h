// SPDX-License-Identifier: Apache-2.0
// Rules of YAML 1.2 that libyaml does not enforce, checked on the source between and within its events.
#pragma once
#include <yaml.h>

#include <cstddef>
#include <string_view>
#include <vector>

#include "yaml_parser.h"

namespace postern::document {

/// Sees every event of one parser in order. Throws Refusal at what libyaml accepts although it is not YAML 1.2, and at what libyaml
/// reads differently from YAML 1.2. One leniency is kept, since real manifests need it and no reader takes it differently: the
/// bracket that closes a flow collection may stand in the column of the key it belongs to.
class YamlLayout {
 public:
  YamlLayout(std::string_view text, std::size_t start) noexcept : m_text(text), m_start(start), m_gap(start) {}
  void see(YamlParser& parser, YamlEvent& event);

 private:
  /// The part of the source that one event covers.
  struct Extent {
    std::size_t start;
    std::size_t end;
  };
  void see_document(const yaml_event_t& event, Extent extent);
  void see_scalar(const yaml_event_t& event, Extent extent);
  void see_open(const yaml_event_t& event, Extent extent);
  void see_close(Extent extent);
  void check_gap(std::size_t to) const;
  void check_question_mark(std::size_t offset) const;
  void check_lines(Extent extent) const;
  void check_block_scalar(Extent extent) const;
  void check_name(const unsigned char* name, char sigil, Extent extent) const;
  [[nodiscard]] char at(std::size_t offset) const noexcept { return offset < m_text.size() ? m_text[offset] : '\0'; }
  [[nodiscard]] int indent() const noexcept { return m_indents.empty() ? -1 : m_indents.back(); }
  [[nodiscard]] bool in_flow() const noexcept { return m_flow_depth > 0; }

  std::string_view m_text;
  std::size_t m_start;
  std::size_t m_gap;           ///< where the last event ended
  std::vector<int> m_indents;  ///< of every open collection: the column from 0 of the innermost block collection
  std::size_t m_flow_depth = 0;
  std::size_t m_flow_start = 0;  ///< of the outermost flow collection
  bool m_seen_document = false;
};

}  // namespace postern::document
