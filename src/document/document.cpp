// SPDX-License-Identifier: Apache-2.0
// What a document tells of itself.
#include <postern/document/document.h>

#include "storage.h"

namespace postern::document {

Node Document::root() const noexcept { return {m_storage.get(), 0}; }
base::Symbol Document::file() const noexcept { return m_storage->source->file(); }
std::size_t Document::node_count() const noexcept { return m_storage->records.size(); }

}  // namespace postern::document
