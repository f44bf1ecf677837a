// SPDX-License-Identifier: Apache-2.0
// Which state the candidate is compared with, and under which names the facts of both sides are kept.
#include "app/baseline_choice.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "app/pack_sources.h"
#include "ingest/source_layout.h"

namespace postern::app {
namespace {

/// The path of the candidate inside its repository, when there is one candidate path and it lies in one.
std::string candidate_path(const GateRequest& request) {
  if (request.candidate.size() != 1 || request.candidate.front().kind != acquire::SourceKind::path) return {};
  // By its words: a candidate that puts a link in place of its folder must not choose what it is compared with.
  const auto root = acquire::find_repository_root(std::filesystem::current_path().string());
  return root ? path_in_repository(*root, request.candidate.front().path).value_or("") : std::string();
}

/// `git:REF` alone means the same place of that commit; with scope `units` the whole commit, since others' units stay.
acquire::SourceSpec with_path(acquire::SourceSpec spec, const GateRequest& request) {
  const bool whole = request.configuration.scope.value == model::Scope::units;
  if (spec.kind == acquire::SourceKind::git && spec.path.empty() && !whole) spec.path = candidate_path(request);
  return spec;
}

std::string repository_name(SourceReader& reader) {
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  if (acquire::find_repository_root(here.string())) {
    try {
      return reader.acquirer().repository().name();
    } catch (const SourceError&) {
      // A repository that cannot be opened still has a folder.
    }
  }
  return here.filename().string();
}

/// A plan that is judged alone says itself what was before. Known by the first names in it.
bool is_plan_alone(const GateRequest& request) {
  if (request.candidate.size() != 1) return false;
  const acquire::SourceSpec& spec = request.candidate.front();
  std::error_code ignored;
  if (spec.kind != acquire::SourceKind::path || !spec.reference.empty() || !std::filesystem::is_regular_file(spec.path, ignored))
    return false;
  constexpr std::size_t k_head = 65536;
  std::string head(k_head, '\0');
  std::ifstream file(spec.path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(file.gcount()));
  const auto holds = [&](std::string_view name) { return head.find(name) != std::string::npos; };
  return holds("\"format_version\"") && (holds("\"planned_values\"") || holds("\"resource_changes\""));
}

/// In a merge request a baseline must not be a commit that the merge request itself brings: then nothing would be new.
void refuse_own_commits(const GateRequest& request, ChosenBaseline& chosen) {
  if (!request.inputs.side()) return;
  acquire::GitRepository& repository = request.inputs.repository();
  const std::string& target = request.inputs.side()->commit;
  for (const acquire::SourceSpec& source : chosen.sources) {
    if (source.kind != acquire::SourceKind::git) continue;
    try {
      if (!is_brought(repository, source.reference, target)) continue;
      chosen.trouble = "the baseline " + source.text + " is a commit that the merge request itself brings";
    } catch (const SourceError&) {
      // What cannot be resolved is told when it is read.
    }
  }
  if (!chosen.trouble.empty()) chosen.sources.clear();
}

}  // namespace

std::string ChosenBaseline::text() const {
  std::vector<std::string> texts;
  for (const acquire::SourceSpec& source : sources) texts.push_back(source.text);
  return base::join(texts, ", ");
}

bool ChosenBaseline::has(acquire::SourceKind kind) const {
  return std::any_of(sources.begin(), sources.end(), [&](const acquire::SourceSpec& source) { return source.kind == kind; });
}

SourceReader reader_for(const GateRequest& request, acquire::IgnoreFiles ignore_files) {
  acquire::Options options;
  options.ignore_files = ignore_files;
  options.limits.file_bytes = request.configuration.file_bytes.value;
  options.wanted = ingest::is_candidate_file;
  options.foreign_owner = request.foreign_owner;
  options.threads = request.threads;
  ingest::ProjectSettings settings;
  settings.values = request.values;
  settings.limits.file_bytes = request.configuration.file_bytes.value;
  settings.limits.yaml_bytes = request.configuration.yaml_bytes.value;
  return {std::move(options), std::move(settings), request.threads};
}

ChosenBaseline choose_baseline(const GateRequest& request, SourceReader&) {
  ChosenBaseline chosen;
  for (const acquire::SourceSpec& spec : request.baseline) chosen.sources.push_back(with_path(spec, request));
  refuse_own_commits(request, chosen);
  if (!chosen.sources.empty() || !chosen.trouble.empty()) return chosen;
  if (request.environment.environment_class == model::EnvironmentClass::production) {
    chosen.trouble = "no baseline was named, and in class production none is assumed";
    return chosen;
  }
  if (is_plan_alone(request)) {
    chosen.sources = {acquire::parse_source("plan:" + request.candidate.front().path)};
    chosen.assumed = true;
    return chosen;
  }
  if (!request.inputs.side()) {
    chosen.trouble = "no baseline was named, and no merge request says into which commit this goes";
    return chosen;
  }
  chosen.sources = {with_path(acquire::parse_source("git:" + request.inputs.side()->reference), request)};
  chosen.assumed = true;
  return chosen;
}

SourcePlace place_of(const GateRequest& request, SourceReader& reader) {
  SourcePlace place;
  place.application = request.configuration.application.value;
  if (place.application.empty()) place.application = repository_name(reader);
  if (place.application.empty()) place.application = "application";
  place.target = request.environment.targets.empty() ? "default" : request.environment.targets.front();
  return place;
}

bool is_known(const ChosenBaseline& chosen, const ReadSource& baseline) {
  if (chosen.sources.empty() || baseline.diagnostics.has_errors()) return false;
  return chosen.has(acquire::SourceKind::none) || !baseline.snapshot.units.empty();
}

ReadSource read_baseline(const ChosenBaseline& chosen, SourceReader& reader, SourcePlace& place) {
  if (chosen.sources.empty()) return {};
  ReadSource result;
  try {
    result = reader.read(chosen.sources, place);
  } catch (const SourceError& error) {
    result.judged.description = chosen.text();
    result.diagnostics.error("P2301", {base::Symbol(chosen.text()), 0, 0},
                             std::string("the baseline cannot be read: ") + error.what(), error.hint());
  }
  return result;
}

}  // namespace postern::app
