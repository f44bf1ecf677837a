// SPDX-License-Identifier: Apache-2.0
// Everything that runs pods: attributes, aliases, references.
#include <doctest/doctest.h>

#include "../fact_text.h"

namespace postern::ingest {
namespace {

using test::facts_of;
using test::troubles_of;

TEST_CASE("a Deployment with one container") {
  CHECK(facts_of(R"(
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations: {postern.dev/tier: high, postern.dev/data: "PII, PCI"}
  labels: {team: checkout}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata:
      labels: {tier: front, app: web}
    spec:
      serviceAccountName: web-sa
      automountServiceAccountToken: false
      hostNetwork: true
      imagePullSecrets: [{name: registry}]
      securityContext: {runAsUser: 1000, runAsGroup: 2000, fsGroup: 3000, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      containers:
      - name: server
        image: registry.example/web:1.2
        ports: [{containerPort: 8080}, {containerPort: 53, protocol: UDP, hostPort: 5353}]
        command: ["/bin/web", "--fast"]
        resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {cpu: 0.5, memory: 1Gi, ephemeral-storage: 1G}}
        securityContext:
          privileged: false
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          capabilities: {drop: [ALL], add: [NET_BIND_SERVICE, CHOWN]}
          seccompProfile: {type: Localhost, localhostProfile: a.json}
        livenessProbe: {httpGet: {path: healthz, port: 8080, scheme: HTTPS}, periodSeconds: 3}
        readinessProbe: {tcpSocket: {port: http}}
        startupProbe: {exec: {command: [cat, /tmp/up]}}
)") == R"(
reference shop/web assumes shop/serviceaccounts/web-sa (serviceAccountName)
reference shop/web mounts shop/secrets/registry (imagePullSecrets) optional
setting shop/web/server command literal 0 = /bin/web
setting shop/web/server command literal 1 = --fast
entity shop/web service name=web namespace=shop app=web tier=front container_name:server image:registry.example/web:1.2
  server.allow_privilege_escalation = false
  automount_service_account_token = false
  server.capabilities_added = [CHOWN, NET_BIND_SERVICE]
  server.capabilities_dropped = [ALL]
  server.command = [/bin/web, --fast]
  server.container_role = main
  server.cpu_limit = 500
  server.cpu_request = 100
  data_classes = [PCI, PII]
  server.ephemeral_storage_limit = 1000000000
  fs_group = 3000
  host_network = true
  server.host_ports = [5353]
  server.image = registry.example/web:1.2
  server.liveness_probe = https :8080/healthz
  server.memory_limit = 1073741824
  server.memory_request = 67108864
  owner = checkout
  server.ports = [53/UDP, 8080/TCP]
  server.privileged = false
  server.read_only_root_filesystem = true
  server.readiness_probe = tcp :http
  replicas = 3
  run_as_group = 2000
  run_as_non_root = true
  run_as_user = 1000
  seccomp_profile = RuntimeDefault
  server.seccomp_profile = Localhost:a.json
  service_account = web-sa
  server.startup_probe = exec cat /tmp/up
  tier = high
  workload_kind = Deployment
)");
}

TEST_CASE("a Pod, with init, sidecar and ephemeral containers, and no namespace") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: Pod
metadata: {name: p, labels: {b: "2", a: "1"}}
spec:
  hostname: h
  subdomain: s
  initContainers:
  - {name: prepare, image: busybox}
  - {name: proxy, image: envoy, restartPolicy: Always}
  containers:
  - {name: main, image: app}
  ephemeralContainers:
  - {name: debug, image: shell}
)") == R"(
entity default/p service name=p namespace=default? a=1 b=2 dns_name:h.s container_name:prepare image:busybox container_name:proxy image:envoy container_name:main image:app container_name:debug image:shell
  debug.container_role = ephemeral
  main.container_role = main
  prepare.container_role = init
  proxy.container_role = sidecar
  debug.image = shell
  main.image = app
  prepare.image = busybox
  proxy.image = envoy
  service_account = default
  workload_kind = Pod
)");
}

TEST_CASE("naming the service account default is no reference that could dangle") {
  const std::string text = facts_of(R"(
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {serviceAccount: default, containers: []}
)");
  CHECK(text.find("reference default/p assumes default/serviceaccounts/default (serviceAccount) optional\n") != std::string::npos);
}

TEST_CASE("volumes of every kind") {
  CHECK(facts_of(R"(
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  serviceName: db
  template:
    spec:
      volumes:
      - {name: a, emptyDir: {}}
      - {name: b, hostPath: {path: /var/run/docker.sock}}
      - {name: c, configMap: {name: conf, optional: true}}
      - {name: d, secret: {secretName: cred}}
      - {name: e, persistentVolumeClaim: {claimName: data}}
      - {name: f, projected: {sources: [{secret: {name: tls}}, {configMap: {name: kube-root-ca.crt}}, {serviceAccountToken: {path: t}}]}}
      - {name: g, csi: {driver: secrets-store.csi.k8s.io, volumeAttributes: {secretProviderClass: vault}}}
      - {name: h, nfs: {server: files.example.org, path: /x}}
      - {name: i, awsElasticBlockStore: {volumeID: v}}
      - {name: j}
      - {name: store, persistentVolumeClaim: {claimName: replaced}}
      containers: [{name: c, image: i}]
  volumeClaimTemplates:
  - {metadata: {name: store}}
)") == R"(
reference default/db mounts default/configmaps/conf (volume c) optional
reference default/db mounts default/secrets/cred (volume d)
reference default/db mounts default/persistentvolumeclaims/data (volume e)
reference default/db mounts default/secrets/tls (volume f)
reference default/db mounts default/configmaps/kube-root-ca.crt (volume f) optional
reference default/db mounts default/secretproviderclasses/vault (volume g) optional
mention default/db volume h: nfs://files.example.org:0//x   url
entity default/db service name=db namespace=default? container_name:c image:i
  c.container_role = main
  c.image = i
  service_account = default
  volumes = [awsElasticBlockStore, configMap:conf, csi:secrets-store.csi.k8s.io:vault, emptyDir, hostPath:/var/run/docker.sock, nfs:files.example.org:/x, persistentVolumeClaim:data, projected, secret:cred, volumeClaimTemplate:store]
  workload_kind = StatefulSet
)");
}

TEST_CASE("Job and CronJob are jobs") {
  CHECK(facts_of(R"(
apiVersion: batch/v1
kind: Job
metadata: {generateName: migrate-}
spec: {template: {metadata: {labels: {app: m}}, spec: {containers: [{name: c, image: i}]}}}
---
apiVersion: batch/v2alpha1
kind: CronJob
metadata: {name: nightly}
spec: {schedule: "0 3 * * *", jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: i}]}}}}}
)") == R"(
entity default/migrate- job name=migrate- namespace=default? app=m container_name:c image:i
  c.container_role = main
  c.image = i
  service_account = default
  workload_kind = Job
entity default/nightly job name=nightly namespace=default? container_name:c image:i
  c.container_role = main
  c.image = i
  schedule = 0 3 * * *
  service_account = default
  workload_kind = CronJob
P1206 note 4:26 the name is chosen when the object is created; it is known here as "migrate-"
)");
}

