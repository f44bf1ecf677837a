# SPDX-License-Identifier: Apache-2.0
"""Terraform through the whole product: one application as configuration, plan and state; a plan that is judged alone."""
import json
import pathlib
import shutil
import unittest

import sample

FORMS = pathlib.Path(__file__).resolve().parent / "terraform"


def architecture(told):
    """Entities, attributes and relations of a map; places, names of files and settings left aside."""
    facts = set()
    for entity in told["entities"]:
        address = entity["id"]["address"]
        facts.add(("entity", address, entity["kind"], entity["name"]))
        for row in entity["attributes"]:
            if row["attribute"] == "settings":  # a state also has what the provider chose
                continue
            key = (row.get("scope", ""), row.get("key", ""))
            facts.add(("attribute", address, row["attribute"], key, json.dumps(row["value"])))
    for relation in told["relations"]:
        facts.add(("relation", relation["source"]["address"], relation["kind"], relation["target"]["address"]))
    return facts


class OneArchitecture(sample.CommandLineTest):
    maxDiff = None

    def architecture_of(self, form):
        if (FORMS / form).is_dir():
            shutil.copytree(FORMS / form, self.root / form)
        else:
            shutil.copy(FORMS / form, self.root / form)
        answer = self.run_postern("map", "--format", "json", form)
        self.assert_answer(0, answer)
        return architecture(json.loads(answer.text()))

    def test_configuration_plan_and_state_agree(self):
        written = self.architecture_of("hcl")
        self.assertGreater(len(written), 60)
        for other in ("plan.json", "state.json"):
            told = self.architecture_of(other)
            self.assertEqual((other, [], []), (other, sorted(written - told), sorted(told - written)))

    def test_what_it_is(self):
        facts = self.architecture_of("hcl")
        for relation in (
            ("aws_lb.front", "routes_to", "aws_lb_target_group.orders"),
            ("aws_lb_target_group.orders", "routes_to", "aws_ecs_service.orders"),
            ("aws_ecs_service.orders", "uses", "module.store.aws_db_instance.this[0]"),
            ("aws_ecs_service.orders", "uses", 'aws_sqs_queue.work["billing"]'),
            ("aws_ecs_service.orders", "sends_to", "external/api.stripe.com"),
            ("aws_ecs_service.orders", "assumes", "aws_iam_role.orders"),
            ("aws_kms_key.data", "protects", "module.store.aws_db_instance.this[0]"),
        ):
            self.assertIn(("relation", *relation), facts)
        exposure = {fact[1]: fact[4] for fact in facts if fact[0] == "attribute" and fact[2] == "exposure"}
        self.assertEqual('"internet"', exposure["aws_ecs_service.orders"])
        self.assertEqual('"none"', exposure["module.store.aws_db_instance.this[0]"])


class PlanAlone(sample.CommandLineTest):
    """A plan that makes the store reachable from everywhere."""

    def setUp(self):
        super().setUp()
        plan = json.loads((FORMS / "plan.json").read_text(encoding="utf-8"))
        for change in plan["resource_changes"]:
            body = change["change"]
            body["before"], body["after_unknown"], body["actions"] = body["after"], {}, ["no-op"]
            if change["type"] == "aws_db_instance":
                body["actions"], body["after"] = ["update"], {**body["before"], "publicly_accessible": True}
        self.write("guarded.json", json.dumps(plan))
        for change in plan["resource_changes"]:
            body = change["change"]
            if change["address"] == "module.store.aws_security_group.store":
                # Bits after the prefix do not count: this is everywhere.
                rule = {**body["before"]["ingress"][0], "cidr_blocks": ["192.168.1.0/0"]}
                body["actions"], body["after"] = ["update"], {**body["before"], "ingress": [rule]}
        self.write("plan.json", json.dumps(plan))

    def new_rules(self, *arguments, plan="plan.json"):
        answer = self.run_postern("gate", plan, "--format", "json", "--config", "postern.yaml", *arguments)
        return answer, {row["rule"] for row in json.loads(answer.text())["findings"] if row["baseline_state"] == "new"}

    def test_its_own_before_is_the_baseline(self):
        for arguments in (("--env", "production", "--baseline", "plan:plan.json"), ("--env", "staging")):
            answer, rules = self.new_rules(*arguments)
            self.assertIn("STORE-EXPOSED", rules, answer.text()[:3000])
            self.assertNotIn("EXPOSED-TO-INTERNET", rules)

    def test_a_public_address_behind_a_closed_firewall_is_no_exposure(self):
        _, rules = self.new_rules("--env", "staging", plan="guarded.json")
        self.assertEqual(set(), rules)

    def test_production_asks_for_a_baseline(self):
        answer, _ = self.new_rules("--env", "production")
        self.assert_answer(3, answer)

    def test_a_plan_against_itself_brings_nothing(self):
        answer, rules = self.new_rules("--env", "production", "--baseline", "plan.json")
        self.assertEqual(set(), rules, answer.text()[:3000])


if __name__ == "__main__":
    unittest.main()
