#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Working with policies: trying expressions, looking for doubtful rules, cases for CI systems, packs from git, settings of rules."""
import json
import os
import subprocess
import unittest
import xml.etree.ElementTree

import sample

RULE = """  - id: {id}
    title: A rule of the house
    subject: {subject}
    when: "{when}"
    on_unknown: report
    enforcement: {enforcement}
    severity: 5.0
    message: "{message}"
    why: It matters.
    remediation: Mend it.
    references: [House rule 1]
"""
HEAD = "apiVersion: postern/v1\nkind: PolicyPack\nmetadata: {name: house, version: 1.2.0}\nrules:\n"


def rule(condition, name="HOUSE-RULE", subject="entity", enforcement="soft", message="entity.name"):
    return RULE.format(id=name, subject=subject, when=condition, enforcement=enforcement, message=message)


CASES = """apiVersion: postern/v1
kind: PolicyTests
cases:
  - name: a load balancer <opens> it
    rule: HOUSE-RULE
    candidate: |
{manifests}
    fires: [{fires}]
  - name: nothing there
    rule: HOUSE-RULE
    fires: []
"""


def manifests(*objects):
    return "".join("      ---\n      " + json.dumps(item) + "\n" for item in objects)


class PolicyTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        self.write("baseline/app.yaml", sample.APPLICATION)
        self.write("candidate/app.yaml", (*sample.APPLICATION[:1], sample.service("web", "LoadBalancer"), *sample.APPLICATION[2:]))

    def pack(self, *rules, folder="house"):
        self.write(f"{folder}/pack.yaml", HEAD + "".join(rules))

    def configure(self, text):
        self.write("postern.yaml", sample.CONFIGURATION + text)

    def git(self, *arguments):
        identity = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@sample.example", "GIT_COMMITTER_NAME": "a",
                    "GIT_COMMITTER_EMAIL": "a@sample.example", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        return subprocess.run(["git", *arguments], cwd=self.root, env={**os.environ, **identity}, check=True, capture_output=True, text=True)


class TryTest(PolicyTest):
    def answer(self, expression):
        answer = self.run_postern("policy", "try", expression, "baseline", "candidate", "--format", "json")
        self.assert_answer(0, answer)
        return json.loads(answer.stdout)

    def test_entities_by_state(self):
        answer = self.answer("entity.exposure == 'internet' && entity.workload")
        self.assertEqual("entity", answer["subject"])
        self.assertEqual([("app/web", "new")], [(each["subject"], each["state"]) for each in answer["matches"]])
        steps = {step["expression"]: step["value"] for step in answer["matches"][0]["steps"]}
        self.assertEqual('"internet"', steps["entity.exposure"])
        self.assertEqual("true", steps["entity.workload"])

    def test_what_is_gone(self):
        answer = self.run_postern("policy", "try", "entity.exposure == 'internet' && entity.workload", "candidate", "baseline",
                                  "--format", "json")
        self.assertEqual([("app/web", "gone")], [(each["subject"], each["state"]) for each in json.loads(answer.stdout)["matches"]])

    def test_parts_are_counted(self):
        terms = {term["expression"]: term for term in self.answer("entity.workload && entity.name == 'web'")["terms"]}
        self.assertEqual(2, terms["entity.workload"]["true"])
        self.assertEqual((1, 1), (terms["entity.name == 'web'"]["true"], terms["entity.name == 'web'"]["false"]))

    def test_changes_and_relations(self):
        answer = self.answer("change.attribute == 'exposure' && change.entity.name == 'web'")
        self.assertEqual(("change", 1), (answer["subject"], len(answer["matches"])))
        answer = self.answer("relation.kind == 'calls' && target.name == 'orders'")
        self.assertEqual(("relation", ["app/web -> app/orders"]), (answer["subject"], [each["subject"] for each in answer["matches"]]))

    def test_values(self):
        answer = self.run_postern("policy", "try", "entity.name", "baseline", "candidate")
        self.assert_answer(0, answer)
        self.assertIn('= "orders"', answer.text())

    def test_failures_are_told(self):
        answer = self.answer("entity.workload && 1 / (size(entity.name) - 3) > 0")
        self.assertEqual(["app/web"], [each["subject"] for each in answer["failed"]])
        self.assertIn("zero", answer["failed"][0]["value"])

    def test_wrong_name(self):
        answer = self.run_postern("policy", "try", "entity.exposre == 'internet'", "baseline", "candidate")
        self.assert_answer(2, answer)
        self.assertIn("did you mean 'exposure'?", answer.talk())
        self.assertIn("1:8", answer.talk())


