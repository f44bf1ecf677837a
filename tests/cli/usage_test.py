#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Usage, configuration and help: what cannot be used is exit code 2 with a word on stderr, and stdout stays for machines."""
import json
import unittest

import sample

# (what it shows, the arguments, a part of what stderr must say)
WRONG_USES = (
    ("no command", [], ""),
    ("a command that does not exist", ["gaet", "candidate"], "gate"),
    ("an option that does not exist", ["gate", "candidate", "--basline", "baseline"], "--basline"),
    ("an option without its value", ["gate", "candidate", "--baseline"], "--baseline"),
    ("a format that does not exist", ["gate", "candidate", "--baseline", "baseline", "--format", "jsno"], "jsno"),
    ("a report without a file", ["gate", "candidate", "--baseline", "baseline", "--report", "markdown"], "markdown"),
    ("a configuration that is not there", ["gate", "candidate", "--baseline", "baseline", "--config", "missing.yaml"], "missing.yaml"),
    ("a policy that is not there", ["gate", "candidate", "--baseline", "baseline", "--policy", "missing-pack"], "missing-pack"),
    ("a source of no known kind", ["gate", "candidate", "--baseline", "gti:main"], "gti:main"),
)

# (what it shows, the configuration, a part of what stderr must say)
WRONG_CONFIGURATIONS = (
    ("no YAML", "application: [", "postern.yaml:"),
    ("a key that does not exist", sample.CONFIGURATION + "enviroments: {}\n", "environments"),
    ("a class that does not exist", sample.CONFIGURATION.replace("class: staging", "class: stageing"), "stageing"),
    ("a list for a mapping", "apiVersion: postern/v1\nkind: Configuration\napplication: a\nenvironments: []\n", "environments"),
    ("another apiVersion", sample.CONFIGURATION.replace("postern/v1", "postern/v9"), "postern/v9"),
)


class UsageTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        self.write("baseline/app.yaml", sample.APPLICATION)
        self.write("candidate/app.yaml", sample.APPLICATION)

    def test_wrong_uses(self):
        for title, arguments, words in WRONG_USES:
            with self.subTest(title):
                answer = self.run_postern(*arguments)
                self.assert_answer(2, answer)
                self.assertEqual(b"", answer.stdout)
                self.assertTrue(answer.stderr)
                self.assertIn(words, answer.talk())

    def test_wrong_configurations(self):
        for title, text, words in WRONG_CONFIGURATIONS:
            with self.subTest(title):
                self.write("postern.yaml", text)
                answer = self.gate()
                self.assert_answer(2, answer)
                self.assertIn(words, answer.talk())

    def test_help_and_version(self):
        answer = self.run_postern("--help")
        self.assert_answer(0, answer)
        for command in ("gate", "diff", "map"):
            self.assertIn(command, answer.text())
        self.assert_answer(0, self.run_postern("gate", "--help"))
        version = self.run_postern("version")
        self.assert_answer(0, version)
        self.assertRegex(version.text(), r"\b\d+\.\d+\.\d+\b")

    def test_the_configuration_is_found_upwards(self):
        self.write("deep/er/candidate/app.yaml", sample.APPLICATION)
        folder = self.root / "deep" / "er"
        answer = sample.binary.run(["gate", "candidate", "--baseline", "candidate", "--env", "staging", "--format", "json"], folder)
        self.assert_answer(0, answer)
        self.assertEqual("sample", json.loads(answer.stdout)["application"])

    def test_machine_output_is_alone_on_stdout(self):
        for arguments in (["gate", "candidate", "--baseline", "baseline", "--env", "staging", "--format", "json"],
                          ["diff", "baseline", "candidate", "--format", "json"], ["map", "candidate", "--format", "json"],
                          ["map", "candidate", "--format", "snapshot"]):
            with self.subTest(arguments):
                answer = self.run_postern(*arguments)
                self.assert_answer(0, answer)
                json.loads(answer.stdout)

    def test_the_report_file_and_stdout_are_the_same_bytes(self):
        answer = self.gate("--format", "json", "--report", "json=decision.json")
        self.assert_answer(0, answer)
        self.assertEqual(answer.stdout, (self.root / "decision.json").read_bytes())

    def test_a_report_that_cannot_be_written_is_no_pass(self):
        answer = self.gate("--report", "json=no/such/folder/decision.json")
        self.assertNotEqual(0, answer.code)
        self.assertIn("no/such/folder", answer.talk())


if __name__ == "__main__":
    unittest.main()
