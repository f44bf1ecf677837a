// SPDX-License-Identifier: Apache-2.0
// Merging of mappings. Work and memory are bounded by the alias budget, so that a chain of merges cannot blow up.
#include "merge.h"

#include <algorithm>
#include <vector>

#include "code_names.h"
#include "tree_builder.h"

namespace postern::document {

void Merger::merge() {
  const Storage& storage = *m_builder.m_storage;
  std::vector<std::uint32_t> values;
  const std::uint32_t end = storage.records[m_mapping].end;
  for (std::uint32_t at = m_mapping + 1; at < end; at = storage.next(at + 1)) {
    if ((storage.records[at].flags & k_merge_key) != 0) {
      values.push_back(at + 1);
    } else {
      m_present.insert(storage.text(at));
    }
  }
  for (const std::uint32_t value : values) merge_value(value);
  Record& mapping = m_builder.m_storage->records[m_mapping];
  mapping.end = static_cast<std::uint32_t>(storage.records.size());
  mapping.size += m_added;
  if (mapping.key_table != 0) index_keys();
}

void Merger::merge_value(std::uint32_t value) {
  const Storage& storage = *m_builder.m_storage;
  const std::uint32_t target = storage.resolve(value);
  const Kind kind = storage.records[target].kind;
  if (kind == Kind::mapping) {
    merge_mapping(target);
  } else if (kind == Kind::sequence) {
    const std::uint32_t end = storage.records[target].end;
    for (std::uint32_t item = target + 1; item < end; item = storage.next(item)) {
      const std::uint32_t source = storage.resolve(item);
      if (storage.records[source].kind == Kind::mapping) {
        merge_mapping(source);
      } else {
        m_builder.refuse(k_merge_value, storage.records[item].offset, "an item of the merge key's list is no mapping");
      }
    }
  } else {
    m_builder.refuse(k_merge_value, storage.records[value].offset,
                     "the value of a merge key is neither a mapping nor a list of them",
                     "quote the key (\"<<\") to use it as ordinary text");
  }
}

void Merger::merge_mapping(std::uint32_t source) {
  const Storage& storage = *m_builder.m_storage;
  const std::uint32_t end = storage.records[source].end;
  const std::uint32_t offset = storage.records[m_mapping].offset;
  for (std::uint32_t at = source + 1; at < end; at = storage.next(at + 1)) {
    if ((storage.records[at].flags & k_merge_key) != 0) continue;
    const std::uint64_t allowed = m_builder.allowed_expansion();
    if (++m_builder.m_merge_steps > allowed) {
      throw Refusal{k_alias_expansion, offset,
                    "the merge keys of this document bring in more than " + std::to_string(allowed) + " entries",
                    "write the values out"};
    }
    if (!m_present.insert(storage.text(at)).second) continue;
    append_alias(storage.resolve(at), offset);
    append_alias(storage.resolve(at + 1), offset);
    ++m_added;
  }
}

void Merger::append_alias(std::uint32_t target, std::uint32_t offset) {
  Record record{};
  record.end = target;
  record.offset = offset;
  record.flags = k_alias;
  m_builder.add(record, 0);
  ++m_builder.m_merged_records;
}

void Merger::index_keys() {
  Storage& storage = *m_builder.m_storage;
  Record& mapping = storage.records[m_mapping];
  const std::size_t first = storage.sorted_keys.size();
  for (std::uint32_t at = m_mapping + 1; at < mapping.end; at = storage.next(at + 1)) {
    if ((storage.records[at].flags & k_merge_key) == 0) storage.sorted_keys.push_back(at);
  }
  std::sort(storage.sorted_keys.begin() + static_cast<std::ptrdiff_t>(first), storage.sorted_keys.end(),
            [&storage](std::uint32_t a, std::uint32_t b) { return key_less(storage.text(a), storage.text(b)); });
  mapping.key_table = first + 1;
}

}  // namespace postern::document
