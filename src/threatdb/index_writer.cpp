// SPDX-License-Identifier: Apache-2.0
// From collected advisories to sections: names of one weakness are joined, packages are put together, tables are filled.
#include "threatdb/index_writer.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>
#include <map>
#include <span>

#include "threatdb/content_hash.h"
#include "threatdb/identity.h"

namespace postern::threatdb {
namespace {

constexpr std::uint64_t k_alignment = 8;

/// Fills one section after the other and remembers where they lie.
class SectionWriter {
 public:
  explicit SectionWriter(platform::ReplacedFile& file) : m_file(file) { file.append(std::string(sizeof(Header), '\0')); }

  void begin(Section section) {
    m_section = section;
    row().offset = m_file.size();
  }
  void end() { row().size = m_file.size() - row().offset; }

  BlockReference block(std::string_view payload) {
    const std::uint64_t reference = (m_file.size() - row().offset) / k_alignment;
    if (reference >= std::numeric_limits<BlockReference>::max() || payload.size() > std::numeric_limits<std::uint32_t>::max())
      throw UsageError("the threat data is more than a database can hold", "import fewer ecosystems into one database");
    const BlockHeader head{static_cast<std::uint32_t>(payload.size()), static_cast<std::uint32_t>(content_hash(payload))};
    m_file.append({reinterpret_cast<const char*>(&head), sizeof head});
    m_file.append(payload);
    static constexpr char k_padding[k_alignment] = {};
    m_file.append({k_padding, static_cast<std::size_t>((k_alignment - payload.size() % k_alignment) % k_alignment)});
    return static_cast<BlockReference>(reference);
  }

  template <typename Row>
  void table(Section section, const std::vector<Row>& rows) {
    begin(section);
    const std::string_view bytes(reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(Row));
    m_file.append(bytes);
    row().check = content_hash(bytes);
    end();
  }

  /// The header, once everything else is written.
  void finish() {
    m_file.flush();
    std::memcpy(m_header.magic, k_magic, sizeof k_magic);
    m_header.format_version = k_format_version;
    m_header.section_count = k_section_count;
    m_header.file_size = m_file.size();
    const platform::MappedFile whole(m_file.temporary_path(), platform::Access::sequential);
    const std::string digest = base::sha256_hex(whole.bytes().substr(sizeof(Header)));
    std::memcpy(m_header.digest, digest.data(), sizeof m_header.digest);
    const std::string_view bytes(reinterpret_cast<const char*>(&m_header), sizeof m_header);
    m_header.check = content_hash(bytes.substr(0, offsetof(Header, check)));
    m_file.overwrite(0, bytes);
  }

 private:
  [[nodiscard]] SectionRow& row() { return m_header.sections[static_cast<std::size_t>(m_section)]; }
  platform::ReplacedFile& m_file;
  Header m_header;
  Section m_section = Section::information;
};

/// A hash table that refers to blocks.
class SlotTable {
 public:
  void add(std::uint64_t hash, BlockReference reference) { m_entries.push_back({hash, reference}); }
  [[nodiscard]] std::vector<Slot> slots() const {
    if (m_entries.empty()) return {};
    std::vector<Slot> table(std::bit_ceil(m_entries.size() + m_entries.size() / 2 + 1));
    const std::size_t mask = table.size() - 1;
    for (const Entry& entry : m_entries) {
      std::size_t at = entry.hash & mask;
      while (table[at].reference != 0) at = (at + 1) & mask;
      table[at] = {entry.reference + 1, static_cast<std::uint32_t>(entry.hash >> 32U)};
    }
    return table;
  }

 private:
  struct Entry {
    std::uint64_t hash;
    BlockReference reference;
  };
  std::vector<Entry> m_entries;
};

/// Writes one collection.
class Writer {
 public:
  Writer(Collection& collection, IndexInfo& info, platform::ReplacedFile& file)
      : m_collection(collection), m_info(info), m_bytes(collection.bytes()), m_pool(collection.pool()), m_out(file) {}

  void write() {
    sort_heads();
    join_names();
    write_records();
    write_weaknesses();
    write_packages();
    write_exploited();
    write_probabilities();
    m_out.begin(Section::information);
    m_out.block(encode(m_info));
    m_out.end();
    m_out.finish();
  }

 private:
  [[nodiscard]] std::string_view bytes_of(const CollectedHead& head) const { return m_bytes.substr(head.offset, head.size); }
  [[nodiscard]] std::string_view id_of(std::uint32_t head) const { return m_pool.text(m_collection.heads()[head].id); }

