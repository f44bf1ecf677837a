// SPDX-License-Identifier: Apache-2.0
// Reads a text and visits all that was read, for the fuzz targets of both formats.
#pragma once
#include <postern/document/document.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace postern::fuzz {

/// What one reading gave.
struct Walk {
  std::size_t documents = 0;
  std::size_t visited = 0;
  std::size_t bytes = 0;
  std::vector<std::string> errors;  ///< codes

  friend bool operator==(const Walk&, const Walk&) = default;
};

inline void visit(document::Node node, Walk& walk, std::size_t depth);

inline void visit_entries(document::Node node, Walk& walk, std::size_t depth) {
  std::size_t entries = 0;
  for (const auto& [key, value] : node.entries()) {
    if (!key.is_scalar() || !node[key.text()]) __builtin_trap();
    visit(key, walk, depth + 1);
    visit(value, walk, depth + 1);
    ++entries;
  }
  if (entries != node.size()) __builtin_trap();
}

inline void visit(document::Node node, Walk& walk, std::size_t depth) {
  ++walk.visited;
  if (!node || depth > 65) __builtin_trap();
  const auto place = node.location();
  if (place.line == 0 || place.column == 0) __builtin_trap();
  walk.bytes += node.text().size() + node.tag().size();
  if (node.kind() == document::Kind::integer && !node.as_integer()) __builtin_trap();
  if (node.kind() == document::Kind::boolean && !node.as_boolean()) __builtin_trap();
  (void)node.as_number();
  if (node.is_mapping()) visit_entries(node, walk, depth);
  std::size_t items = 0;
  for (const document::Node item : node.items()) {
    visit(item, walk, depth + 1);
    ++items;
  }
  if (node.is_sequence() && items != node.size()) __builtin_trap();
}

inline Walk walk_all(const std::string& text, document::Format format) {
  base::DiagnosticSink sink;
  Walk walk;
  document::Limits limits;
  limits.expansion_floor = 5000;  // keeps one run short
  const document::Documents documents = document::read_documents(text, format, base::Symbol("fuzz"), limits, sink);
  walk.documents = documents.size();
  for (const document::Document& one : documents) visit(one.root(), walk, 1);
  for (const base::Diagnostic& found : sink.all()) {
    if (found.severity == base::Severity::error) walk.errors.push_back(found.code);
  }
  if (format == document::Format::json && documents.size() != (sink.has_errors() ? 0U : 1U)) __builtin_trap();
  return walk;
}

}  // namespace postern::fuzz
