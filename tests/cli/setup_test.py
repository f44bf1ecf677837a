#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`init` and `doctor`, and what a configuration may say about an environment: sources, baseline, thresholds, expectations."""
import json
import subprocess
import unittest

import yaml

import sample

SYSTEMS = {
    ".gitlab-ci.yml": (".gitlab/postern.gitlab-ci.yml", yaml.safe_load),
    ".github/dependabot.yml": (".github/workflows/postern.yml", yaml.safe_load),
    "azure-pipelines.yml": ("postern-steps.yml", yaml.safe_load),
    "Jenkinsfile": ("postern.groovy", str),
    ".harness/pipeline.yaml": (".harness/postern-step.yaml", yaml.safe_load),
}
RISKY = [sample.deployment("web", [("DB_PASSWORD", "hunter2-hunter2")]), sample.service("web", "LoadBalancer"), sample.deployment("orders"),
         sample.service("orders")]


class InitTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        (self.root / "postern.yaml").unlink()
        subprocess.run(["git", "init", "--quiet", "."], cwd=self.root, check=True, capture_output=True)

    def test_each_ci_system(self):
        self.write("deploy/app.yaml", sample.APPLICATION)
        for mark, (file, read) in SYSTEMS.items():
            with self.subTest(mark):
                self.write(mark, "# there\n")
                self.assert_answer(0, self.run_postern("init"))
                text = (self.root / file).read_text(encoding="utf-8")
                self.assertTrue(read(text))
                self.assertIn("postern gate", text)
                self.assertNotIn("{{", text)
                (self.root / file).unlink()
                (self.root / mark).unlink()
                if mark.startswith(".github"):
                    (self.root / ".github/workflows").rmdir()
                    (self.root / ".github").rmdir()

    def test_the_configuration_works_at_once(self):
        self.write("deploy/app.yaml", sample.APPLICATION)
        self.assert_answer(0, self.run_postern("init"))
        configuration = yaml.safe_load((self.root / "postern.yaml").read_text(encoding="utf-8"))
        self.assertEqual(["deploy"], configuration["environments"]["production"]["sources"])
        self.write("postern-baseline.json", self.run_postern("map", "deploy", "--format", "snapshot").stdout)
        answer = self.run_postern("gate", "--env", "production", "--baseline", "snapshot:postern-baseline.json")
        self.assert_answer(0, answer)
        self.assert_answer(0, self.run_postern("doctor"))

    def test_folders_of_environments_become_their_sources(self):
        self.write("k8s/overlays/prod/app.yaml", sample.APPLICATION)
        self.write("k8s/overlays/staging/app.yaml", sample.APPLICATION)
        self.assert_answer(0, self.run_postern("init"))
        environments = yaml.safe_load((self.root / "postern.yaml").read_text(encoding="utf-8"))["environments"]
        self.assertEqual(["k8s/overlays/prod"], environments["production"]["sources"])
        self.assertEqual(["k8s/overlays/staging"], environments["staging"]["sources"])

    def test_nothing_is_overwritten(self):
        self.write("postern.yaml", "# mine\n")
        self.write(".gitlab-ci.yml", "# mine\n")
        self.write(".gitlab/postern.gitlab-ci.yml", "# mine\n")
        self.run_postern("init")
        for file in ("postern.yaml", ".gitlab-ci.yml", ".gitlab/postern.gitlab-ci.yml"):
            self.assertEqual("# mine\n", (self.root / file).read_text(encoding="utf-8"))


class DoctorTest(sample.CommandLineTest):
    def test_what_is_broken(self):
        self.write("postern.yaml", sample.CONFIGURATION.replace("{class: production}", "{class: production, sources: [nowhere]}"))
        answer = self.run_postern("doctor")
        self.assert_answer(2, answer)
        self.assertIn("broken  environment production", answer.text())

    def test_a_configuration_that_cannot_be_used(self):
        self.write("postern.yaml", "environmets: {}\n")
        answer = self.run_postern("doctor")
        self.assert_answer(2, answer)
        self.assertIn("broken  configuration", answer.text())

    def test_what_weakens(self):
        self.write("app/app.yaml", sample.APPLICATION)
        self.write("postern.yaml", sample.CONFIGURATION + "packs: [secrets]\n")
        answer = self.run_postern("doctor")
        self.assertIn("weak    policies", answer.text())


class EnvironmentSettingsTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        self.write("ops/deploy/app.yaml", RISKY)
        self.write("ops/recorded/app.yaml", sample.APPLICATION)

    def decision(self, environment, *arguments, code):
        text = f"application: sample\nenvironments:\n  production: {{class: production, {environment}}}\n"
        self.write("ops/postern.yaml", text)
        answer = self.run_postern("gate", "--env", "production", "--config", "ops/postern.yaml", "--format", "json", *arguments)
        self.assert_answer(code, answer)
        return json.loads(answer.stdout)

    def test_sources_and_baseline_lie_beside_the_configuration(self):
        decision = self.decision("sources: [deploy], baseline: recorded", code=1)
        self.assertEqual("block", decision["verdict"])
        self.assertEqual(1, len(decision["candidate"]["inputs"]))

    def test_flags_win(self):
        decision = self.decision("sources: [nowhere], baseline: nowhere", "ops/recorded", "--baseline", "ops/recorded", code=0)
        self.assertEqual("pass", decision["verdict"])

    def test_a_threshold_moves_where_soft_rules_block_and_is_told(self):
        decision = self.decision("sources: [deploy], baseline: recorded, thresholds: {block_at: critical}", code=0)
        self.assertEqual("warn", decision["verdict"])
        self.assertIn("threshold", [row["code"] for row in decision["weakenings"]])
        self.assertIn("ops/postern.yaml:3", [row["origin"] for row in decision["weakenings"]])

    def test_a_lower_threshold_is_no_weakening(self):
        decision = self.decision("sources: [deploy], baseline: recorded, thresholds: {block_at: low}", code=1)
        self.assertEqual([], [row for row in decision["weakenings"] if row["code"] == "threshold"])

    def test_an_expected_input_that_is_missing_is_undecided(self):
        decision = self.decision("sources: [recorded], baseline: recorded, expect: [manifests, sbom]", code=3)
        self.assertEqual("indeterminate", decision["verdict"])
        self.assertIn("input-missing", [row["code"] for row in decision["reasons"]])

    def test_wrong_values_are_refused_with_the_right_ones(self):
        for setting in ("thresholds: {block_at: sever}", "expect: [sboms]", "thresholds: {block: high}", "sources: {a: b}"):
            with self.subTest(setting):
                self.write("ops/postern.yaml", f"environments:\n  production: {{{setting}}}\n")
                answer = self.run_postern("gate", "--config", "ops/postern.yaml")
                self.assert_answer(2, answer)
                self.assertIn("ops/postern.yaml:2", answer.talk())


if __name__ == "__main__":
    unittest.main()
