// SPDX-License-Identifier: Apache-2.0
// Networks and names.
#include <ingest/attribute_rows.h>
#include <ingest/compose_file/service_names.h>
#include <postern/base/text.h>

#include <algorithm>

namespace postern::ingest::compose_file {
namespace {

constexpr int k_most_steps = 8;  ///< services that use the network of one another

/// How a network is called: its own name and that others may use it, or its key; and whether it leads outside.
std::string network_text(const Project& project, const std::string& key) {
  const Value& definition = project.loaded.model["networks"][key];
  std::string text = key;
  const Value& external = definition["external"];
  const Value& named = definition["name"].is_text() ? definition["name"] : external["name"];
  if (named.is_text() || external.is_true() || external.is_mapping()) text = (named.is_text() ? named.text : key) + " (shared)";
  if (definition["internal"].is_true()) text += " (internal)";
  return text;
}

void add_alias(model::EntityFact& entity, model::AliasKind kind, std::string_view text) {
  if (!text.empty() && text.find("${") == std::string_view::npos) entity.aliases.push_back({kind, Symbol(base::to_lower(text))});
}

std::vector<Symbol> networks_of(const Project& project, const Value& service, int steps) {
  const std::string& mode = service["network_mode"].text;
  constexpr std::string_view k_of_service = "service:";
  if (mode.starts_with(k_of_service)) {
    if (steps == 0) return {};
    return networks_of(project, project.loaded.model["services"][mode.substr(k_of_service.size())], steps - 1);
  }
  if (!mode.empty() && mode != "bridge") return {};
  if (mode == "bridge") return {Symbol("bridge (shared)")};
  std::vector<Symbol> names;
  for (const Value::Entry& network : service["networks"].entries) names.emplace_back(network_text(project, network.first));
  if (names.empty()) names.emplace_back(network_text(project, "default"));
  return names;
}

}  // namespace

void read_names(const Project& project, const std::string& name, const Value& service, model::EntityFact& entity) {
  const Value& written = service["networks"];
  add_set(entity.attributes, model::attribute::networks, networks_of(project, service, k_most_steps),
          written.is_null() ? service.location : written.location);
  add_alias(entity, model::AliasKind::container_name, service["container_name"].text);
  for (const std::string_view key : {"container_name", "hostname"})
    add_alias(entity, model::AliasKind::dns_name, service[key].text);
  for (const Value::Entry& network : service["networks"].entries) {
    for (const std::string_view key : {"ipv4_address", "ipv6_address"}) {
      add_alias(entity, model::AliasKind::dns_name, network.second[key].text);
    }
    for (const Value& alias : network.second["aliases"].items) add_alias(entity, model::AliasKind::dns_name, alias.text);
  }
  if (const auto links = project.linked.find(name); links != project.linked.end()) {
    for (const std::string& link : links->second) add_alias(entity, model::AliasKind::dns_name, link);
  }
  std::sort(entity.aliases.begin(), entity.aliases.end());
  entity.aliases.erase(std::unique(entity.aliases.begin(), entity.aliases.end()), entity.aliases.end());
}

}  // namespace postern::ingest::compose_file
