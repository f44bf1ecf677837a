// SPDX-License-Identifier: Apache-2.0
// The tables of relations: by the kinds of both ends, and by joining types.
#include <ingest/cloud/relations.h>

#include <algorithm>
#include <array>

namespace postern::ingest::cloud {
namespace {

using enum model::EntityKind;
using model::EntityKind;
using model::RelationKind;

bool runs(EntityKind kind) { return kind == service || kind == function || kind == job || kind == api || kind == application; }
bool carries_requests(EntityKind kind) { return kind == gateway || kind == route || kind == endpoint; }
bool is_minor(EntityKind kind) {
  return kind == resource || kind == access_policy || kind == role_binding || kind == autoscaler || kind == configuration;
}

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('.') + 1); }

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Arguments that say of which larger thing something is a part.
bool names_parent(std::string_view argument) {
  return one_of(last_name(argument), {"account_name",
                                      "account_id",
                                      "cluster_identifier",
                                      "cluster_name",
                                      "cluster_id",
                                      "cluster",
                                      "database_name",
                                      "database",
                                      "instance",
                                      "instance_name",
                                      "namespace_id",
                                      "namespace_name",
                                      "server_id",
                                      "server_name",
                                      "storage_account_id",
                                      "storage_account_name",
                                      "topic",
                                      "topic_id",
                                      "topic_name",
                                      "queue_id",
                                      "replication_group_id",
                                      "db_cluster_identifier",
                                      "global_cluster_identifier",
                                      "dataset_id",
                                      "cognitive_account_id",
                                      "parent",
                                      "container_app_environment_id",
                                      "service_plan_id",
                                      "app_service_plan_id",
                                      "depends_on_parent"});
}

/// Where the code of a program is kept, and the like: no data flows there when it runs.
bool names_source_of_code(std::string_view argument) {
  return one_of(last_name(argument), {"s3_bucket", "source_archive_bucket", "storage_account_name", "storage_account_access_key",
                                      "source_archive_object", "code_uri", "logging_bucket", "primary_access_key",
                                      "storage_account_key", "triggers", "triggers_replace"}) ||
         argument.starts_with("logging") || argument.starts_with("access_logs") || argument.starts_with("source.") ||
         argument.starts_with("depends_on");
}

using Answer = std::optional<ArgumentRelation>;
constexpr Answer k_none = std::nullopt;
Answer to(RelationKind kind) { return ArgumentRelation{kind, false}; }
Answer from(RelationKind kind) { return ArgumentRelation{kind, true}; }

/// Arguments that say who is given a right.
bool names_grantee(std::string_view argument) {
  return argument.find("principal") != std::string_view::npos || argument.find("member") != std::string_view::npos;
}

Answer to_identity(const LinkEnd& source, std::string_view argument) {
  if (source.kind == role_binding || source.kind == role) return to(RelationKind::binds);
  if (source.kind == secret || names_grantee(argument)) return to(RelationKind::binds);
  if (source.kind == network || source.kind == network_policy || source.kind == key || source.kind == access_policy) return k_none;
  return to(RelationKind::assumes);
}

Answer to_requests(const LinkEnd& source, const LinkEnd& target, std::string_view argument) {
  // A module of a load balancer hands out its target groups: who names one is behind it.
  const bool behind = target.kind == endpoint || last_name(argument).starts_with("target_group");
  if (source.kind == route) return to(target.kind == endpoint ? RelationKind::routes_to : RelationKind::configures);
  if (source.kind == gateway) return to(RelationKind::routes_to);
  if (source.kind == host) return target.kind == endpoint ? from(RelationKind::routes_to) : to(RelationKind::configures);
  if (runs(source.kind)) return behind ? from(RelationKind::routes_to) : to(RelationKind::calls);
  if (source.kind == endpoint) return to(RelationKind::routes_to);
  if (source.kind == resource || source.kind == access_policy || source.kind == network_policy) return to(RelationKind::configures);
  return k_none;
}

Answer to_workload(const LinkEnd& source, const LinkEnd& target, std::string_view argument) {
  if (names_source_of_code(argument)) return k_none;
  if (carries_requests(source.kind)) return to(RelationKind::routes_to);
  if (source.kind == autoscaler) return to(RelationKind::scales);
  if (source.kind == secret) return to(RelationKind::configures);
  if (model::is_store(source.kind) && model::is_store(target.kind)) {
    return to(names_parent(argument) ? RelationKind::runs_in : RelationKind::calls);
  }
  if (source.kind == application) return to(RelationKind::calls);  // a release of a chart is a part of nothing that it names
  if (model::is_store(source.kind) || runs(source.kind))
    return to(names_parent(argument) ? RelationKind::runs_in : RelationKind::calls);
  if (is_minor(source.kind) || source.kind == network_policy || source.kind == role) return to(RelationKind::configures);
  return k_none;
}

