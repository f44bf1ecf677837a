// SPDX-License-Identifier: Apache-2.0
// Variables, arguments and commands.
#include <doctest/doctest.h>

#include <string>

#include "../fact_text.h"

namespace postern::ingest {
namespace {

using test::facts_of;

std::string pod_with(const std::string& container) {
  return "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: n}\nspec:\n  containers:\n  - name: c\n    image: i\n" +
         container;
}

TEST_CASE("variables of every source") {
  CHECK(facts_of(pod_with(R"(
    env:
    - {name: PLAIN, value: "8080"}
    - {name: EMPTY}
    - {name: API, value: "http://$(HOST):80"}
    - {name: FROM_MAP, valueFrom: {configMapKeyRef: {name: conf, key: level}}}
    - {name: FROM_SECRET, valueFrom: {secretKeyRef: {name: cred, key: pw, optional: true}}}
    - {name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
    - {name: CORES, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
    envFrom:
    - {prefix: A_, configMapRef: {name: all}}
    - {secretRef: {name: secrets, optional: true}}
)")) == R"(
setting n/p/c environment literal PLAIN = 8080
setting n/p/c environment literal EMPTY = 
setting n/p/c environment literal API = http://$(HOST):80
reference n/p mounts n/configmaps/conf (environment variable FROM_MAP)
setting n/p/c environment configuration_key FROM_MAP =  from n/configmaps/conf/level
reference n/p mounts n/secrets/cred (environment variable FROM_SECRET) optional
setting n/p/c environment secret_key FROM_SECRET =  from n/secrets/cred/pw optional
setting n/p/c environment runtime NODE = field:spec.nodeName
setting n/p/c environment runtime CORES = resource:limits.cpu
reference n/p mounts n/configmaps/all (envFrom)
setting n/p/c environment all_configuration  =  from n/configmaps/all/A_
reference n/p mounts n/secrets/secrets (envFrom) optional
setting n/p/c environment all_secret  =  from n/secrets/secrets/ optional
entity n/p service name=p namespace=n container_name:c image:i
  c.container_role = main
  c.environment[API] = http://$(HOST):80
  c.environment[CORES] = resource:limits.cpu
  c.environment[EMPTY] = 
  c.environment[FROM_MAP] = configmap:conf/level
  c.environment[FROM_SECRET] = secret:cred/pw
  c.environment[NODE] = field:spec.nodeName
  c.environment[PLAIN] = 8080
  c.environment_from = [configmap:all, secret:secrets]
  c.image = i
  service_account = default
  workload_kind = Pod
)");
}

TEST_CASE("secrets in variables are named and withheld") {
  const std::string text = facts_of(pod_with(R"yaml(
    env:
    - {name: DB_PASSWORD, value: canary-4711}
    - {name: DATABASE_URL, value: "postgres://app:canary-4712@db:5432/shop"}
    - {name: OTHER_PASSWORD, value: "$(DB_PASSWORD)"}
)yaml"));
  CAPTURE(text);
  CHECK(text.find("canary") == std::string::npos);
  CHECK(text.find("DB_PASSWORD = <opaque> secret:password\n") != std::string::npos);
  CHECK(text.find("DATABASE_URL = postgres://app:***@db:5432/shop secret:connection-credential\n") != std::string::npos);
  CHECK(text.find("environment[DB_PASSWORD] = (secret)\n") != std::string::npos);
  CHECK(text.find("environment[DATABASE_URL] = (secret)\n") != std::string::npos);
  CHECK(text.find("environment[OTHER_PASSWORD] = $(DB_PASSWORD)\n") != std::string::npos);
  CHECK(text.find("c.plaintext_secrets = [DATABASE_URL, DB_PASSWORD]\n") != std::string::npos);
}

TEST_CASE("arguments and commands keep their order and lose their secrets") {
  const std::string text = facts_of(pod_with(R"(
    command: [sh, -c, "run --token=canary-tok-12345678 --host db:5432"]
    args: [--password, canary-4711, --target, "http://api:80", "postgres://u:canary-4712@db/x", 5]
)"));
  CAPTURE(text);
  CHECK(text.find("canary") == std::string::npos);
  CHECK(text.find("c.args = [--password, ***, --target, http://api:80, postgres://u:***@db/x, 5]\n") != std::string::npos);
  CHECK(text.find("argument literal 1 = <opaque> secret:password\n") != std::string::npos);
  CHECK(text.find("command literal 2 = run --token=*** --host db:5432 secret:token\n") != std::string::npos);
  CHECK(text.find("--password") != std::string::npos);
}

TEST_CASE("secrets beside variables are hidden and named") {
  const std::string text = facts_of(R"(
apiVersion: v1
kind: Pod
metadata: {name: p, namespace: n}
spec:
  containers:
  - name: c
    image: user:canary@registry.example.org/app@sha256:0000000000000000000000000000000000000000000000000000000000000000
    livenessProbe: {httpGet: {port: 80, path: /x?token=canary-4711, httpHeaders: [{name: Authorization, value: Bearer canary-1}]}}
    readinessProbe: {httpGet: {port: 80, path: /ready, httpHeaders: [{name: Accept, value: text/html}]}}
    env: [{name: PORT, value: canary0123456789Canary}, {name: REPORT_PORT, value: "8080"}]
)");
  CHECK(text.find("canary") == std::string::npos);
  CHECK(text.find("c.image = registry.example.org/app@sha256:0000") != std::string::npos);
  CHECK(text.find("c.plaintext_secrets = [PORT, image, livenessProbe Authorization, livenessProbe path]\n") != std::string::npos);
  CHECK(text.find("c.environment[REPORT_PORT] = 8080\n") != std::string::npos);
}

TEST_CASE("unquoted numbers and wrong shapes are spoken of") {
  const std::string text = facts_of(pod_with(R"(
    env:
    - {name: PORT, value: 8080}
    - {value: x}
    - plain
    - {name: Z, valueFrom: {secretKeyRef: {name: s}}}
    args: [[nested], {a: b}]
)"));
  CAPTURE(text);
  CHECK(text.find("environment[PORT] = 8080\n") != std::string::npos);
  CHECK(text.find("P1212 warning 10:27 'value' is integer, expected text\n") != std::string::npos);
  CHECK(text.find("P1202 error 11:7 'name' is required and not there\n") != std::string::npos);
  CHECK(text.find("P1201 error 12:7 'env' is string, expected a mapping\n") != std::string::npos);
  CHECK(text.find("P1202 error 13:43 'key' is required and not there\n") != std::string::npos);
  CHECK(text.find("P1201 error 14:12 'args' is sequence, expected text\n") != std::string::npos);
}

}  // namespace
}  // namespace postern::ingest
