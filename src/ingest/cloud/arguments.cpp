// SPDX-License-Identifier: Apache-2.0
// The table of arguments, and reading by it.
#include <ingest/cloud/arguments.h>
#include <ingest/cloud/release.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace postern::ingest::cloud {
namespace {

using namespace model::attribute;
using base::Symbol;

constexpr int k_deepest = 8;
constexpr std::size_t k_most_leaves = 4000;

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// How the value of an argument is read.
enum class Reading : std::uint8_t {
  word,    ///< a text that is no number
  scalar,  ///< any scalar as text
  integer,
  truth,      ///< true and false, and the words that providers have for them
  falsehood,  ///< the opposite
  presence,   ///< there at all: true
  set,        ///< all texts
};

struct ArgumentRow {
  std::string_view name;  ///< the path, or its end
  const model::AttributeDefinition* attribute;
  Reading reading;
};

const std::array k_rows = {
    ArgumentRow{"access_logs.enabled", &access_logging, Reading::truth},
    ArgumentRow{"logging.target_bucket", &access_logging, Reading::presence},
    ArgumentRow{"logging_configuration.destination_bucket_name", &access_logging, Reading::presence},
    ArgumentRow{"address_prefix", &address_ranges, Reading::set},
    ArgumentRow{"address_prefixes", &address_ranges, Reading::set},
    ArgumentRow{"address_space", &address_ranges, Reading::set},
    ArgumentRow{"address_space.address_prefixes", &address_ranges, Reading::set},
    ArgumentRow{"cidr_block", &address_ranges, Reading::set},
    ArgumentRow{"ip_cidr_range", &address_ranges, Reading::set},
    ArgumentRow{"backup_retention_days", &backup_retention, Reading::integer},
    ArgumentRow{"backup_retention_period", &backup_retention, Reading::integer},
    ArgumentRow{"snapshot_retention_limit", &backup_retention, Reading::integer},
    ArgumentRow{"location", &declared_region, Reading::word},
    ArgumentRow{"region", &declared_region, Reading::word},
    ArgumentRow{"deletion_protection", &deletion_protection, Reading::truth},
    ArgumentRow{"deletion_protection_enabled", &deletion_protection, Reading::truth},
    ArgumentRow{"enable_deletion_protection", &deletion_protection, Reading::truth},
    ArgumentRow{"enable_purge_protection", &deletion_protection, Reading::truth},
    ArgumentRow{"purge_protection_enabled", &deletion_protection, Reading::truth},
    ArgumentRow{"apply_server_side_encryption_by_default.sse_algorithm", &encrypted_at_rest, Reading::presence},
    ArgumentRow{"at_rest_encryption_enabled", &encrypted_at_rest, Reading::truth},
    ArgumentRow{"encrypt_at_rest.enabled", &encrypted_at_rest, Reading::truth},
    ArgumentRow{"encryption_at_rest_options.enabled", &encrypted_at_rest, Reading::truth},
    ArgumentRow{"encrypted", &encrypted_at_rest, Reading::truth},
    ArgumentRow{"server_side_encryption.enabled", &encrypted_at_rest, Reading::truth},
    ArgumentRow{"sqs_managed_sse_enabled", &encrypted_at_rest, Reading::truth},
    ArgumentRow{"sse_specification.sse_enabled", &encrypted_at_rest, Reading::truth},
    ArgumentRow{"storage_encrypted", &encrypted_at_rest, Reading::truth},
    ArgumentRow{"customer_managed_key.key_vault_key_id", &encryption_key, Reading::scalar},
    ArgumentRow{"default_kms_key_name", &encryption_key, Reading::scalar},
    ArgumentRow{"encryption_config.provider.key_arn", &encryption_key, Reading::scalar},
    ArgumentRow{"encryption_configuration.kms_key", &encryption_key, Reading::scalar},
    ArgumentRow{"key_vault_key_id", &encryption_key, Reading::scalar},
    ArgumentRow{"kms_key", &encryption_key, Reading::scalar},
    ArgumentRow{"kms_key_arn", &encryption_key, Reading::scalar},
    ArgumentRow{"kms_key_id", &encryption_key, Reading::scalar},
    ArgumentRow{"kms_key_name", &encryption_key, Reading::scalar},
    ArgumentRow{"kms_master_key_arn", &encryption_key, Reading::scalar},
    ArgumentRow{"kms_master_key_id", &encryption_key, Reading::scalar},
    ArgumentRow{"domain_endpoint_options.enforce_https", &encryption_in_transit, Reading::truth},
    ArgumentRow{"enable_https_traffic_only", &encryption_in_transit, Reading::truth},
    ArgumentRow{"enable_non_ssl_port", &encryption_in_transit, Reading::falsehood},
    ArgumentRow{"https_only", &encryption_in_transit, Reading::truth},
    ArgumentRow{"https_traffic_only_enabled", &encryption_in_transit, Reading::truth},
    ArgumentRow{"non_ssl_port_enabled", &encryption_in_transit, Reading::falsehood},
    ArgumentRow{"require_ssl", &encryption_in_transit, Reading::truth},
    ArgumentRow{"ssl_enforcement_enabled", &encryption_in_transit, Reading::truth},
    ArgumentRow{"supports_https_traffic_only", &encryption_in_transit, Reading::truth},
    ArgumentRow{"transit_encryption_enabled", &encryption_in_transit, Reading::truth},
    ArgumentRow{"engine", &engine, Reading::word},
    ArgumentRow{"engine_type", &engine, Reading::word},
    ArgumentRow{"database_version", &engine_version, Reading::scalar},
    ArgumentRow{"engine_version", &engine_version, Reading::scalar},
    ArgumentRow{"kubernetes_version", &engine_version, Reading::scalar},
    ArgumentRow{"redis_version", &engine_version, Reading::scalar},
    ArgumentRow{"version", &engine_version, Reading::scalar},
    ArgumentRow{"aliases", &hosts, Reading::set},
    ArgumentRow{"acl", &action, Reading::word},
    ArgumentRow{"broker_node_group_info.instance_type", &instance_class, Reading::word},
    ArgumentRow{"server_side_encryption_by_default.sse_algorithm", &encrypted_at_rest, Reading::presence},
    ArgumentRow{"cache_node_type", &instance_class, Reading::word},
    ArgumentRow{"cluster_config.instance_type", &instance_class, Reading::word},
    ArgumentRow{"db_cluster_instance_class", &instance_class, Reading::word},
    ArgumentRow{"db_instance_class", &instance_class, Reading::word},
    ArgumentRow{"default_node_pool.vm_size", &instance_class, Reading::word},
    ArgumentRow{"hardware_profile.vm_size", &instance_class, Reading::word},
    ArgumentRow{"host_instance_type", &instance_class, Reading::word},
    ArgumentRow{"instance_class", &instance_class, Reading::word},
    ArgumentRow{"instance_type", &instance_class, Reading::word},
    ArgumentRow{"instance_types", &instance_class, Reading::word},
    ArgumentRow{"machine_type", &instance_class, Reading::word},
    ArgumentRow{"node_config.machine_type", &instance_class, Reading::word},
    ArgumentRow{"node_type", &instance_class, Reading::word},
    ArgumentRow{"settings.tier", &instance_class, Reading::word},
    ArgumentRow{"size", &instance_class, Reading::word},
    ArgumentRow{"sku", &instance_class, Reading::word},
    ArgumentRow{"sku.name", &instance_class, Reading::word},
    ArgumentRow{"sku_name", &instance_class, Reading::word},
    ArgumentRow{"vm_size", &instance_class, Reading::word},
    ArgumentRow{"default_node_pool.node_count", &instances, Reading::integer},
    ArgumentRow{"desired_capacity", &instances, Reading::integer},
    ArgumentRow{"desired_count", &replicas, Reading::integer},
    ArgumentRow{"instance_count", &instances, Reading::integer},
    ArgumentRow{"node_count", &instances, Reading::integer},
    ArgumentRow{"num_cache_clusters", &instances, Reading::integer},
    ArgumentRow{"num_cache_nodes", &instances, Reading::integer},
    ArgumentRow{"number_of_broker_nodes", &instances, Reading::integer},
    ArgumentRow{"number_of_nodes", &instances, Reading::integer},
    ArgumentRow{"scaling_config.desired_size", &instances, Reading::integer},
    ArgumentRow{"max_capacity", &max_replicas, Reading::integer},
    ArgumentRow{"max_size", &max_replicas, Reading::integer},
    ArgumentRow{"scaling_config.max_size", &max_replicas, Reading::integer},
    ArgumentRow{"template.max_replicas", &max_replicas, Reading::integer},
    ArgumentRow{"min_capacity", &min_replicas, Reading::integer},
    ArgumentRow{"min_size", &min_replicas, Reading::integer},
    ArgumentRow{"scaling_config.min_size", &min_replicas, Reading::integer},
    ArgumentRow{"template.min_replicas", &min_replicas, Reading::integer},
    ArgumentRow{"disable_local_auth", &local_authentication, Reading::falsehood},
    ArgumentRow{"local_account_disabled", &local_authentication, Reading::falsehood},
    ArgumentRow{"local_auth_enabled", &local_authentication, Reading::truth},
    ArgumentRow{"local_authentication_disabled", &local_authentication, Reading::falsehood},
    ArgumentRow{"local_authentication_enabled", &local_authentication, Reading::truth},
    ArgumentRow{"shared_access_key_enabled", &local_authentication, Reading::truth},
    ArgumentRow{"domain_endpoint_options.tls_security_policy", &minimum_tls, Reading::scalar},
    ArgumentRow{"min_tls_version", &minimum_tls, Reading::scalar},
    ArgumentRow{"minimal_tls_version", &minimum_tls, Reading::scalar},
    ArgumentRow{"minimum_protocol_version", &minimum_tls, Reading::scalar},
    ArgumentRow{"minimum_tls_version", &minimum_tls, Reading::scalar},
    ArgumentRow{"site_config.minimum_tls_version", &minimum_tls, Reading::scalar},
    ArgumentRow{"ssl_minimal_tls_version_enforced", &minimum_tls, Reading::scalar},
    ArgumentRow{"security_policy", &minimum_tls, Reading::scalar},
    ArgumentRow{"ssl_policy", &minimum_tls, Reading::scalar},
    ArgumentRow{"automatic_failover_enabled", &multi_zone, Reading::truth},
    ArgumentRow{"enable_automatic_failover", &multi_zone, Reading::truth},
    ArgumentRow{"availability_type", &multi_zone, Reading::truth},
    ArgumentRow{"deployment_mode", &multi_zone, Reading::truth},
    ArgumentRow{"high_availability.mode", &multi_zone, Reading::truth},
    ArgumentRow{"multi_az", &multi_zone, Reading::truth},
    ArgumentRow{"multi_az_enabled", &multi_zone, Reading::truth},
    ArgumentRow{"settings.availability_type", &multi_zone, Reading::truth},
    ArgumentRow{"zone_redundancy_enabled", &multi_zone, Reading::truth},
    ArgumentRow{"zone_redundant", &multi_zone, Reading::truth},
    ArgumentRow{"associate_public_ip_address", &public_access, Reading::truth},
    ArgumentRow{"ingress.external", &public_access, Reading::truth},
    ArgumentRow{"configuration.ingress.external", &public_access, Reading::truth},
    ArgumentRow{"ingress.external_enabled", &public_access, Reading::truth},
    ArgumentRow{"ingress_configuration.is_publicly_accessible", &public_access, Reading::truth},
    ArgumentRow{"container_access_type", &public_access, Reading::truth},
    ArgumentRow{"network_configuration.assign_public_ip", &public_access, Reading::truth},
    ArgumentRow{"awsvpc_configuration.assign_public_ip", &public_access, Reading::truth},
    ArgumentRow{"public_data_endpoint_enabled", &public_access, Reading::truth},
    ArgumentRow{"public_network_access", &public_access, Reading::truth},
    ArgumentRow{"public_network_access_enabled", &public_access, Reading::truth},
    ArgumentRow{"publicly_accessible", &public_access, Reading::truth},
    ArgumentRow{"settings.ip_configuration.ipv4_enabled", &public_access, Reading::truth},
    ArgumentRow{"vpc_config.endpoint_public_access", &public_access, Reading::truth},
    ArgumentRow{"resources_vpc_config.endpoint_public_access", &public_access, Reading::truth},
    ArgumentRow{"schedule_expression", &schedule, Reading::scalar},
    ArgumentRow{"blob_properties.versioning_enabled", &versioned, Reading::truth},
    ArgumentRow{"versioning.enabled", &versioned, Reading::truth},
    ArgumentRow{"versioning_configuration.status", &versioned, Reading::truth},
    ArgumentRow{"availability_zone", &zones, Reading::set},
    ArgumentRow{"availability_zones", &zones, Reading::set},
    ArgumentRow{"zone", &zones, Reading::set},
    ArgumentRow{"zones", &zones, Reading::set},
};

using RowsByName = std::multimap<std::string_view, const ArgumentRow*>;

/// Rows by the last name of their paths.
const RowsByName& rows_by_name() {
  static const RowsByName k_index = [] {
    RowsByName index;
    for (const ArgumentRow& row : k_rows) index.emplace(row.name.substr(row.name.rfind('.') + 1), &row);
    return index;
  }();
  return k_index;
}

/// Attributes that only mean something at the top, or with their whole path: `version` and `location` stand everywhere.
bool is_loose(const ArgumentRow& row) {
  static const std::set<std::string_view> k_strict = {"version",
                                                      "location",
                                                      "region",
                                                      "size",
                                                      "sku",
                                                      "zone",
                                                      "zones",
                                                      "engine",
                                                      "address_prefix",
                                                      "encrypted",
                                                      "instance_count",
                                                      "aliases",
                                                      "acl",
                                                      "deployment_mode",
                                                      "kms_key",
                                                      "availability_zone",
                                                      "availability_zones"};
  return !k_strict.contains(row.name);
}

bool matches(const ArgumentRow& row, const Leaf& leaf) {
  if (leaf.path == row.name) return true;
  constexpr int k_loosest = 4;
  return is_loose(row) && leaf.depth <= k_loosest && leaf.path.ends_with(row.name) &&
         leaf.path[leaf.path.size() - row.name.size() - 1] == '.';
}

std::optional<bool> truth_of(const Value& value) {
  if (const auto truth = value.as_boolean()) return truth;
  if (!value.is_text()) return std::nullopt;
  constexpr std::array<std::string_view, 14> k_yes = {"enabled",
                                                      "enable",
                                                      "on",
                                                      "yes",
                                                      "required",
                                                      "regional",
                                                      "zoneredundant",
                                                      "samezone",
                                                      "blob",
                                                      "container",
                                                      "active_standby_multi_az",
                                                      "cluster_multi_az",
                                                      "requireddeprecated",
                                                      "1"};
  constexpr std::array<std::string_view, 11> k_no = {
      "disabled", "disable", "off", "no", "zonal", "private", "suspended", "single_instance", "securedbyperimeter", "0", "none"};
  const std::string lower = base::to_lower(value.as_text());
  if (std::find(k_yes.begin(), k_yes.end(), lower) != k_yes.end()) return true;
  if (std::find(k_no.begin(), k_no.end(), lower) != k_no.end()) return false;
  return std::nullopt;
}

void add_texts(const Value& value, std::set<Symbol>& texts) {
  if (value.is_scalar() && !value.as_text().empty()) texts.insert(Symbol(value.as_text()));
  for (const Value& item : value.items()) add_texts(item, texts);
}

std::string described(const Value& value) {
  std::string text;
  for (const Reference& reference : value.all_references()) {
    if (reference.whole) text += (text.empty() ? "" : ", ") + reference.address;
  }
  return text;
}

/// Nothing where the argument says nothing that can be read.
std::optional<model::AttributeValue> read(const ArgumentRow& row, const Value& value) {
  if (value.is_null()) return std::nullopt;
  switch (row.reading) {
    case Reading::word:
    case Reading::scalar: {
      const Value& one = value.is_list() && value.items().size() == 1 ? value.items().front() : value;
      if (row.attribute == &encryption_key && !described(one).empty()) return Symbol(described(one));
      if (one.is_unknown()) return model::Unknown{};
      if (one.by_default() && one.is_text() && one.as_text().empty()) return model::Unknown{};
      if (!one.is_scalar() || one.as_text().empty()) return std::nullopt;
      if (row.reading == Reading::word && one.kind() != ValueKind::text) return std::nullopt;
      return Symbol(one.as_text());
    }
    case Reading::integer:
      if (value.is_unknown()) return model::Unknown{};
      if (const auto number = value.as_integer()) return *number;
      return std::nullopt;
    case Reading::truth:
    case Reading::falsehood:
      if (value.is_unknown()) return model::Unknown{};
      if (const auto truth = truth_of(value)) return *truth == (row.reading == Reading::truth);
      return std::nullopt;
    case Reading::presence:
      return value.is_unknown() || !value.as_text().empty() ? std::optional<model::AttributeValue>(true) : std::nullopt;
    case Reading::set: {
      std::set<Symbol> texts;
      if (!value.wholly_known()) return model::Unknown{};
      add_texts(value, texts);
      if (texts.empty()) return std::nullopt;
      return model::TextList(texts.begin(), texts.end());
    }
  }
  return std::nullopt;
}

bool all_scalar(const Value& list) {
  return std::all_of(list.items().begin(), list.items().end(),
                     [](const Value& item) { return item.is_scalar() || item.is_unknown() || item.is_null(); });
}

/// What names one of several blocks better than its position.
std::string_view name_of_block(const Value& block) {
  for (const std::string_view key : {"name", "key", "id", "sid"}) {
    const Value& name = block[key];
    if (name.is_text() && !name.as_text().empty() && name.as_text().size() <= 64) return name.as_text();
  }
  return {};
}

void walk(const Value& value, const std::string& path, const std::string& key, int depth, std::vector<Leaf>& leaves) {
  if (leaves.size() >= k_most_leaves || depth > k_deepest || value.is_null()) return;
  if (value.is_map()) {
    for (const Member& member : value.members()) {
      const std::string separator = path.empty() ? "" : ".";
      walk(member.second, path + separator + member.first, key + separator + member.first, depth + 1, leaves);
    }
    return;
  }
  if (value.is_list() && !all_scalar(value)) {
    const bool single = value.items().size() == 1;
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      const std::string_view name = name_of_block(value.items()[i]);
      const std::string index = single ? "" : "[" + (name.empty() ? std::to_string(i) : std::string(name)) + "]";
      walk(value.items()[i], path, key + index, depth, leaves);
    }
    return;
  }
  if (value.is_list() && value.items().empty()) return;
  leaves.push_back({path, key, &value, depth, false, false});
}

