// SPDX-License-Identifier: Apache-2.0
// Services, Endpoints, Ingresses and NetworkPolicies.
#include <doctest/doctest.h>

#include <string>

#include "../fact_text.h"

namespace postern::ingest {
namespace {

using test::facts_of;
using test::troubles_of;

TEST_CASE("a Service routes to what it selects") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {tier: front, app: web}
  sessionAffinity: ClientIP
  ports:
  - {name: http, port: 80, targetPort: 8080}
  - {port: 53, protocol: UDP}
  - {name: named, port: 81, targetPort: admin}
)") == R"(
selector default/services/web routes_to in default: app=web, tier=front
entity default/services/web endpoint name=web namespace=default?
  endpoint_type = ClusterIP
  ports = [53->53/UDP, http:80->8080/TCP, named:81->admin/TCP]
  selector = [app=web, tier=front]
)");
}

TEST_CASE("load balancers, node ports, outside addresses") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: Service
metadata:
  name: lb
  namespace: n
  annotations:
    service.beta.kubernetes.io/azure-load-balancer-internal: "true"
    external-dns.alpha.kubernetes.io/hostname: a.example.org, b.example.org
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: [10.0.0.0/8, 192.168.0.0/16]
  externalIPs: [203.0.113.5]
  ports: [{port: 443, targetPort: 443, nodePort: 30443}, {port: 80, nodePort: 0}]
)") == R"(
entity n/services/lb endpoint name=lb namespace=n host:a.example.org host:b.example.org
  endpoint_type = LoadBalancer
  external_ips = [203.0.113.5]
  internal_load_balancer = true
  load_balancer_source_ranges = [10.0.0.0/8, 192.168.0.0/16]
  node_ports = [30443]
  ports = [443->443/TCP, 80->80/TCP]
)");
}

TEST_CASE("annotations of many clouds make a load balancer internal, and their negations do not") {
  const auto with = [](const std::string& annotation, const std::string& value) {
    return facts_of("apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  annotations: {" + annotation + ": \"" + value +
                    "\"}\nspec: {type: LoadBalancer, ports: [{port: 1}]}\n")
               .find("internal_load_balancer = true") != std::string::npos;
  };
  CHECK(with("networking.gke.io/load-balancer-type", "Internal"));
  CHECK(with("cloud.google.com/load-balancer-type", "Internal"));
  CHECK(with("service.beta.kubernetes.io/aws-load-balancer-internal", "0.0.0.0/0"));
  CHECK(with("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"));
  CHECK(with("service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", "private"));
  CHECK_FALSE(with("service.beta.kubernetes.io/aws-load-balancer-internal", "false"));
  CHECK_FALSE(with("service.beta.kubernetes.io/aws-load-balancer-scheme", "internet-facing"));
  CHECK_FALSE(with("service.beta.kubernetes.io/azure-load-balancer-internal", "false"));
  CHECK_FALSE(with("example.org/internal", "true"));
}

TEST_CASE("headless and external Services") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: Service
metadata: {name: h}
spec: {clusterIP: None, selector: {a: b}, ports: [{port: 1}]}
---
apiVersion: v1
kind: Service
metadata: {name: x}
spec: {type: ExternalName, externalName: db.example.org, selector: {ignored: here}}
)") == R"(
selector default/services/h routes_to in default: a=b
entity default/services/h endpoint name=h namespace=default?
  endpoint_type = ClusterIP
  headless = true
  ports = [1->1/TCP]
  selector = [a=b]
entity default/services/x endpoint name=x namespace=default?
  endpoint_type = ExternalName
  external_name = db.example.org
)");
}

TEST_CASE("endpoints are facts about their Service") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: Endpoints
metadata: {name: legacy}
subsets:
- addresses: [{ip: 10.1.2.3}, {ip: 10.1.2.4, targetRef: {kind: Pod, name: p-0}}]
  ports: [{port: 5432}, {port: 9187}]
---
apiVersion: discovery.k8s.io/v1beta1
kind: EndpointSlice
metadata: {name: legacy-x, labels: {kubernetes.io/service-name: legacy}}
addressType: FQDN
endpoints: [{addresses: [DB.example.org]}]
ports: []
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: nobodys}
endpoints: [{addresses: [10.0.0.1]}]
)") == R"(
mention default/services/legacy Endpoints: ://10.1.2.3:5432/   host-port
mention default/services/legacy Endpoints: ://10.1.2.3:9187/   host-port
reference default/services/legacy routes_to default/p-0 (Endpoints) optional
mention default/services/legacy EndpointSlice: ://db.example.org:0/   host-port
)");
}

