#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Baselines from git: objects are read and nothing is checked out or executed; what cannot be read is said and never passes."""
import json
import os
import subprocess
import unittest

import sample

GIT = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@sample.example",
       "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@sample.example", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
       "GIT_AUTHOR_DATE": "2024-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2024-01-01T00:00:00Z"}


class GitBaselineTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        self.write("candidate/app.yaml", sample.APPLICATION)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("add", "candidate", "postern.yaml")
        self.git("commit", "--quiet", "--message=before")
        self.git("tag", "deployed")
        self.write("candidate/app.yaml", [sample.service("web", "LoadBalancer"), *(item for item in sample.APPLICATION if item != sample.service("web"))])

    def git(self, *arguments, folder=None):
        subprocess.run(["git", *arguments], cwd=folder or self.root, env=GIT, check=True, capture_output=True)

    def changes(self, baseline):
        answer = self.gate("--format", "json", baseline=baseline)
        self.assertIn(answer.code, (0, 1), answer.talk())
        decision = json.loads(answer.stdout)
        self.assertTrue(decision["changes"])
        return [(change["kind"], change["subject"], change.get("attribute")) for change in decision["changes"]]

    def test_a_reference_says_the_same_as_a_folder(self):
        self.write("before/app.yaml", sample.APPLICATION)
        expected = self.changes("before")
        commit = subprocess.run(["git", "rev-parse", "deployed"], cwd=self.root, env=GIT, check=True, capture_output=True, text=True).stdout.strip()
        for reference in ("git:deployed:candidate", "git:main:candidate", f"git:{commit}:candidate", f"git:{commit[:12]}:candidate"):
            with self.subTest(reference):
                self.assertEqual(expected, self.changes(reference))

    def test_what_is_not_there_is_undecided(self):
        for reference in ("git:nowhere", "git:main:no/such/folder", "git:0000000000000000000000000000000000000000", "git:--upload-pack=touch pwned"):
            with self.subTest(reference):
                answer = self.gate(baseline=reference)
                self.assertIn(answer.code, (2, 3), answer.talk())
                self.assertTrue(answer.stderr or answer.stdout)
        self.assertFalse((self.root / "pwned").exists())

    def test_nothing_of_the_tree_is_executed(self):
        marker = self.root / "executed"
        self.write(".gitattributes", "*.yaml filter=evil diff=evil\n")
        self.git("add", ".gitattributes")
        self.git("commit", "--quiet", "--message=attributes")
        for key in ("filter.evil.smudge", "filter.evil.clean", "filter.evil.process", "diff.evil.textconv", "core.fsmonitor", "core.sshCommand"):
            self.git("config", key, f"touch {marker}")
        hook = self.root / ".git" / "hooks" / "post-checkout"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {marker}\n")
        hook.chmod(0o755)
        self.changes("git:main:candidate")
        self.assertFalse(marker.exists())

    def test_a_shallow_clone_says_that_it_is_shallow(self):
        self.git("add", "candidate")
        self.git("commit", "--quiet", "--message=after")
        self.git("clone", "--quiet", "--depth=1", f"file://{self.root}", "clone")
        arguments = ["gate", "candidate", "--baseline", "git:HEAD~1:candidate", "--env", "production", "--config", "postern.yaml"]
        answer = sample.binary.run(arguments, self.root / "clone")
        self.assert_answer(3, answer)
        self.assertIn("shallow", (answer.talk() + answer.text()).lower())

    def test_a_folder_of_somebody_else_is_readable_or_explained(self):
        if os.geteuid() != 0:
            self.skipTest("only root may give a folder away")
        for path in [self.root, *self.root.rglob("*")]:
            os.lchown(path, 65534, 65534)
        answer = self.gate(baseline="git:deployed:candidate")
        if answer.code == 3:
            self.assertRegex(answer.talk() + answer.text(), "own")
        else:
            self.assertIn(answer.code, (0, 1), answer.talk())


if __name__ == "__main__":
    unittest.main()
