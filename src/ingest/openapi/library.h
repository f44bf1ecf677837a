// SPDX-License-Identifier: Apache-2.0
// The documents that specifications of interfaces are made of, and the references between them.
#pragma once
#include <ingest/project.h>
#include <postern/document/document.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace postern::ingest::openapi {

/// A value in a document, and which file that is: references lead on from there.
struct Place {
  document::Node node;
  std::size_t file = 0;  ///< index in the source's files

  explicit operator bool() const noexcept { return static_cast<bool>(node); }
  /// The value under a key, in the same file.
  [[nodiscard]] Place operator[](std::string_view key) const { return {node[key], file}; }
};

/// Reads files of a source when they are needed, each once.
class Library {
 public:
  Library(const SourceFiles& files, const document::Limits& limits, base::DiagnosticSink& sink)
      : m_files(files), m_limits(limits), m_sink(sink) {}

  /// The root of a file's only document; missing where it cannot be read.
  [[nodiscard]] Place root(std::size_t file);
  /// Follows `$ref` from `place` as long as there is one: within the document, and to files of the source. Missing where it leads
  /// nowhere, in a circle or out of the tree (which is said once for each reference).
  [[nodiscard]] Place follow(Place place);
  /// The last part of the reference at `place`, as a name; empty where there is none.
  [[nodiscard]] static std::string_view name_of_reference(const Place& place);
  /// Files that references led to.
  [[nodiscard]] const std::set<std::size_t>& referred() const noexcept { return m_referred; }
  [[nodiscard]] base::DiagnosticSink& sink() noexcept { return m_sink; }

 private:
  [[nodiscard]] Place look_up(const Place& from, std::string_view reference);
  void report(const Place& from, std::string_view reference);

  const SourceFiles& m_files;
  document::Limits m_limits;
  base::DiagnosticSink& m_sink;
  std::map<std::size_t, document::Documents> m_documents;
  std::set<std::size_t> m_referred;
  std::set<std::string> m_reported;
};

}  // namespace postern::ingest::openapi
