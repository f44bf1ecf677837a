#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a mention means: one row a way of writing it, with the network relation of the architecture that must come of it, or none."""
import json
import pathlib
import tempfile
import unittest

import binary

DATABASE = "orders.abc123.eu-central-1.rds.amazonaws.com"

# Variables of one container of app/web -> relations "KIND TARGET" (technology or store kinds where they matter).
MENTIONS = (
    # a name of a Service
    ({"A_URL": "http://cart.other.svc.cluster.local:80/x"}, {"calls other/cart"}),
    ({"PEER": "cart.other:80"}, {"calls other/cart"}),
    ({"BROKERS": "kafka-0.kafka.app.svc:9092,kafka-1.kafka:9092"}, {"uses app/kafka"}),
    ({"FIRST": "kafka-first:9092"}, {"uses app/kafka"}),
    ({"LAST": "kafka-last:9092"}, {"calls app/services/kafka-last"}),
    ({"OTHER_SVC": "cart:80"}, set()),
    ({"OWN_URL": "http://web:8080"}, set()),
    # a name that nothing declares
    ({"CACHE_HOST": "cache"}, {"calls unresolved/cache"}),
    ({"seed.hosts": "node-a,node-b"}, {"calls unresolved/node-a", "calls unresolved/node-b"}),
    ({"SEARCH_URL": "http://es.logs.svc:9200"}, {"calls unresolved/es.logs"}),
    ({"TARGET": "production"}, set()),
    ({"BACKEND": "memory"}, set()),
    ({"HOST": "web"}, set()),
    ({"DNS_DOMAIN": "cluster.local"}, set()),
    ({"TRUST_DOMAIN": "example.org"}, set()),
    # hosts outside
    ({"IMAGES_URL": "https://images.shop.example"}, {"sends_to external/images.shop.example"}),
    ({"API_HOST": "shop.example"}, {"sends_to external/shop.example"}),
    ({"PROXY_URL": "http://proxy.corp.internal:3128"}, {"sends_to external/proxy.corp.internal"}),
    ({"DB_URL": "postgresql://db.vault.lan/people"}, {"uses external/db.vault.lan"}),
    ({"DB_URL": f"postgresql://{DATABASE}/orders"}, {f"uses external/{DATABASE}"}),
    ({"DB_HOST": "orders-db", "DB_PORT": "5432"}, {f"uses external/{DATABASE}"}),
    ({"SMTP_HOST": "smtp.sendgrid.net"}, {"sends_to external/smtp.sendgrid.net"}),
    ({"MYSQL_SERVICE_IP": "192.0.2.4", "MYSQL_SERVICE_PORT": "3306"}, {"uses external/192.0.2.4"}),
    ({"PARTNER_URL": "http://partner"}, {"sends_to external/203.0.113.9", "sends_to external/in.partner.example"}),
    ({"BILLING_URL": "http://billing.corp.internal"}, {"sends_to external/collect.vendor.example"}),
    ({"SUMMARY_SERVICE_ADDR": "cart.other:80"}, {"calls other/cart"}),
    ({"AUDIENCE": "https://api.shop.example", "OIDC_ISSUER": "https://login.shop.example"}, {"sends_to external/login.shop.example"}),
    # written in disguise
    ({"IMAGES_URL": "https://images%2Eshop%2eexample/x"}, {"sends_to external/images.shop.example"}),
    ({"A_URL": "http://3405803785/x", "B_URL": "http://0xCB.0.113.9/"}, {"sends_to external/203.0.113.9"}),
    # `svc.ns` without more, and what is written alike
    ({"NODE": "cart.other", "LOGGER": "cart.views", "FILE": "cart.yaml"}, {"calls other/cart"}),
    # what Kubernetes puts into every container
    ({"CACHE": "http://$(WEB_API_SERVICE_HOST):$(WEB_API_SERVICE_PORT)"}, {"calls app/services/web-api"}),
    ({"CACHE": "http://$(ABSENT_SERVICE_HOST)/"}, set()),
    # the own pod, and what only looks like an address
    ({"SIDECAR_URL": "http://localhost:8081", "LISTEN": "0.0.0.0:80"}, set()),
    ({"PUBLIC_URL": "https://shop.example.com", "ALLOWED_HOSTS": "a.example.com,b.example.com"}, set()),
    ({"IMAGE": "registry.example.com:5000/app:1.2", "VERSION": "1.2.3", "LOG_LEVEL": "debug"}, set()),
)


# Commands and arguments of one container of app/web -> relations.
COMMANDS = (
    (["sh", "-c", "until nc -z -w 2 kafka 9092; do sleep 1; done"], {"uses app/kafka"}),
    (["sh", "-c", "nc -l 0.0.0.0 8080; echo kafka 9092"], set()),
    (["/usr/bin/psql", "-h", "orders-db", "-U", "app", "shop"], {f"uses external/{DATABASE}"}),
    (["sh", "-c", "set -e\nmysqladmin ping -hcart.other -P 3306 && exec app"], {"calls other/cart"}),
    (["redis-cli", "-h", "cache", "-p", "6379", "ping"], {"calls unresolved/cache"}),
    (["redis-cli", "-h", "127.0.0.1", "ping"], set()),
    (["app", "-h", "cart"], set()),
    (["app", "--peer", "cart.other"], {"calls other/cart"}),
    (["sh", "-c", "curl http://${WEB_API_SERVICE_HOST}/ready"], {"calls app/services/web-api"}),
)


