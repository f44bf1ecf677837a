// SPDX-License-Identifier: Apache-2.0
// A source on the command line -> a snapshot: acquire its bytes, read them, keep the facts by unit.
#include "app/source_reading.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/parallel.h>
#include <postern/base/search.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "app/project_reading.h"
#include "app/rendering.h"
#include "baseline/snapshot_codec.h"
#include "ingest/codes.h"
#include "ingest/lockfiles/registry.h"
#include "ingest/read_input.h"
#include "ingest/source_layout.h"

namespace postern::app {

using model::Input;
using model::Unit;
using model::UnitId;

/// What one file said, with its diagnostics: kept so that a file that both sides hold is read once.
struct SourceReader::Extracted {
  std::shared_ptr<const Input> input;
  ingest::ReadOutcome outcome = ingest::ReadOutcome::unrecognised;
  model::InputKind kind = model::InputKind::manifests;
  bool cut_off = false;
  base::DiagnosticSink diagnostics;

  /// Whether it says something that counts.
  [[nodiscard]] bool is_read() const {
    return outcome == ingest::ReadOutcome::read || (outcome == ingest::ReadOutcome::failed && !input->facts.empty());
  }
};

namespace {

/// The path by which people know a file: from the top of the repository, or from the source's root outside of one.
std::string known_path(const acquire::SourceTree& tree, const std::string& path) {
  return tree.root.empty() ? path : tree.root + '/' + path;
}

/// The root that a run replaces: the folder or file that was named.
std::string source_root_of(const acquire::SourceSpec& spec, const acquire::SourceTree& tree) {
  std::error_code ignored;
  const bool is_path = spec.kind == acquire::SourceKind::path || spec.kind == acquire::SourceKind::plan;
  const bool is_alone = tree.files.size() == 1 && is_path;
  const std::string only = is_alone ? known_path(tree, tree.files.front().path) : std::string();
  const bool is_named = spec.reference.empty() ? std::filesystem::is_regular_file(spec.path, ignored) : spec.path == only;
  if (is_alone && is_named) return only;
  if (tree.in_repository || !is_path) return tree.root;
  return std::filesystem::path(std::filesystem::absolute(spec.path, ignored)).lexically_normal().filename().string();
}

Unit& unit_for(model::Snapshot& snapshot, const UnitId& id) {
  const auto at = std::find_if(snapshot.units.begin(), snapshot.units.end(), [&](const Unit& unit) { return unit.id == id; });
  if (at != snapshot.units.end()) return *at;
  snapshot.units.push_back({id, model::Completeness::complete, {}});
  return snapshot.units.back();
}

/// SHA-256 over the paths and digests of all inputs.
std::string digest_of(const std::vector<std::pair<std::string, std::string>>& inputs) {
  base::PartsDigest digest;
  for (const auto& [path, sha256] : inputs) digest.add(path).add(sha256);
  return digest.hex();
}

/// Where a remark stands, and which one it is.
using RemarkPlace = std::tuple<std::string, std::string, std::uint32_t, std::uint32_t>;
RemarkPlace remark_place(const base::Diagnostic& remark) {
  return {remark.location.file.str(), remark.code, remark.location.line, remark.location.column};
}

/// The reports that stand in a source, in the order of their files.
std::vector<model::JudgedReport> reports_of(const model::Snapshot& snapshot) {
  std::vector<model::JudgedReport> reports;
  for (const Unit& unit : snapshot.units) {
    for (const auto& input : unit.inputs) {
      for (const model::Fact& fact : input->facts) {
        const auto* report = std::get_if<model::ReportFact>(&fact);
        if (report == nullptr) continue;
        reports.push_back(
            {input->path.str(), report->tool.str(), report->version.str(), report->findings.size(), 0, report->succeeded});
      }
    }
  }
  std::stable_sort(reports.begin(), reports.end(),
                   [](const model::JudgedReport& a, const model::JudgedReport& b) { return a.path < b.path; });
  return reports;
}

/// What a file that was named as a report and is none says: that a tool was to look, and nobody knows what it found.
void note_unknown_report(model::Input& input, base::DiagnosticSink& sink) {
  const base::Location location{input.path, 0, 0};
  model::ReportFact fact;
  fact.tool = base::Symbol("unknown");
  fact.succeeded = false;
  fact.complete = false;
  fact.reason = base::Symbol("no reader knows the file");
  fact.location = location;
  input.facts.emplace_back(std::move(fact));
  sink.error(std::string(ingest::code::k_report_unknown), location,
             "the file was given with --findings, and no reader knows it as a report",
             "`postern list formats` prints what is read; have the tool write SARIF, or another format that names it");
}

void finish(ReadSource& result) {
  for (Unit& unit : result.snapshot.units) {
    std::sort(unit.inputs.begin(), unit.inputs.end(), [](const auto& a, const auto& b) { return a->path < b->path; });
  }
  std::sort(result.snapshot.units.begin(), result.snapshot.units.end(), [](const Unit& a, const Unit& b) { return a.id < b.id; });
  std::sort(result.judged.inputs.begin(), result.judged.inputs.end());
  std::sort(result.cut_off.begin(), result.cut_off.end());
  result.judged.digest = digest_of(result.judged.inputs);
  result.judged.reports = reports_of(result.snapshot);
  for (Unit& unit : result.snapshot.units) {
    if (result.diagnostics.has_errors()) unit.completeness = model::Completeness::partial;
    result.judged.units.push_back(unit.id);
    if (unit.completeness == model::Completeness::partial) result.judged.completeness = model::Completeness::partial;
  }
  if (result.diagnostics.has_errors()) result.judged.completeness = model::Completeness::partial;
}

}  // namespace

SourceReader::SourceReader(acquire::Options options, ingest::ProjectSettings settings, unsigned threads)
    : m_acquirer(std::move(options)), m_settings(std::move(settings)), m_threads(std::max(1U, threads)) {}

std::vector<SourceReader::Extracted> SourceReader::extract(const std::vector<const acquire::InputFile*>& files,
                                                           const std::vector<std::string>& paths,
                                                           const std::vector<std::size_t>& chosen, ingest::Moment moment) {
  std::vector<Extracted> results(chosen.size());
  const std::string before = moment == ingest::Moment::before ? "before:" : "";
  base::for_each_index(chosen.size(), m_threads, [&](std::size_t at) {
    const acquire::InputFile& source = *files[chosen[at]];
    const std::string& path = paths[chosen[at]];
    const auto known = m_known.find({before + path, source.digest});
    if (known != m_known.end()) {
      results[at] = *known->second;
      return;
    }
    Extracted& result = results[at];
    result.cut_off = !source.bytes->ends_with('\n');
    ingest::ReadFile file = ingest::read_input(path, *source.bytes, source.digest, m_settings.limits, result.diagnostics, moment);
    result.outcome = file.outcome;
    result.kind = file.kind;
    result.input = std::make_shared<Input>(std::move(file.input));
  });
  for (std::size_t at = 0; at < chosen.size(); ++at) {
    m_known.try_emplace({before + paths[chosen[at]], files[chosen[at]]->digest}, std::make_shared<const Extracted>(results[at]));
  }
  return results;
}

/// Where files of values lie outside of a repository: paths from the working folder are told from the source's root there.
ingest::ProjectSettings SourceReader::settings_within(const acquire::SourceSpec& spec, const acquire::SourceTree& tree) const {
  ingest::ProjectSettings settings = m_settings;
  if (tree.in_repository || spec.kind != acquire::SourceKind::path) return settings;
  std::error_code ignored;
  const auto root = std::filesystem::absolute(spec.path, ignored).lexically_normal();
  for (std::string& values : settings.values) {
    const auto relative = std::filesystem::absolute(values, ignored).lexically_normal().lexically_relative(root);
    if (!relative.empty() && *relative.begin() != "..") values = relative.generic_string();
  }
  return settings;
}

void SourceReader::read_rendered(const acquire::SourceTree& tree, const RenderedFile& rendered, const Take& take,
                                 ReadSource& result) {
  const std::string path = known_path(tree, rendered.path);
  base::DiagnosticSink diagnostics;
  ingest::ReadFile file = ingest::read_input(path, rendered.text, base::sha256_hex(rendered.text), m_settings.limits, diagnostics);
  for (base::Diagnostic diagnostic : diagnostics.all()) {
    diagnostic.location.line = 0;
    diagnostic.location.column = 0;
    result.diagnostics.add(std::move(diagnostic));
  }
  result.judged.inputs.emplace_back(path, file.input.digest);
  if (file.outcome != ingest::ReadOutcome::read) return;
  for (model::Fact& fact : file.input.facts) forget_lines(fact);
  take(std::make_shared<const Input>(std::move(file.input)), file.kind);
}

void SourceReader::read_tree(const acquire::SourceSpec& spec, const acquire::SourceTree& tree, const SourcePlace& place,
                             ReadSource& result) {
  const ingest::ProjectSettings settings = settings_within(spec, tree);
  std::vector<std::string> names;
  std::vector<std::string> plain;
  for (const acquire::InputFile& file : tree.files) {
    names.push_back(file.path);
    if (ingest::is_kustomization_file(file.path) && ingest::is_plain_kustomization(*file.bytes)) plain.push_back(file.path);
  }
  ingest::SourceLayout layout = ingest::arrange(names, plain);
  const std::vector<RenderedFile> rendered =
      Renderer(settings.values, settings.limits.yaml_bytes).render(tree, layout, result.diagnostics);
  ingest::report_unrendered(layout, tree.root, result.diagnostics);
  std::vector<const acquire::InputFile*> files;
  std::vector<std::string> paths;
  for (const acquire::InputFile& file : tree.files) {
    // A single file that was named is read even where it belongs to a chart.
    if (tree.files.size() > 1 && !std::binary_search(layout.raw.begin(), layout.raw.end(), file.path)) continue;
    files.push_back(&file);
    paths.push_back(known_path(tree, file.path));
  }
  const base::Symbol root(source_root_of(spec, tree));
  const auto take = [&](const std::shared_ptr<const Input>& input, model::InputKind kind) {
    unit_for(result.snapshot, {base::Symbol(place.application), root, base::Symbol(place.target), kind}).inputs.push_back(input);
  };
  for (const RenderedFile& file : rendered) read_rendered(tree, file, take, result);
  const auto moment = spec.kind == acquire::SourceKind::plan ? ingest::Moment::before : ingest::Moment::after;
  read_files(tree.root, files, paths, moment, settings, take, result);
}

void SourceReader::read_files(const std::string& root, const std::vector<const acquire::InputFile*>& files,
                              const std::vector<std::string>& paths, ingest::Moment moment, const ingest::ProjectSettings& settings,
                              const Take& take, ReadSource& result) {
  std::vector<ingest::SourceFile> all;
  for (std::size_t i = 0; i < files.size(); ++i) all.push_back({paths[i], *files[i]->bytes});
  std::vector<ProjectAnswer> answers = read_projects({root, std::move(all), m_threads}, settings, m_threads, result.diagnostics);
  // What a project's reader said of a document is not said again.
  std::set<RemarkPlace> said;
  for (const base::Diagnostic& remark : result.diagnostics.all()) {
    said.insert(remark_place(remark));
    // That a lock file is no document is said by its reader, in other words.
    if (remark.code == ingest::code::k_lock_file && remark.severity == base::Severity::error)
      said.insert({remark.location.file.str(), "", remark.location.line, remark.location.column});
  }
  // What belongs to a project may hold documents of its own beside it, and nobody may hide one there. A single file that was named
  // need not be called like a document.
  std::vector<std::size_t> documents;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const bool named = files.size() == 1 && (!answers[i].taken || base::holds_word(*files[i]->bytes, "apiVersion"));
    if (named || ingest::is_document_file(paths[i]) || ingest::is_report_file(paths[i])) documents.push_back(i);
  }
  const std::vector<Extracted> extracted = extract(files, paths, documents, moment);
  auto document = extracted.begin();
  for (std::size_t i = 0; i < files.size(); ++i) {
    const bool is_document = document != extracted.end() && document->input->path.str() == paths[i];
    // Files that only might have been reports are no part of what was judged.
    const bool is_input = !(ingest::is_report_file(paths[i]) || ingest::lockfiles::may_be_included(paths[i])) || answers[i].taken ||
                          (is_document && document->outcome != ingest::ReadOutcome::nothing);
    if (is_input) result.judged.inputs.emplace_back(paths[i], files[i]->digest);
    if (is_document) {
      const bool counts = !answers[i].taken || document->is_read() || ingest::may_hold_manifest(*files[i]->bytes);
      for (const base::Diagnostic& remark : document->diagnostics.all()) {
        RemarkPlace place = remark_place(remark);
        if (!counts || said.contains(place)) continue;
        std::get<1>(place).clear();
        if (!said.contains(place)) result.diagnostics.add(remark);
      }
      take_document(*document++, answers[i], take, result);
    } else if (!answers[i].taken && !ingest::lockfiles::may_be_included(paths[i])) {
      ++result.judged.unrecognised_files;
    }
    for (auto& [kind, facts] : answers[i].facts)
      take(std::make_shared<const Input>(Input{base::Symbol(paths[i]), files[i]->digest, std::move(facts)}), kind);
  }
}

