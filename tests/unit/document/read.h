// SPDX-License-Identifier: Apache-2.0
// What the tests of this folder share: reading a text and looking at what was reported.
#pragma once
#include <postern/document/document.h>

#include <string>
#include <utility>
#include <vector>

namespace postern::document {

struct Reading {
  Documents documents;
  base::DiagnosticSink sink;

  [[nodiscard]] Node root() const { return documents.empty() ? Node() : documents.front().root(); }
  /// "P1014 2:1" for every diagnostic.
  [[nodiscard]] std::vector<std::string> troubles() const {
    std::vector<std::string> all;
    for (const auto& found : sink.all()) {
      all.push_back(found.code + " " + std::to_string(found.location.line) + ":" + std::to_string(found.location.column));
    }
    return all;
  }
};

inline Reading read(std::string text, Format format = Format::yaml, const Limits& limits = {}) {
  Reading reading;
  reading.documents = read_documents(std::move(text), format, base::Symbol("file"), limits, reading.sink);
  return reading;
}

using Troubles = std::vector<std::string>;

inline std::string place(Node node) { return std::to_string(node.location().line) + ":" + std::to_string(node.location().column); }

}  // namespace postern::document
