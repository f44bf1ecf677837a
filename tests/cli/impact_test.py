#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What stops when a region, a zone, a service or a third party does: `postern map --impact`."""
import json
import unittest

import sample

DATABASE = "postgres://orders.abc123.eu-west-1.rds.amazonaws.com:5432/orders"


def placed(deployment, **labels):
    """The Deployment on nodes with such topology labels."""
    selector = {"topology.kubernetes.io/" + name: value for name, value in labels.items()}
    deployment["spec"]["template"]["spec"]["nodeSelector"] = selector
    return deployment


class ImpactTest(sample.CommandLineTest):
    def effects(self, outage, objects=None):
        """What becomes of each entity, by name."""
        if objects:
            self.write("live/app.yaml", objects)
        answer = self.run_postern("map", "live", "--impact", outage, "--format", "json", "--quiet")
        self.assert_answer(0, answer)
        impact = json.loads(answer.stdout)
        self.assertEqual(outage, impact["outage"])
        return {row["name"]: row["effect"] for row in impact["entities"]}

    def application(self):
        return [
            placed(sample.deployment("web", [("ORDERS_URL", "http://orders:8080")]), region="eu-central-1"),
            sample.service("web", "LoadBalancer"),
            placed(sample.deployment("orders", [("DATABASE_URL", DATABASE), ("REDIS_URL", "redis://cache:6379")]), region="eu-central-1"),
            sample.service("orders"),
            placed(sample.deployment("cache", image="docker.io/library/redis:7"), region="us-east-1"),
            sample.service("cache"),
            placed(sample.deployment("reports"), region="us-east-1"),
        ]

    def test_a_region_takes_down_who_needs_what_is_in_it(self):
        effects = self.effects("region:eu-west-1", self.application())
        self.assertEqual({"orders.abc123.eu-west-1.rds.amazonaws.com": "gone", "orders": "fails", "web": "fails"}, effects)

    def test_without_a_cache_things_go_on(self):
        effects = self.effects("region:us-east-1", self.application())
        self.assertEqual({"cache": "gone", "reports": "gone", "orders": "degraded"}, effects)

    def test_a_service_and_a_third_party(self):
        self.assertEqual({"orders": "gone", "web": "fails"}, self.effects("service:orders", self.application()))
        self.assertEqual("fails", self.effects("third-party:rds.amazonaws.com")["orders"])

    def test_the_reason_and_its_place_are_told(self):
        self.write("live/app.yaml", self.application())
        answer = self.run_postern("map", "live", "--impact", "region:eu-west-1", "--quiet")
        self.assert_answer(0, answer)
        self.assertIn("Without region:eu-west-1: 1 gone, 2 fail with it, 0 degraded, 0 not known", answer.text())
        self.assertRegex(answer.text(), r"through  uses external/orders\S+ \(app.yaml:\d+:\d+\)")

    def test_the_other_workloads_behind_a_name_take_over(self):
        second = placed(sample.deployment("orders-too"), zone="eu-west-1b")
        second["spec"]["template"]["metadata"]["labels"]["role"] = "orders"
        first = placed(sample.deployment("orders"), zone="eu-west-1a")
        first["spec"]["template"]["metadata"]["labels"]["role"] = "orders"
        name = sample.service("orders")
        name["spec"]["selector"] = {"role": "orders"}
        web = placed(sample.deployment("web", [("ORDERS_URL", "http://orders:8080")]), zone="eu-west-1b")
        effects = self.effects("zone:eu-west-1a", [first, second, name, web])
        self.assertEqual({"orders": "gone", "web": "degraded"}, effects)

    def test_where_nothing_says_the_place(self):
        objects = [placed(sample.deployment("web"), region="eu-west-1"), sample.deployment("jobs")]
        self.assertEqual({"web": "gone", "jobs": "unknown"}, self.effects("region:eu-west-1", objects))

    def test_several_applications(self):
        """The customer's question: what of all our applications does a region take with it?"""
        for name, region in (("billing", "eu-west-1"), ("crm", "us-east-1")):
            self.write(name + "/app.yaml", [placed(sample.deployment(name), region=region)])
            answer = self.run_postern("map", name, "--application", name, "--format", "snapshot", "--quiet")
            self.assert_answer(0, answer)
            self.write(name + ".json", answer.stdout)
        answer = self.run_postern("map", "snapshot:billing.json", "snapshot:crm.json", "--impact", "region:eu-west-1", "--format", "json")
        self.assert_answer(0, answer)
        rows = json.loads(answer.stdout)["entities"]
        self.assertEqual([("billing/default/app/billing", "gone")], [(row["entity"], row["effect"]) for row in rows])

    def test_what_nobody_has_is_said(self):
        self.write("live/app.yaml", self.application())
        for outage, words in (
            ("region:eu-west-7", "did you mean `eu-west-1`?"),
            ("third-party:nobody.example", "nothing here is sent to a third party"),
            ("service:order", "did you mean `orders`?"),
            ("planet:mars", "expected region:NAME"),
            ("region:", "expected region:NAME"),
        ):
            answer = self.run_postern("map", "live", "--impact", outage, "--quiet")
            self.assertEqual(2, answer.code, outage)
            self.assertIn(words, answer.talk())
        answer = self.run_postern("map", "live", "--impact", "service:orders", "--paths")
        self.assertEqual(2, answer.code)


if __name__ == "__main__":
    unittest.main()