void SourceReader::take_document(const Extracted& file, ProjectAnswer& answer, const Take& take, ReadSource& result) {
  if (!answer.taken && file.outcome == ingest::ReadOutcome::unrecognised) ++result.judged.unrecognised_files;
  if (!file.is_read()) return;
  // JSON that could be read is whole: its outermost bracket is closed.
  const bool is_whole = file.kind == model::InputKind::sbom || file.kind == model::InputKind::findings;
  if (file.cut_off && !is_whole) result.cut_off.push_back(file.input->path);
  const auto same =
      std::find_if(answer.facts.begin(), answer.facts.end(), [&](const auto& each) { return each.first == file.kind; });
  if (same == answer.facts.end()) return take(file.input, file.kind);
  same->second.insert(same->second.end(), file.input->facts.begin(), file.input->facts.end());
}

void SourceReader::read_findings(const acquire::SourceSpec& spec, const SourcePlace& place, ReadSource& result) {
  const acquire::SourceTree tree = m_acquirer.load(spec, result.diagnostics);
  const base::Symbol root(spec.reference.empty() ? spec.path : spec.reference + ':' + spec.path);
  Unit& unit =
      unit_for(result.snapshot, {base::Symbol(place.application), root, base::Symbol(place.target), model::InputKind::findings});
  for (const acquire::InputFile& source : tree.files) {
    const std::string path = known_path(tree, source.path);
    ingest::ReadFile file = ingest::read_input(path, *source.bytes, source.digest, m_settings.limits, result.diagnostics);
    std::erase_if(file.input.facts, [](const model::Fact& fact) { return !std::holds_alternative<model::ReportFact>(fact); });
    if (file.input.facts.empty()) note_unknown_report(file.input, result.diagnostics);
    result.judged.inputs.emplace_back(path, source.digest);
    unit.inputs.push_back(std::make_shared<const Input>(std::move(file.input)));
    result.given_reports.push_back(unit.inputs.back());
  }
}