TEST_CASE("an Ingress leads from hosts and paths to Services") {
  CHECK(facts_of(R"(
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: edge
  namespace: n
  annotations: {nginx.ingress.kubernetes.io/whitelist-source-range: "10.0.0.0/8,192.168.0.0/16"}
spec:
  ingressClassName: nginx
  tls: [{hosts: [Shop.example.org], secretName: cert}]
  defaultBackend: {service: {name: fallback, port: {number: 80}}}
  rules:
  - host: Shop.example.org
    http:
      paths:
      - {path: /api, pathType: Prefix, backend: {service: {name: api, port: {name: http}}}}
      - {pathType: Prefix, backend: {resource: {kind: Bucket, name: b}}}
  - http: {paths: [{path: /x, backend: {service: {name: any, port: {number: 81}}}}]}
)") == R"(
reference n/ingresses/edge mounts n/secrets/cert (tls) optional
reference n/ingresses/edge routes_to n/services/fallback (*) ports = [80]
reference n/ingresses/edge routes_to n/services/api (shop.example.org/api)
reference n/ingresses/edge routes_to n/services/any (*/x) ports = [81]
entity n/ingresses/edge gateway name=edge namespace=n host:shop.example.org
  gateway_source_ranges = [10.0.0.0/8, 192.168.0.0/16]
  hosts = [shop.example.org]
  ingress_class = nginx
  paths = [* -> fallback:80, */x -> any:81, shop.example.org/ -> Bucket/b, shop.example.org/api -> api:http]
  tls_hosts = [shop.example.org]
)");
}

TEST_CASE("an Ingress of the time before v1") {
  CHECK(facts_of(R"(
apiVersion: extensions/v1beta1
kind: Ingress
metadata: {name: old, annotations: {kubernetes.io/ingress.class: gce-internal}}
spec:
  backend: {serviceName: fallback, servicePort: 80}
  rules: [{host: a.example.org, http: {paths: [{path: /, backend: {serviceName: web, servicePort: http}}]}}]
)") == R"(
reference default/ingresses/old routes_to default/services/fallback (*) ports = [80]
reference default/ingresses/old routes_to default/services/web (a.example.org/)
entity default/ingresses/old gateway name=old namespace=default? host:a.example.org
  gateway_internal = true
  hosts = [a.example.org]
  ingress_class = gce-internal
  paths = [* -> fallback:80, a.example.org/ -> web:http]
)");
}

TEST_CASE("an IngressClass names its controller") {
  CHECK(facts_of("apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: n}\nspec: {controller: "
                 "k8s.io/ingress-nginx}\n") ==
        "\nentity ingressclasses/n ingress_class name=n namespace= resource_name:k8s.io/ingress-nginx\n");
}

TEST_CASE("a NetworkPolicy with every selector, blocks and intervals of ports") {
  CHECK(facts_of(R"(
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db}
spec:
  podSelector: {matchLabels: {app: db}, matchExpressions: [{key: tier, operator: NotIn, values: [b, a]}]}
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - {podSelector: {matchLabels: {app: web}}}
    - {namespaceSelector: {}, podSelector: {matchExpressions: [{key: x, operator: Exists}]}}
    - {ipBlock: {cidr: 10.0.0.0/8, except: [10.2.0.0/16, 10.1.0.0/16]}}
    ports: [{port: 8000, endPort: 9000}, {port: 5432}, {port: metrics}, {protocol: UDP}]
  egress: [{}]
)") == R"(
entity default/networkpolicies/db network_policy name=db namespace=default?
  egress_rules = [to anywhere]
  ingress_rules = [from 10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/16; pods app=web; pods x in namespaces * ports 5432/TCP, 8000-9000/TCP, any/UDP, metrics/TCP]
  policy_types = [Egress, Ingress]
  selector = [app=db, tier not in (a, b)]
policy default/networkpolicies/db in default: app=db, tier not in (a, b) ingress egress
  in [ {pods app=web namespaces - block } {pods x namespaces * block } {pods - namespaces - block 10.0.0.0/8 !10.1.0.0/16 !10.2.0.0/16} 0-65535/UDP 0-65535/TCP metrics 5432-5432/TCP 8000-9000/TCP ]
  out [ ]
)");
}

TEST_CASE("directions that a NetworkPolicy does not name") {
  const std::string deny =
      facts_of("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: d}\nspec: {podSelector: {}}\n");
  CHECK(deny.find("policy default/networkpolicies/d in default: * ingress\n") != std::string::npos);
  CHECK(deny.find("policy_types = [Ingress]\n  selector = [*]\n") != std::string::npos);
  const std::string both =
      facts_of("apiVersion: extensions/v1beta1\nkind: NetworkPolicy\nmetadata: {name: d}\nspec: {podSelector: {}, egress: [{}]}\n");
  CHECK(both.find("in default: * ingress egress\n") != std::string::npos);
}

TEST_CASE("trouble in objects of the network") {
  CHECK(troubles_of(R"(apiVersion: v1
kind: Service
metadata: {name: a}
spec:
  type: Balancer
  ports: [{name: x}, {port: 0}, {port: "80"}]
  selector: [a]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a}
spec: {rules: [{http: {paths: [{path: /}, {backend: {}}]}}, 7]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a}
spec: {podSelector: {matchExpressions: [{key: a, operator: Like}]}, ingress: [{ports: [{port: 90, endPort: 80}]}]}
)") == R"(
P1201 error 5:9 'type' is string "Balancer", expected ClusterIP, NodePort, LoadBalancer or ExternalName
P1201 error 7:13 'selector' is sequence, expected a mapping
P1202 error 6:11 'port' is required and not there
P1211 error 6:29 'port' is 0, expected 1 to 65535
P1201 error 6:40 'port' is string "80", expected an integer
P1202 error 12:32 'backend' is required and not there
P1202 error 12:53 'service' is required and not there
P1201 error 12:61 'rules' is integer, expected a mapping
P1201 error 17:60 'operator' is "Like", expected In, NotIn, Exists or DoesNotExist
P1211 error 17:108 'endPort' is 80, expected at least 'port'
)");
}

}  // namespace
}  // namespace postern::ingest
