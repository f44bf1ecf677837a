// SPDX-License-Identifier: Apache-2.0
// Exports of what runs: lists of resources as a provider's inventory writes them. What their readers have in common.
#pragma once
#include <ingest/cloud/collector.h>
#include <ingest/project.h>
#include <postern/document/document.h>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::exports {

/// One resource of an export before its references are settled.
struct Exported {
  cloud::Resource resource;
  std::string id;  ///< by which others name it; compared without case where the provider does
};

/// One way to write an export.
struct Format {
  /// Whether a file holds the words that every such export has.
  bool (*may_be)(Hints hints);
  /// The rows of a document; empty where it is of another format.
  std::vector<document::Node> (*rows)(const document::Node& root);
  /// Appends what one row says. Nothing for rows about other things than resources. Trouble goes to `sink`.
  void (*read)(const document::Node& row, std::vector<Exported>& found, base::DiagnosticSink& sink);
  /// Turns ids in texts into references, and gives addresses; sees the resources of all files.
  void (*settle)(std::vector<Exported>& all);
};

/// Reads all exports of one format as one state: the same resource in two files counts once.
[[nodiscard]] std::vector<ProjectFile> read_exports(const SourceFiles& files, const ProjectSettings& settings,
                                                    base::DiagnosticSink& sink, const Format& format);

/// Whether a file is one JSON value a line, by its name.
[[nodiscard]] bool is_json_lines(std::string_view path);

/// The value with every text replaced by what `change` says.
[[nodiscard]] cloud::Value with_texts(const cloud::Value& value, const std::function<cloud::Value(const cloud::Value&)>& change);
/// The members of a mapping with more of them; what is there stays.
[[nodiscard]] cloud::Value with_members(const cloud::Value& map, std::vector<cloud::Member> more);
/// Says once a file that rows lack their content (P1281).
void note_partial(const base::Location& location, std::string_view what, base::DiagnosticSink& sink);

}  // namespace postern::ingest::exports
