// SPDX-License-Identifier: Apache-2.0
// Checks of an index file. Nothing in it is believed because we wrote it: it may be cut off, overwritten or forged.
#include "threatdb/index.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>

#include <cstring>

#include "threatdb/content_hash.h"

namespace postern::threatdb {
namespace {

constexpr std::size_t k_alignment = 8;

constexpr bool is_block_section(Section section) {
  return section == Section::information || section == Section::records || section == Section::weaknesses ||
         section == Section::packages || section == Section::exploited;
}

}  // namespace

Index::Index(std::string path) : m_file(path), m_bytes(m_file.bytes()), m_path(std::move(path)) { check_header(); }

Index::Index(std::string_view bytes, std::string path) : m_bytes(bytes), m_path(std::move(path)) { check_header(); }

void Index::damaged(std::string_view what) const {
  throw SourceError("the threat database " + m_path + " is damaged: " + std::string(what),
                    "make it anew with `postern threatdb import --replace`");
}

std::string_view Index::section(Section section) const noexcept {
  const SectionRow& row = header().sections[static_cast<std::size_t>(section)];
  return m_bytes.substr(row.offset, row.size);
}

void Index::check_header() const {
  if (m_bytes.size() < sizeof(Header)) damaged("it is shorter than its header");
  const Header& head = header();
  if (std::memcmp(head.magic, k_magic, sizeof k_magic) != 0)
    throw SourceError("the file " + m_path + " is no threat database", "`postern threatdb import` makes one");
  if (head.format_version != k_format_version)
    throw SourceError("the threat database " + m_path + " has format " + std::to_string(head.format_version) + ", expected " +
                          std::to_string(k_format_version),
                      "make it anew with `postern threatdb import --replace`");
  if (head.check != content_hash(m_bytes.substr(0, offsetof(Header, check)))) damaged("its header does not match its checksum");
  if (head.section_count != k_section_count) damaged("its number of sections is wrong");
  if (head.file_size != m_bytes.size()) damaged("it has another size than its header says; it may be cut off");
  for (const SectionRow& row : head.sections) {
    const bool fits = row.offset >= sizeof(Header) && row.offset % k_alignment == 0 && row.offset <= m_bytes.size() &&
                      row.size <= m_bytes.size() - row.offset;
    if (!fits) damaged("a section lies outside of the file");
  }
}

std::string_view Index::block(Section in, BlockReference reference) const {
  const std::string_view all = section(in);
  const std::uint64_t offset = std::uint64_t{reference} * k_alignment;
  if (offset + sizeof(BlockHeader) > all.size()) damaged("a reference leads out of its section");
  BlockHeader head;
  std::memcpy(&head, all.data() + offset, sizeof head);
  const std::uint64_t start = offset + sizeof head;
  if (head.size > all.size() - start) damaged("a record is longer than its section");
  const std::string_view payload = all.substr(start, head.size);
  if (static_cast<std::uint32_t>(content_hash(payload)) != head.check) damaged("a record does not match its checksum");
  return payload;
}

void Index::for_each_block(Section in, const std::function<void(BlockReference, std::string_view)>& visit) const {
  const std::uint64_t size = section(in).size();
  for (std::uint64_t offset = 0; offset < size;) {
    const auto reference = static_cast<BlockReference>(offset / k_alignment);
    const std::string_view payload = block(in, reference);
    visit(reference, payload);
    offset += (sizeof(BlockHeader) + payload.size() + k_alignment - 1) / k_alignment * k_alignment;
  }
}

void Index::check_table(Section table) const {
  const SectionRow& row = header().sections[static_cast<std::size_t>(table)];
  if (content_hash(section(table)) != row.check) damaged("a table does not match its checksum");
}

void Index::check_slots(Section slots, Section blocks) const {
  check_table(slots);
  const std::string_view bytes = section(slots);
  const std::size_t count = bytes.size() / sizeof(Slot);
  if (bytes.size() % sizeof(Slot) != 0 || (count != 0 && !std::has_single_bit(count))) damaged("a table has a size that none has");
  const auto* const first = reinterpret_cast<const Slot*>(bytes.data());
  const std::uint64_t room = section(blocks).size();
  for (const Slot& slot : std::span(first, count)) {
    if (slot.reference != 0 && (std::uint64_t{slot.reference} - 1) * k_alignment >= room)
      damaged("a reference leads out of its section");
  }
}

std::span<const Slot> Index::slots_of(Section slots, Section blocks) const {
  std::call_once(m_checked[static_cast<std::size_t>(slots)], [&] { check_slots(slots, blocks); });
  const std::string_view bytes = section(slots);
  return {reinterpret_cast<const Slot*>(bytes.data()), bytes.size() / sizeof(Slot)};
}

std::span<const ProbabilityRow> Index::probabilities() const {
  const std::string_view bytes = section(Section::probabilities);
  const std::size_t count = bytes.size() / sizeof(ProbabilityRow);
  std::call_once(m_checked[static_cast<std::size_t>(Section::probabilities)], [&] {
    check_table(Section::probabilities);
    if (bytes.size() % sizeof(ProbabilityRow) != 0 || (count != 0 && !std::has_single_bit(count)))
      damaged("the table of probabilities has a size that none has");
  });
  return {reinterpret_cast<const ProbabilityRow*>(bytes.data()), count};
}

const ProbabilityRow* Index::find_probability(std::uint64_t key) const {
  const std::span<const ProbabilityRow> table = probabilities();
  if (table.empty() || key == 0) return nullptr;
  const std::size_t mask = table.size() - 1;
  for (std::size_t at = hashing::mixed(key) & mask, steps = 0; steps < table.size(); at = (at + 1) & mask, ++steps) {
    if (table[at].key == key) return &table[at];
    if (table[at].key == 0) return nullptr;
  }
  return nullptr;
}

void Index::verify() const {
  if (base::sha256_hex(m_bytes.substr(sizeof(Header))) != digest()) damaged("its content does not match its digest");
  for (std::uint32_t i = 0; i < k_section_count; ++i) {
    const auto each = static_cast<Section>(i);
    if (is_block_section(each)) for_each_block(each, [](BlockReference, std::string_view) {});
  }
  (void)slots_of(Section::package_slots, Section::packages);
  (void)slots_of(Section::identifier_slots, Section::weaknesses);
  (void)slots_of(Section::exploited_slots, Section::exploited);
  (void)probabilities();
}

}  // namespace postern::threatdb
