// SPDX-License-Identifier: Apache-2.0
// The index file: a header, then sections. Little-endian, aligned to eight bytes, never changed once it has its name.
#pragma once
#include <bit>
#include <cstdint>
#include <type_traits>

namespace postern::threatdb {

static_assert(std::endian::native == std::endian::little, "the index file is mapped as it is");

inline constexpr char k_magic[8] = {'P', 'S', 'T', 'N', 'T', 'D', 'B', '\n'};
/// Changes with every change of what the bytes mean; other versions are refused with the advice to import again.
inline constexpr std::uint32_t k_format_version = 2;
/// The name of the file in its folder.
inline constexpr const char* k_index_name = "threats.index";

/// What a section holds. Blocks: `size, check, payload, padding`, one after the other; they are referred to by offset / 8. Slots: a
/// hash table of open addressing, a power of two of `Slot`s, which refer to blocks.
enum class Section : std::uint32_t {
  information,       ///< one block: sources, counts
  records,           ///< blocks: heads of advisories, in the order of their ids
  weaknesses,        ///< blocks: canonical id, all ids, advisories
  packages,          ///< blocks: key, then one entry for each affected row of each advisory
  package_slots,     ///< by key
  identifier_slots,  ///< by id or alias, to weaknesses
  exploited,         ///< blocks: rows of the KEV catalogue
  exploited_slots,   ///< by id
  probabilities,     ///< table of open addressing of `ProbabilityRow`, by number of the CVE
};
inline constexpr std::uint32_t k_section_count = 9;

struct SectionRow {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t check = 0;  ///< content_hash of a section of slots or rows; 0 for blocks, which have their own
};

struct Header {
  char magic[8] = {};
  std::uint32_t format_version = 0;
  std::uint32_t section_count = 0;
  std::uint64_t file_size = 0;
  char digest[64] = {};  ///< SHA-256 of everything behind the header, as hexadecimal digits
  SectionRow sections[k_section_count] = {};
  std::uint64_t check = 0;  ///< content_hash of the header before this field
};
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) % 8 == 0);

/// In front of each block.
struct BlockHeader {
  std::uint32_t size = 0;   ///< of the payload
  std::uint32_t check = 0;  ///< the lower half of its content_hash
};

/// Where a block begins in its section, divided by eight.
using BlockReference = std::uint32_t;

/// One place of a table; `reference` is one more than that of the block, zero where the place is empty.
struct Slot {
  std::uint32_t reference = 0;
  std::uint32_t tag = 0;  ///< the upper half of the hash, so that few blocks are touched in vain
};

/// EPSS of one CVE; `key` is zero where the place is empty.
struct ProbabilityRow {
  std::uint64_t key = 0;
  float probability = 0;
  float percentile = 0;  ///< -1: not known
};
static_assert(sizeof(ProbabilityRow) == 16);

}  // namespace postern::threatdb
