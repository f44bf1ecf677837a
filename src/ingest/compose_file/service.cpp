// SPDX-License-Identifier: Apache-2.0
// One service: a workload of one container.
#include <connection/redact.h>
#include <ingest/attribute_rows.h>
#include <ingest/compose_file/project_facts.h>
#include <ingest/compose_file/service_names.h>
#include <ingest/compose_file/short_syntax.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace postern::ingest::compose_file {
namespace {

using namespace model::attribute;

/// A whole number, where it is one.
void read_replicas(const Project& project, const Value& service, Rows& rows) {
  const Value& deployed = service["deploy"]["replicas"];
  const Value& value = deployed.is_text() ? deployed : service["scale"];
  if (!value.is_text() || value.text.find("${") != std::string::npos) return;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.text.data(), value.text.data() + value.text.size(), number);
  if (error != std::errc() || end != value.text.data() + value.text.size())
    return report_bad_value(project, value, "number of replicas");
  add_row(rows, replicas, number, value.location);
}

struct SizeRow {
  std::string_view outer;  ///< below `deploy.resources`
  std::string_view inner;
  std::string_view old_key;  ///< of the service itself
  const model::AttributeDefinition* definition;
  std::optional<std::int64_t> (*read)(const Value&);
};
constexpr std::array k_sizes = {
    SizeRow{"limits", "cpus", "cpus", &cpu_limit, read_thousandths},
    SizeRow{"limits", "memory", "mem_limit", &memory_limit, read_bytes},
    SizeRow{"reservations", "cpus", {}, &cpu_request, read_thousandths},
    SizeRow{"reservations", "memory", "mem_reservation", &memory_request, read_bytes},
};

void read_sizes(const Project& project, const Value& service, Symbol scope, Rows& rows) {
  for (const SizeRow& row : k_sizes) {
    const Value& deployed = service["deploy"]["resources"][row.outer][row.inner];
    const Value& value = deployed.is_text() ? deployed : service[row.old_key];
    if (!value.is_text() || value.text.find("${") != std::string::npos) continue;
    if (const auto size = row.read(value)) {
      add_row(rows, *row.definition, *size, value.location, scope);
    } else {
      report_bad_value(project, value, "size");
    }
  }
}

std::string range_text(std::uint32_t first, std::uint32_t last) {
  return std::to_string(first) + (last > first ? "-" + std::to_string(last) : "");
}

/// `127.0.0.1:8080->80/TCP`
std::string local_text(const Port& port) {
  const std::string published = port.published == 0 ? "any" : range_text(port.published, port.published_last);
  return port.address + ":" + published + "->" + range_text(port.target, port.target_last) + "/" + port.protocol;
}

/// What is opened on the machine: `8080`, `53/UDP`; `any->4318` where the machine chooses a port itself.
std::string host_text(const Port& port) {
  if (port.unknown) return "unknown" + (port.target == 0 ? std::string() : "->" + range_text(port.target, port.target_last));
  std::string text =
      port.published == 0 ? "any->" + range_text(port.target, port.target_last) : range_text(port.published, port.published_last);
  if (port.protocol != "TCP") text += "/" + port.protocol;
  return text;
}

void read_ports(const Project& project, const Value& service, Symbol scope, Rows& rows) {
  std::vector<Symbol> inner;
  std::vector<Symbol> outer;
  std::vector<std::string> local;
  for (const Value& item : service["ports"].items) {
    const Port port = read_port(item);
    if (!port.valid) {
      report_bad_value(project, item, "port");
      continue;
    }
    if (port.target != 0) inner.emplace_back(range_text(port.target, port.target_last) + "/" + port.protocol);
    if (is_local(port)) {
      local.push_back(local_text(port));
    } else {
      outer.emplace_back(host_text(port));
    }
  }
  for (const Value& item : service["expose"].items) {
    const Port port = read_port(item);
    if (port.valid && port.target != 0) inner.emplace_back(range_text(port.target, port.target_last) + "/" + port.protocol);
  }
  const Value& where = service["ports"].is_sequence() ? service["ports"] : service["expose"];
  add_set(rows, ports, std::move(inner), where.location, scope);
  add_set(rows, host_ports, std::move(outer), where.location, scope);
  std::sort(local.begin(), local.end());
  if (!local.empty()) {
    add_row(rows, settings, Symbol(base::join(local, ", ")), where.location, scope, Symbol("ports of the machine itself"));
  }
}

void read_health(const Value& service, Symbol scope, Rows& rows) {
  const Value& check = service["healthcheck"];
  const Value& test = check["test"];
  if (check["disable"].is_true()) return;
  std::string text;
  for (const Value& item : test.items) {
    if (item.text == "NONE") return;
    const bool how = &item == &test.items.front() && (item.text == "CMD" || item.text == "CMD-SHELL");
    if (!how) text += " " + item.text;
  }
  if (test.is_text()) text = " " + test.text;
  if (text.empty()) return;
  add_row(rows, readiness_probe, Symbol(connection::redact_text("exec" + text).text), test.location, scope);
}

