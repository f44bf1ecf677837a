// SPDX-License-Identifier: Apache-2.0
// Where the brackets, commas, colons and scalars of a JSON text begin: simdjson's first stage.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace postern::document {

/// What the first stage found to be wrong with the text as a whole.
enum class StructureError : std::uint8_t { none, unclosed_string, control_character_in_string, empty, other };

/// The offsets of all structural characters and of the first bytes of all scalars, ascending. simdjson's second stage is not used:
/// it keeps no positions, and ours builds located records directly.
class JsonStructure {
 public:
  /// `text` must be followed by Source::k_padding readable bytes.
  explicit JsonStructure(std::string_view text);
  ~JsonStructure();
  JsonStructure(const JsonStructure&) = delete;
  JsonStructure& operator=(const JsonStructure&) = delete;

  [[nodiscard]] StructureError error() const noexcept { return m_error; }
  [[nodiscard]] std::span<const std::uint32_t> offsets() const noexcept { return m_offsets; }

 private:
  struct Indexer;
  static thread_local std::unique_ptr<Indexer> t_spare;  ///< memory of the last one, for the next one of this thread
  std::unique_ptr<Indexer> m_indexer;
  StructureError m_error = StructureError::none;
  std::span<const std::uint32_t> m_offsets;
};

}  // namespace postern::document
