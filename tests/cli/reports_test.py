#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reports for other systems: what the CI system says goes into SARIF, and one decision gives one report wherever it is made."""
import json
import unittest
import xml.etree.ElementTree

import sample

URL = "https://git.sample.example/group/app"
# CI system -> its variables; each has a credential in the URL where the system is known to put one there.
SYSTEMS = {
    "GitLab": {"CI_PROJECT_URL": URL, "CI_COMMIT_SHA": "c0ffee", "CI_COMMIT_REF_NAME": "main"},
    "GitHub": {"GITHUB_SERVER_URL": "https://git.sample.example", "GITHUB_REPOSITORY": "group/app", "GITHUB_SHA": "c0ffee", "GITHUB_REF_NAME": "main"},
    "Azure DevOps": {"BUILD_REPOSITORY_URI": URL.replace("//", "//group@"), "BUILD_SOURCEVERSION": "c0ffee", "BUILD_SOURCEBRANCHNAME": "main"},
    "Jenkins": {"GIT_URL": URL.replace("//", "//user:Quartz-Meadow-5501@") + "?token=Falcon#x", "GIT_COMMIT": "c0ffee", "GIT_BRANCH": "main"},
}
NO_ADDRESSES = ("git@git.sample.example:group/app.git", "file:///srv/git/app", "https:///app", "https://host/a b", "javascript:alert(1)", "")


class ReportsTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        self.write("baseline/app.yaml", sample.APPLICATION)
        opened = {**sample.service("web", "LoadBalancer"), "metadata": {"name": "open", "namespace": "app"}}
        self.write("candidate/app.yaml", [*sample.APPLICATION, opened])

    def sarif(self, variables=None, baseline="baseline"):
        source = ["--baseline", baseline] if baseline else []
        answer = self.run_postern("gate", "candidate", *source, "--env", "production", "--config", "postern.yaml", "--format", "sarif",
                                  environment=variables)
        return json.loads(answer.text())["runs"][0]

    def test_repository_of_each_ci_system(self):
        expected = {"repositoryUri": URL, "revisionId": "c0ffee", "branch": "main", "mappedTo": {"uriBaseId": "%SRCROOT%"}}
        for system, variables in SYSTEMS.items():
            with self.subTest(system):
                self.assertEqual([expected], self.sarif(variables)["versionControlProvenance"])

    def test_no_repository_without_an_address(self):
        self.assertNotIn("versionControlProvenance", self.sarif())
        for address in NO_ADDRESSES:
            with self.subTest(address):
                self.assertNotIn("versionControlProvenance", self.sarif({"CI_PROJECT_URL": address}))

    def test_exit_code_is_the_same_in_every_format(self):
        codes = {form: self.gate("--format", form).code for form in ("text", "json", "sarif", "junit", "codequality", "markdown", "html")}
        self.assertEqual({1}, set(codes.values()), codes)

    def test_a_missing_baseline_looks_green_nowhere(self):
        answer = self.gate("--format", "junit", baseline=None)
        self.assert_answer(3, answer)
        suite = xml.etree.ElementTree.fromstring(answer.text()).find("testsuite")
        self.assertEqual("gate", suite.get("name"))
        self.assertGreater(int(suite.get("errors")), 0)
        run = self.sarif(baseline=None)
        self.assertFalse(run["invocations"][0]["executionSuccessful"])
        self.assertFalse(any("baselineState" in result for result in run["results"]))

    def test_rules_are_described_where_nothing_is_found(self):
        rules = self.sarif(baseline="candidate")["tool"]["driver"]["rules"]
        self.assertIn("EXPOSED-TO-INTERNET", {rule["id"] for rule in rules})
        for rule in rules:
            self.assertTrue(rule["help"]["text"] and rule["help"]["markdown"] and rule["fullDescription"]["text"], rule["id"])


if __name__ == "__main__":
    unittest.main()
