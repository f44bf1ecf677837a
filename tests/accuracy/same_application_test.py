#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One application described in several languages has the same services and the same relations.

Names are compared as people mean them: without prefixes of charts, roots and modules, and by a table where two descriptions call one
thing differently. Every difference that remains stands in EXPLAINED with its reason; one that is not there fails, and so does an
explanation of something that does not differ any more. docs/accuracy.md has the same list.
"""
import json
import pathlib
import re
import tempfile
import unittest

import binary

SERVICES = {"service", "job", "function", "datastore", "cache", "queue", "bucket", "application", "external", "third_party", "unresolved"}
# The family of a relation: which of these it is follows from what its target is.
FAMILY = {"calls": "network", "uses": "network", "sends_to": "network"}


def plain(name):
    return re.sub(r"[-_]", "", name.rsplit("/", 1)[-1] if not name.startswith("external/") else name)


def otel_name(address):
    name = re.sub(r"^(opentelemetry-demo|otel-demo)-", "", address.rsplit("/", 1)[-1]) if "external/" not in address else address
    return {"redis": "rediscart", "prometheusserver": "prometheus"}.get(plain(name), plain(name))


RETAIL_NAMES = {"cart": "carts", "catalog_rds": "catalog-db", "dynamodb_carts": "carts-db", "checkout_elasticache_redis": "checkout-redis",
                "orders_rds": "orders-db", "mq": "rabbitmq", "catalog_opensearch": "opensearch"}


def retail_name(address):
    """`ecs.default:module.retail_app_ecs.module.carts_service.aws_ecs_service.this` is `carts`."""
    parts = [part for part in re.split(r"[.:]", address) if part not in {"module", "this", "aws_ecs_service"}]
    name = re.sub(r"^app_runner_|_service$", "", parts[-1])
    return RETAIL_NAMES.get(name, name)


def retail_terraform(root):
    return ("retail-store-v1.4.2-v1.6.2/candidate/terraform", retail_name, f"{root}.default:")


RETAIL_COMPOSE = ("retail-store-v1.4.2-v1.6.2/candidate/src", retail_name, "")

# What is described: the folder below the pairs, how its addresses are called, and which of its addresses are meant.
OTEL_COMPOSE = ("otel-demo-compose-1.4.0-1.6.0/candidate", otel_name, "")
OTEL_KUBERNETES = ("otel-demo-k8s-1.8.0-1.10.0/baseline", otel_name, "")

TESTS_OF_COMPOSE = "services of the profile `tests`; the chart has none of them"
CONFIGURATION = "its configuration is a ConfigMap of the manifests; the file that Compose mounts is not part of the pair"
ADDED_LATER = "a variable that only 1.8.0 has; the Compose file is of 1.6.0"
CHART_TEST = "a pod of the chart's own test, which carries the labels that Grafana's Service selects"
MESH = "the mesh, installed where istio_enabled is set (it is not by default); Compose has none"
NO_SEARCH = "the AppRunner root creates OpenSearch and does not tell the catalog of it"

# (application, one description, the other, {only in the one: why}, {only in the other: why})
EXPLAINED = [
    ("otel-demo", ("Compose", OTEL_COMPOSE), ("Kubernetes", OTEL_KUBERNETES),
     {"dataprepper": "only 1.6.0 of Compose has it", "opensearch": "only 1.6.0 of Compose has it",
      "frontendTests": TESTS_OF_COMPOSE, "integrationTests": TESTS_OF_COMPOSE, "traceBasedTests": TESTS_OF_COMPOSE,
      "tracetestpostgres": TESTS_OF_COMPOSE, "tracetestserver": TESTS_OF_COMPOSE},
     {"grafanatest": CHART_TEST, "external/grafana.net": CONFIGURATION,
      "cartservice -> featureflagservice": ADDED_LATER, "ffspostgres -> otelcol": ADDED_LATER, "rediscart -> otelcol": ADDED_LATER,
      "grafana -> jaeger": CONFIGURATION, "grafana -> prometheus": CONFIGURATION,
      "otelcol -> jaeger": CONFIGURATION, "otelcol -> prometheus": CONFIGURATION}),
    ("retail-store", ("Compose", RETAIL_COMPOSE), ("Terraform, releases on EKS", retail_terraform("eks")), {},
     {"istio_base": MESH, "istiod": MESH, "istio_ingress": MESH}),
    ("retail-store", ("Compose", RETAIL_COMPOSE), ("Terraform, ECS", retail_terraform("ecs")), {}, {}),
    ("retail-store", ("Compose", RETAIL_COMPOSE), ("Terraform, AppRunner", retail_terraform("apprunner")),
     {"catalog -> opensearch": NO_SEARCH}, {}),
]


def setUpModule():
    if binary.find_shared() is None or not (binary.find_shared() / "pairs").is_dir():
        binary.skip("shared data not found")


def described(description):
    """(names of services, relations as `SOURCE -> TARGET` with their family) of one description."""
    folder, name_of, prefix = description
    with tempfile.TemporaryDirectory(prefix="postern-same-") as home:
        answer = binary.run(["map", str(binary.find_shared() / "pairs" / folder), "--format", "json", "--application", "same"], pathlib.Path(home))
        architecture = json.loads(answer.stdout)
    meant = {entity["id"]["address"]: entity["kind"] for entity in architecture["entities"]
             if entity["kind"] in SERVICES and entity["id"]["address"].startswith(prefix)}
    relations = {(name_of(row["source"]["address"]), FAMILY[row["kind"]], name_of(row["target"]["address"]))
                 for row in architecture["relations"] if row["kind"] in FAMILY and row["source"]["address"] in meant}
    return {name_of(address) for address in meant}, relations


def differences(one, other):
    """What only the one has; relations of what only it has follow from that and are not told again."""
    names, relations = one
    extra = names - other[0]
    alone = {f"{source} -> {target}" for source, family, target in relations - other[1] if not {source, target} & extra}
    return extra | alone


class SameApplicationTest(unittest.TestCase):
    maxDiff = None

    def test_services_and_relations_are_the_same_but_for_what_is_explained(self):
        for application, (title, one), (other_title, other), only_one, only_other in EXPLAINED:
            with self.subTest(application=application, descriptions=f"{title} and {other_title}"):
                left, right = described(one), described(other)
                self.assertEqual(differences(left, right), set(only_one), f"only in {title}")
                self.assertEqual(differences(right, left), set(only_other), f"only in {other_title}")
                common = left[1] & right[1]
                print(f"same_application: {application}: {title} and {other_title}: {len(left[0] & right[0])} services, "
                      f"{len(common)} relations in common")
                self.assertGreater(len(common), 9)

    def test_a_difference_is_seen(self):
        one = ({"a", "b", "c"}, {("a", "network", "b"), ("a", "network", "c")})
        other = ({"a", "b"}, {("b", "network", "a")})
        self.assertEqual(differences(one, other), {"c", "a -> b"})
        self.assertEqual(differences(other, one), {"b -> a"})


if __name__ == "__main__":
    unittest.main()
