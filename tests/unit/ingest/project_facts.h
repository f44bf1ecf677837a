// SPDX-License-Identifier: Apache-2.0
// What a format of projects says about a few files, as text: for tests of those formats.
#pragma once
#include <ingest/project.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace postern::ingest::test {

using NamedTexts = std::vector<std::pair<std::string, std::string>>;

/// Entities with their attributes, references, then diagnostics as `CODE severity line`; `read` is the function of the format.
template <typename Read>
std::string project_facts(Read read, const NamedTexts& texts) {
  std::vector<SourceFile> files;
  for (const auto& [path, text] : texts) files.push_back({path, text});
  const SourceFiles source({}, std::move(files));
  base::DiagnosticSink sink;
  std::ostringstream out;
  for (const ProjectFile& file : read(source, {}, sink)) {
    for (const model::Fact& fact : file.facts) {
      if (const auto* entity = std::get_if<model::EntityFact>(&fact)) {
        out << entity->address << " " << model::to_string(entity->kind) << "\n";
        const auto sorted = model::Attributes::from_rows(entity->attributes);
        for (const model::Attribute& row : sorted.all())
          out << "  " << path_of(row) << " = " << model::to_string(row.value) << "\n";
      } else if (const auto* reference = std::get_if<model::ReferenceFact>(&fact)) {
        out << reference->source << " " << model::to_string(reference->kind) << " " << reference->target << "\n";
      }
    }
  }
  for (const base::Diagnostic& each : sink.all())
    out << each.code << " " << each.location.file << ":" << each.location.line << "\n";
  return out.str();
}

/// The files that are part of the answer.
template <typename Read>
std::vector<std::string> project_files(Read read, const NamedTexts& texts) {
  std::vector<SourceFile> files;
  for (const auto& [path, text] : texts) files.push_back({path, text});
  const SourceFiles source({}, std::move(files));
  base::DiagnosticSink sink;
  std::vector<std::string> taken;
  for (const ProjectFile& file : read(source, {}, sink)) taken.emplace_back(source[file.file].path);
  return taken;
}

}  // namespace postern::ingest::test
