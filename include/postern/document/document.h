// SPDX-License-Identifier: Apache-2.0
// One document of a YAML or JSON text, and the one way to read such a text.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/base/symbol.h>
#include <postern/document/node.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace postern::document {

/// One document, immutable. Copies are cheap and share the tree and the text it points into, hence the shared_ptr: documents of one
/// file live and die independently, and facts keep pointing into them. Safe to read from several threads.
class Document {
 public:
  explicit Document(std::shared_ptr<const Storage> storage) noexcept : m_storage(std::move(storage)) {}
  /// The whole value; always there (an explicit empty document, `---` and nothing else, has a null root).
  [[nodiscard]] Node root() const noexcept;
  [[nodiscard]] base::Symbol file() const noexcept;
  /// Where the document begins.
  [[nodiscard]] base::Location location() const { return root().location(); }
  /// How many values the document holds as written (aliases count one), and so a measure of its memory: 24 bytes each.
  [[nodiscard]] std::size_t node_count() const noexcept;

 private:
  std::shared_ptr<const Storage> m_storage;
};

/// Formats of which each file is one document with a tree like that of JSON:
/// - `json_lines`: JSON values one after the other, with or without line feeds between them: a sequence of them;
/// - `csv`: RFC 4180, separated by comma, semicolon or tab: a mapping of `columns` to the names in the first row and `rows` to a
///   sequence of mappings by these names;
/// - `xml`: a mapping of the outermost element's name to the element. An element without attributes and elements is its text;
///   else a mapping of `@NAME` for attributes, the names of elements without prefix (a sequence where there are several of one
///   name) and `#text`. Entities other than those of XML itself are not expanded, and nothing outside of the file is looked at.
/// - `toml`: TOML 1.0; dates and times are strings as TOML writes them.
/// `detect` goes by the file's name (.json, .yaml, .yml), then by content: text that begins with `{` or `[` is JSON when it can be
/// read so, all else is YAML.
enum class Format : std::uint8_t { yaml, json, detect, json_lines, csv, xml, toml };

/// What a mapping with two equal keys is. `warn` keeps both entries and exists to measure the reader against the grammar of JSON,
/// which allows them; nothing that decides is read so.
enum class DuplicateKeys : std::uint8_t { refuse, warn };

/// Who reads YAML. `automatic` reads documents of plain block YAML itself and leaves all others to libyaml; both give the same tree
/// and the same diagnostics. `libyaml_only` exists so that tests can compare the two.
enum class YamlReading : std::uint8_t { automatic, libyaml_only };

/// What is refused as too much. All defaults are those that the manual states.
struct Limits {
  std::size_t file_bytes = std::size_t{256} << 20U;  ///< larger texts are refused unread; values above 4 GiB - 1 mean that
  std::size_t yaml_bytes = std::size_t{64} << 20U;   ///< the same for YAML, which costs ten times as much to read as JSON
  std::uint32_t depth = 64;                          ///< containers within containers, the root being 1
  std::uint32_t nodes = 32U << 20U;                  ///< values of one file, merged entries counted
  std::uint32_t expansion_factor = 64;               ///< aliases may make at most max(factor x values, floor) values of a document
  std::uint32_t expansion_floor = 100'000;
  std::uint32_t errors = 20;  ///< reading of a file stops after as many errors, with a word
  DuplicateKeys duplicate_keys = DuplicateKeys::refuse;
  YamlReading yaml_reading = YamlReading::automatic;
};

/// What could be read: every document without an error in it, in source order. Whether others failed is in the sink.
using Documents = std::vector<Document>;

/// Reads every document of `text`. Trouble goes to `sink` with codes P10xx; a document with an error is left out, and reading goes
/// on at the next line that begins with `---`. A text without any document (nothing, or comments only) is no error in YAML and
/// gives nothing. A line that YAML 1.1 readers would understand differently is warned about, a few times a file. JSON gives exactly
/// one document or an error. Never throws on account of the text; safe to call on several threads at once. The text is kept by the
/// documents; a capacity of 64 bytes beyond its size saves a copy.
[[nodiscard]] Documents read_documents(std::string text, Format format, base::Symbol file, const Limits& limits,
                                       base::DiagnosticSink& sink);

}  // namespace postern::document
