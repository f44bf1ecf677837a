// SPDX-License-Identifier: Apache-2.0
// A source on the command line -> a snapshot: acquire its bytes, read them, keep the facts by unit.
#include "app/source_reading.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/parallel.h>

#include <algorithm>
#include <filesystem>

#include "baseline/snapshot_codec.h"
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

void finish(ReadSource& result) {
  for (Unit& unit : result.snapshot.units) {
    std::sort(unit.inputs.begin(), unit.inputs.end(), [](const auto& a, const auto& b) { return a->path < b->path; });
  }
  std::sort(result.snapshot.units.begin(), result.snapshot.units.end(), [](const Unit& a, const Unit& b) { return a.id < b.id; });
  std::sort(result.judged.inputs.begin(), result.judged.inputs.end());
  std::sort(result.cut_off.begin(), result.cut_off.end());
  result.judged.digest = digest_of(result.judged.inputs);
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
                                                           const std::vector<std::string>& paths, ingest::Moment moment) {
  std::vector<Extracted> results(files.size());
  const std::string before = moment == ingest::Moment::before ? "before:" : "";
  base::for_each_index(files.size(), m_threads, [&](std::size_t i) {
    const auto known = m_known.find({before + paths[i], files[i]->digest});
    if (known != m_known.end()) {
      results[i] = *known->second;
      return;
    }
    Extracted& result = results[i];
    result.cut_off = !files[i]->bytes->ends_with('\n');
    ingest::ReadFile file =
        ingest::read_input(paths[i], *files[i]->bytes, files[i]->digest, m_settings.limits, result.diagnostics, moment);
    result.outcome = file.outcome;
    result.kind = file.kind;
    result.input = std::make_shared<const Input>(std::move(file.input));
  });
  for (std::size_t i = 0; i < files.size(); ++i) {
    m_known.try_emplace({before + paths[i], files[i]->digest}, std::make_shared<const Extracted>(results[i]));
  }
  return results;
}

void SourceReader::read_projects(const std::string& root, std::vector<const acquire::InputFile*>& files,
                                 std::vector<std::string>& paths, const Take& take, ReadSource& result) {
  std::vector<ingest::SourceFile> all;
  for (std::size_t i = 0; i < files.size(); ++i) all.push_back({paths[i], *files[i]->bytes});
  const ingest::SourceFiles source(root, std::move(all));
  std::vector<bool> taken(files.size());
  for (const ingest::ProjectRow& row : ingest::project_formats()) {
    for (ingest::ProjectFile& read : row.read(source, m_settings, result.diagnostics)) {
      if (taken[read.file]) continue;
      taken[read.file] = true;
      auto input = std::make_shared<Input>();
      input->path = base::Symbol(paths[read.file]);
      input->digest = files[read.file]->digest;
      input->facts = std::move(read.facts);
      result.judged.inputs.emplace_back(paths[read.file], input->digest);
      if (!read.failed || !input->facts.empty()) take(input, row.kind);
    }
  }
  // Of the rest, what is no document is nothing that anybody knows.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (taken[i]) continue;
    if (files.size() > 1 && !ingest::is_document_file(paths[i])) {
      ++result.judged.unrecognised_files;
      result.judged.inputs.emplace_back(paths[i], files[i]->digest);
      continue;
    }
    files[kept] = files[i];
    if (kept != i) paths[kept] = std::move(paths[i]);
    ++kept;
  }
  files.resize(kept);
  paths.resize(kept);
}

void SourceReader::read_tree(const acquire::SourceSpec& spec, const acquire::SourceTree& tree, const SourcePlace& place,
                             ReadSource& result) {
  std::vector<std::string> names;
  std::vector<std::string> plain;
  for (const acquire::InputFile& file : tree.files) {
    names.push_back(file.path);
    if (ingest::is_kustomization_file(file.path) && ingest::is_plain_kustomization(*file.bytes)) plain.push_back(file.path);
  }
  const ingest::SourceLayout layout = ingest::arrange(names, plain);
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
  read_projects(tree.root, files, paths, take, result);
  const auto moment = spec.kind == acquire::SourceKind::plan ? ingest::Moment::before : ingest::Moment::after;
  for (Extracted& file : extract(files, paths, moment)) {
    result.diagnostics.merge(file.diagnostics);
    result.judged.inputs.emplace_back(file.input->path.str(), file.input->digest);
    if (file.outcome == ingest::ReadOutcome::unrecognised) ++result.judged.unrecognised_files;
    const bool kept =
        file.outcome == ingest::ReadOutcome::read || (file.outcome == ingest::ReadOutcome::failed && !file.input->facts.empty());
    if (!kept) continue;
    // JSON that could be read is whole: its outermost bracket is closed.
    if (file.cut_off && file.kind != model::InputKind::sbom) result.cut_off.push_back(file.input->path);
    take(file.input, file.kind);
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

ReadSource SourceReader::read(const std::vector<acquire::SourceSpec>& specs, const SourcePlace& place) {
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
  finish(result);
  return result;
}

}  // namespace postern::app
