// SPDX-License-Identifier: Apache-2.0
// The rows of the table of kinds.
#include <ingest/kubernetes/controllers/kinds.h>
#include <ingest/kubernetes/gateway_api/kinds.h>
#include <ingest/kubernetes/istio/kinds.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/network/kinds.h>
#include <ingest/kubernetes/operators/kinds.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using Text = std::string_view;

constexpr std::array<Text, 2> k_calico = {"projectcalico.org", "crd.projectcalico.org"};
constexpr std::array<Text, 1> k_cilium = {"cilium.io"};
constexpr std::array<Text, 1> k_linkerd = {"policy.linkerd.io"};
constexpr std::array<Text, 1> k_core = {""};
constexpr std::array<Text, 2> k_apps = {"apps", "extensions"};
constexpr std::array<Text, 1> k_argo = {"argoproj.io"};
constexpr std::array<Text, 2> k_autoscaling = {"autoscaling", "extensions"};
constexpr std::array<Text, 2> k_batch = {"batch", "extensions"};
constexpr std::array<Text, 1> k_discovery = {"discovery.k8s.io"};
constexpr std::array<Text, 1> k_contour = {"projectcontour.io"};
constexpr std::array<Text, 2> k_gateway_api = {"gateway.networking.k8s.io", "networking.x-k8s.io"};
constexpr std::array<Text, 1> k_istio_networking = {"networking.istio.io"};
constexpr std::array<Text, 1> k_istio_security = {"security.istio.io"};
constexpr std::array<Text, 1> k_listener_sets = {"gateway.networking.x-k8s.io"};
constexpr std::array<Text, 2> k_networking = {"networking.k8s.io", "extensions"};
constexpr std::array<Text, 1> k_openshift = {"route.openshift.io"};
constexpr std::array<Text, 1> k_policy = {"policy"};
constexpr std::array<Text, 1> k_rbac = {"rbac.authorization.k8s.io"};
constexpr std::array<Text, 2> k_traefik = {"traefik.io", "traefik.containo.us"};

constexpr std::array<Text, 2> k_cert_manager = {"cert-manager.io", "certmanager.k8s.io"};
constexpr std::array<Text, 1> k_cnpg = {"postgresql.cnpg.io"};
constexpr std::array<Text, 1> k_eck = {"elasticsearch.k8s.elastic.co"};
constexpr std::array<Text, 1> k_eck_kibana = {"kibana.k8s.elastic.co"};
constexpr std::array<Text, 1> k_external_secrets = {"external-secrets.io"};
constexpr std::array<Text, 1> k_keda = {"keda.sh"};
constexpr std::array<Text, 1> k_knative = {"serving.knative.dev"};
constexpr std::array<Text, 1> k_mongodb = {"mongodbcommunity.mongodb.com"};
constexpr std::array<Text, 1> k_opstree = {"redis.redis.opstreelabs.in"};
constexpr std::array<Text, 1> k_percona_mongodb = {"psmdb.percona.com"};
constexpr std::array<Text, 1> k_rabbitmq = {"rabbitmq.com"};
constexpr std::array<Text, 1> k_spotahome = {"databases.spotahome.com"};
constexpr std::array<Text, 1> k_strimzi = {"kafka.strimzi.io"};

using enum Scope;

