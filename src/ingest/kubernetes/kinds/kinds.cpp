// SPDX-License-Identifier: Apache-2.0
// The rows of the table of kinds.
#include <ingest/kubernetes/kinds/kinds.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using Text = std::string_view;

constexpr std::array<Text, 1> k_core = {""};
constexpr std::array<Text, 2> k_apps = {"apps", "extensions"};
constexpr std::array<Text, 1> k_argo = {"argoproj.io"};
constexpr std::array<Text, 2> k_autoscaling = {"autoscaling", "extensions"};
constexpr std::array<Text, 2> k_batch = {"batch", "extensions"};
constexpr std::array<Text, 1> k_discovery = {"discovery.k8s.io"};
constexpr std::array<Text, 2> k_networking = {"networking.k8s.io", "extensions"};
constexpr std::array<Text, 1> k_policy = {"policy"};
constexpr std::array<Text, 1> k_rbac = {"rbac.authorization.k8s.io"};

using enum Scope;

constexpr std::array k_kinds = {
    KindRow{"ClusterRole", "clusterroles", cluster, k_rbac, read_role},
    KindRow{"ClusterRoleBinding", "clusterrolebindings", cluster, k_rbac, read_role_binding},
    KindRow{"ConfigMap", "configmaps", namespaced, k_core, read_config_map},
    KindRow{"CronJob", "", namespaced, k_batch, read_cron_job},
    KindRow{"DaemonSet", "", namespaced, k_apps, read_replicated},
    KindRow{"Deployment", "", namespaced, k_apps, read_replicated},
    KindRow{"EndpointSlice", "endpointslices", namespaced, k_discovery, read_endpoint_slice},
    KindRow{"Endpoints", "endpoints", namespaced, k_core, read_endpoints},
    KindRow{"HorizontalPodAutoscaler", "horizontalpodautoscalers", namespaced, k_autoscaling, read_autoscaler},
    KindRow{"Ingress", "ingresses", namespaced, k_networking, read_ingress},
    KindRow{"IngressClass", "ingressclasses", cluster, k_networking, read_ingress_class},
    KindRow{"Job", "", namespaced, k_batch, read_job},
    KindRow{"Namespace", "namespaces", cluster, k_core, read_namespace},
    KindRow{"NetworkPolicy", "networkpolicies", namespaced, k_networking, read_network_policy},
    KindRow{"PersistentVolumeClaim", "persistentvolumeclaims", namespaced, k_core, read_volume_claim},
    KindRow{"Pod", "", namespaced, k_core, read_pod_object},
    KindRow{"PodDisruptionBudget", "poddisruptionbudgets", namespaced, k_policy, read_disruption_budget},
    KindRow{"ReplicaSet", "", namespaced, k_apps, read_replicated},
    KindRow{"ReplicationController", "", namespaced, k_core, read_replicated},
    KindRow{"Role", "roles", namespaced, k_rbac, read_role},
    KindRow{"RoleBinding", "rolebindings", namespaced, k_rbac, read_role_binding},
    KindRow{"Rollout", "", namespaced, k_argo, read_rollout},
    KindRow{"Secret", "secrets", namespaced, k_core, read_secret},
    KindRow{"Service", "services", namespaced, k_core, read_service},
    KindRow{"ServiceAccount", "serviceaccounts", namespaced, k_core, read_service_account},
    KindRow{"StatefulSet", "", namespaced, k_apps, read_replicated},
};

}  // namespace

std::span<const KindRow> all_kinds() { return k_kinds; }

const KindRow* find_kind(std::string_view group, std::string_view kind) {
  const auto row = std::lower_bound(k_kinds.begin(), k_kinds.end(), kind,
                                    [](const KindRow& known, std::string_view wanted) { return known.kind < wanted; });
  if (row == k_kinds.end() || row->kind != kind) return nullptr;
  return std::find(row->groups.begin(), row->groups.end(), group) == row->groups.end() ? nullptr : &*row;
}

}  // namespace postern::ingest::kubernetes