TEST_CASE("superseded versions and all replicated kinds are read") {
  for (const char* type : {"apps/v1beta1 Deployment", "apps/v1beta2 DaemonSet", "extensions/v1beta1 ReplicaSet",
                           "v1 ReplicationController", "argoproj.io/v1alpha1 Rollout", "apps/v1 StatefulSet"}) {
    CAPTURE(type);
    const std::string text = type;
    const std::size_t blank = text.find(' ');
    const std::string read = facts_of("apiVersion: " + text.substr(0, blank) + "\nkind: " + text.substr(blank + 1) +
                                      "\nmetadata: {name: x}\nspec: {template: {spec: {containers: [{name: c, image: i}]}}}\n");
    CHECK(read.find("entity default/x service") != std::string::npos);
    CHECK(read.find("c.image = i") != std::string::npos);
    CHECK(read.find("workload_kind = " + text.substr(blank + 1)) != std::string::npos);
  }
}

TEST_CASE("a Rollout may take its pods from a Deployment") {
  CHECK(facts_of(R"(
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec: {replicas: 2, workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web-template}}
)") == R"(
reference default/web scales default/web-template (workloadRef)
entity default/web service name=web namespace=default?
  replicas = 2
  workload_kind = Rollout
)");
}

TEST_CASE("a process of a Windows node has all its privileges") {
  const std::string text = facts_of(R"(
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, securityContext: {windowsOptions: {hostProcess: true}}}]}
)");
  CHECK(text.find("  c.privileged = true\n") != std::string::npos);
}

