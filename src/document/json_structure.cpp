// SPDX-License-Identifier: Apache-2.0
// The only contact with simdjson's indexer.
#include "json_structure.h"

#include <simdjson.h>

#include "storage.h"

namespace postern::document {

static_assert(Source::k_padding >= simdjson::SIMDJSON_PADDING);

struct JsonStructure::Indexer {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> implementation;
};

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

JsonStructure::JsonStructure(std::string_view text) : m_indexer(std::make_unique<Indexer>()) {
  // The capacity must exceed the length; one level of depth is enough, since the second stage never runs.
  auto error =
      simdjson::get_active_implementation()->create_dom_parser_implementation(text.size() + 1, 1, m_indexer->implementation);
  if (error == simdjson::SUCCESS) {
    error = m_indexer->implementation->stage1(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                              simdjson::stage1_mode::regular);
  }
  m_error = translate(error);
  if (m_error == StructureError::none) {
    m_offsets = {m_indexer->implementation->structural_indexes.get(), m_indexer->implementation->n_structural_indexes};
  }
}

JsonStructure::~JsonStructure() = default;

}  // namespace postern::document
