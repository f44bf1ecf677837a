// SPDX-License-Identifier: Apache-2.0
// Finds templates by their content, tells them apart, and hands them on.
#include <ingest/cloud/collector.h>
#include <ingest/cloud/prefixes.h>
#include <ingest/cloudformation/project.h>
#include <ingest/cloudformation/template.h>
#include <ingest/serverless/project.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace postern::ingest::cloudformation {
namespace {

bool may_be_template(const SourceFile& file) {
  const bool named = file.path.ends_with(".yaml") || file.path.ends_with(".yml") || file.path.ends_with(".json") ||
                     file.path.ends_with(".template");
  if (!named || !file.hints.hold(Hint::resources)) return false;
  return file.hints.hold(Hint::aws_type) || file.hints.hold(Hint::aws_template_version);
}

std::string_view stem_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos || dot < path.rfind('/') + 1 ? path : path.substr(0, dot);
}

struct Read {
  std::size_t file = 0;
  std::string path;
  std::vector<cloud::Resource> resources;
  std::vector<document::Document> documents;  ///< what the resources' places point into
};

/// Whether the two declare something under the same id.
bool share_ids(const Read& a, const Read& b) {
  std::set<std::string> left;
  for (const cloud::Resource& resource : a.resources) left.insert(resource.address);
  return std::any_of(b.resources.begin(), b.resources.end(),
                     [&](const cloud::Resource& resource) { return left.contains(resource.address); });
}

}  // namespace

bool wants_file(std::string_view path) { return path.ends_with(".template"); }

std::vector<ProjectFile> read_project(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  std::vector<ProjectFile> results;
  std::vector<Read> templates;
  const std::set<std::size_t> parts = serverless::template_files(files, settings.limits);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const SourceFile& file = files[i];
    if (!may_be_template(file) || parts.contains(i)) continue;
    base::DiagnosticSink trouble;
    Read read{i, std::string(file.path), {}, {}};
    for (document::Document& document : document::read_documents(std::string(file.bytes), document::Format::detect,
                                                                 base::Symbol(file.path), settings.limits, trouble)) {
      if (!is_template(document.root())) continue;
      std::vector<cloud::Resource> found = resources_of(document.root());
      std::move(found.begin(), found.end(), std::back_inserter(read.resources));
      read.documents.push_back(std::move(document));
    }
    const bool failed = trouble.has_errors();
    // Of another format; what is wrong with a document is said by who reads documents.
    if (read.documents.empty() && !(failed && wants_file(file.path))) continue;
    sink.merge(std::move(trouble));
    results.push_back({i, failed, {}});
    if (!read.documents.empty()) templates.push_back(std::move(read));
  }
  // Written twice, once in each spelling: the one that people edit counts.
  std::vector<Read> distinct;
  for (Read& read : templates) {
    const bool json = read.path.ends_with(".json");
    const bool twin = json && std::any_of(templates.begin(), templates.end(), [&](const Read& other) {
                        return other.file != read.file && !other.path.ends_with(".json") &&
                               stem_of(other.path) == stem_of(read.path) && share_ids(other, read);
                      });
    if (!twin) distinct.push_back(read);
  }
  std::vector<cloud::Group> groups;
  for (const Read& read : distinct) groups.push_back({std::string(stem_of(read.path)), &read.resources, {}});
  cloud::give_prefixes(groups);
  for (std::size_t at = 0; at < distinct.size(); ++at) {
    cloud::Collector collector;
    for (cloud::Resource& resource : distinct[at].resources) collector.add(std::move(resource));
    auto& facts = std::find_if(results.begin(), results.end(), [&](const ProjectFile& file) {
                    return file.file == distinct[at].file;
                  })->facts;
    collector.finish([&](std::size_t, model::Fact fact) {
      cloud::add_prefix(groups[at].prefix, fact);
      facts.push_back(std::move(fact));
    });
  }
  return results;
}

}  // namespace postern::ingest::cloudformation
