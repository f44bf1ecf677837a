// SPDX-License-Identifier: Apache-2.0
// The index: what goes in comes out; a byte that is changed anywhere, or a file that is cut anywhere, is an error and no crash.
#include "threatdb/index.h"

#include <doctest/doctest.h>
#include <postern/base/error.h>

#include <cstring>
#include <string>
#include <vector>

#include "platform/private_folder.h"
#include "threatdb/content_hash.h"
#include "threatdb/database.h"
#include "threatdb/importer.h"

namespace postern::threatdb {
namespace {

constexpr const char* k_advisory = R"({"id":"GHSA-1","modified":"2024-05-01T00:00:00Z","aliases":["CVE-2024-0001"],"summary":"weak",
"severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
"affected":[{"package":{"ecosystem":"PyPI","name":"demo"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0"}]}]}]})";

/// An index in memory, aligned as a mapped file is.
std::vector<std::uint64_t> small_index() {
  const platform::PrivateFolder folder;
  folder.write("a.json", k_advisory);
  folder.write("kev.json", R"({"catalogVersion":"1","dateReleased":"2025-01-01T00:00:00Z","count":1,"vulnerabilities":[
    {"cveID":"CVE-2024-0001","dateAdded":"2025-01-01"}]})");
  folder.write("epss.csv", "#model_version:1,score_date:2025-01-01T00:00:00Z\ncve,epss,percentile\nCVE-2024-0001,0.5,0.9\n");
  ImportRequest request;
  request.folder = folder.path() + "/db";
  request.paths.push_back({folder.path(), {}, k_never});
  base::DiagnosticSink sink;
  (void)import_data(request, sink);
  CHECK_FALSE(sink.has_errors());
  const platform::MappedFile file(request.folder + "/" + k_index_name);
  std::vector<std::uint64_t> words(file.bytes().size() / 8);
  std::memcpy(words.data(), file.bytes().data(), words.size() * 8);
  return words;
}

std::string_view bytes_of(const std::vector<std::uint64_t>& words, std::size_t size = SIZE_MAX) {
  return {reinterpret_cast<const char*>(words.data()), std::min(size, words.size() * 8)};
}

/// Everything that can be asked.
void ask_everything(std::string_view bytes) {
  const Database database(std::make_unique<Index>(bytes, "index"));
  for (const Match& match : database.find({"PyPI", {}, "demo"}, "1.0")) (void)match.best_severity();
  (void)database.find_weakness("CVE-2024-0001");
  (void)database.exploited("CVE-2024-0001");
  (void)database.probability("CVE-2024-0001");
  database.index().verify();
}

TEST_CASE("what was imported is found, with what is known of its use") {
  const auto words = small_index();
  const Database database(std::make_unique<Index>(bytes_of(words), "index"));
  const auto matches = database.find({"pypi", {}, "Demo"}, "1.9");
  REQUIRE(matches.size() == 1);
  CHECK(matches[0].canonical_id == "CVE-2024-0001");
  CHECK(matches[0].affected == package::Affected::yes);
  REQUIRE(matches[0].fixed.size() == 1);
  CHECK(matches[0].fixed[0] == "2.0");
  REQUIRE(matches[0].best_severity() != nullptr);
  CHECK(matches[0].best_severity()->score == doctest::Approx(9.8));
  CHECK(matches[0].exploited.has_value());
  CHECK(matches[0].probability->probability == doctest::Approx(0.5));
  CHECK(database.find({"PyPI", {}, "demo"}, "2.0").empty());
  CHECK(database.find({"PyPI", {}, "demo"}, "2.0", Wanted::all).size() == 1);
  CHECK_FALSE(database.knows({"npm", {}, "demo"}));
}

TEST_CASE("a change of any byte is noticed") {
  auto words = small_index();
  auto* const bytes = reinterpret_cast<char*>(words.data());
  for (std::size_t i = 0; i < words.size() * 8; ++i) {
    bytes[i] = static_cast<char>(bytes[i] ^ 0x41);
    CHECK_THROWS_AS(ask_everything(bytes_of(words)), SourceError);
    bytes[i] = static_cast<char>(bytes[i] ^ 0x41);
  }
  CHECK_NOTHROW(ask_everything(bytes_of(words)));
}

TEST_CASE("a file that is cut anywhere is refused") {
  const auto words = small_index();
  for (std::size_t size = 0; size < words.size() * 8; size += 8)
    CHECK_THROWS_AS(ask_everything(bytes_of(words, size)), SourceError);
}

TEST_CASE("a forged header with right checksums leads nowhere outside of the file") {
  auto words = small_index();
  Header forged;
  std::memcpy(static_cast<void*>(&forged), words.data(), sizeof forged);
  for (SectionRow& row : forged.sections) {
    const SectionRow before = row;
    for (const std::uint64_t value : {std::uint64_t{8}, UINT64_MAX, UINT64_MAX - 7, std::uint64_t{words.size() * 8}}) {
      row.offset = value;
      row.size = value;
      forged.check = content_hash({reinterpret_cast<const char*>(&forged), offsetof(Header, check)});
      auto copy = words;
      std::memcpy(copy.data(), &forged, sizeof forged);
      CHECK_THROWS_AS(ask_everything(bytes_of(copy)), SourceError);
      row = before;
    }
  }
}

}  // namespace
}  // namespace postern::threatdb
