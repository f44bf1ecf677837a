// SPDX-License-Identifier: Apache-2.0
// Reads documents of plain block YAML, as programs and people write manifests, at several times the speed of libyaml.
#pragma once
#include <postern/document/document.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "block_line.h"
#include "reporter.h"
#include "tree_builder.h"

namespace postern::document {

/// A reader in front of libyaml. It takes a document only when all of it lies within a subset in which every reader of YAML agrees:
/// block collections indented by spaces, scalars on one line, literal texts, brackets on one line, comments. Whatever else it
/// meets, errors and passed limits included, makes it forget the document, which libyaml then reads from its start: so there is one
/// wording of every diagnostic, and each byte is read twice at most. Its trees are those of libyaml to the byte; tests compare
/// them.
class BlockReader {
 public:
  /// Reads `text` up to `end`, which is its end or a line `...`. Documents without error go to `documents`.
  BlockReader(std::string_view text, std::size_t end, TreeBuilder& builder, Reporter& reporter, Documents& documents);

  /// Reads documents from `start` on, which is the start of a line. Returns where the first document begins that it did not take,
  /// or the end.
  std::size_t read(std::size_t start);

 private:
  /// libyaml takes no text for a key that is longer than 1024 characters.
  static constexpr std::size_t k_longest_key = 1000;

  enum class Shape : std::uint8_t { root, mapping, sequence, dashes_only };

  /// A collection that is open.
  struct Level {
    int column;         ///< from 0, of its keys or dashes; -1 for the document
    Shape shape;        ///< `dashes_only` is a sequence at the column of the key that it is the value of
    bool awaits_value;  ///< behind a key or a dash that ended its line
    std::size_t empty;  ///< where the value is when there is none
  };

  /// A warning about a plain scalar, held back until the whole document is taken.
  struct Warning {
    std::size_t offset;
    Kind kind;
    const char* reading;  ///< nullptr for a number that is not exact
  };

  std::size_t read_document(std::size_t start);
  void find_content(std::size_t line);
  [[nodiscard]] bool is_at_end() const noexcept;
  [[nodiscard]] bool is_at_marker() const noexcept;
  [[nodiscard]] bool is_at_end_marker() const noexcept;
  [[nodiscard]] bool is_at_dash() const noexcept;

  void read_line();
  void read_node();
  void read_item();
  void read_entry();
  void read_key(const LineScalar& key);
  void read_value(std::size_t at);
  void read_literal(std::size_t at);
  void read_flow(std::size_t at);
  std::size_t read_flow_node(std::size_t at);
  std::size_t read_flow_sequence(std::size_t at);
  std::size_t read_flow_mapping(std::size_t at);
  void open(Shape shape);
  void close();
  void add(const LineScalar& scalar);
  void add_empty(std::size_t offset);
  void warn(Kind kind, std::string_view text, std::size_t offset);
  void report_warnings();

  LineScanner m_scanner;
  TreeBuilder& m_builder;
  Reporter& m_reporter;
  Documents& m_documents;
  bool m_has_returns;  ///< whether there are carriage returns, which end lines too: libyaml's
  std::size_t m_line = 0;
  std::size_t m_at = 0;    ///< of the content at hand
  int m_column = 0;        ///< of the content at hand
  std::size_t m_next = 0;  ///< start of the line after what was read
  std::vector<Level> m_levels;
  std::vector<Warning> m_warnings;
  std::string m_literal;
};

}  // namespace postern::document
