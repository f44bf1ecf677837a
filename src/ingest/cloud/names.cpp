// SPDX-License-Identifier: Apache-2.0
// Tables of names of arguments.
#include <ingest/cloud/names.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::cloud {
namespace {

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('.') + 1); }

template <std::size_t size>
bool has(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

template <std::size_t size>
bool ends_with_one(const std::array<std::string_view, size>& ends, std::string_view name) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return name.ends_with(end); });
}

constexpr std::array<std::string_view, 24> k_names = {"identifier",
                                                      "name",
                                                      "bucket",
                                                      "bucket_name",
                                                      "function_name",
                                                      "db_instance_identifier",
                                                      "table_name",
                                                      "queue_name",
                                                      "topic_name",
                                                      "cluster_identifier",
                                                      "replication_group_id",
                                                      "cluster_name",
                                                      "domain_name",
                                                      "family",
                                                      "service_name",
                                                      "server_name",
                                                      "broker_name",
                                                      "stream_name",
                                                      "repository_name",
                                                      "load_balancer_name",
                                                      "role_name",
                                                      "user_name",
                                                      "group_name",
                                                      "account_id"};

bool is_telling(std::string_view text) {
  constexpr std::size_t k_longest = 80;
  if (text.empty() || text.size() > k_longest || text.find_first_of(" \n\t${}") != std::string_view::npos) return false;
  return std::any_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
}

constexpr std::array<std::string_view, 60> k_computed = {"id",
                                                         "arn",
                                                         "self_link",
                                                         "tags_all",
                                                         "unique_id",
                                                         "owner_id",
                                                         "etag",
                                                         "status",
                                                         "state",
                                                         "fingerprint",
                                                         "hosted_zone_id",
                                                         "dns_name",
                                                         "resource_id",
                                                         "invoke_arn",
                                                         "version_id",
                                                         "revision",
                                                         "owner_account",
                                                         "private_dns",
                                                         "private_ip",
                                                         "public_dns",
                                                         "public_ip",
                                                         "primary_network_interface_id",
                                                         "instance_state",
                                                         "create_date",
                                                         "created_time",
                                                         "creation_date",
                                                         "creation_time",
                                                         "created_at",
                                                         "updated_at",
                                                         "last_modified",
                                                         "endpoint",
                                                         "reader_endpoint",
                                                         "address",
                                                         "fqdn",
                                                         "account_id",
                                                         "zone_id",
                                                         "url",
                                                         "default_hostname",
                                                         "primary_access_key",
                                                         "secondary_access_key",
                                                         "primary_connection_string",
                                                         "secondary_connection_string",
                                                         "primary_key",
                                                         "secondary_key",
                                                         "latest_restorable_time",
                                                         "ca_cert_identifier",
                                                         "engine_version_actual",
                                                         "arn_suffix",
                                                         "id_suffix",
                                                         "bucket_domain_name",
                                                         "bucket_regional_domain_name",
                                                         "principal_id",
                                                         "tenant_id",
                                                         "unique_name",
                                                         "timeouts",
                                                         "configuration_endpoint",
                                                         "stream_arn",
                                                         "primary_endpoint_address",
                                                         "reader_endpoint_address",
                                                         "execution_arn"};
constexpr std::array<std::string_view, 8> k_computed_ends = {"_fingerprint",           "_created_at",       "_arn_with_fargate",
                                                             "_qualified_arn",         "_endpoint_address", "_dns_name",
                                                             "_outbound_ip_addresses", "_outbound_ips"};

constexpr std::array<std::string_view, 12> k_id_ends = {"_id",   "_ids",        "_arn", "_arns", "_name",  "_names",
                                                        "_role", "_identifier", "_url", "_uri",  "_email", "_link"};
constexpr std::array<std::string_view, 32> k_id_names = {"role",
                                                         "bucket",
                                                         "cluster",
                                                         "subnets",
                                                         "security_groups",
                                                         "task_definition",
                                                         "user",
                                                         "users",
                                                         "roles",
                                                         "group",
                                                         "groups",
                                                         "scope",
                                                         "network",
                                                         "subnetwork",
                                                         "topic",
                                                         "queue",
                                                         "key",
                                                         "secret",
                                                         "function",
                                                         "endpoint",
                                                         "resource",
                                                         "resources",
                                                         "target",
                                                         "targets",
                                                         "instance",
                                                         "instances",
                                                         "load_balancers",
                                                         "target_group_arn",
                                                         "target_groups",
                                                         "service_account",
                                                         "iam_instance_profile",
                                                         "vault"};

constexpr std::array<std::string_view, 14> k_peer_names = {"cidr_blocks",
                                                           "ipv6_cidr_blocks",
                                                           "source_security_group_id",
                                                           "source_security_group_name",
                                                           "referenced_security_group_id",
                                                           "cidr_ip",
                                                           "cidr_ipv4",
                                                           "cidr_ipv6",
                                                           "prefix_list_ids",
                                                           "prefix_list_id",
                                                           "source_address_prefix",
                                                           "source_address_prefixes",
                                                           "destination_address_prefix",
                                                           "destination_security_group_id"};

constexpr std::array<std::string_view, 18> k_incidental = {
    "location", "region",        "tags",  "tags_all",          "cidr_block",         "cidr_blocks", "ipv6_cidr_block", "port",
    "version",  "zone",          "zones", "availability_zone", "availability_zones", "password",    "master_password", "username",
    "engine",   "engine_version"};

