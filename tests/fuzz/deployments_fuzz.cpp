// SPDX-License-Identifier: Apache-2.0
// Fuzzes what deployment tools and inventories write: services of the Serverless Framework, exports of what runs,
// Ansible, files of proxies and of variables. The
// first byte chooses.
#include <ingest/ansible/project.h>
#include <ingest/exports/aws_config.h>
#include <ingest/exports/azure_graph.h>
#include <ingest/exports/google_assets.h>
#include <ingest/serverless/project.h>
#include <ingest/settings_file/settings_file.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace postern;
using namespace postern::ingest;

using Read = std::vector<ProjectFile> (*)(const SourceFiles&, const ProjectSettings&, base::DiagnosticSink&);

void read_all(Read read, const SourceFiles& files) {
  base::DiagnosticSink sink;
  (void)read(files, {}, sink);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 9) {
    case 0:
      read_all(serverless::read_project, SourceFiles({}, {{"serverless.yml", text}, {"part.yml", text}}));
      break;
    case 1:
      read_all(exports::read_aws_config, SourceFiles({}, {{"a.json", text}}));
      break;
    case 2:
      read_all(exports::read_azure_graph, SourceFiles({}, {{"a.json", text}}));
      break;
    case 3:
      read_all(exports::read_google_assets, SourceFiles({}, {{"a.json", text}}));
      break;
    case 4:
      read_all(exports::read_google_assets, SourceFiles({}, {{"a.jsonl", text}}));
      break;
    case 5:
      read_all(ansible::read_inventories, SourceFiles({}, {{"hosts", text}, {"group_vars/all.yml", "a: 1\n"}}));
      break;
    case 6:
      read_all(ansible::read_inventories, SourceFiles({}, {{"hosts.yml", text}, {"group_vars/all", text}, {"host_vars/h", text}}));
      break;
    case 7:
      read_all(settings_file::read_files, SourceFiles({}, {{"a/.env", text}, {"a/envoy.yaml", text}, {"a/nginx.conf", text}}));
      break;
    default:
      read_all(settings_file::read_files, SourceFiles({}, {{"compose.yaml", text}, {"a/nginx.conf", "server {\n"}}));
  }
  return 0;
}
