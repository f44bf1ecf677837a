// SPDX-License-Identifier: Apache-2.0
// All formats of projects over the files of one source, put together by file.
#include "app/project_reading.h"

#include <postern/base/parallel.h>

#include <algorithm>
#include <iterator>

namespace postern::app {
namespace {

/// What one format said.
struct RowAnswer {
  std::vector<ingest::ProjectFile> files;
  base::DiagnosticSink diagnostics;
};

std::vector<model::Fact>& facts_for(ProjectAnswer& answer, model::InputKind kind) {
  const auto at = std::find_if(answer.facts.begin(), answer.facts.end(), [&](const auto& each) { return each.first == kind; });
  return at != answer.facts.end() ? at->second : answer.facts.emplace_back(kind, std::vector<model::Fact>()).second;
}

}  // namespace

std::vector<ProjectAnswer> read_projects(const ingest::SourceFiles& files, const ingest::ProjectSettings& settings,
                                         unsigned threads, base::DiagnosticSink& sink) {
  const auto rows = ingest::project_formats();
  std::vector<RowAnswer> said(rows.size());
  base::for_each_index(rows.size(), threads,
                       [&](std::size_t i) { said[i].files = rows[i].read(files, settings, said[i].diagnostics); });
  std::vector<ProjectAnswer> answers(files.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sink.merge(std::move(said[i].diagnostics));
    for (ingest::ProjectFile& file : said[i].files) {
      ProjectAnswer& answer = answers[file.file];
      answer.taken = true;
      // What could not be read is no input that says nothing.
      if (file.failed && file.facts.empty()) continue;
      std::vector<model::Fact>& facts = facts_for(answer, rows[i].kind);
      std::move(file.facts.begin(), file.facts.end(), std::back_inserter(facts));
    }
  }
  return answers;
}

}  // namespace postern::app