class LintTest(PolicyTest):
    # (what it shows, the rule, the code, a part of the words)
    DOUBTFUL = (
        ("constant", rule("1 < 2"), "P3101", "always true"),
        ("constant part", rule("entity.kind == 'job' && !false"), "P3102", "always true"),
        ("contradiction", rule("entity.kind == 'job' && entity.kind in ['service', 'queue']"), "P3103", "entity.kind"),
        ("misspelt kind", rule("entity.kind == 'servcie'"), "P3104", "did you mean 'service'?"),
        ("misspelt attribute", rule("change.attribute == 'replcas'", subject="change", message="change.summary"), "P3104", "replicas"),
        ("hard and silent", rule("entity.kind == 'job'", enforcement="hard"), "P3106", "unknown"),
        ("message without facts", rule("entity.kind == 'job'", message="'no'"), "P3108", "message"),
        ("twins", rule("entity.kind == 'job'") + rule("entity.kind == 'job'", "OTHER"), "P3111", "HOUSE-RULE"),
        ("no guard", rule("size(entity.name) > 4"), "P3105", "every subject"),
    )

    def test_doubtful_rules(self):
        for title, text, code, words in self.DOUBTFUL:
            with self.subTest(title):
                self.pack(text)
                answer = self.run_postern("policy", "lint", "house", "--quiet", "--verbose")
                told = [line for line in answer.text().split("\n") if "house/" in line]
                self.assertEqual([code], [line.split()[2].rstrip(":") for line in told], answer.text())
                self.assertIn(words, answer.text())
                self.assertEqual(0 if code == "P3105" else 1, answer.code)

    def test_good_rule(self):
        self.pack(rule("entity.kind == 'job' && entity.host_network"))
        answer = self.run_postern("policy", "lint", "house", "--quiet", "--verbose")
        self.assert_answer(0, answer)
        self.assertNotIn("house/", answer.text())


class CasesTest(PolicyTest):
    def run_cases(self, fires, *arguments):
        self.pack(rule("entity.exposure == 'internet' && entity.workload && (entity.host_network || entity.name == 'web')"))
        objects = manifests(sample.deployment("web"), sample.service("web", "LoadBalancer"))
        self.write("house/tests/cases.yaml", CASES.format(manifests=objects, fires=fires))
        return self.run_postern("policy", "test", "house", "--quiet", *arguments)

    def test_junit(self):
        answer = self.run_cases("app/orders", "--format", "junit", "--report", "junit=report.xml")
        self.assert_answer(1, answer)
        self.assertEqual(answer.text(), (self.root / "report.xml").read_text(encoding="utf-8"))
        suites = {suite.get("name"): suite for suite in xml.etree.ElementTree.fromstring(answer.stdout)}
        house = suites["house"]
        self.assertEqual(("2", "1", "0"), tuple(house.get(name) for name in ("tests", "failures", "errors")))
        failed = [case for case in house.iter("testcase") if case.find("failure") is not None]
        self.assertEqual(["a load balancer <opens> it"], [case.get("name") for case in failed])
        self.assertIn("expected to fire on app/orders, fired on app/web", failed[0].find("failure").text)
        self.assertIn("secrets", suites)

    def test_failures_in_text(self):
        answer = self.run_cases("app/orders")
        self.assert_answer(1, answer)
        self.assertRegex(answer.text(), r"\n     house/tests/cases.yaml:\d+:\d+: expected to fire on app/orders, fired on app/web\n")

    def test_coverage(self):
        answer = self.run_cases("app/web", "--coverage")
        self.assert_answer(0, answer)
        lines = answer.text().split("\n")
        start = lines.index("house / HOUSE-RULE: 1 case that must fire, 1 that must not")
        own = [line.strip() for line in lines[start + 1 : start + 4] if line.startswith("     ")]
        self.assertIn("decided nothing: entity.host_network (was never true)", own)
        self.assertNotIn("entity.exposure == 'internet' (", " ".join(own))

    def test_unknown_format(self):
        answer = self.run_postern("policy", "test", "--format", "jnuit")
        self.assert_answer(2, answer)
        self.assertIn("did you mean 'junit'?", answer.talk())