/// Below these the names are the users' own.
bool has_names_of_its_own(std::string_view name) {
  constexpr std::array<std::string_view, 13> k_names = {"annotations",
                                                        "app_settings",
                                                        "environment_variables",
                                                        "labels",
                                                        "metadata",
                                                        "parameters",
                                                        "runtime_environment_secrets",
                                                        "runtime_environment_variables",
                                                        "secure_environment_variables",
                                                        "tags",
                                                        "tags_all",
                                                        "variables",
                                                        "set_sensitive"};
  return std::find(k_names.begin(), k_names.end(), name) != k_names.end();
}

}  // namespace

std::string snake_case(std::string_view name) {
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (is_upper(c)) {
      const bool after_word = i > 0 && is_lower_or_digit(name[i - 1]);
      const bool ends_run = i > 0 && is_upper(name[i - 1]) && i + 1 < name.size() && is_lower_or_digit(name[i + 1]);
      if (after_word || ends_run) result += '_';
      result += static_cast<char>(c - 'A' + 'a');
    } else {
      result += c;
    }
  }
  return result;
}

Value normalised(const Value& value) {
  if (value.is_list()) {
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(normalised(item));
    return Value::list(std::move(items)).at(value.location()).with_references(value.references());
  }
  if (!value.is_map()) return value;
  std::vector<Member> members;
  for (const Member& member : value.members()) {
    const std::string name = snake_case(member.first);
    if (has_names_of_its_own(name)) {
      members.emplace_back(name, member.second);
      continue;
    }
    Value inner = normalised(member.second);
    if (member.first == "properties" && inner.is_map()) {
      for (const Member& below : inner.members()) members.push_back(below);
      continue;
    }
    members.emplace_back(name, std::move(inner));
  }
  return Value::map(std::move(members)).at(value.location()).with_references(value.references());
}