constexpr std::array k_kinds = {
    KindRow{"AuthorizationPolicy", "authorizationpolicies", namespaced, k_istio_security, read_istio_authorization_policy},
    KindRow{"AuthorizationPolicy", "authorizationpolicies.policy.linkerd.io", namespaced, k_linkerd,
            read_linkerd_authorization_policy},
    KindRow{"Certificate", "certificates", namespaced, k_cert_manager, read_certificate},
    KindRow{"CiliumClusterwideNetworkPolicy", "ciliumclusterwidenetworkpolicies", cluster, k_cilium, read_cilium_policy},
    KindRow{"CiliumNetworkPolicy", "ciliumnetworkpolicies", namespaced, k_cilium, read_cilium_policy},
    KindRow{"Cluster", "clusters.postgresql.cnpg.io", namespaced, k_cnpg, read_cnpg_cluster},
    KindRow{"ClusterIssuer", "clusterissuers", cluster, k_cert_manager, read_issuer},
    KindRow{"ClusterRole", "clusterroles", cluster, k_rbac, read_role},
    KindRow{"ClusterRoleBinding", "clusterrolebindings", cluster, k_rbac, read_role_binding},
    KindRow{"ClusterSecretStore", "clustersecretstores", cluster, k_external_secrets, read_secret_store},
    KindRow{"ConfigMap", "configmaps", namespaced, k_core, read_config_map},
    KindRow{"CronJob", "", namespaced, k_batch, read_cron_job},
    KindRow{"DaemonSet", "", namespaced, k_apps, read_replicated},
    KindRow{"Deployment", "", namespaced, k_apps, read_replicated},
    KindRow{"DestinationRule", "destinationrules", namespaced, k_istio_networking, read_istio_destination_rule},
    KindRow{"Elasticsearch", "elasticsearches", namespaced, k_eck, read_elasticsearch},
    KindRow{"EndpointSlice", "endpointslices", namespaced, k_discovery, read_endpoint_slice},
    KindRow{"Endpoints", "endpoints", namespaced, k_core, read_endpoints},
    KindRow{"ExternalSecret", "externalsecrets", namespaced, k_external_secrets, read_external_secret},
    KindRow{"GRPCRoute", "grpcroutes", namespaced, k_gateway_api, read_gateway_route},
    KindRow{"GRPCRoute", "grpcroutes.policy.linkerd.io", namespaced, k_linkerd, read_linkerd_route},
    KindRow{"Gateway", "gateways", namespaced, k_gateway_api, read_gateway},
    KindRow{"Gateway", "gateways.networking.istio.io", namespaced, k_istio_networking, read_istio_gateway},
    KindRow{"GatewayClass", "gatewayclasses", cluster, k_gateway_api, read_gateway_class},
    KindRow{"GlobalNetworkPolicy", "globalnetworkpolicies", cluster, k_calico, read_calico_policy},
    KindRow{"HTTPProxy", "httpproxies", namespaced, k_contour, read_contour_proxy},
    KindRow{"HTTPRoute", "httproutes", namespaced, k_gateway_api, read_gateway_route},
    KindRow{"HTTPRoute", "httproutes.policy.linkerd.io", namespaced, k_linkerd, read_linkerd_route},
    KindRow{"HorizontalPodAutoscaler", "horizontalpodautoscalers", namespaced, k_autoscaling, read_autoscaler},
    KindRow{"Ingress", "ingresses", namespaced, k_networking, read_ingress},
    KindRow{"IngressClass", "ingressclasses", cluster, k_networking, read_ingress_class},
    KindRow{"IngressRoute", "ingressroutes", namespaced, k_traefik, read_traefik_route},
    KindRow{"IngressRouteTCP", "ingressroutetcps", namespaced, k_traefik, read_traefik_route},
    KindRow{"IngressRouteUDP", "ingressrouteudps", namespaced, k_traefik, read_traefik_route},
    KindRow{"Issuer", "issuers", namespaced, k_cert_manager, read_issuer},
    KindRow{"Job", "", namespaced, k_batch, read_job},
    KindRow{"Kafka", "kafkas", namespaced, k_strimzi, read_strimzi_kafka},
    KindRow{"KafkaTopic", "kafkatopics", namespaced, k_strimzi, read_strimzi_topic},
    KindRow{"KafkaUser", "kafkausers", namespaced, k_strimzi, read_strimzi_user},
    KindRow{"Kibana", "kibanas", namespaced, k_eck_kibana, read_kibana},
    KindRow{"ListenerSet", "listenersets", namespaced, k_gateway_api, read_listener_set},
    KindRow{"MeshTLSAuthentication", "meshtlsauthentications", namespaced, k_linkerd, read_linkerd_authentication},
    KindRow{"Middleware", "middlewares", namespaced, k_traefik, read_traefik_middleware},
    KindRow{"MiddlewareTCP", "middlewaretcps", namespaced, k_traefik, read_traefik_middleware},
    KindRow{"MongoDBCommunity", "mongodbcommunity", namespaced, k_mongodb, read_mongodb_community},
    KindRow{"Namespace", "namespaces", cluster, k_core, read_namespace},
    KindRow{"NetworkAuthentication", "networkauthentications", namespaced, k_linkerd, read_linkerd_authentication},
    KindRow{"NetworkPolicy", "networkpolicies.projectcalico.org", namespaced, k_calico, read_calico_policy},
    KindRow{"NetworkPolicy", "networkpolicies", namespaced, k_networking, read_network_policy},
    KindRow{"PeerAuthentication", "peerauthentications", namespaced, k_istio_security, read_istio_peer_authentication},
    KindRow{"PerconaServerMongoDB", "perconaservermongodbs", namespaced, k_percona_mongodb, read_percona_mongodb},
    KindRow{"PersistentVolume", "persistentvolumes", cluster, k_core, read_volume},
    KindRow{"PersistentVolumeClaim", "persistentvolumeclaims", namespaced, k_core, read_volume_claim},
    KindRow{"Pod", "", namespaced, k_core, read_pod_object},
    KindRow{"PodDisruptionBudget", "poddisruptionbudgets", namespaced, k_policy, read_disruption_budget},
    KindRow{"Pooler", "poolers", namespaced, k_cnpg, read_cnpg_pooler},
    KindRow{"RabbitmqCluster", "rabbitmqclusters", namespaced, k_rabbitmq, read_rabbitmq_cluster},
    KindRow{"Redis", "redis", namespaced, k_opstree, read_opstree_redis},
    KindRow{"RedisCluster", "redisclusters", namespaced, k_opstree, read_opstree_redis},
    KindRow{"RedisFailover", "redisfailovers", namespaced, k_spotahome, read_redis_failover},
    KindRow{"RedisReplication", "redisreplications", namespaced, k_opstree, read_opstree_redis},
    KindRow{"ReferenceGrant", "referencegrants", namespaced, k_gateway_api, read_reference_grant},
    KindRow{"ReplicaSet", "", namespaced, k_apps, read_replicated},
    KindRow{"ReplicationController", "", namespaced, k_core, read_replicated},
    KindRow{"RequestAuthentication", "requestauthentications", namespaced, k_istio_security, read_istio_request_authentication},
    KindRow{"Role", "roles", namespaced, k_rbac, read_role},
    KindRow{"RoleBinding", "rolebindings", namespaced, k_rbac, read_role_binding},
    KindRow{"Rollout", "", namespaced, k_argo, read_rollout},
    KindRow{"Route", "routes", namespaced, k_openshift, read_openshift_route},
    KindRow{"ScaledJob", "", namespaced, k_keda, read_scaled_job},
    KindRow{"ScaledObject", "scaledobjects", namespaced, k_keda, read_scaled_object},
    KindRow{"Secret", "secrets", namespaced, k_core, read_secret},
    KindRow{"SecretStore", "secretstores", namespaced, k_external_secrets, read_secret_store},
    KindRow{"Server", "servers", namespaced, k_linkerd, read_linkerd_server},
    KindRow{"ServerAuthorization", "serverauthorizations", namespaced, k_linkerd, read_linkerd_server_authorization},
    KindRow{"Service", "services", namespaced, k_core, read_service},
    KindRow{"Service", "", namespaced, k_knative, read_knative_service},
    KindRow{"ServiceAccount", "serviceaccounts", namespaced, k_core, read_service_account},
    KindRow{"ServiceEntry", "serviceentries", namespaced, k_istio_networking, read_istio_service_entry},
    KindRow{"Sidecar", "sidecars", namespaced, k_istio_networking, read_istio_sidecar},
    KindRow{"StatefulSet", "", namespaced, k_apps, read_replicated},
    KindRow{"TCPRoute", "tcproutes", namespaced, k_gateway_api, read_gateway_route},
    KindRow{"TLSRoute", "tlsroutes", namespaced, k_gateway_api, read_gateway_route},
    KindRow{"TraefikService", "traefikservices", namespaced, k_traefik, read_traefik_service},
    KindRow{"UDPRoute", "udproutes", namespaced, k_gateway_api, read_gateway_route},
    KindRow{"VirtualService", "virtualservices", namespaced, k_istio_networking, read_istio_virtual_service},
    KindRow{"XListenerSet", "xlistenersets", namespaced, k_listener_sets, read_listener_set},
};

static_assert(std::is_sorted(k_kinds.begin(), k_kinds.end(), [](const KindRow& a, const KindRow& b) { return a.kind < b.kind; }));

}  // namespace

std::span<const KindRow> all_kinds() { return k_kinds; }

const KindRow* find_kind(std::string_view group, std::string_view kind) {
  auto row = std::lower_bound(k_kinds.begin(), k_kinds.end(), kind,
                              [](const KindRow& known, std::string_view wanted) { return known.kind < wanted; });
  for (; row != k_kinds.end() && row->kind == kind; ++row) {  // several groups define a kind of the same name
    if (std::find(row->groups.begin(), row->groups.end(), group) != row->groups.end()) return &*row;
  }
  return nullptr;
}

}  // namespace postern::ingest::kubernetes
