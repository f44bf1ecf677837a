// SPDX-License-Identifier: Apache-2.0
// `postern threatdb lookup WHAT...`: package URLs, packages of an ecosystem, ids of weaknesses.
#include <postern/base/error.h>

#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "app/threat_data/lookup_report.h"
#include "app/threat_data/settings.h"
#include "package/purl.h"
#include "threatdb/database.h"

namespace postern::app {
namespace {

/// NAME@VERSION of an ecosystem; an `@` at the beginning belongs to the name (@scope/name of npm).
threatdb::PackageVersion package_called(const std::string& text, const std::string& ecosystem) {
  const threatdb::EcosystemParts parts = threatdb::split_ecosystem(ecosystem);
  const std::size_t at = text.rfind('@');
  const bool has_version = at != std::string::npos && at > 0;
  return {{std::string(parts.family), std::string(parts.release), has_version ? text.substr(0, at) : text},
          has_version ? text.substr(at + 1) : std::string()};
}

threatdb::PackageVersion package_of(const std::string& text) {
  const auto purl = package::parse_purl(text);
  if (!purl) throw UsageError("'" + text + "' is no package URL", "expected pkg:TYPE/NAMESPACE/NAME@VERSION");
  auto found = threatdb::identity_of(*purl);
  if (!found)
    throw UsageError("no ecosystem of OSV has packages like '" + text + "'", "name it with --ecosystem ECOSYSTEM NAME@VERSION");
  return std::move(*found);
}

LookupAnswer answer_to(const threatdb::Database& database, const std::string& text, const Options& options) {
  LookupAnswer answer;
  answer.asked = text;
  if (options.ecosystem || text.starts_with("pkg:")) {
    answer.package = text.starts_with("pkg:") ? package_of(text) : package_called(text, *options.ecosystem);
    answer.is_known = database.knows(answer.package->package);
    answer.matches = database.find(answer.package->package, answer.package->version,
                                   options.verbose ? threatdb::Wanted::all : threatdb::Wanted::concerning);
    return answer;
  }
  answer.weakness = database.find_weakness(text);
  if (!answer.weakness) {
    answer.exploited = database.exploited(text);
    answer.probability = database.probability(answer.asked);
  }
  answer.is_known = answer.weakness || answer.exploited || answer.probability;
  return answer;
}

}  // namespace

int threatdb_lookup(const Options& options) {
  const std::string format = options.format.empty() ? "text" : options.format;
  if (format != "text" && format != "json") unknown_format(format, {"json", "text"});
  DecisionInputs inputs = DecisionInputs::for_merge_request(options);
  const threatdb::Database database = threatdb::Database::open(threat_folder(options, settled_configuration(options, inputs)));
  std::vector<LookupAnswer> answers;
  for (const std::string& text : options.paths) answers.push_back(answer_to(database, text, options));
  write_output(format == "json" ? lookup_json(answers) : lookup_text(answers));
  return 0;
}

}  // namespace postern::app