std::string_view Leaf::name() const { return std::string_view(path).substr(path.rfind('.') + 1); }

std::vector<Leaf> leaves_of(const Value& arguments) {
  std::vector<Leaf> leaves;
  walk(arguments, "", "", 0, leaves);
  return leaves;
}

void read_attributes(std::vector<Leaf>& leaves, model::EntityKind kind, std::vector<model::Attribute>& rows) {
  struct Found {
    int depth;
    model::Attribute row;
  };
  std::map<const model::AttributeDefinition*, Found> found;
  for (Leaf& leaf : leaves) {
    if (kind == model::EntityKind::application && is_chart_value(leaf.path)) continue;
    const auto [begin, end] = rows_by_name().equal_range(leaf.name());
    for (auto at = begin; at != end; ++at) {
      const ArgumentRow& row = *at->second;
      if (!matches(row, leaf)) continue;
      const model::AttributeDefinition* definition = row.attribute;
      if (definition == &action && kind != model::EntityKind::bucket && kind != model::EntityKind::access_policy) continue;
      if (definition == &replicas && kind != model::EntityKind::service) definition = &instances;
      const auto value = read(row, *leaf.value);
      if (!value) continue;
      leaf.consumed = true;
      const auto known = found.find(definition);
      if (known != found.end() && known->second.depth <= leaf.depth) {
        // Several blocks of one kind: a set holds what all of them say.
        auto* list = std::get_if<model::TextList>(&known->second.row.value);
        const auto* more = std::get_if<model::TextList>(&*value);
        if (list == nullptr || more == nullptr) continue;
        std::set<Symbol> all(list->begin(), list->end());
        all.insert(more->begin(), more->end());
        list->assign(all.begin(), all.end());
        continue;
      }
      found.insert_or_assign(definition, Found{leaf.depth, {definition, {}, {}, *value, leaf.value->location()}});
      break;
    }
  }
  for (auto& [definition, entry] : found) rows.push_back(std::move(entry.row));
  std::sort(rows.begin(), rows.end(),
            [](const model::Attribute& a, const model::Attribute& b) { return a.definition->name < b.definition->name; });
}

Value with_defaults(const Value& arguments, const ResourceType& type) {
  if (type.defaults.empty()) return arguments;
  std::vector<Member> members(arguments.members().begin(), arguments.members().end());
  for (const std::string_view pair : base::split(type.defaults, ' ')) {
    const std::size_t equals = pair.find('=');
    const std::string_view path = pair.substr(0, equals);
    const std::string_view first = path.substr(0, path.find('.'));
    const Value* present = arguments.find(first);
    if (present != nullptr && !present->is_null()) continue;
    Value value = Value::boolean(pair.substr(equals + 1) == "true").at(arguments.location());
    if (first.size() != path.size()) value = Value::map({{std::string(path.substr(first.size() + 1)), std::move(value)}});
    members.emplace_back(std::string(first), std::move(value));
  }
  return Value::map(std::move(members)).at(arguments.location());
}

}  // namespace postern::ingest::cloud
