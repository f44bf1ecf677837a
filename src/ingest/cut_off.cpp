// SPDX-License-Identifier: Apache-2.0
// Looks for half objects. A remnant is told from a document of another format by what it lacks: it begins like an object.
#include <ingest/codes.h>
#include <ingest/cut_off.h>
#include <ingest/registry.h>

namespace postern::ingest {
namespace {

using document::Node;

constexpr const char* k_hint = "render or fetch the file again; a whole file ends with a line feed";

/// The scalar or empty container that stands last.
Node last_of(Node node) {
  while (node.size() != 0) {
    Node last;
    for (const document::Entry entry : node.entries()) last = entry.value;
    for (const Node item : node.items()) last = item;
    node = last;
  }
  return node;
}

/// `apiV`, `apiVersion: v1`, `kind: Service`: what is left of an object that was cut in its first lines.
bool is_remnant(const Node& root) {
  if (root.is_scalar()) return std::string_view("apiVersion").starts_with(root.text());
  const Node api_version = root["apiVersion"];
  const Node kind = root["kind"];
  const auto empty = [](const Node& node) { return !node || node.is_null() || (node.is_scalar() && node.text().empty()); };
  return (api_version || kind) && (empty(api_version) || empty(kind));
}

}  // namespace

void report_cut_off(const document::Documents& documents, Ending ending, base::DiagnosticSink& sink) {
  const auto report = [&](const Node& node, std::string message) {
    sink.error(std::string(code::k_cut_off), node.location(), std::move(message), k_hint);
  };
  for (const document::Document& document : documents) {
    const Node root = document.root();
    if (!root.is_null() && find_format(root) == nullptr && is_remnant(root)) {
      report(root, "half an object stands among objects: it lacks its kind or its apiVersion");
    }
  }
  const Node root = documents.back().root();
  if (ending == Ending::line_feed || root.is_null() || find_format(root) == nullptr) return;
  if (!root["metadata"]) return report(root, "the file ends in the middle of a line, and its last object has no metadata");
  const Node last = last_of(root);
  if (!last.is_null() || !last.text().empty()) return;  // `null` and `~` were written
  report(last, "the file ends in the middle of a line, and its last object ends with a field that has no value");
}

}  // namespace postern::ingest