  void sort_heads() {
    const auto& heads = m_collection.heads();
    for (std::uint32_t i = 0; i < heads.size(); ++i) {
      if (heads[i].is_alive) m_order.push_back(i);
    }
    std::sort(m_order.begin(), m_order.end(), [&](std::uint32_t a, std::uint32_t b) { return id_of(a) < id_of(b); });
    m_info.advisories = m_order.size();
    m_withdrawn.resize(heads.size());
  }

  /// Aliases are names of the same weakness, and so are aliases of aliases. A withdrawn advisory may have been wrong about them.
  void join_names() {
    Head head;
    for (const std::uint32_t i : m_order) {
      const CollectedHead& collected = m_collection.heads()[i];
      decode_head(bytes_of(collected), head);
      const Advisory& advisory = head.advisory;
      m_withdrawn[i] = advisory.withdrawn != k_never;
      m_info.withdrawn += std::uint64_t{m_withdrawn[i]};
      m_named.push_back(collected.id);
      if (m_withdrawn[i]) continue;
      for (const std::string_view alias : advisory.aliases) join(collected.id, alias);
      // DEBIAN-CVE-2024-1 is CVE-2024-1 as the distribution sees it. An advisory about several upstream ones is none of them.
      const auto& upstream = advisory.upstream;
      if (upstream.size() == 1 && advisory.id.ends_with(upstream.front())) join(collected.id, upstream.front());
      count_ecosystems(head);
    }
  }

  void join(std::uint32_t id, std::string_view other) {
    const std::uint32_t number = m_pool.intern(other);
    m_named.push_back(number);
    m_pool.unite(id, number);
  }

  void count_ecosystems(const Head& head) {
    std::vector<std::string_view> families;
    for (const auto& [ecosystem, name] : head.packages) {
      const std::string_view family = split_ecosystem(ecosystem).family;
      if (std::find(families.begin(), families.end(), family) != families.end()) continue;
      families.push_back(family);
      auto at = m_info.ecosystems.find(family);
      if (at == m_info.ecosystems.end()) at = m_info.ecosystems.emplace(std::string(family), EcosystemInfo{}).first;
      ++at->second.advisories;
      // Before 1970: a database that does not know when it changed a record.
      if (head.advisory.modified > 0) at->second.newest = std::max(at->second.newest, head.advisory.modified);
    }
  }

  void write_records() {
    m_record_of.resize(m_collection.heads().size());
    m_out.begin(Section::records);
    for (const std::uint32_t i : m_order) m_record_of[i] = m_out.block(bytes_of(m_collection.heads()[i]));
    m_out.end();
  }

  /// The names of each weakness, the best one first; weaknesses in the order of their best names.
  void write_weaknesses() {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> named;  // root, name
    for (const std::uint32_t number : m_named) named.emplace_back(m_pool.root(number), number);
    std::sort(named.begin(), named.end(), [&](const auto& a, const auto& b) {
      if (a.first != b.first) return a.first < b.first;
      return is_better_name(m_pool.text(a.second), m_pool.text(b.second));
    });
    named.erase(std::unique(named.begin(), named.end()), named.end());
    std::vector<std::pair<std::size_t, std::size_t>> groups;
    for (std::size_t start = 0; start < named.size();) {
      std::size_t end = start;
      while (end < named.size() && named[end].first == named[start].first) ++end;
      groups.emplace_back(start, end);
      start = end;
    }
    std::sort(groups.begin(), groups.end(), [&](const auto& a, const auto& b) {
      return m_pool.text(named[a.first].second) < m_pool.text(named[b.first].second);
    });
    std::vector<std::uint32_t> head_of(m_pool.size(), 0);
    for (const std::uint32_t i : m_order) head_of[m_collection.heads()[i].id] = i + 1;
    m_weakness_of.resize(m_pool.size());
    m_info.weaknesses = groups.size();
    m_out.begin(Section::weaknesses);
    for (const auto& [start, end] : groups) write_weakness(std::span(named).subspan(start, end - start), head_of);
    m_out.end();
    m_out.table(Section::identifier_slots, m_identifiers.slots());
  }

