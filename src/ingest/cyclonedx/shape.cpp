// SPDX-License-Identifier: Apache-2.0
// Fields and lists of JSON and XML.
#include <ingest/codes.h>
#include <ingest/cyclonedx/shape.h>
#include <postern/base/text.h>

#include <string>

namespace postern::ingest::cyclonedx {
namespace {

constexpr std::string_view k_namespace = "http://cyclonedx.org/schema/bom/";

/// An element, or all elements of its name.
void append(const Node& value, std::vector<Node>& list) {
  if (!value.is_sequence()) return list.push_back(value);
  for (const Node item : value.items()) list.push_back(item);
}

}  // namespace

std::vector<Node> children(const Node& element, std::string_view name) {
  std::vector<Node> list;
  if (const Node value = element[name]) append(value, list);
  return list;
}

Shape::Shape(const Node& root, sbom::Trouble* trouble) : m_trouble(trouble), m_top(root), m_is_xml(false) {
  const Node element = root["bom"];
  if (root.size() != 1 || !element) return;
  m_top = element;
  m_is_xml = true;
}

std::string_view Shape::version() const {
  if (!m_is_xml) return text(m_top, "specVersion", "the bill of materials");
  for (const document::Entry entry : m_top.entries()) {
    if (entry.key.text().starts_with("@xmlns") && entry.value.text().starts_with(k_namespace)) {
      std::string_view version = entry.value.text().substr(k_namespace.size());
      if (version.ends_with('/')) version.remove_suffix(1);
      return version;
    }
  }
  return {};
}

Node Shape::value_of(const Node& owner, std::string_view key) const {
  if (!m_is_xml) return owner[key];
  if (const Node attribute = owner['@' + std::string(key)]) return attribute;
  return owner[key];
}

std::string_view Shape::text_of(const Node& item) {
  if (item.is_mapping()) return item["#text"].text();
  return item.is_null() ? std::string_view() : item.text();
}

Node Shape::place_of(const Node& owner, std::string_view key) const {
  const Node value = value_of(owner, key);
  return value ? value : owner;
}

std::string_view Shape::text(const Node& owner, std::string_view key, std::string_view what) const {
  if (!m_is_xml && m_trouble != nullptr) return m_trouble->text(owner, key, what);
  const Node value = value_of(owner, key);
  if (m_is_xml && m_trouble != nullptr && value.is_sequence()) {
    m_trouble->lost(code::k_wrong_type, value, std::string(what) + " has several elements '" + std::string(key) + "', expected one",
                    "generate the bill of materials again; what depends on it is unknown");
  }
  return value.is_scalar() || m_is_xml ? base::trim(text_of(value)) : std::string_view();
}

Node Shape::mapping(const Node& owner, std::string_view key, std::string_view what) const {
  if (!m_is_xml && m_trouble != nullptr) return m_trouble->mapping(owner, key, what);
  const Node value = value_of(owner, key);
  return value.is_mapping() ? value : Node();
}

std::vector<Node> Shape::items(const Node& owner, std::string_view key, std::string_view what) const {
  std::vector<Node> list;
  if (!m_is_xml) {
    const Node value = m_trouble != nullptr ? m_trouble->list(owner, key, what) : owner[key];
    for (const Node item : value.items()) list.push_back(item);
    return list;
  }
  // An element that is written twice holds its items in two places.
  for (const Node& value : children(owner, key)) {
    for (const document::Entry entry : value.entries()) {
      if (!entry.key.text().starts_with('@') && entry.key.text() != "#text") append(entry.value, list);
    }
  }
  return list;
}

}  // namespace postern::ingest::cyclonedx