TEST_CASE("wrong types are errors with a place, and the rest is still read") {
  CHECK(facts_of(R"(apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: "three"
  template:
    spec:
      hostNetwork: "true"
      volumes: x
      containers:
      - name: a
        image: i
        ports: [{containerPort: 70000}, 5]
        resources: {limits: {cpu: lots, memory: [1]}}
        securityContext: {privileged: 1, runAsUser: root}
        livenessProbe: always
      - image: without-name
      initContainers: {}
)") == R"(
entity default/web service name=web namespace=default? container_name:a image:i
  a.container_role = main
  a.image = i
  service_account = default
  workload_kind = Deployment
P1201 error 5:13 'replicas' is string "three", expected an integer
P1201 error 8:20 'hostNetwork' is string "true", expected true or false
P1201 error 9:16 'volumes' is string, expected a sequence
P1201 error 18:23 'initContainers' is mapping, expected a sequence
P1211 error 13:33 'containerPort' is 70000, expected 1 to 65535
P1201 error 13:41 'ports' is integer, expected a mapping
P1208 error 14:35 'cpu' is "lots", expected a quantity
P1201 error 14:49 'memory' is sequence, expected a quantity
P1201 error 15:39 'privileged' is integer "1", expected true or false
P1201 error 15:53 'runAsUser' is string "root", expected an integer
P1201 error 16:24 'livenessProbe' is string, expected a mapping
P1202 error 17:9 'name' is required and not there
)");
}

TEST_CASE("missing parts are errors") {
  CHECK(troubles_of("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n") ==
        "\nP1202 error 1:1 'spec' is required and not there\n");
  CHECK(troubles_of("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {}\n") ==
        "\nP1202 error 4:7 'template' is required and not there\n");
  CHECK(troubles_of("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {}\n") ==
        "\nP1202 error 4:7 'containers' is required and not there\n");
  CHECK(troubles_of("apiVersion: v1\nkind: Pod\nmetadata: {}\nspec: {containers: []}\n") ==
        "\nP1202 error 3:11 'metadata.name' is required and not there\n");
  CHECK(troubles_of("apiVersion: v1\nkind: Pod\nspec: {containers: []}\n") ==
        "\nP1202 error 1:1 'metadata.name' is required and not there\n");
}

TEST_CASE("misspelt security fields are pointed out") {
  CHECK(troubles_of(R"(apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  hostnetwork: true
  hostAliases: []
  securityContext: {runAsNonroot: true, privileged: false, fsGroup: 1}
  containers:
  - name: c
    image: i
    securitycontext: {}
    securityContext: {readonlyRootFilesystem: true, fsGroup: 2, unheardOf: 1}
)") == R"(
P1209 warning 5:3 'hostnetwork' is no known field, and so has no effect
P1209 warning 7:21 'runAsNonroot' is no field of securityContext, and so has no effect
P1215 warning 7:41 'privileged' has no effect here: it belongs into the securityContext of the container
P1209 warning 11:5 'securitycontext' is no known field, and so has no effect
P1209 warning 12:23 'readonlyRootFilesystem' is no field of securityContext, and so has no effect
P1215 warning 12:53 'fsGroup' has no effect here: it belongs into the securityContext of the pod
)");
}

TEST_CASE("evidence is the place of the value") {
  const test::Reading reading =
      test::read("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: c\n    image: i\n");
  const auto& entity = std::get<model::EntityFact>(reading.file.input.facts.front());
  for (const model::Attribute& row : entity.attributes) {
    if (row.definition != &model::attribute::image) continue;
    CHECK(base::to_string(row.location) == "a.yaml:8:12");
  }
  CHECK(base::to_string(entity.location) == "a.yaml:1:1");
}

}  // namespace
}  // namespace postern::ingest