Answer to_policy(const LinkEnd& source, std::string_view argument) {
  if (source.kind == network_policy) {
    const bool own = one_of(argument, {"security_group_id", "group_id", "network_security_group_name", "network_security_group_id",
                                       "network_acl_id", "firewall_policy_id", "firewall_policy"});
    return own ? to(RelationKind::configures) : k_none;
  }
  if (source.kind == resource || source.kind == role_binding) return k_none;
  return from(RelationKind::protects);
}

constexpr std::array k_joins = {
    Join{"aws_lb_target_group_attachment", "target_group_arn", "target_id", RelationKind::routes_to},
    Join{"aws_alb_target_group_attachment", "target_group_arn", "target_id", RelationKind::routes_to},
    Join{"aws_autoscaling_attachment", "lb_target_group_arn", "autoscaling_group_name", RelationKind::routes_to},
    Join{"aws_lambda_event_source_mapping", "function_name", "event_source_arn", RelationKind::calls},
    Join{"aws_sns_topic_subscription", "topic_arn", "endpoint", RelationKind::calls},
    Join{"aws_wafv2_web_acl_association", "web_acl_arn", "resource_arn", RelationKind::protects},
    Join{"aws_eip_association", "allocation_id", "instance_id", RelationKind::configures},
    Join{"azurerm_network_interface_security_group_association", "network_security_group_id", "network_interface_id",
         RelationKind::protects},
    Join{"azurerm_subnet_network_security_group_association", "network_security_group_id", "subnet_id", RelationKind::protects},
};

}  // namespace

std::optional<ArgumentRelation> relation_of(const LinkEnd& source, const LinkEnd& target, std::string_view argument) {
  const auto trait_of = [](const LinkEnd& end) { return end.type == nullptr ? TypeTrait::none : end.type->trait; };
  if (trait_of(target) == TypeTrait::utility || trait_of(source) == TypeTrait::utility) return k_none;
  if (argument.starts_with("depends_on") || last_name(argument).starts_with("resource_group")) return k_none;
  // A program or a cluster may be given rights as well: it has an identity of its own.
  const bool may_act = runs(target.kind) || target.kind == host;
  if (source.kind == role_binding && may_act && names_grantee(argument)) return to(RelationKind::binds);
  switch (target.kind) {
    case network_policy:
      return to_policy(source, argument);
    case network:
      if (source.kind == network_policy || source.kind == role_binding || source.kind == gateway || source.kind == endpoint ||
          source.kind == network || source.kind == host || model::is_workload(source.kind) || source.kind == volume)
        return to(RelationKind::runs_in);
      return is_minor(source.kind) ? to(RelationKind::configures) : k_none;
    case identity:
      return to_identity(source, argument);
    case role:
      if (source.kind == role_binding || source.kind == identity) return to(RelationKind::binds);
      return k_none;
    case key:
      if (source.kind == resource || source.kind == role_binding) return to(RelationKind::configures);
      if (source.kind == role || source.kind == identity || source.kind == access_policy) return k_none;
      return from(RelationKind::protects);
    case secret:
      if (source.kind == secret) return to(RelationKind::configures);
      if (runs(source.kind) || source.kind == configuration || model::is_store(source.kind)) return to(RelationKind::mounts);
      return is_minor(source.kind) ? to(RelationKind::configures) : k_none;
    case provider:
      if (runs(source.kind)) return to(RelationKind::configures);
      return is_minor(source.kind) || source.kind == secret || source.kind == key || source.kind == network_policy
                 ? to(RelationKind::configures)
                 : k_none;
    case host:
      if (model::is_workload(source.kind) || source.kind == host) return to(RelationKind::runs_in);
      if (source.kind == autoscaler) return to(RelationKind::scales);
      return is_minor(source.kind) ? to(RelationKind::configures) : k_none;
    case configuration:
      if (model::is_workload(source.kind) || source.kind == host) return to(RelationKind::mounts);
      return is_minor(source.kind) ? to(RelationKind::configures) : k_none;
    case volume:
      if (runs(source.kind) || source.kind == host || source.kind == configuration) return to(RelationKind::mounts);
      return is_minor(source.kind) ? to(RelationKind::configures) : k_none;
    case endpoint:
    case gateway:
    case route:
      return to_requests(source, target, argument);
    case service:
    case function:
    case job:
    case api:
    case datastore:
    case cache:
    case queue:
    case bucket:
      return to_workload(source, target, argument);
    case resource:
    case access_policy:
      // What nobody knows may be anything; a known minor thing is nothing to depend on, but something to give rights over.
      if (target.kind == resource && target.type != nullptr && source.kind != role_binding) return k_none;
      if (source.kind == network || source.kind == network_policy || source.kind == role) return k_none;
      return target.kind == access_policy && !is_minor(source.kind) ? from(RelationKind::protects) : to(RelationKind::configures);
    default:
      return k_none;
  }
}

const Join* find_join(const ResourceType* type) {
  if (type == nullptr) return nullptr;
  const auto at = std::find_if(k_joins.begin(), k_joins.end(), [&](const Join& join) { return join.type == type->terraform; });
  return at == k_joins.end() ? nullptr : &*at;
}

}  // namespace postern::ingest::cloud