  void write_weakness(std::span<const std::pair<std::uint32_t, std::uint32_t>> names, const std::vector<std::uint32_t>& head_of) {
    std::string payload;
    Encoder out(payload);
    out.number(names.size());
    for (const auto& [root, name] : names) out.text(m_pool.text(name));
    std::vector<BlockReference> records;
    for (const auto& [root, name] : names) {
      if (head_of[name] != 0) records.push_back(m_record_of[head_of[name] - 1]);
    }
    out.number(records.size());
    for (const BlockReference record : records) out.number(record);
    const BlockReference reference = m_out.block(payload);
    for (const auto& [root, name] : names) {
      m_weakness_of[name] = reference;
      m_identifiers.add(content_hash(base::to_lower(m_pool.text(name))), reference);
    }
  }

  void write_packages() {
    std::vector<CollectedPackage> rows;
    for (const CollectedPackage& row : m_collection.packages()) {
      if (m_collection.heads()[row.head].is_alive && !m_withdrawn[row.head]) rows.push_back(row);
    }
    // Records are numbered in the order of their ids, so this order is one of contents.
    std::sort(rows.begin(), rows.end(), [&](const CollectedPackage& a, const CollectedPackage& b) {
      if (a.key_hash != b.key_hash) return a.key_hash < b.key_hash;
      if (a.head != b.head) return m_record_of[a.head] < m_record_of[b.head];
      return a.offset < b.offset;
    });
    SlotTable slots;
    m_out.begin(Section::packages);
    for (std::size_t start = 0; start < rows.size();) {
      std::size_t end = start;
      while (end < rows.size() && rows[end].key_hash == rows[start].key_hash) ++end;
      write_keys(std::span(rows).subspan(start, end - start), slots);
      start = end;
    }
    m_out.end();
    m_out.table(Section::package_slots, slots.slots());
  }

  /// Rows of one hash, which nearly always are of one key.
  void write_keys(std::span<const CollectedPackage> rows, SlotTable& slots) {
    std::map<std::string, std::vector<const CollectedPackage*>> by_key;
    for (const CollectedPackage& row : rows) {
      const PackageName name = decode_package_name(m_bytes.substr(row.offset, row.size));
      m_key.clear();
      append_key(m_key, split_ecosystem(name.ecosystem).family, name.name);
      by_key[m_key].push_back(&row);
    }
    for (const auto& [key, members] : by_key) {
      m_payload.clear();
      Encoder out(m_payload);
      out.text(key);
      out.number(members.size());
      for (const CollectedPackage* row : members) {
        out.number(m_record_of[row->head]);
        out.number(m_weakness_of[m_collection.heads()[row->head].id]);
        out.text(m_bytes.substr(row->offset, row->size));
      }
      slots.add(rows.front().key_hash, m_out.block(m_payload));
      ++m_info.packages;
    }
  }

  void write_exploited() {
    auto& rows = m_collection.exploited;
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    SlotTable slots;
    m_out.begin(Section::exploited);
    for (const std::string& row : rows) slots.add(content_hash(base::to_lower(decode_exploited(row).id)), m_out.block(row));
    m_out.end();
    m_out.table(Section::exploited_slots, slots.slots());
    m_info.exploited = rows.size();
  }

  void write_probabilities() {
    auto& rows = m_collection.probabilities;
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    std::vector<ProbabilityRow> table(rows.empty() ? 0 : std::bit_ceil(rows.size() + rows.size() / 2 + 1));
    for (const ProbabilityInput& row : rows) {
      const std::size_t mask = table.size() - 1;
      std::size_t at = hashing::mixed(row.key) & mask;
      while (table[at].key != 0 && table[at].key != row.key) at = (at + 1) & mask;
      m_info.probabilities += std::uint64_t{table[at].key == 0};
      table[at] = {row.key, row.probability, row.percentile};
    }
    m_out.table(Section::probabilities, table);
  }

  Collection& m_collection;
  IndexInfo& m_info;
  std::string_view m_bytes;
  IdentifierPool& m_pool;
  SectionWriter m_out;
  std::vector<std::uint32_t> m_order;         ///< alive heads by id
  std::vector<bool> m_withdrawn;              ///< by head
  std::vector<std::uint32_t> m_named;         ///< numbers of all names, some more than once
  std::vector<BlockReference> m_record_of;    ///< by head
  std::vector<BlockReference> m_weakness_of;  ///< by name
  SlotTable m_identifiers;
  std::string m_key, m_payload;
};

}  // namespace

void write_index(Collection& collection, IndexInfo& info, platform::ReplacedFile& file) { Writer(collection, info, file).write(); }

}  // namespace postern::threatdb