void SourceReader::read_snapshot_file(const acquire::SourceTree& tree, ReadSource& result) {
  for (const acquire::InputFile& file : tree.files) {
    auto snapshot = baseline::read_snapshot(*file.bytes, base::Symbol(file.path), result.diagnostics);
    if (!snapshot) continue;
    for (Unit& unit : snapshot->units) {
      const auto same = [&](const Unit& other) { return other.id == unit.id; };
      if (std::any_of(result.snapshot.units.begin(), result.snapshot.units.end(), same)) {
        result.diagnostics.error("P2302", {base::Symbol(file.path), 0, 0},
                                 "the part '" + unit.id.source_root.str() + "' of application '" + unit.id.application.str() +
                                     "' stands in another source of this side already",
                                 "name each recorded state once");
        continue;
      }
      for (const auto& input : unit.inputs) result.judged.inputs.emplace_back(input->path.str(), input->digest);
      result.snapshot.units.push_back(std::move(unit));
    }
    std::move(snapshot->admitted.begin(), snapshot->admitted.end(), std::back_inserter(result.snapshot.admitted));
  }
}

ReadSource SourceReader::read(const std::vector<acquire::SourceSpec>& specs, const SourcePlace& place,
                              const std::vector<acquire::SourceSpec>& findings) {
  ReadSource result;
  for (const acquire::SourceSpec& spec : specs) {
    const acquire::SourceTree tree = m_acquirer.load(spec, result.diagnostics);
    result.judged.description += (result.judged.description.empty() ? "" : ", ") + tree.description;
    if (tree.commit) result.judged.commit = tree.commit;
    if (spec.kind == acquire::SourceKind::snapshot) {
      read_snapshot_file(tree, result);
    } else {
      read_tree(spec, tree, place, result);
    }
  }
  for (const acquire::SourceSpec& spec : findings) read_findings(spec, place, result);
  finish(result);
  return result;
}

}  // namespace postern::app
