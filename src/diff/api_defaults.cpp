// SPDX-License-Identifier: Apache-2.0
// Defaults of the Kubernetes API (core/v1, apps/v1, autoscaling/v2), for the attributes that readers keep as they are written.
// Those that depend on the cluster (seccomp profiles of the node, storage classes) are none of them.
#include "diff/api_defaults.h"

#include <algorithm>
#include <array>

namespace postern::diff {
namespace {

using model::ArchitectureGraph;
using model::Attribute;
using model::AttributeDefinition;
using model::Entity;
using model::EntityIndex;
namespace attribute = model::attribute;

/// Without `privileged`: reviews count its refusal among the controls that a release adds or loses.
struct FlagRow {
  const AttributeDefinition* definition;
  bool value;
};
constexpr std::array k_flags = {
    FlagRow{&attribute::allow_privilege_escalation, true},
    FlagRow{&attribute::automount_service_account_token, true},
    FlagRow{&attribute::host_ipc, false},
    FlagRow{&attribute::host_network, false},
    FlagRow{&attribute::host_pid, false},
    FlagRow{&attribute::read_only_root_filesystem, false},
    FlagRow{&attribute::run_as_non_root, false},
    FlagRow{&attribute::share_process_namespace, false},
};

struct TextRow {
  const AttributeDefinition* definition;
  std::string_view value;
};
constexpr std::array k_texts = {
    TextRow{&attribute::proc_mount, "Default"},
    TextRow{&attribute::secret_type, "Opaque"},
};

/// A container that names a limit and no request requests as much.
struct RequestRow {
  const AttributeDefinition* request;
  const AttributeDefinition* limit;
};
constexpr std::array k_requests = {
    RequestRow{&attribute::cpu_request, &attribute::cpu_limit},
    RequestRow{&attribute::ephemeral_storage_request, &attribute::ephemeral_storage_limit},
    RequestRow{&attribute::memory_request, &attribute::memory_limit},
};

/// Kinds that run one copy where they say nothing.
constexpr std::array<std::string_view, 5> k_replicated = {"Deployment", "ReplicaSet", "ReplicationController", "Rollout",
                                                          "StatefulSet"};
constexpr std::string_view k_autoscalers = "/horizontalpodautoscalers/";

/// What holds for a part that says nothing itself: for a container what its pod says, for a token what the account says.
const Attribute* inherited(const Attribute& written, const ArchitectureGraph& graph, EntityIndex index) {
  const Entity& entity = graph.entity(index);
  if (!written.scope.empty()) return entity.attributes.find(*written.definition);
  if (written.definition != &attribute::automount_service_account_token) return nullptr;
  for (const model::RelationIndex out : graph.outgoing(index)) {
    const model::Relation& relation = graph.relation(out);
    if (relation.kind != model::RelationKind::assumes) continue;
    if (const Attribute* row = graph.entity(relation.target).attributes.find(*written.definition)) return row;
  }
  return nullptr;
}

bool is_flag(const Attribute& written) {
  return std::any_of(k_flags.begin(), k_flags.end(), [&](const FlagRow& row) {
    return row.definition == written.definition && written.value == model::AttributeValue(row.value);
  });
}

bool is_text(const Attribute& written) {
  return std::any_of(k_texts.begin(), k_texts.end(), [&](const TextRow& row) {
    return row.definition == written.definition && written.value == model::AttributeValue(model::Symbol(row.value));
  });
}

bool is_single_copy(const Attribute& written, const Entity& entity) {
  if (written.value != model::AttributeValue(std::int64_t{1})) return false;
  if (written.definition == &attribute::min_replicas) return entity.id.address.view().find(k_autoscalers) != std::string_view::npos;
  if (written.definition != &attribute::replicas) return false;
  const std::string_view kind = entity.attributes.text(attribute::workload_kind).view();
  return std::find(k_replicated.begin(), k_replicated.end(), kind) != k_replicated.end();
}

bool is_limit(const Attribute& written, const Entity& entity) {
  return std::any_of(k_requests.begin(), k_requests.end(), [&](const RequestRow& row) {
    if (row.request != written.definition) return false;
    const Attribute* limit = entity.attributes.find(*row.limit, written.scope);
    return limit != nullptr && limit->value == written.value;
  });
}

}  // namespace

bool says_default(const Attribute& written, const ArchitectureGraph& graph, EntityIndex index) {
  if (const Attribute* other = inherited(written, graph, index)) return other->value == written.value;
  const Entity& entity = graph.entity(index);
  return is_flag(written) || is_text(written) || is_single_copy(written, entity) || is_limit(written, entity);
}

}  // namespace postern::diff
