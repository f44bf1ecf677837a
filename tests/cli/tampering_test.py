#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Merge requests that tamper with what judges them: the verdict stays as it is without the tampering, and each file is named."""
import json
import pathlib
import shutil
import subprocess
import unittest

import binary
import sample
from git_baseline_test import GIT

RISKY = [sample.deployment("web", [("ORDERS_URL", "http://orders:8080"), ("DB_PASSWORD", "hunter2-hunter2")]),
         sample.service("web", "LoadBalancer"), sample.deployment("orders"), sample.service("orders")]
PACK = """apiVersion: postern/v1
kind: PolicyPack
metadata: {name: own, version: 1.0.0, title: Own rules}
rules:
  - id: OWN-NO-LOAD-BALANCER
    title: No load balancers here
    subject: entity
    when: entity.kind == 'service' && exposedToInternet(entity)
    on_unknown: report
    enforcement: hard
    severity: 9.0
    block_at: low
    message: "entity.name + ' is open'"
    remediation: Route through the gateway.
"""
RULE = "DECISION-INPUT-CHANGED"
# Each control with the file that holds it, and what somebody would like it to say.
CONTROLS = {
    "policy": ("policies/own/pack.yaml", PACK.replace("hard", "advisory")),
    "configuration": ("postern.yaml", sample.CONFIGURATION.replace("class: production", "class: development") + "packs: [resilience]\n"),
    "baseline": ("recorded/baseline.json", None),
    "baseline_folder": ("recorded/folder/app.yaml", None),
    "risk_model": ("risk.yaml", "version: lenient\nband_floor: {critical: 100}\n"),
    "ignore_file": (".gitignore", "deploy/\n*.yaml\n"),
    "nested_ignore_file": ("deploy/.gitignore", "*\n"),
    "code_owners": ("CODEOWNERS", "* @anybody\n"),
    "code_owners_of_the_platform": (".github/CODEOWNERS", "* @anybody\n"),
}


def modified(test, path, lenient):
    test.write(path, lenient)


def deleted(test, path, _):
    (test.root / path).unlink()


def renamed(test, path, _):
    (test.root / path).rename(test.root / (path + ".old"))


def in_other_case(test, path, lenient):
    (test.root / path).unlink()
    folder, _, name = path.rpartition("/")
    test.write(f"{folder}/{name.upper()}" if folder and name.upper() != name else f"{folder}/{name.title()}".lstrip("/"), lenient)


def linked(test, path, lenient):
    (test.root / path).unlink()
    test.write("elsewhere.txt", lenient)
    (test.root / path).symlink_to(test.root / "elsewhere.txt")


def made_submodule(test, path, _):
    """The folder of the file (or the file itself, at the top) becomes a link to another repository."""
    place = path.rpartition("/")[0] or path
    if place == "deploy":
        place = path
    target = test.root / place
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    head = test.git_output("rev-parse", "HEAD")
    test.git("rm", "-r", "--cached", "--quiet", "--ignore-unmatch", place)
    test.git("update-index", "--add", "--cacheinfo", f"160000,{head},{place}")


def made_folder(test, path, lenient):
    (test.root / path).unlink()
    test.write(path + "/nested.yaml", lenient)


TAMPERINGS = [modified, deleted, renamed, in_other_case, linked, made_submodule, made_folder]
ADDITIONS = {"policies/own/rules/more.yaml": "rules: []\n", "deploy/postern.yaml": CONTROLS["configuration"][1], "docs/CODEOWNERS": "* @anybody\n",
             "deploy/web/.gitignore": "*\n", "recorded/folder/more.yaml": json.dumps(sample.service("web", "LoadBalancer")),
             ".gitlab/CODEOWNERS": "* @anybody\n", "Postern.yaml": CONTROLS["configuration"][1], "sub/postern.yaml": "packs: []\n"}


class TamperingTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        self.write("postern.yaml", sample.CONFIGURATION + "risk_model: risk.yaml\n")
        self.write("risk.yaml", "version: own-1\n")
        self.write("policies/own/pack.yaml", PACK)
        self.write("deploy/app.yaml", sample.APPLICATION)
        self.write("recorded/folder/app.yaml", sample.APPLICATION)
        self.write("deploy/.gitignore", "*.tmp\n")
        self.write(".gitignore", "build/\n")
        self.write("CODEOWNERS", "* @security\n")
        self.write(".github/CODEOWNERS", "* @security\n")
        recorded = self.run_postern("map", "deploy", "--format", "snapshot")
        self.write("recorded/baseline.json", recorded.stdout)
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit("base")
        self.git("checkout", "--quiet", "-b", "change")
        self.write("deploy/app.yaml", RISKY)
        risky = self.run_postern("map", "deploy", "--format", "snapshot").stdout
        self.lenient = {"recorded/baseline.json": risky, "recorded/folder/app.yaml": (self.root / "deploy/app.yaml").read_text(encoding="utf-8")}
        self.commit("change")
        self.expected = {baseline: self.judged(baseline) for baseline in ("snapshot:recorded/baseline.json", "recorded/folder")}

    def git(self, *arguments):
        subprocess.run(["git", *arguments], cwd=self.root, env=GIT, check=True, capture_output=True)

    def git_output(self, *arguments):
        return subprocess.run(["git", *arguments], cwd=self.root, env=GIT, check=True, capture_output=True, text=True).stdout.strip()

    def commit(self, message):
        self.git("add", "--all", "--force", ".")
        self.git("commit", "--quiet", "--allow-empty", "--message=" + message)

    def judged(self, baseline):
        """Verdict, exit code and what was found, apart from tampering; and the files that are named as tampered with."""
        answer = self.run_postern("gate", "deploy", "--env", "production", "--baseline", baseline, "--policy", "policies/own", "--target-ref", "main",
                                  "--format", "json")
        self.assertIn(answer.code, (0, 1, 3), answer.talk())
        decision = json.loads(answer.stdout)
        ordinary = sorted((finding["fingerprint"], finding["baseline_state"], finding["enforcement"], str(finding["risk"]))
                          for finding in decision["findings"] if finding["rule"] != RULE)
        named = {finding["subject"]["entity"]["address"].removeprefix("file/") for finding in decision["findings"] if finding["rule"] == RULE}
        return (decision["verdict"], answer.code, ordinary, decision["digests"]["policy"], decision["digests"]["configuration"]), named

    def check(self, control, baseline, path):
        expected, nothing = self.expected[baseline]
        self.assertEqual(set(), nothing)
        actual, named = self.judged(baseline)
        self.assertEqual(expected, actual, control)
        self.assertTrue(any(name == path or path.startswith(name + "/") for name in named), f"{control}: {path} is not among {named}")

    def test_the_change_itself_is_blocked(self):
        for (verdict, code, findings, _, _), _ in self.expected.values():
            self.assertEqual(("block", 1), (verdict, code))
            self.assertGreaterEqual(len(findings), 3)

    def test_each_tampering_with_each_control(self):
        start = self.git_output("rev-parse", "HEAD")
        for control, (path, lenient) in CONTROLS.items():
            baseline = "recorded/folder" if control == "baseline_folder" else "snapshot:recorded/baseline.json"
            for tamper in TAMPERINGS:
                with self.subTest(control=control, tampering=tamper.__name__):
                    self.git("checkout", "--quiet", "--force", "-B", "tampered", start)
                    self.git("clean", "-qfdx")
                    tamper(self, path, lenient or self.lenient[path])
                    if tamper is not made_submodule:
                        self.git("add", "--all", "--force", ".")
                    self.git("commit", "--quiet", "--message=tamper")
                    self.check(control, baseline, path)

    def test_each_addition(self):
        start = self.git_output("rev-parse", "HEAD")
        for path, content in ADDITIONS.items():
            with self.subTest(path):
                self.git("checkout", "--quiet", "--force", "-B", "tampered", start)
                self.git("clean", "-qfdx")
                self.write(path, content)
                self.commit("tamper")
                self.check(path, "recorded/folder" if "recorded" in path else "snapshot:recorded/baseline.json", path)

    def test_a_change_that_is_not_committed_counts_as_well(self):
        for control in ("configuration", "policy", "code_owners", "baseline"):
            with self.subTest(control):
                path, lenient = CONTROLS[control]
                self.write(path, lenient or self.lenient[path])
                self.check(control, "snapshot:recorded/baseline.json", path)
                self.git("checkout", "--quiet", "--force", ".")

    def test_a_merge_request_that_is_behind_changes_nothing(self):
        """The target moved on: what it changed about itself is not blamed on the merge request."""
        self.git("checkout", "--quiet", "main")
        self.write("CODEOWNERS", "* @security @platform\n")
        self.commit("more owners")
        self.git("checkout", "--quiet", "change")
        self.assertEqual(set(), self.judged("recorded/folder")[1])

    def test_a_target_that_is_not_there_decides_nothing(self):
        answer = self.run_postern("gate", "deploy", "--env", "production", "--target-ref", "origin/main")
        self.assertEqual(2, answer.code)
        self.assertIn("--target-ref", answer.talk())

    def test_a_link_in_place_of_the_candidate_does_not_choose_the_baseline(self):
        self.write("other/app.yaml", RISKY)
        self.git("checkout", "--quiet", "main")
        self.write("other/app.yaml", RISKY)
        self.commit("another folder")
        self.git("checkout", "--quiet", "-B", "linked")
        shutil.rmtree(self.root / "deploy")
        (self.root / "deploy").symlink_to("other")
        self.commit("link")
        answer = self.run_postern("gate", "deploy", "--env", "production", "--baseline", "git:main", "--target-ref", "main")
        self.assertEqual(1, answer.code, answer.talk())

    def test_a_baseline_that_the_merge_request_brings_decides_nothing(self):
        answer = self.run_postern("gate", "deploy", "--env", "production", "--baseline", "git:HEAD", "--target-ref", "main")
        self.assertEqual(3, answer.code, answer.talk())
        self.assertIn("the merge request itself brings", answer.text())

    def test_a_pack_in_git_that_the_merge_request_brings_is_refused(self):
        arguments = ("gate", "deploy", "--env", "production", "--baseline", "recorded/folder", "--target-ref", "main", "--format", "json")
        protected = self.run_postern(*arguments, "--policy", "git:main:policies/own")
        self.assertEqual(1, protected.code, protected.talk())
        self.write("policies/own/pack.yaml", CONTROLS["policy"][1])
        self.commit("lenient")
        self.git("tag", "v1")
        commit = self.git_output("rev-parse", "HEAD")
        for reference in ("HEAD", "HEAD~1", "change", "refs/heads/change", "v1", commit, commit[:10], "./@HEAD", "./@change",
                          f"{self.root}@{commit}", f"file://{self.root}@v1"):
            with self.subTest(reference):
                answer = self.run_postern(*arguments, "--policy", f"git:{reference}:policies/own")
                self.assertEqual(2, answer.code, answer.talk())
                self.assertIn("comes from what is to be judged", answer.talk())
        again = self.run_postern(*arguments, "--policy", "git:main:policies/own")
        self.assertEqual(1, again.code, again.talk())
        self.assertEqual(json.loads(protected.stdout)["digests"]["policy"], json.loads(again.stdout)["digests"]["policy"])

    def test_configuration_cannot_choose_a_pack_that_the_merge_request_brings(self):
        self.git("checkout", "--quiet", "main")
        self.write("postern.yaml", sample.CONFIGURATION + "risk_model: risk.yaml\npolicies: ['git:HEAD:policies/own']\n")
        self.commit("packs from whatever is checked out")
        self.git("checkout", "--quiet", "change")
        self.git("rebase", "--quiet", "main")
        answer = self.run_postern("gate", "deploy", "--env", "production", "--baseline", "recorded/folder", "--target-ref", "main")
        self.assertEqual(2, answer.code, answer.talk())
        self.assertIn("comes from what is to be judged", answer.talk())

    def test_an_ignore_file_hides_nothing_that_is_rendered(self):
        self.write(".gitignore", "build/\nrendered/\n*.yaml\n")
        self.commit("ignore")
        self.write("rendered/app.yaml", RISKY)
        answer = self.run_postern("gate", "rendered", "--env", "production", "--baseline", "recorded/folder", "--target-ref", "main")
        self.assertEqual(1, answer.code, answer.talk())

    def test_a_submodule_protects_nothing(self):
        self.git("init", "--quiet", "--initial-branch=main", "inner")
        inner = self.root / "inner"
        (inner / "postern.yaml").write_text(CONTROLS["configuration"][1], encoding="utf-8")
        subprocess.run(["git", "add", "."], cwd=inner, env=GIT, check=True)
        subprocess.run(["git", "commit", "--quiet", "--message=lax"], cwd=inner, env=GIT, check=True)
        self.git("add", "inner")
        self.git("commit", "--quiet", "--message=submodule")
        answer = binary.run(("gate", ".", "--env", "production", "--target-ref", "main"), inner)
        self.assertEqual(2, answer.code, answer.talk())
        self.assertIn("submodule", answer.talk())

    def test_from_outside_of_the_repository_nothing_is_protected_and_nothing_decided(self):
        outside = self.root.parent
        environment = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
        answer = binary.run(("gate", str(self.root / "deploy"), "--env", "production"), outside, environment=environment)
        self.assertEqual(2, answer.code, answer.talk())

    def test_a_tag_with_the_name_of_the_target_changes_nothing(self):
        self.git("update-ref", "refs/remotes/origin/main", "main")
        self.git("tag", "origin/main", "change")
        environment = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_MERGE_REQUEST_DIFF_BASE_SHA": self.git_output("rev-parse", "change")}
        answer = self.run_postern("gate", "deploy", "--env", "production", "--baseline", "recorded/folder", "--format", "json", environment=environment)
        self.assertEqual(1, answer.code, answer.talk())
        self.assertEqual(self.git_output("rev-parse", "main"), json.loads(answer.stdout)["protected_side"]["commit"])

    def test_configuration_that_only_the_merge_request_has(self):
        self.git("checkout", "--quiet", "main")
        (self.root / "postern.yaml").unlink()
        self.commit("no configuration")
        self.write("postern.yaml", CONTROLS["configuration"][1])
        self.write("deploy/app.yaml", RISKY)
        answer = self.run_postern("gate", "deploy", "--env", "production", "--baseline", "recorded/folder", "--target-ref", "main", "--format", "json")
        self.assertEqual(1, answer.code, answer.talk())
        decision = json.loads(answer.stdout)
        self.assertEqual("production", decision["environment_class"])
        self.assertIn("file/postern.yaml", [f["subject"]["entity"]["address"] for f in decision["findings"] if f["rule"] == RULE])
        answer = self.run_postern("gate", "deploy", "--config", "postern.yaml", "--target-ref", "main")
        self.assertEqual(2, answer.code, answer.talk())


if __name__ == "__main__":
    unittest.main()
