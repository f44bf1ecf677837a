// SPDX-License-Identifier: Apache-2.0
// What is common to all facts of a project, and the resources that stand beside its services.
#include <connection/redact.h>
#include <ingest/attribute_rows.h>
#include <ingest/codes.h>
#include <ingest/compose_file/project_facts.h>
#include <ingest/embedded_file.h>
#include <postern/base/text.h>

namespace postern::ingest::compose_file {
namespace {

using namespace model::attribute;

std::set<std::string> active_profiles(const Variables& variables) {
  std::set<std::string> active;
  const std::string* named = variables.find("COMPOSE_PROFILES");
  if (named == nullptr) return active;
  for (const std::string_view profile : base::split(*named, ',')) {
    if (const std::string_view text = base::trim(profile); !text.empty()) active.emplace(text);
  }
  return active;
}

/// `db:database` gives the service db the name database.
void collect_links(Project& project) {
  for (const Value::Entry& service : project.loaded.model["services"].entries) {
    for (const Value& item : service.second["links"].items) {
      const std::size_t colon = item.text.find(':');
      if (colon != std::string::npos) project.linked[item.text.substr(0, colon)].insert(item.text.substr(colon + 1));
    }
  }
}

void write_volume(Project& project, const std::string& item, const Value& definition) {
  model::EntityFact entity = project.entity(model::EntityKind::volume, "volumes", item, definition.location);
  const Value& driver = definition["driver"];
  if (driver.is_text()) add_row(entity.attributes, storage_class, Symbol(driver.text), driver.location);
  project.facts.emplace_back(std::move(entity));
}

/// Where the value comes from: `external`, `environment NAME`, `file`.
Symbol origin_of(const Value& definition) {
  if (definition["external"].is_true() || definition["external"].is_mapping()) return Symbol("external");
  if (definition["environment"].is_text()) return Symbol("environment " + definition["environment"].text);
  return Symbol(definition["content"].is_text() ? "content" : "file");
}

std::optional<std::size_t> file_of(const Project& project, const Value& definition) {
  if (!definition["file"].is_text()) return std::nullopt;
  const ResolvedPath path = resolve_path(definition["file"].folder.view(), definition["file"].text);
  return path.inside ? project.source.find(path.path) : std::nullopt;
}

/// A secret whose file lies beside the project is no secret any more.
void write_secret(Project& project, const std::string& item, const Value& definition) {
  model::EntityFact entity = project.entity(model::EntityKind::secret, "secrets", item, definition.location);
  add_row(entity.attributes, secret_type, origin_of(definition), definition.location);
  add_set(entity.attributes, keys, {Symbol(item)}, definition.location);
  if (const auto file = file_of(project, definition)) {
    project.files.insert(*file);
    const std::string_view text = base::trim(project.source[*file].bytes);
    if (!text.empty() && !connection::is_placeholder(text)) {
      add_set(entity.attributes, plaintext_secrets, {Symbol(item)}, {Symbol(project.source[*file].path), 1, 1});
    }
  }
  project.facts.emplace_back(std::move(entity));
}

void write_configuration(Project& project, const std::string& item, const Value& definition) {
  model::EntityFact entity = project.entity(model::EntityKind::configuration, "configs", item, definition.location);
  add_set(entity.attributes, keys, {Symbol(item)}, definition.location);
  EmbeddedFile embedded{entity.address, Symbol(item), {}, definition.location, std::nullopt};
  if (const auto file = file_of(project, definition)) {
    project.files.insert(*file);
    embedded.text = project.source[*file].bytes;
    embedded.location = {Symbol(project.source[*file].path), 1, 1};
    embedded.first_line = 1;
  } else {
    embedded.text = definition["content"].text;
  }
  if (!embedded.text.empty()) {
    const EmbeddedFileSummary summary = read_embedded_file(embedded, project.facts);
    add_row(entity.attributes, data, summary.digest, embedded.location, {}, Symbol(item));
    if (summary.secret) add_set(entity.attributes, plaintext_secrets, {Symbol(item)}, embedded.location);
  }
  project.facts.emplace_back(std::move(entity));
}

}  // namespace

Symbol Project::address(std::string_view plural, std::string_view item) const {
  std::string text = name.prefix;
  if (!text.empty()) text += '/';
  if (!plural.empty()) text.append(plural).append("/");
  return Symbol(text.append(item));
}

model::EntityFact Project::entity(model::EntityKind kind, std::string_view plural, std::string_view item,
                                  const Location& location) const {
  model::EntityFact fact;
  fact.address = address(plural, item);
  fact.kind = kind;
  fact.name = Symbol(item);
  fact.namespace_name = Symbol(name.prefix);
  fact.location = location;
  return fact;
}

void report_bad_value(const Project& project, const Value& value, std::string_view what) {
  project.sink.error(std::string(code::k_compose_bad_value), value.location, "this is no " + std::string(what), "correct it");
}

void write_resources(Project& project) {
  const Value& model = project.loaded.model;
  for (const Value::Entry& entry : model["configs"].entries) write_configuration(project, entry.first, entry.second);
  for (const Value::Entry& entry : model["secrets"].entries) write_secret(project, entry.first, entry.second);
  for (const Value::Entry& entry : model["volumes"].entries) write_volume(project, entry.first, entry.second);
}

void write_project(Project& project) {
  project.active = active_profiles(project.loaded.variables);
  collect_links(project);
  write_resources(project);
  for (const Value::Entry& entry : project.loaded.model["services"].entries) {
    if (entry.second.is_mapping()) write_service(project, entry.first, entry.second);
  }
  write_label_routes(project);
}

}  // namespace postern::ingest::compose_file
