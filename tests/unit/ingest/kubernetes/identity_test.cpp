// SPDX-License-Identifier: Apache-2.0
// Accounts, roles and bindings; budgets, autoscalers, claims, namespaces.
#include <doctest/doctest.h>

#include "../fact_text.h"

namespace postern::ingest {
namespace {

using test::facts_of;
using test::troubles_of;

TEST_CASE("a ServiceAccount with its identity in a cloud") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: ServiceAccount
metadata: {name: web, namespace: n, annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/web"}}
automountServiceAccountToken: false
)") == R"(
reference n/serviceaccounts/web assumes cloud-identity:arn:aws:iam::1:role/web (eks.amazonaws.com/role-arn)
entity n/serviceaccounts/web identity name=web namespace=n resource_name:arn:aws:iam::1:role/web
  automount_service_account_token = false
)");
}

TEST_CASE("roles say what they allow in one order") {
  CHECK(facts_of(R"(
apiVersion: rbac.authorization.k8s.io/v1beta1
kind: Role
metadata: {name: r, namespace: n}
rules:
- {apiGroups: [""], resources: [secrets, pods], verbs: [list, get]}
- {apiGroups: ["apps", ""], resources: ["*"], verbs: ["*"], resourceNames: [x]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all, labels: {part: "yes"}}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {aggregate: "true"}}]}
rules: [{nonResourceURLs: [/metrics], verbs: [get]}]
)") == R"(
entity n/roles/r role name=r namespace=n
  rules = [verbs: * resources: * groups: core,apps names: x, verbs: get,list resources: pods,secrets]
entity clusterroles/all role name=all namespace= part=yes
  rules = [aggregates roles: aggregate=true, verbs: get urls: /metrics]
)");
}

TEST_CASE("bindings lead to a role and to accounts, and name other subjects") {
  CHECK(facts_of(R"(
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b, namespace: n}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
subjects:
- {kind: ServiceAccount, name: web}
- {kind: ServiceAccount, name: default, namespace: other}
- {kind: Group, name: "system:authenticated"}
- {kind: User, name: "system:serviceaccount:m:job"}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: c}
roleRef: {kind: ClusterRole, name: cluster-admin}
)") == R"(
reference n/rolebindings/b binds n/roles/r (roleRef)
reference n/rolebindings/b binds n/serviceaccounts/web (subject)
reference n/rolebindings/b binds other/serviceaccounts/default (subject)
reference n/rolebindings/b binds group:system:authenticated (subject)
reference n/rolebindings/b binds m/serviceaccounts/job (subject)
entity n/rolebindings/b role_binding name=b namespace=n
  bound_subjects = [Group:system:authenticated, User:system:serviceaccount:m:job]
reference clusterrolebindings/c binds clusterroles/cluster-admin (roleRef)
entity clusterrolebindings/c role_binding name=c namespace=
)");
}

TEST_CASE("how pods are kept apart") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: n}
spec:
  containers: [{name: c, image: i}]
  topologySpreadConstraints:
  - {topologyKey: topology.kubernetes.io/zone, maxSkew: 2, whenUnsatisfiable: ScheduleAnyway, labelSelector: {}}
  - {topologyKey: kubernetes.io/hostname}
  affinity:
    podAntiAffinity:
      requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: p}}}]
      preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: z}}]
)")
            .find("  anti_affinity = [preferred z *, required kubernetes.io/hostname app=p]\n") != std::string::npos);
}

TEST_CASE("autoscalers, budgets, claims, namespaces") {
  CHECK(facts_of(R"(
apiVersion: autoscaling/v2beta2
kind: HorizontalPodAutoscaler
metadata: {name: h}
spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: p}
spec: {minAvailable: 50%, maxUnavailable: 1, selector: {matchLabels: {app: web}}}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: c}
spec: {accessModes: [ReadWriteOnce, ReadOnlyMany], storageClassName: fast, resources: {requests: {storage: 10Gi}}}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: a, pod-security.kubernetes.io/enforce: restricted}}
)") == R"(
reference default/horizontalpodautoscalers/h scales default/web (scaleTargetRef)
entity default/horizontalpodautoscalers/h autoscaler name=h namespace=default?
  max_replicas = 9
  min_replicas = 2
selector default/poddisruptionbudgets/p protects in default: app=web
entity default/poddisruptionbudgets/p disruption_budget name=p namespace=default?
  max_unavailable = 1
  min_available = 50%
entity default/persistentvolumeclaims/c volume name=c namespace=default?
  access_modes = [ReadOnlyMany, ReadWriteOnce]
  storage_class = fast
  storage_request = 10737418240
entity namespaces/shop namespace name=shop namespace= kubernetes.io/metadata.name=shop pod-security.kubernetes.io/enforce=restricted team=a
  owner = a
  pod_security = restricted
)");
}

TEST_CASE("an empty selector of a budget means everything since policy/v1, and nothing before") {
  const std::string tail = "\nkind: PodDisruptionBudget\nmetadata: {name: p}\nspec: {selector: {}}\n";
  CHECK(facts_of("apiVersion: policy/v1" + tail).find("selector default/poddisruptionbudgets/p protects in default: *\n") !=
        std::string::npos);
  CHECK(facts_of("apiVersion: policy/v1beta1" + tail).find("selector ") == std::string::npos);
  CHECK(facts_of("apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: p}\nspec: {}\n").find("selector ") ==
        std::string::npos);
}

TEST_CASE("trouble in bindings and autoscalers") {
  CHECK(troubles_of(R"(apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: b}
subjects: [{kind: User}]
---
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: {name: h}
spec: {maxReplicas: many}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: r}
rules: [{verbs: get}]
)") == R"(
P1202 error 1:1 'roleRef' is required and not there
P1202 error 4:12 'name' is required and not there
P1201 error 9:21 'maxReplicas' is string "many", expected an integer
P1202 error 9:7 'scaleTargetRef' is required and not there
P1201 error 14:17 'verbs' is string, expected a sequence
)");
}

}  // namespace
}  // namespace postern::ingest