constexpr std::array<std::string_view, 22> k_hosts = {"address",
                                                      "endpoint",
                                                      "reader_endpoint",
                                                      "dns_name",
                                                      "fqdn",
                                                      "domain_name",
                                                      "configuration_endpoint_address",
                                                      "primary_endpoint_address",
                                                      "reader_endpoint_address",
                                                      "public_dns",
                                                      "private_dns",
                                                      "hostname",
                                                      "primary_blob_host",
                                                      "default_hostname",
                                                      "default_host_name",
                                                      "service_url",
                                                      "url",
                                                      "uri",
                                                      "bucket_domain_name",
                                                      "bucket_regional_domain_name",
                                                      "cluster_address",
                                                      "service_endpoint"};

}  // namespace

std::string given_name(const Value& arguments) {
  for (const std::string_view key : k_names) {
    const Value& value = arguments[key];
    if (value.is_text() && is_telling(value.as_text())) return std::string(value.as_text());
  }
  for (const std::string_view key : {"Name", "name"}) {
    const Value& tag = arguments["tags"][key];
    if (tag.is_text() && is_telling(tag.as_text())) return std::string(tag.as_text());
  }
  return {};
}

bool is_computed(std::string_view path) {
  const std::string_view name = last_name(path);
  if (path.starts_with("tags_all")) return true;
  return has(k_computed, name) || ends_with_one(k_computed_ends, name) || (path == name && (name == "uri" || name == "urn"));
}

bool is_filled_in(std::string_view path) {
  constexpr std::array<std::string_view, 8> k_filled = {
      "managed_policy_arns", "inline_policy",           "description",    "maintenance_window", "preferred_maintenance_window",
      "backup_window",       "preferred_backup_window", "snapshot_window"};
  return has(k_filled, last_name(path)) || path.starts_with("inline_policy");
}

bool may_name_resource(std::string_view path, const Value& value) {
  const std::string_view name = last_name(path);
  if (has(k_id_names, name) || ends_with_one(k_id_ends, name)) return true;
  const std::string_view text = value.as_text();
  return text.starts_with("arn:") || text.starts_with("/subscriptions/");
}

bool leads_nowhere(std::string_view path) {
  const std::string_view name = last_name(path);
  if (has(k_peer_names, name) || path.starts_with("tags") || path.starts_with("labels")) return true;
  for (const std::string_view prefix : {"ingress.", "egress.", "security_rule.", "security_group_ingress.",
                                        "security_group_egress.", "timeouts", "lifecycle", "depends_on", "provisioner"}) {
    if (path.starts_with(prefix) && path != "ingress.external_enabled") return true;
  }
  return name.find("description") != std::string_view::npos || name.find("comment") != std::string_view::npos;
}

bool is_told_by_ranges(std::string_view path, bool of_firewall) {
  for (const std::string_view list :
       {"api_server_authorized_ip_ranges", "authorized_ip_ranges", "public_access_cidrs", "ip_range_filter"}) {
    if (last_name(path) == list) return true;
  }
  if (!of_firewall) return false;
  constexpr std::array<std::string_view, 16> k_told = {"from_port",
                                                       "to_port",
                                                       "protocol",
                                                       "ip_protocol",
                                                       "source_port_range",
                                                       "start_ip_address",
                                                       "end_ip_address",
                                                       "start_ip",
                                                       "end_ip",
                                                       "source_ranges",
                                                       "destination_ranges",
                                                       "destination_port_range",
                                                       "destination_port_ranges",
                                                       "access",
                                                       "direction",
                                                       "self"};
  const bool rule = path.starts_with("ingress") || path.starts_with("egress") || path.starts_with("security_rule") ||
                    path.starts_with("security_group_ingress") || path.starts_with("security_group_egress") ||
                    path.starts_with("allow.");
  return rule || has(k_told, last_name(path)) || has(k_peer_names, last_name(path));
}

bool means_resource(const Reference& reference) { return reference.whole && !has(k_incidental, last_name(reference.attribute)); }

std::optional<std::string> host_in(std::string_view path, const Value& value) {
  if (!value.is_text() || path.find('.') != std::string_view::npos || !has(k_hosts, last_name(path))) return std::nullopt;
  std::string text = base::to_lower(value.as_text());
  if (const std::size_t scheme = text.find("://"); scheme != std::string::npos) text = text.substr(scheme + 3);
  text = text.substr(0, text.find_first_of(":/"));
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
  const bool plausible = text.find('.') != std::string::npos && std::all_of(text.begin(), text.end(), allowed) &&
                         std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return plausible ? std::optional(text) : std::nullopt;
}

bool is_outgoing_address(std::string_view path, const Value& value) {
  if (!value.is_text() || leads_nowhere(path)) return false;
  const std::string_view text = value.as_text();
  const std::size_t scheme = text.find("://");
  constexpr std::size_t k_longest_scheme = 12;
  if (scheme == std::string_view::npos || scheme > k_longest_scheme || text.find_first_of(" \n\t*") != std::string_view::npos)
    return false;
  const std::string_view name = last_name(path);
  for (const std::string_view word : {"doc", "schema", "license", "source", "repo", "audience", "namespace", "issuer", "logo",
                                      "href", "callback", "redirect", "logout", "origins", "homepage", "support"}) {
    if (name.find(word) != std::string_view::npos) return false;
  }
  return true;
}

}  // namespace postern::ingest::cloud
