// SPDX-License-Identifier: Apache-2.0
// Reads one container after the other.
#include <ingest/codes.h>
#include <ingest/kubernetes/container.h>
#include <ingest/kubernetes/environment.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/probe.h>
#include <ingest/kubernetes/security_context.h>
#include <ingest/template_syntax.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::array k_requests = {
    FieldRow{"cpu", &cpu_request, Measure::thousandths},
    FieldRow{"ephemeral-storage", &ephemeral_storage_request, Measure::whole},
    FieldRow{"memory", &memory_request, Measure::whole},
};
constexpr std::array k_limits = {
    FieldRow{"cpu", &cpu_limit, Measure::thousandths},
    FieldRow{"ephemeral-storage", &ephemeral_storage_limit, Measure::whole},
    FieldRow{"memory", &memory_limit, Measure::whole},
};

/// What Knative calls a container without a name.
constexpr std::string_view k_knative_name = "user-container";

/// An init container that is restarted for ever runs beside the others: a sidecar.
std::string_view role_of(const ObjectReader& reader, const Node& container, std::string_view list) {
  if (list == "containers") return "main";
  if (list == "ephemeralContainers") return "ephemeral";
  return reader.text(container, "restartPolicy") == "Always" ? "sidecar" : "init";
}

/// `user:password@registry/path` without what stands before the registry; the `@` of a digest has no slash behind it.
std::string_view without_login(std::string_view reference) {
  const std::size_t slash = reference.find('/');
  const std::size_t at = slash == std::string_view::npos ? slash : reference.substr(0, slash).rfind('@');
  return at == std::string_view::npos ? reference : reference.substr(at + 1);
}

void read_image(const ObjectReader& reader, const Node& container, Symbol scope, model::EntityFact& entity,
                std::vector<Symbol>& secrets) {
  const auto text = reader.required_name(container, "image");
  if (!text) return;
  const Node node = container["image"];
  if (has_template_syntax(*text)) {
    reader.error(code::k_template, node, "'image' holds a template expression",
                 "render the file first, e.g. `helm template RELEASE CHART > rendered.yaml`");
    return;
  }
  const std::string_view reference = without_login(*text);
  if (reference.size() != text->size()) secrets.emplace_back("image");
  add_row(entity.attributes, image, Symbol(reference), node.location(), scope);
  entity.aliases.push_back({model::AliasKind::image, Symbol(reference)});
}

void read_ports(const ObjectReader& reader, const Node& container, Symbol scope, Rows& rows) {
  std::vector<Symbol> inner;
  std::vector<Symbol> outer;
  reader.each_mapping(container, "ports", [&](const Node& item) {
    const auto number = reader.port(item, "containerPort");
    if (number) inner.emplace_back(std::to_string(*number) + "/" + std::string(reader.name(item, "protocol").value_or("TCP")));
    const Node host = item["hostPort"];
    if (host.as_integer() == 0) return;  // as if it were not there
    if (const auto port = reader.port(item, "hostPort")) outer.emplace_back(std::to_string(*port));
  });
  const Location location = container["ports"].location();
  add_set(rows, ports, std::move(inner), location, scope);
  add_set(rows, host_ports, std::move(outer), location, scope);
}

void read_container(ObjectReader& reader, const Node& container, std::string_view list, model::EntityFact& entity) {
  const bool may_lack_name = reader.object().group == "serving.knative.dev";
  auto name = may_lack_name ? reader.name(container, "name") : reader.required_name(container, "name");
  if (!name && may_lack_name) name = k_knative_name;
  if (!name) return;
  const Symbol scope(*name);
  Rows& rows = entity.attributes;
  check_container_spelling(reader, container);
  entity.aliases.push_back({model::AliasKind::container_name, scope});
  add_row(rows, container_role, Symbol(role_of(reader, container, list)), container.location(), scope);
  std::vector<Symbol> secrets;  // names of the places that hold one in clear text
  read_image(reader, container, scope, entity, secrets);
  read_ports(reader, container, scope, rows);
  const Node resources = reader.mapping(container, "resources");
  read_fields(reader, reader.mapping(resources, "requests"), k_requests, rows, scope);
  read_fields(reader, reader.mapping(resources, "limits"), k_limits, rows, scope);
  read_container_security_context(reader, container, scope, rows);
  read_probes(reader, container, scope, rows, secrets);
  read_settings(reader, container, scope, rows, secrets);
  add_set(rows, plaintext_secrets, std::move(secrets), container.location(), scope);
}

}  // namespace

void read_containers(ObjectReader& reader, const Node& pod, std::string_view key, model::EntityFact& entity) {
  reader.each_mapping(pod, key, [&](const Node& item) { read_container(reader, item, key, entity); });
}

}  // namespace postern::ingest::kubernetes
