// SPDX-License-Identifier: Apache-2.0
// `postern threatdb update`: fetches what mirrors offer and imports what is new of it.
#include <postern/base/error.h>

#include <algorithm>
#include <filesystem>

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "app/threat_data/info_report.h"
#include "app/threat_data/mirrors.h"
#include "app/threat_data/progress.h"
#include "app/threat_data/settings.h"
#include "threatdb/database.h"
#include "threatdb/importer.h"
#include "threatdb/index_format.h"

namespace postern::app {
namespace {

/// Those of the configuration; where addresses are given, these alone, with the digests that the configuration has for them.
std::vector<MirrorSetting> mirrors_of(const Options& options, const Configuration& configuration) {
  if (options.paths.empty()) return configuration.threat_data.mirrors;
  std::vector<MirrorSetting> mirrors;
  for (const std::string& url : options.paths) {
    const auto& all = configuration.threat_data.mirrors;
    const auto known = std::find_if(all.begin(), all.end(), [&](const MirrorSetting& each) { return each.url == url; });
    mirrors.push_back(known == all.end() ? MirrorSetting{url, {}, {}} : *known);
  }
  return mirrors;
}

/// The names of what the database holds; nothing where there is none.
std::vector<std::string> held_sources(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  if (!std::filesystem::exists(folder + "/" + threatdb::k_index_name, ignored)) return names;
  const threatdb::Database database = threatdb::Database::open(folder);
  for (const threatdb::SourceInfo& source : database.info().sources) names.push_back(source.name);
  return names;
}

}  // namespace

int threatdb_update(const Options& options) {
  const std::string format = options.format.empty() ? "text" : options.format;
  if (format != "text" && format != "json") unknown_format(format, {"json", "text"});
  DecisionInputs inputs = DecisionInputs::for_merge_request(options);
  const Configuration configuration = settled_configuration(options, inputs);
  const std::vector<MirrorSetting> mirrors = mirrors_of(options, configuration);
  if (mirrors.empty())
    throw UsageError("there is nothing to update from", "name addresses, or `threat_data.mirrors` in postern.yaml");
  threatdb::ImportRequest request;
  request.folder = threat_folder(options, configuration);
  request.older = options.allow_older ? threatdb::Older::allow : threatdb::Older::refuse;
  request.threads = options.threads;
  base::DiagnosticSink sink;
  threatdb::ImportOutcome outcome;
  std::vector<FetchedMirror> fetched;
  try {
    ProgressLine progress(talk_of(options));
    const auto show = [&](const std::string& name, std::uint64_t done, std::uint64_t total) {
      progress.show_bytes(name, done, total);
    };
    fetched = fetch_mirrors(request.folder, mirrors, held_sources(request.folder), show);
    for (const FetchedMirror& each : fetched) {
      if (each.is_new) request.paths.push_back(each.path);
    }
    request.progress = [&](const std::string& source, std::uint64_t records) { progress.show_records(source, records); };
    if (!request.paths.empty()) outcome = threatdb::import_data(request, sink);
  } catch (const Error&) {
    tell(sink.all(), talk_of(options));
    throw;
  }
  tell(sink.all(), talk_of(options));
  settle_mirrors(request.folder, fetched);
  if (request.paths.empty()) {
    write_output(format == "json" ? "{\n  \"imported\": []\n}\n" : "nothing has changed on the mirrors\n");
  } else {
    write_output(format == "json" ? import_json(outcome, request.folder) : import_text(outcome, request.folder));
  }
  return 0;
}

}  // namespace postern::app