/// The folder that its image is made from, and what of it.
void read_build(const Value& service, Symbol scope, Rows& rows) {
  const Value& build = service["build"];
  if (!build.is_mapping()) return;
  std::string text = build["context"].text;
  for (const std::string_view key : {"dockerfile", "target"}) {
    if (build[key].is_text()) text += " " + std::string(key) + "=" + build[key].text;
  }
  if (!text.empty()) add_row(rows, settings, Symbol(connection::redact_text(text).text), build.location, scope, Symbol("build"));
}

void read_image(const Value& service, Symbol scope, model::EntityFact& entity) {
  const Value& written = service["image"];
  if (!written.is_text() || written.text.empty()) return;
  add_row(entity.attributes, image, Symbol(written.text), written.location, scope);
  if (written.text.find("${") == std::string::npos) entity.aliases.push_back({model::AliasKind::image, Symbol(written.text)});
}

std::vector<Symbol> keys_of(const Value& value) {
  std::vector<Symbol> names;
  for (const Value::Entry& entry : value.entries) names.emplace_back(entry.first);
  for (const Value& item : value.items) names.emplace_back(item.text);
  return names;
}

/// A service of a profile that nobody named does not run.
void read_profiles(const Project& project, const Value& service, Rows& rows) {
  const Value& written = service["profiles"];
  const std::vector<Symbol> names = keys_of(written);
  if (names.empty()) return;
  add_set(rows, profiles, names, written.location);
  const auto is_active = [&](Symbol name) { return project.active.contains(name.str()) || project.active.contains("*"); };
  if (std::any_of(names.begin(), names.end(), is_active)) return;
  std::vector<std::string> texts;
  for (const Symbol name : names) texts.push_back(name.str());
  std::sort(texts.begin(), texts.end());
  add_row(rows, condition, Symbol("profile " + base::join(texts, ", ")), written.location);
}

void read_restart(const Value& service, Rows& rows) {
  const Value& deployed = service["deploy"]["restart_policy"]["condition"];
  const Value& value = service["restart"].is_text() ? service["restart"] : deployed;
  if (value.is_text()) add_row(rows, restart_policy, Symbol(value.text), value.location);
}

struct LabelRow {
  std::string_view key;
  const model::AttributeDefinition* definition;
};
/// What labels say explicitly; the first of each attribute counts.
constexpr std::array k_declarations = {
    LabelRow{"postern.dev/owner", &owner}, LabelRow{"owner", &owner},           LabelRow{"team", &owner},
    LabelRow{"contact", &owner},           LabelRow{"postern.dev/tier", &tier}, LabelRow{"postern.dev/data", &data_classes},
};

void read_declarations(const Value& labels, Rows& rows) {
  const model::AttributeDefinition* done = nullptr;
  for (const LabelRow& row : k_declarations) {
    const Value& value = labels[row.key];
    if (row.definition == done || !value.is_text() || value.text.empty()) continue;
    done = row.definition;
    if (row.definition->type != model::ValueType::text_set) {
      add_row(rows, *row.definition, Symbol(value.text), value.location);
      continue;
    }
    std::vector<Symbol> pieces;
    for (const std::string_view piece : base::split(value.text, ',')) {
      if (const std::string_view trimmed = base::trim(piece); !trimmed.empty()) pieces.emplace_back(trimmed);
    }
    add_set(rows, *row.definition, std::move(pieces), value.location);
  }
}

void read_labels(const Project& project, const std::string& name, const Value& service, model::EntityFact& entity) {
  for (const Value::Entry& label : service["labels"].entries) {
    entity.labels.emplace_back(Symbol(label.first), Symbol(connection::redact(label.first, label.second.text).text));
  }
  // What Compose itself puts on a container; names of a project are only known within it.
  entity.labels.emplace_back(Symbol("com.docker.compose.project"), Symbol(project.name.label));
  entity.labels.emplace_back(Symbol("com.docker.compose.service"), Symbol(name));
  std::sort(entity.labels.begin(), entity.labels.end());
}

}  // namespace

void write_service(Project& project, const std::string& name, const Value& service) {
  model::EntityFact entity = project.entity(model::EntityKind::service, {}, name, service.location);
  const Symbol scope(name);
  Rows& rows = entity.attributes;
  add_row(rows, workload_kind, Symbol("ComposeService"), service.location);
  add_row(rows, container_role, Symbol("main"), service.location, scope);
  read_image(service, scope, entity);
  read_build(service, scope, rows);
  read_replicas(project, service, rows);
  read_sizes(project, service, scope, rows);
  read_ports(project, service, scope, rows);
  read_health(service, scope, rows);
  read_security(project, service, scope, rows);
  read_profiles(project, service, rows);
  read_restart(service, rows);
  add_set(rows, depends_on, keys_of(service["depends_on"]), service["depends_on"].location);
  read_names(project, name, service, entity);
  read_labels(project, name, service, entity);
  read_declarations(service["labels"], rows);
  write_settings(project, name, service, rows);
  write_mounts(project, name, service, rows);
  project.facts.emplace_back(std::move(entity));
}

}  // namespace postern::ingest::compose_file