def workload(kind, namespace, name, image="registry.sample.example/app:1", environment=(), command=()):
    labels = {"app": name}
    container = {"name": "main", "image": image, "env": [{"name": key, "value": value} for key, value in environment]}
    if command:
        container["command"] = list(command)
    spec = {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": {"containers": [container]}}}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name, "namespace": namespace}, "spec": spec}


def service(namespace, name, selector=None, **spec):
    content = {"selector": selector or {"app": name}, "ports": [{"port": 80}], **spec}
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "namespace": namespace}, "spec": content}


def pod_of(name):
    return {"app": "kafka", "statefulset.kubernetes.io/pod-name": name}


SURROUNDINGS = (
    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "partner", "namespace": "app"}, "spec": {"ports": [{"port": 80}]}},
    {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "partner", "namespace": "app"},
     "subsets": [{"addresses": [{"ip": "203.0.113.9"}], "ports": [{"port": 80}]}]},
    {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "FQDN", "ports": [{"port": 80}],
     "metadata": {"name": "partner-1", "namespace": "app", "labels": {"kubernetes.io/service-name": "partner"}},
     "endpoints": [{"addresses": ["in.partner.example"]}]},
    {"apiVersion": "networking.istio.io/v1", "kind": "ServiceEntry", "metadata": {"name": "billing", "namespace": "app"},
     "spec": {"hosts": ["billing.corp.internal"], "resolution": "DNS", "endpoints": [{"address": "collect.vendor.example"}],
              "ports": [{"number": 80, "name": "http", "protocol": "HTTP"}]}},
    service("app", "web"), service("app", "web-api"), service("other", "cart"), workload("Deployment", "other", "cart"),
    workload("StatefulSet", "app", "kafka", "apache/kafka:3.8.0"), service("app", "kafka", clusterIP="None"),
    service("app", "kafka-first", pod_of("kafka-0")), service("app", "kafka-last", pod_of("zookeeper-0")),
    {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "orders-db", "namespace": "app"},
     "spec": {"type": "ExternalName", "externalName": DATABASE}},
)


class LinkingTest(unittest.TestCase):
    def map_of(self, objects):
        with tempfile.TemporaryDirectory(prefix="postern-linking-") as name:
            root = pathlib.Path(name)
            (root / "objects.yaml").write_text("".join("---\n" + json.dumps(item) + "\n" for item in objects), encoding="utf-8")
            answer = binary.run(["map", "objects.yaml", "--format", "json", "--application", "linking"], root)
            self.assertEqual(0, answer.code, answer.talk())
            return json.loads(answer.stdout)

    def relations(self, objects, source, family):
        return {f"{relation['kind']} {relation['target']['address']}" for relation in self.map_of(objects)["relations"]
                if relation["source"]["address"] == source and relation["family"] == family}

    def test_mentions(self):
        for environment, expected in MENTIONS:
            with self.subTest(environment=environment):
                web = workload("Deployment", "app", "web", environment=environment.items())
                self.assertEqual(expected, self.relations((web, *SURROUNDINGS), "app/web", "network"))

    def test_what_a_command_calls(self):
        for command, expected in COMMANDS:
            with self.subTest(command=command):
                web = workload("Deployment", "app", "web", command=command)
                self.assertEqual(expected, self.relations((web, *SURROUNDINGS), "app/web", "network"))

    def test_the_technology_of_a_provider_s_host_is_what_its_users_speak(self):
        web = workload("Deployment", "app", "web", environment={"DB_URL": f"postgresql://{DATABASE}/orders"}.items())
        database = next(entity for entity in self.map_of((web,))["entities"] if entity["id"]["address"] == f"external/{DATABASE}")
        found = {row["attribute"]: row["value"] for row in database["attributes"]}
        self.assertEqual(("datastore", "postgres", "eu-central-1"), (database["kind"], found["technology"], found["region"]))

    def test_the_technology_of_an_image(self):
        for image, kind in (("quay.io/x/docker-elasticsearch-kubernetes:1.7", "datastore"), ("x/percona_xtradb_cluster_5_6:beta", "datastore"),
                            ("bitnami/redis:7", "cache"), ("bitnami/redis-exporter:1", "service"), ("x/docker-toolbox:1", "service")):
            with self.subTest(image=image):
                entities = self.map_of((workload("Deployment", "app", "store", image),))["entities"]
                self.assertEqual([kind], [entity["kind"] for entity in entities])

    def test_an_account_that_leaves_its_namespace_to_the_deployment(self):
        account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "robot"}}
        binding = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "robots"},
                   "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
                   "subjects": [{"kind": "ServiceAccount", "name": "robot", "namespace": "tools"}]}
        found = self.relations((account, binding), "clusterrolebindings/robots", "identity")
        self.assertIn("binds default/serviceaccounts/robot", found)
        account["metadata"]["namespace"] = "elsewhere"
        found = self.relations((account, binding), "clusterrolebindings/robots", "identity")
        self.assertIn("binds unresolved/tools/serviceaccounts/robot", found)


if __name__ == "__main__":
    unittest.main()
