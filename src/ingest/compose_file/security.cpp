// SPDX-License-Identifier: Apache-2.0
// Privileges of a service, in the words of security contexts.
#include <connection/redact.h>
#include <ingest/attribute_rows.h>
#include <ingest/compose_file/project_facts.h>
#include <postern/base/text.h>

#include <charconv>

namespace postern::ingest::compose_file {
namespace {

using namespace model::attribute;

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

void read_user(const Value& service, Symbol scope, Rows& rows) {
  const Value& user = service["user"];
  if (!user.is_text() || user.text.empty()) return;
  const std::size_t colon = user.text.find(':');
  const std::string_view text = user.text;
  const std::string_view name = text.substr(0, colon);
  const auto id = name == "root" ? std::optional<std::int64_t>(0) : whole_number(name);
  if (id) {
    add_row(rows, run_as_user, *id, user.location, scope);
  } else {
    add_row(rows, settings, Symbol(text), user.location, scope, Symbol("user"));
  }
  const auto group = colon == std::string::npos ? std::nullopt : whole_number(text.substr(colon + 1));
  if (group) add_row(rows, run_as_group, *group, user.location, scope);
}

/// `CAP_NET_ADMIN` is the same as `NET_ADMIN`.
void read_capabilities(const Value& list, const model::AttributeDefinition& definition, Symbol scope, Rows& rows) {
  std::vector<Symbol> names;
  for (const Value& item : list.items) {
    std::string_view name = base::trim(item.text);
    if (name.starts_with("CAP_")) name.remove_prefix(4);
    if (!name.empty()) names.emplace_back(name);
  }
  add_set(rows, definition, std::move(names), list.location, scope);
}

/// `no-new-privileges:true`, `seccomp:unconfined`, `seccomp=profile.json`.
void read_option(const Value& option, Symbol scope, Rows& rows) {
  const std::string_view text = option.text;
  const std::size_t at = text.find_first_of(":=");
  const std::string_view name = text.substr(0, at);
  const std::string_view value = at == std::string_view::npos ? std::string_view("true") : text.substr(at + 1);
  if (name == "no-new-privileges") add_row(rows, allow_privilege_escalation, value != "true", option.location, scope);
  if (name != "seccomp") return;
  const std::string profile = value == "unconfined" ? "Unconfined" : "Localhost:" + std::string(value);
  add_row(rows, seccomp_profile, Symbol(profile), option.location, scope);
}

void read_host(const Value& service, std::string_view key, const model::AttributeDefinition& definition, Rows& rows) {
  if (service[key].text == "host") add_row(rows, definition, true, service[key].location);
}

}  // namespace

void read_security(const Project&, const Value& service, Symbol scope, Rows& rows) {
  if (service["privileged"].is_text())
    add_row(rows, privileged, service["privileged"].is_true(), service["privileged"].location, scope);
  if (service["read_only"].is_text()) {
    add_row(rows, read_only_root_filesystem, service["read_only"].is_true(), service["read_only"].location, scope);
  }
  read_user(service, scope, rows);
  read_capabilities(service["cap_add"], capabilities_added, scope, rows);
  read_capabilities(service["cap_drop"], capabilities_dropped, scope, rows);
  for (const Value& option : service["security_opt"].items) read_option(option, scope, rows);
  read_host(service, "network_mode", host_network, rows);
  read_host(service, "pid", host_pid, rows);
  read_host(service, "ipc", host_ipc, rows);
}

}  // namespace postern::ingest::compose_file
