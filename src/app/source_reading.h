// SPDX-License-Identifier: Apache-2.0
// A source on the command line -> a snapshot: acquire its bytes, read them, keep the facts by unit.
#pragma once
#include <postern/model/decision.h>
#include <postern/model/snapshot.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "acquire/acquire.h"
#include "ingest/project.h"
#include "ingest/read_input.h"

namespace postern::app {

struct ProjectAnswer;
struct RenderedFile;

/// Where the facts of a source belong.
struct SourcePlace {
  std::string application;
  std::string target;
};

/// A source that was read.
struct ReadSource {
  model::Snapshot snapshot;
  model::JudgedSource judged;  ///< description, commit, digests, counts; entities and relations are filled once it is linked
  base::DiagnosticSink diagnostics;
  std::vector<std::shared_ptr<const model::Input>> given_reports;  ///< read because the user named them, not because they lay there
  std::vector<base::Symbol> cut_off;                               ///< inputs whose text ends in the middle of a line; sorted
};

/// Reads sources; files that two sources share are read and extracted once. Not thread-safe.
class SourceReader {
 public:
  SourceReader(acquire::Options options, ingest::ProjectSettings settings, unsigned threads);

  /// All of `specs` as one source (several paths are several roots of one candidate). Trouble with single files is a diagnostic of
  /// the result; throws SourceError when a source as a whole cannot be read.
  /// `findings`: reports of other tools that belong to it; each must be one, and its unit is one of its own.
  [[nodiscard]] ReadSource read(const std::vector<acquire::SourceSpec>& specs, const SourcePlace& place,
                                const std::vector<acquire::SourceSpec>& findings = {});

  [[nodiscard]] acquire::Acquirer& acquirer() { return m_acquirer; }

 private:
  struct Extracted;
  void read_findings(const acquire::SourceSpec& spec, const SourcePlace& place, ReadSource& result);
  void read_snapshot_file(const acquire::SourceTree& tree, ReadSource& result);
  using Take = std::function<void(const std::shared_ptr<const model::Input>&, model::InputKind)>;
  /// Reads `files`, called `paths`, by all readers: those of projects and those of single documents.
  void read_files(const std::string& root, const std::vector<const acquire::InputFile*>& files,
                  const std::vector<std::string>& paths, ingest::Moment moment, const ingest::ProjectSettings& settings,
                  const Take& take, ReadSource& result);
  /// What documents say goes to `take`, or into `answer` where readers of projects found facts of the same kind in the file.
  static void take_document(const Extracted& file, ProjectAnswer& answer, const Take& take, ReadSource& result);
  /// What a chart or kustomization came to; places are those of its files, without lines.
  void read_rendered(const acquire::SourceTree& tree, const RenderedFile& rendered, const Take& take, ReadSource& result);
  void read_tree(const acquire::SourceSpec& spec, const acquire::SourceTree& tree, const SourcePlace& place, ReadSource& result);
  /// The files with the indexes `chosen`, in that order.
  std::vector<Extracted> extract(const std::vector<const acquire::InputFile*>& files, const std::vector<std::string>& paths,
                                 const std::vector<std::size_t>& chosen, ingest::Moment moment);
  [[nodiscard]] ingest::ProjectSettings settings_within(const acquire::SourceSpec& spec, const acquire::SourceTree& tree) const;

  acquire::Acquirer m_acquirer;
  ingest::ProjectSettings m_settings;
  unsigned m_threads;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const Extracted>> m_known;  ///< by path and digest
};

}  // namespace postern::app
