// SPDX-License-Identifier: Apache-2.0
// The only contact with simdjson's indexer.
#include "json_structure.h"

#include <simdjson.h>

#include <algorithm>
#include <utility>

#include "storage.h"

namespace postern::document {

static_assert(Source::k_padding >= simdjson::SIMDJSON_PADDING);

namespace {

// Most texts are small, and many come one after the other: what is kept for the next one is of that size.
constexpr std::size_t k_least_capacity = std::size_t{16} << 10U;
constexpr std::size_t k_kept_capacity = std::size_t{256} << 10U;

}  // namespace

struct JsonStructure::Indexer {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> implementation;

  simdjson::error_code make_room(std::size_t capacity) {
    if (implementation != nullptr && implementation->capacity() >= capacity) return simdjson::SUCCESS;
    implementation.reset();
    // One level of depth is enough, since the second stage never runs.
    return simdjson::get_active_implementation()->create_dom_parser_implementation(std::max(capacity, k_least_capacity), 1,
                                                                                   implementation);
  }
};

thread_local std::unique_ptr<JsonStructure::Indexer> JsonStructure::t_spare;

namespace {

StructureError translate(simdjson::error_code error) noexcept {
  switch (error) {
    case simdjson::SUCCESS:
      return StructureError::none;
    case simdjson::UNCLOSED_STRING:
      return StructureError::unclosed_string;
    case simdjson::UNESCAPED_CHARS:
      return StructureError::control_character_in_string;
    case simdjson::EMPTY:
      return StructureError::empty;
    default:
      return StructureError::other;
  }
}

}  // namespace

JsonStructure::JsonStructure(std::string_view text) : m_indexer(std::move(t_spare)) {
  if (m_indexer == nullptr) m_indexer = std::make_unique<Indexer>();
  auto error = m_indexer->make_room(text.size() + 1);  // the capacity must exceed the length
  if (error == simdjson::SUCCESS) {
    error = m_indexer->implementation->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                              simdjson::stage1_mode::regular);
  }
  m_error = translate(error);
  if (m_error == StructureError::none) {
    m_offsets = {m_indexer->implementation->structural_indexes.get(), m_indexer->implementation->n_structural_indexes};
  }
}

JsonStructure::~JsonStructure() {
  if (m_indexer->implementation != nullptr && m_indexer->implementation->capacity() <= k_kept_capacity)
    t_spare = std::move(m_indexer);
}

}  // namespace postern::document