class CompositionTest(PolicyTest):
    def decision(self, *arguments):
        answer = self.gate("--format", "json", *arguments)
        return json.loads(answer.stdout) if answer.stdout else answer

    def rule_ids(self, decision):
        return {finding["rule"]["id"] if isinstance(finding["rule"], dict) else finding["rule"] for finding in decision["findings"]}

    def test_disabled_rule(self):
        self.assertIn("EXPOSED-TO-INTERNET", self.rule_ids(self.decision()))
        self.configure("rules:\n  EXPOSED-TO-INTERNET: {disabled: the edge team reviews it}\n")
        decision = self.decision()
        self.assertNotIn("EXPOSED-TO-INTERNET", self.rule_ids(decision))
        told = [each for each in decision["weakenings"] if each["code"] == "rule-disabled"]
        self.assertEqual(1, len(told), decision["weakenings"])
        self.assertIn("the edge team reviews it", told[0]["message"])
        self.assertIn("postern.yaml:9", told[0]["origin"])
        listed = self.run_postern("policy", "list").text()
        self.assertIn("EXPOSED-TO-INTERNET  disabled  the edge team reviews it", listed)

    def test_settings_of_one_environment(self):
        text = sample.CONFIGURATION.replace("production: {class: production}",
                                            "production: {class: production, rules: {EXPOSED-TO-INTERNET: {enforcement: advisory}}}")
        self.write("postern.yaml", text)
        self.assertIn("rule-weakened", [each["code"] for each in self.decision()["weakenings"]])
        answer = self.gate("--format", "json", environment="staging")
        self.assertNotIn("rule-weakened", [each["code"] for each in json.loads(answer.stdout)["weakenings"]])

    def test_stricter_is_no_weakening(self):
        self.configure("rules:\n  EXPOSED-TO-INTERNET: {enforcement: hard, severity: 10}\n")
        self.assertEqual([], [each for each in self.decision()["weakenings"] if each["code"].startswith("rule-")])

    def test_wrong_settings(self):
        for text, words in (("EXPOSED-TO-INTERNT: {severity: 3}", "EXPOSED-TO-INTERNET"), ("EXPOSED-TO-INTERNET: {disabled: ''}", "why"),
                            ("EXPOSED-TO-INTERNET: {severity: 11}", "0 to 10"), ("EXPOSED-TO-INTERNET: {enforcment: soft}", "enforcement"),
                            ("EXPOSED-TO-INTERNET: {enforcement: sotf}", "soft")):
            with self.subTest(text):
                self.configure(f"rules:\n  {text}\n")
                answer = self.gate()
                self.assert_answer(2, answer)
                self.assertIn(words, answer.talk())

    def test_versions(self):
        for packs, code in (("[secrets@1]", None), ("[secrets@1.0.0, identity]", None), ("[secrets@2]", 2), ("[secrets@1.0.01]", 2),
                            ("[secret@1]", 2)):
            with self.subTest(packs):
                self.configure(f"packs: {packs}\n")
                answer = self.gate()
                if code is None:
                    self.assertNotEqual(2, answer.code, answer.talk())
                else:
                    self.assert_answer(code, answer)
        self.assertIn("did you mean 'secrets'?", answer.talk())

    def test_pack_in_the_configuration(self):
        self.pack(rule("entity.kind == 'service'"), folder="policies/house")
        self.configure("policies: [policies/house]\n")
        (self.root / "below").mkdir()
        listed = self.run_postern("policy", "list", "--config", "postern.yaml", "--quiet")
        self.assert_answer(0, listed)
        self.assertIn("house 1.2.0\n  HOUSE-RULE", listed.text())

    def test_pack_in_git(self):
        self.pack(rule("entity.kind == 'service'"), folder="packs/house")
        self.git("init", "-q", "-b", "main")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "one")
        self.pack(rule("entity.kind == 'job'", "CHANGED-RULE"), folder="packs/house")
        for source in ("git:main:packs/house", "git:./@main:packs", f"git:{self.root}@main:packs/house", f"git:file://{self.root}@main"):
            with self.subTest(source):
                listed = self.run_postern("policy", "list", "--policy", source, "--quiet")
                self.assert_answer(0, listed)
                self.assertIn("HOUSE-RULE", listed.text())
                self.assertNotIn("CHANGED-RULE", listed.text())

    def test_pack_that_cannot_be_read(self):
        self.pack(rule("entity.kind == 'service'"), folder="packs/house")
        self.git("init", "-q", "-b", "main")
        self.git("add", ".")
        self.git("commit", "-q", "-m", "one")
        for source, words in (("git:mian:packs", "mian"), ("git:main:pack", "pack"), ("git:ssh://host.example/x@main", "clone"),
                              ("git:./nowhere@main", "nowhere"), ("git:./packs", "ref")):
            with self.subTest(source):
                answer = self.gate("--policy", source)
                self.assert_answer(2, answer)
                self.assertIn(words, answer.talk())


