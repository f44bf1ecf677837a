// SPDX-License-Identifier: Apache-2.0
// Where something stands: a value of a document, or a line of a text that is none.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>

#include <utility>

namespace postern::ingest::sbom {

/// Converts from both, and asks a value for its line only when somebody wants to know: that costs a search.
class Place {
 public:
  Place(const document::Node& node) : m_node(node) {}                  // NOLINT(google-explicit-constructor)
  Place(base::Location location) : m_location(std::move(location)) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] base::Location location() const { return m_node ? m_node.location() : m_location; }

 private:
  document::Node m_node;
  base::Location m_location;
};

}  // namespace postern::ingest::sbom
