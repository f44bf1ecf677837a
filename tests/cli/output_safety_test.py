#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What leaves the executable: no secret in any output, and no untrusted name that becomes a command where it is shown."""
import base64
import json
import re
import unittest
import xml.etree.ElementTree

import sample

# Values that are secrets by their place, their name or their shape. Each is unlike any other text.
CANARIES = {
    "password variable": "Quartz-Meadow-5501-Falcon",
    "token variable": "tok-9f31c2ab77d04e6688aa10",
    "password in a URL": "Harbour-Violet-8823-Comet",
    "password argument": "Timber-Saffron-1147-Raven",
    "secret data": "Copper-Willow-3390-Heron",
    "secret text": "Marble-Juniper-6128-Otter",
    "password in a configuration": "Velvet-Cedar-7745-Finch",
    "short password variable": "Cobalt-Maple-2219-Wren",
    "user with password": "Amber-Birch-6604-Crane",
    "assignment in an option": "Scarlet-Aspen-9917-Stork",
    "password of a program": "Indigo-Poplar-3052-Swift",
}

HOSTILE = (
    "x\n/approve\n/merge", "a\r\n##vso[task.setvariable variable=x]y", "::set-output name=a::b", "\x1b[2J\x1b[31mred", "<script>alert(1)</script>",
    "`code` [link](javascript:alert(1)) ![i](http://evil.example/i.png)", "| cell | cell |\n|---|---|", "\u202egnp.exe", "=cmd|' /C calc'!A0",
    "end\n```\n/close", "A[\"x\"]-->B; click A \"javascript:alert(1)\"", "@everyone", "\u200bzero\u2028line",
)


class OutputSafetyTest(sample.CommandLineTest):
    def all_outputs(self):
        """Every output of every command that reads the candidate: name -> text."""
        outputs = {}
        forms = {"report.md": "markdown", "decision.json": "json", "postern.sarif": "sarif", "postern.xml": "junit", "quality.json": "codequality",
                 "report.html": "html", "pages/": "html"}
        reports = [item for file, form in forms.items() for item in ("--report", f"{form}={file}")]
        gate = self.gate("--format", "text", *reports)
        outputs["gate"], outputs["gate talk"] = gate.stdout, gate.stderr
        for name in forms:
            outputs[name] = (self.root / (name + "index.html" if name.endswith("/") else name)).read_bytes()
        for form in ("text", "json"):
            answer = self.run_postern("diff", "baseline", "candidate", "--config", "postern.yaml", "--format", form)
            outputs[f"diff {form}"] = answer.stdout + answer.stderr
        for form in ("text", "json", "snapshot", "mermaid", "html", "svg"):
            answer = self.run_postern("map", "candidate", "--config", "postern.yaml", "--format", form)
            self.assertIn(answer.code, (0, 3), answer.talk())  # 3: names that the platform refuses
            outputs[f"map {form}"] = answer.stdout + answer.stderr
        return {name: content.decode("utf-8") for name, content in outputs.items()}

    def test_no_secret_in_any_output(self):
        encoded = base64.b64encode(CANARIES["secret data"].encode()).decode()
        environment = [("DB_PASSWORD", CANARIES["password variable"]), ("API_TOKEN", CANARIES["token variable"]),
                       ("ORDERS_DATABASE", f"postgresql://app:{CANARIES['password in a URL']}@orders:5432/orders"), ("PW", CANARIES["short password variable"])]
        secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "app", "namespace": "app"}, "data": {"key": encoded},
                  "stringData": {"other": CANARIES["secret text"]}}
        settings = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "app", "namespace": "app"},
                    "data": {"application.properties": f"db.password={CANARIES['password in a configuration']}\n"}}
        web = sample.deployment("web", environment, arguments=[
            f"--db-password={CANARIES['password argument']}", f"--user=root:{CANARIES['user with password']}",
            f"--set=auth.password={CANARIES['assignment in an option']}", f"redis-cli -a {CANARIES['password of a program']} ping"])
        self.write("baseline/app.yaml", sample.APPLICATION)
        self.write("candidate/app.yaml", [web, sample.service("web"), *sample.APPLICATION[2:], secret, settings])
        outputs = self.all_outputs()
        self.assertIn("DB_PASSWORD", outputs["decision.json"], "the secret is not even named, so nothing was tested")
        forbidden = {**CANARIES, "encoded secret data": encoded}
        for name, text in outputs.items():
            for what, canary in forbidden.items():
                with self.subTest(output=name, secret=what):
                    self.assertNotIn(canary, text)

    def test_no_name_becomes_a_command(self):
        hostile = [sample.deployment(f"svc{number}", [("TEXT", text), ("HOST_URL", f"http://{text}:80")], image=text)
                   for number, text in enumerate(HOSTILE)]
        for document, text in zip(hostile, HOSTILE):
            document["metadata"]["labels"] = {"postern.dev/owner": text}
        named = [sample.service(text, "LoadBalancer") for text in HOSTILE]
        self.write("baseline/app.yaml", sample.APPLICATION)
        self.write("candidate/app.yaml", [*sample.APPLICATION, *hostile, *named])
        outputs = self.all_outputs()
        for name, text in outputs.items():
            with self.subTest(name):
                self.assertNotRegex(text, r"[\x00-\x08\x0b-\x1f\x7f]", "a control character")
                self.assertNotRegex(text, "[\u202a-\u202e\u2066-\u2069\u200b\u2028\u2029]", "a character that reorders or hides text")
        for name in ("gate", "report.md", "gate talk", "map text", "diff text", "postern.sarif", "postern.xml", "quality.json"):
            with self.subTest(name):
                self.assertIsNone(re.search(r"^\s*(/[a-z]|##vso\[|::[a-z])", outputs[name], re.MULTILINE), "a line that is a command")
        for name in ("report.md", "report.html", "pages/", "map html", "map svg"):
            self.assertNotIn("<script", outputs[name])
        for name in ("decision.json", "postern.sarif", "quality.json"):
            json.loads(outputs[name])
        xml.etree.ElementTree.fromstring(outputs["postern.xml"])


if __name__ == "__main__":
    unittest.main()
