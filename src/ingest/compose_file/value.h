// SPDX-License-Identifier: Apache-2.0
// Values of Compose files while they are put together: unlike nodes of a document they can be changed, and come from several files.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::ingest::compose_file {

using base::Location;
using base::Symbol;

/// What a later file says about the value of an earlier one, by its tag: `!reset` takes it away, `!override` stands in its place.
enum class Mark : std::uint8_t { merge, reset, replace };

/// One value. A missing one has kind null and no location.
class Value {
 public:
  using Entry = std::pair<std::string, Value>;

  document::Kind kind = document::Kind::null;
  Mark mark = Mark::merge;
  std::string text;  ///< of a scalar, variables filled in
  Location location;
  Symbol folder;               ///< against which relative paths in it are resolved; a known path
  std::vector<Value> items;    ///< of a sequence
  std::vector<Entry> entries;  ///< of a mapping, in the order of the files

  [[nodiscard]] bool is_mapping() const noexcept { return kind == document::Kind::mapping; }
  [[nodiscard]] bool is_sequence() const noexcept { return kind == document::Kind::sequence; }
  [[nodiscard]] bool is_null() const noexcept { return kind == document::Kind::null; }
  /// A scalar that is not null.
  [[nodiscard]] bool is_text() const noexcept { return kind != document::Kind::null && kind < document::Kind::sequence; }
  /// `true`, also in the spellings of YAML 1.1 and in quotes.
  [[nodiscard]] bool is_true() const;

  /// The value of a key; a missing one where there is none.
  [[nodiscard]] const Value& operator[](std::string_view key) const;
  [[nodiscard]] Value* find(std::string_view key);
  /// Adds or replaces.
  void set(std::string key, Value value);
  void erase(std::string_view key);

  /// Number of values in it, itself included.
  [[nodiscard]] std::size_t size() const;
};

/// A scalar at a place.
[[nodiscard]] Value make_text(std::string text, const Value& like);
/// An empty mapping at a place.
[[nodiscard]] Value make_mapping(const Value& like);

/// Copies a node; `fill` gives the text of each scalar string. Recursion is bounded by the depth of documents.
[[nodiscard]] Value copy_node(const document::Node& node, Symbol folder,
                              const std::function<std::string(std::string_view, const Location&)>& fill);

}  // namespace postern::ingest::compose_file
