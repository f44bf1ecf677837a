// SPDX-License-Identifier: Apache-2.0
// From pugixml's tree to ours: names without prefixes, elements of one name together.
#include "xml_reader.h"

#include <algorithm>
#include <pugixml.hpp>
#include <string>
#include <unordered_map>
#include <vector>

#include "code_names.h"
#include "text_checks.h"
#include "tree_builder.h"

namespace postern::document {
namespace {

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos || colon + 1 == name.size() ? name : name.substr(colon + 1);
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view k_space = " \t\r\n";
  const std::size_t first = text.find_first_not_of(k_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(k_space) - first + 1);
}

/// The child elements of one name, in their order.
struct Group {
  std::string_view name;
  std::vector<pugi::xml_node> elements;
};

class XmlReader {
 public:
  XmlReader(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter)
      : m_text(source->text()), m_start(byte_order_mark(m_text)), m_reporter(reporter), m_builder(source, limits, reporter) {}

  std::optional<Document> read() {
    try {
      parse();
      m_builder.start();
      const pugi::xml_node root = m_document.document_element();
      m_builder.open(Kind::mapping, Style::flow, offset_of(root));
      add_text(local_name(root.name()), offset_of(root));
      add_element(root);
      m_builder.close();
      return m_builder.finish();
    } catch (Refusal& refusal) {
      m_reporter.error(std::move(refusal));
      return std::nullopt;
    }
  }

 private:
  void parse() {
    const std::string_view text = m_text.substr(m_start);
    const pugi::xml_parse_result result =
        m_document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single, pugi::encoding_utf8);
    const std::size_t at = m_start + static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
    if (!result)
      throw Refusal{k_xml_syntax, at, std::string("not well-formed XML: ") + result.description(), "is the file cut off?"};
    if (!m_document.document_element()) throw Refusal{k_xml_syntax, m_start, "XML without an element", "export the file again"};
    check_depth();
  }

  /// Before anything recurses: the limit of the builder counts mappings and sequences, and an element may be both.
  void check_depth() const {
    constexpr int k_deepest = 48;
    int depth = 1;
    for (pugi::xml_node node = m_document.document_element(); node;) {
      if (depth > k_deepest) throw Refusal{k_too_deep, offset_of(node), "elements within elements, deeper than 48 levels", ""};
      if (node.first_child()) {
        node = node.first_child();
        ++depth;
        continue;
      }
      while (node && !node.next_sibling()) {
        node = node.parent();
        --depth;
      }
      if (node) node = node.next_sibling();
      if (depth <= 0) break;
    }
  }

  [[nodiscard]] std::size_t offset_of(pugi::xml_node node) const {
    const std::ptrdiff_t offset = node.offset_debug();
    // The name begins behind the bracket.
    return offset <= 0 ? m_start : m_start + static_cast<std::size_t>(offset) - 1;
  }

  void add_text(std::string_view text, std::size_t offset) {
    m_builder.scalar({Kind::string, Style::double_quoted, m_builder.keep(text), offset});
  }

  static std::vector<Group> groups_of(pugi::xml_node element) {
    std::vector<Group> groups;
    std::unordered_map<std::string_view, std::size_t> places;
    for (const pugi::xml_node child : element.children()) {
      if (child.type() != pugi::node_element) continue;
      const std::string_view name = local_name(child.name());
      const auto [place, fresh] = places.emplace(name, groups.size());
      if (fresh) groups.push_back({name, {}});
      groups[place->second].elements.push_back(child);
    }
    return groups;
  }

  static std::string text_of(pugi::xml_node element) {
    std::string text;
    for (const pugi::xml_node child : element.children()) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
    }
    return std::string(trimmed(text));
  }

  void add_element(pugi::xml_node element) {
    const std::size_t offset = offset_of(element);
    const std::vector<Group> groups = groups_of(element);
    const std::string text = text_of(element);
    if (groups.empty() && !element.first_attribute()) {
      add_text(text, offset);
      return;
    }
    m_builder.open(Kind::mapping, Style::flow, offset);
    for (const pugi::xml_attribute attribute : element.attributes()) {
      // Names with prefixes are kept apart: `xsi:type` is something else than `type`.
      add_text('@' + std::string(attribute.name()), offset);
      add_text(attribute.value(), offset);
    }
    if (!text.empty()) {
      add_text("#text", offset);
      add_text(text, offset);
    }
    for (const Group& group : groups) add_group(group);
    m_builder.close();
  }

  void add_group(const Group& group) {
    const std::size_t offset = offset_of(group.elements.front());
    add_text(group.name, offset);
    if (group.elements.size() == 1) return add_element(group.elements.front());
    m_builder.open(Kind::sequence, Style::flow, offset);
    for (const pugi::xml_node element : group.elements) add_element(element);
    m_builder.close();
  }

  std::string_view m_text;
  std::size_t m_start;
  Reporter& m_reporter;
  TreeBuilder m_builder;
  pugi::xml_document m_document;
};

}  // namespace

std::optional<Document> read_xml(const std::shared_ptr<const Source>& source, const Limits& limits, Reporter& reporter) {
  return XmlReader(source, limits, reporter).read();
}

}  // namespace postern::document
