#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the commands say that look at one state: `map --paths`, `map --why A B`, `assess`."""
import json
import unittest

import binary
import sample

SHOP = binary.REPOSITORY / "examples" / "shop"
CHAIN = ["internet", "shop/ingresses/api-gateway", "shop/services/api-gateway", "shop/api-gateway", "shop/customers",
         "shop-data/customers-db"]


class ArchitectureTest(sample.CommandLineTest):
    def run_on(self, side, *arguments):
        return binary.run([*arguments, str(SHOP / side), "--config", str(SHOP / "postern.yaml")], self.root)

    def test_paths_lead_from_each_entry_to_each_store(self):
        answer = self.run_on("baseline", "map", "--paths", "--format", "json")
        self.assertEqual(0, answer.code, answer.talk())
        paths = json.loads(answer.stdout)["paths"]
        to_customers = [path for path in paths if path["target"] == "shop-data/customers-db"]
        self.assertEqual(["shop/ingresses/api-gateway", "shop/ingresses/storefront"], [path["entry"] for path in to_customers])
        self.assertEqual(CHAIN, [step["entity"] for step in to_customers[0]["steps"]])
        self.assertTrue(all(step["evidence"] for step in to_customers[0]["steps"][2:]), to_customers[0])
        self.assertEqual(["PII"], to_customers[0]["data_classes"])
        self.assertEqual([f"network policy at {name}" for name in ("shop/api-gateway", "shop/customers", "shop-data/customers-db")],
                         to_customers[0]["controls"])
        text = self.run_on("baseline", "map", "--paths").text()
        self.assertIn("shop-data/customers-db", text)
        self.assertLess(text.index("holds PII"), text.index("third party"), "ways to sensitive data stand first")

    def test_a_release_shortens_a_path(self):
        before, after = (json.loads(self.run_on(side, "map", "--paths", "--format", "json").stdout)["paths"]
                         for side in ("baseline", "candidate"))
        shortest = [min(len(path["steps"]) for path in paths if path["target"] == "shop-data/customers-db") for paths in (before, after)]
        self.assertEqual([6, 4], shortest)

    def test_why_names_rule_and_place(self):
        text = self.run_on("baseline", "map", "--why", "customers", "shop-data/customers-db").text()
        for words in ("shop/customers uses shop-data/customers-db", "cluster-name", "customers.yaml:", "environment variable DB_URL"):
            self.assertIn(words, text)
        self.assertIn("not related", self.run_on("baseline", "map", "--why", "storefront", "payments-db").text())

    def test_why_of_nobody(self):
        answer = self.run_on("baseline", "map", "--why", "custommers", "customers-db")
        self.assertEqual(2, answer.code)
        self.assertIn("custommers", answer.talk())

    def test_assess_answers_the_questions_and_ranks(self):
        answer = self.run_on("candidate", "assess", "--env", "production")
        self.assertEqual(0, answer.code, answer.talk())
        text = answer.text()
        for words in ("Posture of shop in production", "Services reachable from the internet", "3 of 14", "EXPOSED-TO-INTERNET", "fix"):
            self.assertIn(words, text)
        decision = json.loads(self.run_on("candidate", "assess", "--env", "production", "--format", "json").stdout)
        scores = [finding["risk"]["score"] for finding in decision["findings"][:3]]
        self.assertEqual(sorted(scores, reverse=True), scores)

    def test_assess_of_nothing_is_no_answer(self):
        (self.root / "empty").mkdir()
        self.assertEqual(3, binary.run(["assess", "empty", "--env", "production", "--config", str(SHOP / "postern.yaml")], self.root).code)


if __name__ == "__main__":
    unittest.main()
