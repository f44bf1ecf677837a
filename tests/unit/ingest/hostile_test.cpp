// SPDX-License-Identifier: Apache-2.0
// Inputs that want to break the reader, to hide, or to carry a secret out.
#include <doctest/doctest.h>

#include <string>

#include "fact_text.h"

namespace postern::ingest {
namespace {

using test::read;

/// Every type in every place: each field of a rich object is replaced by each of these in turn.
constexpr std::string_view k_rich[] = {
    R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","labels":{"x":"y"},"annotations":{"z":"w"}},"spec":{"replicas":1,"template":{"metadata":{"labels":{"a":"b"}},"spec":{"serviceAccountName":"s","imagePullSecrets":[{"name":"p"}],"volumes":[{"name":"v","projected":{"sources":[{"secret":{"name":"q"}}]}},{"name":"u","csi":{"driver":"d","volumeAttributes":{"secretProviderClass":"c"}}}],"containers":[{"name":"c","image":"i","ports":[{"containerPort":1,"hostPort":2}],"env":[{"name":"E","value":"v"},{"name":"F","valueFrom":{"secretKeyRef":{"name":"n","key":"k"}}}],"envFrom":[{"configMapRef":{"name":"m"}}],"args":["a"],"resources":{"limits":{"cpu":"1"}},"livenessProbe":{"httpGet":{"path":"/","port":1}},"securityContext":{"capabilities":{"add":["X"]},"seccompProfile":{"type":"Unconfined"}}}]}}}})",
    R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"type":"LoadBalancer","selector":{"a":"b"},"ports":[{"name":"n","port":1,"targetPort":"x","nodePort":30000}],"loadBalancerSourceRanges":["r"],"externalIPs":["e"]}})",
    R"({"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"a"},"spec":{"ingressClassName":"c","tls":[{"hosts":["h"],"secretName":"s"}],"defaultBackend":{"service":{"name":"d","port":{"number":1}}},"rules":[{"host":"h","http":{"paths":[{"path":"/","backend":{"service":{"name":"s","port":{"name":"p"}}}}]}}]}})",
    R"({"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"a"},"spec":{"podSelector":{"matchExpressions":[{"key":"k","operator":"In","values":["v"]}]},"policyTypes":["Ingress"],"ingress":[{"from":[{"ipBlock":{"cidr":"c","except":["e"]}}],"ports":[{"port":1,"endPort":2}]}]}})",
    R"({"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"k":"v"},"binaryData":{"b":"AA=="}})",
    R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},"type":"Opaque","data":{"k":"dg=="},"stringData":{"s":"t"}})",
    R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"a"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"a":"b"}}]},"rules":[{"verbs":["get"],"resources":["r"]}]})",
    R"({"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"a"},"roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"ServiceAccount","name":"s","namespace":"n"}]})",
    R"({"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"a"},"subsets":[{"addresses":[{"ip":"1.2.3.4","targetRef":{"kind":"Pod","name":"p"}}],"ports":[{"port":1}]}]})",
    R"({"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"a"},"spec":{"schedule":"* * * * *","jobTemplate":{"spec":{"template":{"spec":{"containers":[]}}}}}})",
    R"({"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"a"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"a":"b"}}}})",
    R"({"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a","labels":{"l":"m"}}}]})",
};
constexpr std::string_view k_replacements[] = {
    "null", "true", "7", "1e400", "\"\"", "[]", "{}", "[[]]", "[null,1,\"x\",{}]", "{\"x\":{\"y\":[{}]}}", "-99999999999999999999"};

/// The end of the value that begins at `at`, in JSON without blanks.
std::size_t end_of_value(std::string_view text, std::size_t at) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (depth == 0 && i > at && (c == ',' || c == '}' || c == ']')) return i;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return i + 1;
  }
  return text.size();
}

TEST_CASE("any value in any place is survived") {
  std::size_t tried = 0;
  for (const std::string_view object : k_rich) {
    for (std::size_t at = object.find("\":"); at != std::string_view::npos; at = object.find("\":", at + 1)) {
      const std::size_t begin = at + 2;
      const std::size_t end = end_of_value(object, begin);
      for (const std::string_view replacement : k_replacements) {
        std::string text(object.substr(0, begin));
        text.append(replacement).append(object.substr(end));
        const test::Reading reading = read(text, "a.json");
        CHECK(reading.file.outcome != ReadOutcome::nothing);
        ++tried;
      }
    }
  }
  CHECK(tried > 1500);
}

