# SPDX-License-Identifier: Apache-2.0
"""Terraform through the whole product: one application as configuration, plan and state; a plan that is judged alone."""
import json
import pathlib
import subprocess
import tempfile
import unittest

import sample  # noqa: F401  (puts the support folder on the path)
import binary

FORMS = pathlib.Path(__file__).resolve().parent / "terraform"


def run(*arguments, expect=0, cwd=None):
    result = subprocess.run([postern(), *arguments], capture_output=True, text=True, cwd=cwd, check=False)
    if expect is not None:
        assert result.returncode == expect, (arguments, result.returncode, result.stdout, result.stderr)
    return result


def architecture(source):
    """Entities, attributes and relations of a map; places, names of files and settings left aside."""
    told = json.loads(run("map", "--format", "json", str(source)).stdout)
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


class OneArchitecture(unittest.TestCase):
    maxDiff = None

    def test_configuration_plan_and_state_agree(self):
        written = architecture(FORMS / "hcl")
        self.assertGreater(len(written), 60)
        for other in ("plan.json", "state.json"):
            told = architecture(FORMS / other)
            self.assertEqual((other, sorted(written - told), sorted(told - written)), (other, [], []))

    def test_what_it_is(self):
        facts = architecture(FORMS / "hcl")
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
        self.assertEqual(exposure["aws_ecs_service.orders"], '"internet"')
        self.assertEqual(exposure["module.store.aws_db_instance.this[0]"], '"none"')


class PlanAlone(unittest.TestCase):
    def plan_that_opens_the_store(self):
        plan = json.loads((FORMS / "plan.json").read_text())
        for change in plan["resource_changes"]:
            body = change["change"]
            body["before"] = body["after"] = {**body["after"], **({"ingress": []} if "ingress" in body["after_unknown"] else {})}
            body["actions"], body["after_unknown"] = ["no-op"], {}
            if change["type"] == "aws_db_instance":
                body["actions"] = ["update"]
                body["after"] = {**body["before"], "publicly_accessible": True}
        return plan

    def test_its_own_before_is_the_baseline(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "plan.json"
            path.write_text(json.dumps(self.plan_that_opens_the_store()))
            (pathlib.Path(folder) / "postern.yaml").write_text(
                "apiVersion: postern/v1\nkind: Configuration\nmetadata: {name: orders}\n"
                "application: orders\nenvironments: {staging: {class: staging}}\n"
            )
            named = run("gate", "plan.json", "--baseline", "plan:plan.json", "--env", "staging", "--format", "json", expect=None, cwd=folder)
            alone = run("gate", "plan.json", "--env", "staging", "--format", "json", expect=None, cwd=folder)
            for result in (named, alone):
                decision = json.loads(result.stdout)
                rules = {finding["rule"] for finding in decision["findings"] if finding.get("state", "new") == "new"}
                self.assertIn("STORE-EXPOSED", rules, (result.stdout[:2000], result.stderr))


if __name__ == "__main__":
    unittest.main()
