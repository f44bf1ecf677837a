// SPDX-License-Identifier: Apache-2.0
// Feeds the reader of index files, and the reader of advisories, with what the fuzzer makes up.
#include <postern/base/error.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "threatdb/content_hash.h"
#include "threatdb/database.h"
#include "threatdb/epss_reader.h"
#include "threatdb/index.h"
#include "threatdb/osv_import.h"

namespace {

using namespace postern;

/// Headers with right checksums get further: the first bytes of the input lay out the sections.
void read_index(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint64_t> words((size + sizeof(threatdb::Header) + 7) / 8 + 1);
  auto* const bytes = reinterpret_cast<char*>(words.data());
  std::memcpy(bytes + sizeof(threatdb::Header), data, size);
  const std::size_t whole = words.size() * 8;
  threatdb::Header head;
  std::memcpy(head.magic, threatdb::k_magic, sizeof head.magic);
  head.format_version = threatdb::k_format_version;
  head.section_count = threatdb::k_section_count;
  head.file_size = whole;
  for (std::size_t i = 0; i < threatdb::k_section_count; ++i) {
    const std::size_t offset = sizeof head + (i < size ? data[i] : 0) * std::size_t{8};
    if (offset >= whole) return;
    head.sections[i] = {offset, std::min<std::size_t>(whole - offset, (i + 9 < size ? data[i + 9] : 0) * std::size_t{8}), 0};
    head.sections[i].check = threatdb::content_hash({bytes + offset, static_cast<std::size_t>(head.sections[i].size)});
  }
  head.check = threatdb::content_hash({reinterpret_cast<const char*>(&head), offsetof(threatdb::Header, check)});
  std::memcpy(bytes, &head, sizeof head);
  try {
    const threatdb::Database database(std::make_unique<threatdb::Index>(std::string_view(bytes, whole), "fuzz"));
    (void)database.find({"PyPI", {}, "demo"}, "1.0", threatdb::Wanted::all);
    (void)database.find_weakness("CVE-2024-0001");
    (void)database.exploited("CVE-2024-0001");
    (void)database.probability("CVE-2024-0001");
    database.index().verify();
  } catch (const SourceError&) {  // what is expected of a forged file
  }
}

void read_pieces(std::string_view text) {
  try {
    threatdb::Head head;
    threatdb::decode_head(text, head);
  } catch (const threatdb::Damage&) {  // what is expected
  }
  try {
    threatdb::AffectedPackage affected;
    threatdb::decode_affected(text, affected);
  } catch (const threatdb::Damage&) {  // what is expected
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  read_index(data, size);
  read_pieces(text);
  const threatdb::ReadFile file = threatdb::read_advisories(text, "fuzz", base::Symbol("fuzz"));
  for (const threatdb::EncodedAdvisory& each : file.advisories) {
    threatdb::Head head;
    threatdb::decode_head(std::string_view(each.bytes).substr(0, each.head_size), head);
  }
  base::DiagnosticSink sink;
  (void)threatdb::read_epss(text, base::Symbol("fuzz"), sink);
  return 0;
}