TEST_CASE("truncated at every byte, an object is an error or reads as less, and nothing else") {
  for (const std::string_view object : k_rich) {
    for (std::size_t size = 1; size < object.size(); size += 7) {
      const test::Reading reading = read(object.substr(0, size), "a.json");
      CHECK(reading.file.outcome == ReadOutcome::failed);
      CHECK(reading.sink.has_errors());
    }
  }
}

TEST_CASE("a list of very many items, and items of items, are linear") {
  std::string text = "apiVersion: v1\nkind: List\nitems:\n";
  for (int i = 0; i < 5000; ++i)
    text += "- {apiVersion: v1, kind: Service, metadata: {name: s" + std::to_string(i) + "}, spec: {}}\n";
  CHECK(read(text).file.input.facts.size() == 5000);
  std::string nested;
  for (int i = 0; i < 60; ++i) nested += "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[";
  CHECK(read(nested, "a.json").sink.has_errors());
}

/// A secret in every place where people leave one; each holds the word canary.
constexpr std::string_view k_canaries = R"(
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"password":"canary-annotation"}'
    note: "password=canary-note"
spec:
  template:
    metadata: {annotations: {token: canary-template-annotation}, labels: {api-token: canary-label-0123456789}}
    spec:
      containers:
      - name: c
        image: user:canary-image@registry.example.org/i:1
        readinessProbe: {httpGet: {port: 1, path: "/x?token=canary-probe-path", httpHeaders: [{name: Authorization, value: Bearer canary-h1}]}}
        env:
        - {name: PORT, value: canary0123456789Canary}
        - {name: DB_PASSWORD, value: canary-password}
        - {name: API_TOKEN, value: canary-token-0123456789}
        - {name: DATABASE_URL, value: "postgresql://user:canary-url@db:5432/x"}
        - {name: JDBC_URL, value: "jdbc:mysql://db/x?user=u&password=canary-jdbc"}
        - {name: CONNECTION, value: "Server=db;User Id=sa;Password=canary-ado;"}
        - {name: CONFIG, value: "{\"password\": \"canary-json\"}"}
        - {name: APP_SETTINGS, value: "a: b\npassword: canary-lines\n"}
        command: [sh, -c, "mysql --password=canary-command -h db"]
        args: ["--api-key=canary-argument-012345", "--password", "canary-next", "https://u:canary-arg-url@h/x"]
        livenessProbe: {exec: {command: [redis-cli, "--password=canary-probe", ping]}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: allowed}
spec:
  rules: [{when: [{key: "request.headers[x-token]", values: [canary-condition-0123456789]}]}]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: denied}
spec:
  action: DENY
  rules: [{when: [{key: "request.headers[authorization]", values: [Bearer canary-denial-0123456789]}]}]
---
apiVersion: v1
kind: Service
metadata: {name: by-secret}
spec: {selector: {api-token: canary-label-0123456789}, ports: [{port: 1}]}
---
apiVersion: v1
kind: Secret
metadata: {name: s, annotations: {password: canary-secret-annotation}}
stringData:
  a: canary-plain
  url: https://user:canary-user@host.example.org/canary-path?x=canary-query
  host: canary-host
  file: "x: 1\npassword: canary-file\nurl: http://a:canary-file-url@b.example.org/canary-file-path\n"
  canary-free: x
data:
  b: Y2FuYXJ5LWVuY29kZWQ=
  URL: aHR0cHM6Ly91OmNhbmFyeS1lbmNvZGVkLXVybEBoLmV4YW1wbGUub3JnL2NhbmFyeS1wYXRo
---
apiVersion: v1
kind: ConfigMap
metadata: {name: m}
data:
  DB_PASSWORD: canary-map
  URL: "amqp://u:canary-map-url@mq:5672"
  app.yaml: |
    db:
      password: canary-map-file
      url: postgres://u:canary-map-file-url@db/x
  app.json: '{"secret": "canary-map-json"}'
)";

TEST_CASE("no secret leaves the door, in no fact and in no message") {
  const test::Reading reading = read(k_canaries);
  CHECK(reading.file.documents == 6);
  std::string text = test::everything(reading);
  // A key's name is no secret, and neither is the host of an address that a key called `host` promises.
  for (const std::string_view allowed : {"canary-free", "canary-host"}) {
    for (std::size_t at = text.find(allowed); at != std::string::npos; at = text.find(allowed)) text.erase(at, allowed.size());
  }
  std::size_t line_begin = 0;
  for (std::size_t at = text.find("canary"); at != std::string::npos; at = text.find("canary", at + 1)) {
    line_begin = text.rfind('\n', at) + 1;
    FAIL_CHECK(text.substr(line_begin, text.find('\n', at) - line_begin));
  }
}

}  // namespace
}  // namespace postern::ingest
