// SPDX-License-Identifier: Apache-2.0
// Assets -> resources in the words of Terraform.
#include <ingest/exports/export_file.h>
#include <ingest/exports/google_assets.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace postern::ingest::exports {
namespace {

using cloud::Member;
using cloud::Value;
using document::Node;

/// How Terraform calls a type of asset, and its grants; empty where grants have no type of their own.
struct TypeRow {
  std::string_view asset;
  std::string_view terraform;
  std::string_view grant = {};
  std::string_view granted = {};  ///< argument of the grant that names what it is for
};

constexpr std::array k_types = {
    TypeRow{"alloydb.googleapis.com/Cluster", "google_alloydb_cluster"},
    TypeRow{"alloydb.googleapis.com/Instance", "google_alloydb_instance"},
    TypeRow{"apigateway.googleapis.com/Api", "google_api_gateway_api"},
    TypeRow{"apigateway.googleapis.com/Gateway", "google_api_gateway_gateway"},
    TypeRow{"appengine.googleapis.com/Version", "google_app_engine_standard_app_version"},
    TypeRow{"artifactregistry.googleapis.com/Repository", "google_artifact_registry_repository"},
    TypeRow{"bigquery.googleapis.com/Dataset", "google_bigquery_dataset", "google_bigquery_dataset_iam_member", "dataset_id"},
    TypeRow{"bigquery.googleapis.com/Table", "google_bigquery_table"},
    TypeRow{"bigtableadmin.googleapis.com/Instance", "google_bigtable_instance"},
    TypeRow{"cloudfunctions.googleapis.com/CloudFunction", "google_cloudfunctions_function",
            "google_cloudfunctions_function_iam_member", "cloud_function"},
    TypeRow{"cloudfunctions.googleapis.com/Function", "google_cloudfunctions2_function",
            "google_cloudfunctions2_function_iam_member", "cloud_function"},
    TypeRow{"cloudkms.googleapis.com/CryptoKey", "google_kms_crypto_key", "google_kms_crypto_key_iam_member", "crypto_key_id"},
    TypeRow{"cloudkms.googleapis.com/KeyRing", "google_kms_key_ring"},
    TypeRow{"cloudscheduler.googleapis.com/Job", "google_cloud_scheduler_job"},
    TypeRow{"cloudtasks.googleapis.com/Queue", "google_cloud_tasks_queue"},
    TypeRow{"composer.googleapis.com/Environment", "google_composer_environment"},
    TypeRow{"compute.googleapis.com/Address", "google_compute_address"},
    TypeRow{"compute.googleapis.com/BackendBucket", "google_compute_backend_bucket"},
    TypeRow{"compute.googleapis.com/BackendService", "google_compute_backend_service"},
    TypeRow{"compute.googleapis.com/Disk", "google_compute_disk"},
    TypeRow{"compute.googleapis.com/Firewall", "google_compute_firewall"},
    TypeRow{"compute.googleapis.com/ForwardingRule", "google_compute_forwarding_rule"},
    TypeRow{"compute.googleapis.com/GlobalAddress", "google_compute_global_address"},
    TypeRow{"compute.googleapis.com/GlobalForwardingRule", "google_compute_global_forwarding_rule"},
    TypeRow{"compute.googleapis.com/Instance", "google_compute_instance"},
    TypeRow{"compute.googleapis.com/InstanceGroupManager", "google_compute_instance_group_manager"},
    TypeRow{"compute.googleapis.com/InstanceTemplate", "google_compute_instance_template"},
    TypeRow{"compute.googleapis.com/Network", "google_compute_network"},
    TypeRow{"compute.googleapis.com/NetworkEndpointGroup", "google_compute_network_endpoint_group"},
    TypeRow{"compute.googleapis.com/Route", "google_compute_route"},
    TypeRow{"compute.googleapis.com/Router", "google_compute_router"},
    TypeRow{"compute.googleapis.com/SecurityPolicy", "google_compute_security_policy"},
    TypeRow{"compute.googleapis.com/Subnetwork", "google_compute_subnetwork"},
    TypeRow{"compute.googleapis.com/TargetHttpProxy", "google_compute_target_http_proxy"},
    TypeRow{"compute.googleapis.com/TargetHttpsProxy", "google_compute_target_https_proxy"},
    TypeRow{"compute.googleapis.com/TargetTcpProxy", "google_compute_target_tcp_proxy"},
    TypeRow{"compute.googleapis.com/UrlMap", "google_compute_url_map"},
    TypeRow{"compute.googleapis.com/VpnGateway", "google_compute_vpn_gateway"},
    TypeRow{"compute.googleapis.com/VpnTunnel", "google_compute_vpn_tunnel"},
    TypeRow{"container.googleapis.com/Cluster", "google_container_cluster"},
    TypeRow{"container.googleapis.com/NodePool", "google_container_node_pool"},
    TypeRow{"dataproc.googleapis.com/Cluster", "google_dataproc_cluster"},
    TypeRow{"dns.googleapis.com/ManagedZone", "google_dns_managed_zone"},
    TypeRow{"dns.googleapis.com/ResourceRecordSet", "google_dns_record_set"},
    TypeRow{"eventarc.googleapis.com/Trigger", "google_eventarc_trigger"},
    TypeRow{"file.googleapis.com/Instance", "google_filestore_instance"},
    TypeRow{"firestore.googleapis.com/Database", "google_firestore_database"},
    TypeRow{"iam.googleapis.com/Role", "google_project_iam_custom_role"},
    TypeRow{"iam.googleapis.com/ServiceAccount", "google_service_account", "google_service_account_iam_member",
            "service_account_id"},
    TypeRow{"iam.googleapis.com/ServiceAccountKey", "google_service_account_key"},
    TypeRow{"memcache.googleapis.com/Instance", "google_memcache_instance"},
    TypeRow{"pubsub.googleapis.com/Subscription", "google_pubsub_subscription", "google_pubsub_subscription_iam_member",
            "subscription"},
    TypeRow{"pubsub.googleapis.com/Topic", "google_pubsub_topic", "google_pubsub_topic_iam_member", "topic"},
    TypeRow{"redis.googleapis.com/Cluster", "google_redis_cluster"},
    TypeRow{"redis.googleapis.com/Instance", "google_redis_instance"},
    TypeRow{"run.googleapis.com/Job", "google_cloud_run_v2_job"},
    TypeRow{"run.googleapis.com/Service", "google_cloud_run_service", "google_cloud_run_service_iam_member", "service"},
    TypeRow{"secretmanager.googleapis.com/Secret", "google_secret_manager_secret", "google_secret_manager_secret_iam_member",
            "secret_id"},
    TypeRow{"secretmanager.googleapis.com/SecretVersion", "google_secret_manager_secret_version"},
    TypeRow{"spanner.googleapis.com/Database", "google_spanner_database"},
    TypeRow{"spanner.googleapis.com/Instance", "google_spanner_instance"},
    TypeRow{"sqladmin.googleapis.com/Instance", "google_sql_database_instance"},
    TypeRow{"storage.googleapis.com/Bucket", "google_storage_bucket", "google_storage_bucket_iam_member", "bucket"},
    TypeRow{"vpcaccess.googleapis.com/Connector", "google_vpc_access_connector"},
    TypeRow{"workflows.googleapis.com/Workflow", "google_workflows_workflow"},
};

/// What describes projects and interfaces of the platform is no part of an architecture, and objects of clusters are read as such.
bool is_aside(std::string_view type) {
  constexpr std::array<std::string_view, 10> k_services = {"cloudbilling.googleapis.com/",
                                                           "cloudresourcemanager.googleapis.com/",
                                                           "serviceusage.googleapis.com/",
                                                           "k8s.io/",
                                                           "rbac.authorization.k8s.io/",
                                                           "apps.k8s.io/",
                                                           "batch.k8s.io/",
                                                           "networking.k8s.io/",
                                                           "extensions.k8s.io/",
                                                           "containerregistry.googleapis.com/"};
  if (type.find(".k8s.io/") != std::string_view::npos) return true;
  return std::any_of(k_services.begin(), k_services.end(), [&](std::string_view service) { return type.starts_with(service); });
}

const TypeRow* find_type(std::string_view asset) {
  const auto at = std::find_if(k_types.begin(), k_types.end(), [&](const TypeRow& row) { return row.asset == asset; });
  return at == k_types.end() ? nullptr : &*at;
}

/// `//sqladmin.googleapis.com/projects/p/instances/i`, `https://www.googleapis.com/sql/v1/projects/p/instances/i` ->
/// `projects/...`.
std::string path_of(std::string_view name) {
  const std::size_t projects = name.find("projects/");
  if (projects != std::string_view::npos) return std::string(name.substr(projects));
  return std::string(name.substr(std::min(name.size(), name.rfind('/') + 1)));
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// Links to what is no resource: a zone, a region, a kind of machine.
bool is_place(std::string_view text) {
  if (!text.starts_with("https://www.googleapis.com/") && !text.starts_with("https://compute.googleapis.com/") &&
      !text.starts_with("projects/"))
    return false;
  const std::string_view before = text.substr(0, text.rfind('/'));
  constexpr std::array<std::string_view, 5> k_places = {"zones", "regions", "machineTypes", "diskTypes", "acceleratorTypes"};
  return std::find(k_places.begin(), k_places.end(), last_part(before)) != k_places.end();
}

/// Names that differ from those of Terraform.
std::string argument_of(std::string_view name, std::string_view type) {
  struct Row {
    std::string_view name;
    std::string_view argument;
    std::string_view type;  ///< empty: everywhere
  };
  constexpr std::array k_rows = {Row{"IPProtocol", "protocol", ""}, Row{"allowed", "allow", "google_compute_firewall"},
                                 Row{"denied", "deny", "google_compute_firewall"}, Row{"IPAddress", "ip_address", ""},
                                 Row{"ingressSettings", "ingress", "google_cloudfunctions_function"}};
  for (const Row& row : k_rows) {
    if (row.name == name && (row.type.empty() || row.type == type)) return std::string(row.argument);
  }
  return std::string(name);
}

Value renamed(const Value& value, std::string_view type, int depth) {
  constexpr int k_deepest = 30;
  if (depth > k_deepest) return value;
  if (value.is_text() && is_place(value.as_text()))
    return Value::text(std::string(last_part(value.as_text()))).at(value.location());
  if (value.is_list()) {
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(renamed(item, type, depth + 1));
    return Value::list(std::move(items)).at(value.location());
  }
  if (!value.is_map()) return value;
  std::vector<Member> members;
  for (const Member& member : value.members())
    members.emplace_back(argument_of(member.first, type), renamed(member.second, type, depth + 1));
  return Value::map(std::move(members)).at(value.location());
}

/// Interfaces with an address outside make a machine public.
bool has_outside_address(const Value& data) {
  for (const Value& interface : data["networkInterfaces"].items()) {
    if (!interface["accessConfigs"].items().empty()) return true;
  }
  return false;
}

/// Who may do what with the resource: one grant a role.
void add_grants(const Node& policy, const TypeRow* type, const Exported& what, std::vector<Exported>& found) {
  if (type == nullptr || type->grant.empty()) return;
  for (const Node binding : policy["bindings"].items()) {
    const std::string role(binding["role"].text());
    if (role.empty()) continue;
    Exported made;
    cloud::Resource& resource = made.resource;
    resource.type = std::string(type->grant);
    resource.label = what.resource.label + " " + role;
    resource.location = binding.location();
    resource.authorship = cloud::Authorship::recorded;
    resource.is_live = true;
    resource.has_defaults = false;
    resource.arguments = Value::map({{std::string(type->granted), Value::text(what.id).at(binding.location())},
                                     {"role", Value::text(role).at(binding.location())},
                                     {"members", cloud::value_of(binding["members"])}})
                             .at(binding.location());
    resource.address = resource.type + "/" + what.resource.label + " " + role + "\n" + what.id + " " + role;
    made.id = what.id + " " + role;
    found.push_back(std::move(made));
  }
}

const Node either(const Node& row, std::string_view first, std::string_view second) {
  return row[first] ? row[first] : row[second];
}

void read_row(const Node& row, std::vector<Exported>& found, base::DiagnosticSink& sink) {
  const std::string asset(either(row, "assetType", "asset_type").text());
  if (asset.empty() || is_aside(asset)) return;
  const TypeRow* type = find_type(asset);
  const std::string path = path_of(row["name"].text());
  if (path.empty()) return;
  const Node policy = either(row, "iamPolicy", "iam_policy");
  const Node data_node = row["resource"]["data"];
  Exported made;
  made.id = path;
  cloud::Resource& resource = made.resource;
  resource.type = type == nullptr ? asset : std::string(type->terraform);
  resource.label = std::string(last_part(path));
  resource.location = row.location();
  resource.authorship = cloud::Authorship::recorded;
  resource.is_live = true;
  resource.has_defaults = false;
  if (const Node mail = data_node["email"]; asset == "iam.googleapis.com/ServiceAccount" && !mail.text().empty())
    resource.label = std::string(mail.text());
  add_grants(policy, type, made, found);
  if (policy && !data_node) return;
  if (!data_node.is_mapping()) note_partial(row.location(), "'" + resource.label + "' has no data in this export", sink);
  const Value raw = cloud::value_of(data_node);
  Value data = renamed(raw, resource.type, 0);
  if (!data.is_map()) data = Value::map({});
  std::vector<Member> members;
  constexpr std::array<std::string_view, 6> k_own = {"id", "kind", "etag", "selfLink", "name", "labelFingerprint"};
  for (const Member& member : data.members()) {
    if (std::find(k_own.begin(), k_own.end(), member.first) == k_own.end()) members.push_back(member);
  }
  std::vector<Member> more = {{"name", Value::text(resource.label).at(row.location())},
                              {"id", Value::text(path).at(row.location())}};
  if (const Node place = row["resource"]["location"]; !place.text().empty() && place.text() != "global")
    more.emplace_back("location", Value::text(base::to_lower(place.text())).at(place.location()));
  if (has_outside_address(raw)) more.emplace_back("publicly_accessible", Value::boolean(true).at(row.location()));
  resource.arguments = with_members(Value::map(std::move(members)).at(row.location()), std::move(more));
  resource.aliases.push_back({model::AliasKind::resource_name, base::Symbol(path)});
  resource.address = resource.type + "/" + resource.label + "\n" + path;
  found.push_back(std::move(made));
}

bool is_row(const Node& row) { return row["name"].text().starts_with("//") && either(row, "assetType", "asset_type").as_string(); }

std::vector<Node> rows_of(const Node& root) {
  std::vector<Node> rows;
  if (is_row(root)) rows.push_back(root);
  for (const Node& list : {root, root["assets"], root["results"]}) {
    if (!list.is_sequence() || !is_row(list.at(0))) continue;
    for (const Node row : list.items()) {
      if (is_row(row)) rows.push_back(row);
    }
  }
  return rows;
}

void settle(std::vector<Exported>& all) {
  std::map<std::string, std::set<std::string>> ids;
  for (const Exported& each : all) {
    const std::string& address = each.resource.address;
    ids[address.substr(0, address.find('\n'))].insert(address.substr(address.find('\n') + 1));
  }
  std::map<std::string, std::vector<const Exported*>> by_path;
  std::map<std::string, std::string> accounts;  // by e-mail address
  for (Exported& each : all) {
    std::string& address = each.resource.address;
    const std::size_t end = address.find('\n');
    const std::string whole = address.substr(end + 1);
    address.resize(end);
    if (ids[address].size() > 1) address += "@" + whole.substr(0, whole.rfind('/'));
    by_path[each.id].push_back(&each);
    const Value& mail = each.resource.arguments["email"];
    if (mail.is_text()) accounts.emplace(mail.as_text(), address);
  }
  for (Exported& each : all) {
    each.resource.arguments = with_texts(each.resource.arguments, [&](const Value& value) {
      const std::string_view text = value.as_text();
      std::string_view mail = text.substr(text.starts_with("serviceAccount:") ? std::string_view("serviceAccount:").size() : 0);
      if (const auto account = accounts.find(std::string(mail));
          account != accounts.end() && account->second != each.resource.address)
        return value.with_reference({account->second, {}, true});
      if (text.find("projects/") == std::string_view::npos) return value;
      const auto found = by_path.find(path_of(text));
      if (found == by_path.end() || found->second.size() != 1 || found->second.front() == &each) return value;
      return value.with_reference({found->second.front()->resource.address, {}, true});
    });
  }
}

}  // namespace

bool wants_google_assets(std::string_view path) { return is_json_lines(path); }

std::vector<ProjectFile> read_google_assets(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  const Format format{[](Hints hints) { return hints.hold(Hint::google_name, Hint::asset); }, rows_of, read_row, settle};
  return read_exports(files, settings, sink, format);
}

}  // namespace postern::ingest::exports
