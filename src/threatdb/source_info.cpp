// SPDX-License-Identifier: Apache-2.0
// The bytes of what an index says about itself, and of rows of KEV.
#include "threatdb/source_info.h"

#include "threatdb/encoding.h"

namespace postern::threatdb {

const char* to_string(SourceKind kind) noexcept {
  constexpr const char* k_names[] = {"osv", "kev", "epss"};
  return k_names[static_cast<std::size_t>(kind)];
}

std::string encode(const IndexInfo& info) {
  std::string bytes;
  Encoder out(bytes);
  out.number(info.sources.size());
  for (const SourceInfo& source : info.sources) {
    out.number(static_cast<std::uint64_t>(source.kind));
    out.text(source.name);
    out.text(source.edition);
    out.signed_number(source.date);
    out.text(source.digest);
    out.number(source.records);
    out.number(source.refused);
  }
  out.number(info.ecosystems.size());
  for (const auto& [name, ecosystem] : info.ecosystems) {
    out.text(name);
    out.number(ecosystem.advisories);
    out.signed_number(ecosystem.newest);
  }
  for (const std::uint64_t count :
       {info.advisories, info.withdrawn, info.weaknesses, info.packages, info.exploited, info.probabilities})
    out.number(count);
  return bytes;
}

IndexInfo decode_info(std::string_view bytes) {
  Decoder in(bytes);
  IndexInfo info;
  for (std::size_t i = in.count(); i > 0; --i) {
    SourceInfo& source = info.sources.emplace_back();
    const std::uint64_t kind = in.number();
    if (kind > static_cast<std::uint64_t>(SourceKind::epss)) throw Damage{"a source is of no kind that there is"};
    source.kind = static_cast<SourceKind>(kind);
    source.name = in.text();
    source.edition = in.text();
    source.date = in.signed_number();
    source.digest = in.text();
    source.records = in.number();
    source.refused = in.number();
  }
  for (std::size_t i = in.count(); i > 0; --i) {
    const std::string_view name = in.text();
    EcosystemInfo& ecosystem = info.ecosystems[std::string(name)];
    ecosystem.advisories = in.number();
    ecosystem.newest = in.signed_number();
  }
  for (std::uint64_t* count :
       {&info.advisories, &info.withdrawn, &info.weaknesses, &info.packages, &info.exploited, &info.probabilities})
    *count = in.number();
  return info;
}

void encode(const ExploitedRow& row, std::string& into) {
  Encoder out(into);
  for (const std::string_view text : {row.id, row.vendor, row.product, row.name, row.action, row.added, row.due}) out.text(text);
  out.number(std::uint64_t{row.is_ransomware});
}

ExploitedRow decode_exploited(std::string_view bytes) {
  Decoder in(bytes);
  ExploitedRow row;
  for (std::string_view* text : {&row.id, &row.vendor, &row.product, &row.name, &row.action, &row.added, &row.due})
    *text = in.text();
  row.is_ransomware = in.number() != 0;
  return row;
}

std::uint64_t cve_key(std::string_view id) noexcept {
  constexpr std::size_t k_year = 4;
  constexpr std::size_t k_year_end = 8;
  constexpr std::size_t k_longest = 20;
  if (!id.starts_with("CVE-") || id.size() < k_year_end + 2 || id.size() > k_longest || id[k_year_end] != '-') return 0;
  const auto number = [](std::string_view digits) {
    std::uint64_t value = 0;
    for (const char digit : digits) {
      if (digit < '0' || digit > '9') return UINT64_MAX;
      value = value * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    return value;
  };
  const std::uint64_t year = number(id.substr(k_year, 4));
  const std::uint64_t serial = number(id.substr(k_year_end + 1));
  if (year == UINT64_MAX || serial == UINT64_MAX || year == 0) return 0;
  // Eleven digits at most, so the serial number has 37 bits.
  return (year << 40U) | serial;
}

}  // namespace postern::threatdb
