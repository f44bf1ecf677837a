// SPDX-License-Identifier: Apache-2.0
// Finds services and the files that belong to them.
#include <ingest/cloud/collector.h>
#include <ingest/cloud/prefixes.h>
#include <ingest/serverless/project.h>
#include <ingest/serverless/service.h>
#include <postern/base/path.h>
#include <postern/base/search.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace postern::ingest::serverless {
namespace {

bool may_be_service(const SourceFile& file) {
  const std::string_view path = file.path;
  const bool json = path.ends_with(".json");
  if ((!json && !path.ends_with(".yml") && !path.ends_with(".yaml")) || !file.hints.hold(Hint::service, Hint::provider))
    return false;
  // Plans of Terraform hold the words as parts of others; they need not be read twice.
  return !json || (base::holds_word(file.bytes, "\"service\"") && base::holds_word(file.bytes, "\"provider\""));
}

/// One service with all that its facts point into.
struct Read {
  std::size_t file = 0;
  std::string prefix;
  document::Documents documents;
  std::unique_ptr<Parts> parts;
  std::set<base::Symbol> templates;  ///< files whose resources are the service's
  Service service;
};

std::optional<Read> read_file(const SourceFiles& files, std::size_t index, const document::Limits& limits, bool& failed,
                              base::DiagnosticSink& sink) {
  const SourceFile& file = files[index];
  if (!may_be_service(file)) return std::nullopt;
  base::DiagnosticSink trouble;
  Read read;
  read.file = index;
  read.documents =
      document::read_documents(std::string(file.bytes), document::Format::detect, base::Symbol(file.path), limits, trouble);
  if (read.documents.empty() || !is_service(read.documents.front().root(), file.path)) return std::nullopt;
  read.parts = std::make_unique<Parts>(files, std::string(base::folder_of(file.path)), limits, trouble);
  const document::Node root = read.documents.front().root();
  ServiceVariables variables(root, *read.parts, trouble);
  cloudformation::Evaluator evaluator({}, variables);
  variables.evaluate_with(evaluator);
  std::vector<document::Node> templates;
  const document::Node resources = variables.follow(root["resources"]);
  if (resources.is_mapping()) templates.push_back(resources);
  for (const document::Node item : resources.items()) templates.push_back(variables.follow(item));
  for (const document::Node& part : templates) {
    const document::Node declared = variables.follow(part["Resources"]);
    if (declared.is_mapping()) read.templates.insert(declared.location().file);
    evaluator.add_part(part);
  }
  read.service = read_service(root, evaluator, variables);
  failed = trouble.has_errors();
  sink.merge(std::move(trouble));
  return read;
}

}  // namespace

bool wants_file(std::string_view) { return false; }

std::set<std::size_t> template_files(const SourceFiles& files, const document::Limits& limits) {
  std::set<std::size_t> found;
  for (std::size_t i = 0; i < files.size(); ++i) {
    bool failed = false;
    base::DiagnosticSink unheard;
    if (!may_be_service(files[i]) || !base::holds_word(files[i].bytes, "file(")) continue;
    const auto read = read_file(files, i, limits, failed, unheard);
    for (const base::Symbol path : read ? read->templates : std::set<base::Symbol>{}) {
      if (const auto index = files.find(path.view()); index && *index != i) found.insert(*index);
    }
  }
  return found;
}

std::vector<ProjectFile> read_project(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  std::map<std::size_t, ProjectFile> results;
  std::vector<Read> services;
  for (std::size_t i = 0; i < files.size(); ++i) {
    bool failed = false;
    auto read = read_file(files, i, settings.limits, failed, sink);
    if (!read) continue;
    results.insert_or_assign(i, ProjectFile{i, failed, {}});
    for (const std::size_t part : read->parts->used()) results.try_emplace(part, ProjectFile{part, false, {}});
    services.push_back(std::move(*read));
  }
  // Two services of one name are told apart by their folders.
  std::vector<cloud::Group> groups;
  for (Read& read : services) {
    read.prefix = read.service.name.empty() ? std::string() : read.service.name + ":";
    groups.push_back({std::string(files.below_root(files[read.file].path)), &read.service.resources, {}});
  }
  std::map<std::string, std::vector<std::size_t>> by_name;
  for (std::size_t at = 0; at < services.size(); ++at) by_name[services[at].service.name].push_back(at);
  for (const auto& [name, members] : by_name) {
    if (members.size() < 2) continue;
    std::vector<cloud::Group> same;
    for (const std::size_t at : members) same.push_back(groups[at]);
    cloud::give_prefixes(same);
    for (std::size_t i = 0; i < members.size(); ++i) services[members[i]].prefix.insert(0, same[i].prefix);
  }
  for (Read& read : services) {
    cloud::Collector collector;
    for (cloud::Resource& resource : read.service.resources) collector.add(std::move(resource));
    std::vector<model::Fact>& facts = results.at(read.file).facts;
    collector.finish([&](std::size_t, model::Fact fact) {
      cloud::add_prefix(read.prefix, fact);
      facts.push_back(std::move(fact));
    });
  }
  std::vector<ProjectFile> answer;
  for (auto& [index, file] : results) answer.push_back(std::move(file));
  return answer;
}

}  // namespace postern::ingest::serverless
