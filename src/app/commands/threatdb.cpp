// SPDX-License-Identifier: Apache-2.0
// `postern threatdb import|info`: fills the threat database, and says what it holds.
#include <postern/base/error.h>

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "app/threat_data/info_report.h"
#include "app/threat_data/progress.h"
#include "app/threat_data/settings.h"
#include "threatdb/database.h"
#include "threatdb/importer.h"
#include "threatdb/index.h"

namespace postern::app {
namespace {

std::string chosen_format(const Options& options) {
  const std::string format = options.format.empty() ? "text" : options.format;
  if (format != "text" && format != "json") unknown_format(format, {"json", "text"});
  return format;
}

}  // namespace

int threatdb_import(const Options& options) {
  const std::string format = chosen_format(options);
  DecisionInputs inputs = DecisionInputs::for_merge_request(options);
  const Configuration configuration = settled_configuration(options, inputs);
  threatdb::ImportRequest request;
  request.folder = threat_folder(options, configuration);
  for (const std::string& path : options.paths) request.paths.push_back({path, {}, threatdb::k_never});
  request.keeping = options.replace ? threatdb::Keeping::replace : threatdb::Keeping::add;
  request.older = options.allow_older ? threatdb::Older::allow : threatdb::Older::refuse;
  request.threads = options.threads;
  base::DiagnosticSink sink;
  threatdb::ImportOutcome outcome;
  try {
    ProgressLine progress(talk_of(options));
    request.progress = [&](const std::string& source, std::uint64_t records) { progress.show_records(source, records); };
    outcome = threatdb::import_data(request, sink);
  } catch (const Error&) {
    tell(sink.all(), talk_of(options));
    throw;
  }
  tell(sink.all(), talk_of(options));
  write_output(format == "json" ? import_json(outcome, request.folder) : import_text(outcome, request.folder));
  return 0;
}

int threatdb_info(const Options& options) {
  const std::string format = chosen_format(options);
  DecisionInputs inputs = DecisionInputs::for_merge_request(options);
  const Configuration configuration = settled_configuration(options, inputs);
  ThreatDataState state;
  state.folder = threat_folder(options, configuration);
  const threatdb::Database database = threatdb::Database::open(state.folder);
  if (options.verbose) database.index().verify();
  state.is_verified = options.verbose;
  state.digest = database.digest();
  state.file_size = database.index().file_size();
  state.info = database.info();
  state.now = present();
  state.limits = age_limits(configuration);
  write_output(format == "json" ? info_json(state) : info_text(state));
  return 0;
}

}  // namespace postern::app
