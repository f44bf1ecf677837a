// SPDX-License-Identifier: Apache-2.0
// Reads a text with both readers of YAML and writes down all that can be seen of what they gave, for the tests that compare them.
#pragma once
#include <postern/document/document.h>

#include <string>
#include <utility>

namespace postern::document {

inline void describe(Node node, std::string& into) {
  const base::Location place = node.location();
  into += to_string(node.kind());
  into += " style " + std::to_string(static_cast<int>(node.style()));
  into +=
      " at " + std::to_string(place.line) + ":" + std::to_string(place.column) + " size " + std::to_string(node.size()) + " tag ";
  into += node.tag();
  into += " text ";
  into += node.text();
  into += '\n';
  for (const auto& [key, value] : node.entries()) {
    describe(key, into);
    describe(value, into);
  }
  for (const Node item : node.items()) describe(item, into);
}

/// Trees with their locations, then diagnostics, in order.
inline std::string describe_reading(std::string text, Limits limits, YamlReading reading, Format format = Format::yaml) {
  limits.yaml_reading = reading;
  base::DiagnosticSink sink;
  const Documents documents = read_documents(std::move(text), format, base::Symbol("file"), limits, sink);
  std::string result;
  for (const Document& one : documents) {
    result += "document of " + std::to_string(one.node_count()) + "\n";
    describe(one.root(), result);
  }
  for (const base::Diagnostic& found : sink.all()) {
    result += (found.severity == base::Severity::error ? "error " : "warning ") + found.code + " " +
              std::to_string(found.location.line) + ":" + std::to_string(found.location.column) + " " + found.message + " " +
              found.hint + "\n";
  }
  return result;
}

/// Empty when both readers give the same, else both descriptions.
inline std::string difference_of_readers(const std::string& text, const Limits& limits = {}) {
  const std::string ours = describe_reading(text, limits, YamlReading::automatic);
  const std::string reference = describe_reading(text, limits, YamlReading::libyaml_only);
  return ours == reference ? std::string() : "automatic:\n" + ours + "libyaml only:\n" + reference;
}

}  // namespace postern::document
