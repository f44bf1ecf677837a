// SPDX-License-Identifier: Apache-2.0
// Fuzzes what describes the inside of things: SQL scripts, OpenAPI and AsyncAPI, GraphQL, protobuf, catalogues, CODEOWNERS. The
// first byte chooses the name of the file; a zero byte ends one file, and the next byte chooses the name of the next.
#include <ingest/catalogue/backstage.h>
#include <ingest/catalogue/code_owners.h>
#include <ingest/interface_language/graphql.h>
#include <ingest/interface_language/protobuf.h>
#include <ingest/openapi/project.h>
#include <ingest/project.h>
#include <ingest/sql/sql.h>
#include <postern/base/error.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace postern;

constexpr std::array<std::string_view, 8> k_names = {"a/db/V1__a.sql", "a/db/V2__b.sql", "a/openapi.yaml", "a/part.json",
                                                     "a/x.graphql",    "a/x.proto",      "CODEOWNERS",     "a/catalog-info.yaml"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  std::vector<ingest::SourceFile> files;
  for (std::size_t at = 0; at < all.size() && files.size() < k_names.size();) {
    const std::size_t end = std::min(all.find('\0', at), all.size());
    const std::string_view name = k_names[static_cast<unsigned char>(all[at]) % k_names.size()];
    const bool known = std::any_of(files.begin(), files.end(), [&](const ingest::SourceFile& file) { return file.path == name; });
    if (!known && end > at) files.push_back({name, all.substr(at + 1, end - at - 1)});
    at = end + 1;
  }
  const ingest::SourceFiles source({}, std::move(files));
  for (const auto read :
       {ingest::sql::read_sql, ingest::openapi::read_specifications, ingest::interface_language::read_graphql,
        ingest::interface_language::read_protobuf, ingest::catalogue::read_backstage, ingest::catalogue::read_code_owners}) {
    base::DiagnosticSink sink;
    std::size_t next = 0;
    for (const ingest::ProjectFile& file : read(source, {}, sink)) {
      POSTERN_ASSERT(file.file >= next && file.file < source.size());  // each once, ascending
      next = file.file + 1;
    }
  }
  return 0;
}
