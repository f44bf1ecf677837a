// SPDX-License-Identifier: Apache-2.0
// Files of Terraform or CloudFormation in memory -> facts, by address.
#pragma once
#include <ingest/project.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace postern::ingest::test {

/// What a reader of projects makes of files: entities by address, and all other facts.
struct Architecture {
  std::map<std::string, model::EntityFact> entities;
  std::vector<model::ReferenceFact> references;
  std::vector<model::SettingFact> settings;
  base::DiagnosticSink diagnostics;

  /// The text of an attribute; empty where it is not set.
  [[nodiscard]] std::string attribute(const std::string& address, const model::AttributeDefinition& definition,
                                      const std::string& key = {}, const std::string& scope = {}) const {
    const auto at = entities.find(address);
    if (at == entities.end()) return "(no entity)";
    for (const model::Attribute& row : at->second.attributes) {
      if (row.definition == &definition && row.key.str() == key && row.scope.str() == scope) return model::to_string(row.value);
    }
    return {};
  }
  /// `KIND TARGET` of everything that leads away from an address.
  [[nodiscard]] std::vector<std::string> from(const std::string& address) const {
    std::vector<std::string> found;
    for (const model::ReferenceFact& fact : references) {
      if (fact.source.str() == address) found.push_back(std::string(model::to_string(fact.kind)) + " " + fact.target.str());
    }
    return found;
  }
};

using ReadProject = std::vector<ProjectFile> (*)(const SourceFiles&, const ProjectSettings&, base::DiagnosticSink&);

inline Architecture read_files(ReadProject read, const std::vector<std::pair<std::string, std::string>>& files,
                               const ProjectSettings& settings = {}) {
  std::vector<SourceFile> sources;
  for (const auto& [path, text] : files) sources.push_back({path, text});
  Architecture result;
  for (ProjectFile& file : read(SourceFiles({}, std::move(sources)), settings, result.diagnostics)) {
    for (model::Fact& fact : file.facts) {
      if (auto* entity = std::get_if<model::EntityFact>(&fact)) result.entities.emplace(entity->address.str(), std::move(*entity));
      if (auto* reference = std::get_if<model::ReferenceFact>(&fact)) result.references.push_back(std::move(*reference));
      if (auto* setting = std::get_if<model::SettingFact>(&fact)) result.settings.push_back(std::move(*setting));
    }
  }
  return result;
}

}  // namespace postern::ingest::test
