#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""SARIF, JUnit and GitLab code quality of real and of hostile releases against the published schemas."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import binary

SHARED = binary.find_shared()
if SHARED is None or not (SHARED / "suites" / "schemas").is_dir():
    binary.skip("shared data not found")
SCHEMAS = SHARED / "suites" / "schemas"
try:
    import jsonschema
except ImportError:
    binary.skip("no module jsonschema: install python3-jsonschema")
if shutil.which("xmllint") is None:
    binary.skip("no xmllint: install libxml2-utils")

SHOP = binary.REPOSITORY / "examples" / "shop"
CONFIGURATION = "apiVersion: postern/v1\nkind: Configuration\napplication: a/b c\nenvironments:\n  production: {class: production}\n"
HOSTILE = ("a\x01b\x1b[2J\ufffe\uffff", "]]><!--x-->&amp;<a b='c' d=\"e\">", "{0} [a](http://x.example) \\[", "\u202egnp.exe", "##vso[task.complete]",
           "line\nend\r\ttab", " ", "https://x.example/%2e%2e/?q#f")
VARIABLES = {"CI_PROJECT_URL": "https://user:token@git.example/group/app?x=y", "CI_COMMIT_SHA": "0123456789abcdef", "CI_COMMIT_REF_NAME": "main"}


def hostile_objects():
    """Names and values that mean something to XML, SARIF or a terminal; each also opens a way in, so that there are findings."""
    for number, text in enumerate(HOSTILE):
        labels = {"app": f"s{number}"}
        container = {"name": "c", "image": text, "env": [{"name": "DB_PASSWORD", "value": f"Quartz-{number}-Falcon"}, {"name": text, "value": text}]}
        pod = {"containers": [container], "hostNetwork": True}
        yield {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": f"s{number}", "namespace": "app", "labels": {"postern.dev/owner": text}},
               "spec": {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": pod}}}
        yield {"apiVersion": "v1", "kind": "Service", "metadata": {"name": text, "namespace": "app"},
               "spec": {"type": "LoadBalancer", "selector": labels, "ports": [{"port": 80}]}}


class ReportSchemasTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        sarif = json.loads((SCHEMAS / "sarif/sarif-2.1/schema/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
        issue = json.loads((SCHEMAS / "gitlab/codequality.codeclimate.json").read_text(encoding="utf-8"))
        checker = jsonschema.FormatChecker()
        cls.sarif = jsonschema.Draft7Validator(sarif, format_checker=checker)
        cls.issue = jsonschema.Draft7Validator(issue, format_checker=checker)

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="postern-reports-")
        self.root = pathlib.Path(self.temporary.name)
        (self.root / "postern.yaml").write_text(CONFIGURATION, encoding="utf-8")

    def tearDown(self):
        self.temporary.cleanup()

    def gate(self, baseline, candidate, configuration="postern.yaml"):
        """Runs the gate; the three reports are in the test's folder then."""
        reports = [item for form in ("sarif", "junit", "codequality") for item in ("--report", f"{form}={form}")]
        return binary.run(["gate", candidate, "--baseline", baseline, "--env", "production", "--config", configuration, *reports], self.root,
                          environment=VARIABLES)

    def check(self, answer):
        log = json.loads((self.root / "sarif").read_text(encoding="utf-8"))
        self.assertEqual([], [f"{list(error.path)}: {error.message[:300]}" for error in self.sarif.iter_errors(log)])
        run = log["runs"][0]
        self.assertEqual(answer.code, run["invocations"][0]["exitCode"])
        for result in run["results"]:
            self.assertEqual(result["ruleId"], run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"])
            self.assertIn("physicalLocation", result["locations"][0], "hosts refuse results without a file")
        issues = json.loads((self.root / "codequality").read_text(encoding="utf-8"))
        for issue in issues:
            self.assertEqual([], [error.message for error in self.issue.iter_errors(issue)])
            self.assertIn(issue["severity"], ("info", "minor", "major", "critical", "blocker"))
        lint = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", SCHEMAS / "junit/JUnit.xsd", self.root / "junit"], capture_output=True,
                              text=True, check=False)
        self.assertEqual(0, lint.returncode, lint.stderr[:2000])
        return run, issues

    def test_the_shop(self):
        run, issues = self.check(self.gate(SHOP / "baseline", SHOP / "candidate", SHOP / "postern.yaml"))
        self.assertEqual(5, sum(result["level"] == "error" for result in run["results"]))
        self.assertEqual(5, sum(issue["severity"] == "blocker" for issue in issues))
        self.assertEqual({"new", "unchanged"}, {result["baselineState"] for result in run["results"]})
        self.assertEqual([{"repositoryUri": "https://git.example/group/app", "revisionId": "0123456789abcdef", "branch": "main",
                           "mappedTo": {"uriBaseId": "%SRCROOT%"}}], run["versionControlProvenance"])

    def test_pairs_of_real_applications(self):
        for folder in sorted((SHARED / "pairs").iterdir()):
            with self.subTest(folder.name):
                self.check(self.gate(folder / "baseline", folder / "candidate"))

    def test_hostile_names(self):
        (self.root / "a b%").mkdir()
        objects = "".join("---\n" + json.dumps(item) + "\n" for item in hostile_objects())
        (self.root / "a b%" / "#odd?name[1].yaml").write_text(objects, encoding="utf-8")
        run, _ = self.check(self.gate("none", "a b%"))
        self.assertGreater(len(run["results"]), 0, "no finding, so nothing was tested")
        self.assertIn("%23odd%3Fname%5B1%5D.yaml", {uri["location"]["uri"] for uri in run["artifacts"]})

    def test_what_cannot_be_judged(self):
        (self.root / "candidate").mkdir()
        (self.root / "candidate" / "broken.yaml").write_text("a: [\n", encoding="utf-8")
        answer = self.gate("absent", "candidate")
        run, _ = self.check(answer)
        self.assertEqual(3, answer.code)
        self.assertFalse(run["invocations"][0]["executionSuccessful"])
        self.assertIn("<error", (self.root / "junit").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
