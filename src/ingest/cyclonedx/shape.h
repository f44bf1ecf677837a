// SPDX-License-Identifier: Apache-2.0
// One way to look into a CycloneDX document, whether it is written in JSON or in XML.
#pragma once
#include <ingest/sbom/inventory.h>
#include <postern/document/node.h>

#include <string_view>
#include <vector>

namespace postern::ingest::cyclonedx {

using document::Node;

/// In XML an attribute is what JSON has as a field of that name, and a list is an element whose child elements are the items.
class Shape {
 public:
  /// Of a whole document, which is what `root` holds in XML and `root` itself in JSON. Trouble with types goes to `trouble`, where
  /// there is any; `what` names the owner in its messages.
  explicit Shape(const Node& root, sbom::Trouble* trouble = nullptr);

  [[nodiscard]] bool is_xml() const noexcept { return m_is_xml; }
  /// The bill of materials itself.
  [[nodiscard]] const Node& top() const noexcept { return m_top; }
  /// The version of the specification as the document says it; empty where it does not.
  [[nodiscard]] std::string_view version() const;

  /// A field: the text, the object, or the items. Empty where it is absent or of another type.
  [[nodiscard]] std::string_view text(const Node& owner, std::string_view key, std::string_view what = {}) const;
  [[nodiscard]] Node mapping(const Node& owner, std::string_view key, std::string_view what = {}) const;
  [[nodiscard]] std::vector<Node> items(const Node& owner, std::string_view key, std::string_view what = {}) const;
  /// The text that an item is: a string, or an element with nothing but text and attributes.
  [[nodiscard]] static std::string_view text_of(const Node& item);
  /// Where a field stands; the owner where there is none.
  [[nodiscard]] Node place_of(const Node& owner, std::string_view key) const;

 private:
  [[nodiscard]] Node value_of(const Node& owner, std::string_view key) const;

  sbom::Trouble* m_trouble;
  Node m_top;
  bool m_is_xml;
};

/// The children of an element of XML with this name, in order.
[[nodiscard]] std::vector<Node> children(const Node& element, std::string_view name);

}  // namespace postern::ingest::cyclonedx
