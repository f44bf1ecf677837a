// SPDX-License-Identifier: Apache-2.0
// The formats that Postern reads: an explicit table. A format is recognised by what a document holds, never by a file's name.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/document.h>
#include <postern/model/fact.h>
#include <postern/model/snapshot.h>

#include <span>
#include <string_view>
#include <vector>

namespace postern::ingest {

/// One format. All texts live as long as the process.
struct FormatRow {
  std::string_view id;           ///< stable, lower case
  std::string_view title;        ///< for people
  std::string_view description;  ///< one sentence: what is read
  model::InputKind kind;
  /// Whether a document is of this format. Cheap; never complains.
  bool (*sniff)(const document::Node& root);
  /// Appends what the document says to `facts`; trouble goes to `sink` (codes P12xx). Knows nothing of other documents. Never
  /// throws on account of the document.
  void (*extract)(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink);
  /// The same for what was before, of formats that say both; null for those that do not.
  void (*extract_prior)(const document::Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) = nullptr;
};

/// All formats, by id. `postern list formats` prints them.
[[nodiscard]] std::span<const FormatRow> formats();
/// The format of a document, or null.
[[nodiscard]] const FormatRow* find_format(const document::Node& root);

}  // namespace postern::ingest