class BadConditionTest(PolicyTest):
    """What is wrong with a condition is shown under it (exit 2), or makes the verdict indeterminate; it never passes."""

    def outcome(self, condition, baseline="a", candidate="a"):
        self.write("house/pack.yaml", HEAD + rule(condition).replace("on_unknown: report", "on_unknown: indeterminate"))
        self.write("a/app.yaml", sample.APPLICATION)
        return self.run_postern("gate", candidate, "--baseline", baseline, "--env", "production", "--policy", "house")

    def test_what_does_not_compile(self):
        for condition, column, word in (("entity.name + 1 == 2", 13, "operator '+'"), ("entity.replicaz > 1", 8, "replicas"), ("foo == 1", 1, "unknown variable 'foo'"),
                                        ("entity.name.matches('(')", 21, "regular expression"), ("entity.kind == 'x' &&", 22, "end of the expression")):
            with self.subTest(condition):
                answer = self.outcome(condition)
                self.assert_answer(2, answer)
                self.assertIn(word, answer.talk())
                lines = answer.talk().splitlines()
                at = next(i for i, line in enumerate(lines) if line.strip() == "| " + condition)
                self.assertEqual(lines[at].index("|") + 2 + column - 1, lines[at + 1].index("^"))

    def test_division_by_zero(self):
        answer = self.outcome("1 / (size(entity.name) - size(entity.name)) == 1")
        self.assert_answer(3, answer)
        self.assertIn("division by zero (1:3 of the condition, at `/ (size(entity.name)", " ".join(answer.text().split()))

    def test_a_hint_is_told_once(self):
        answer = self.outcome("entity.nam == 'x'")
        self.assert_answer(2, answer)
        self.assertEqual(1, answer.talk().count("did you mean 'name'?"), answer.talk())

    def test_a_runaway_is_given_up_for_all_subjects(self):
        numbers = "[" + ", ".join(map(str, range(1, 11))) + "]"
        condition = "a+b+c+d+e+f+g+h > 0"
        for name in "hgfedcba":
            condition = f"{numbers}.all({name}, {condition})"
        answer = self.outcome(condition)
        self.assert_answer(3, answer)
        self.assertIn("more steps than", answer.text())


if __name__ == "__main__":
    unittest.main()
