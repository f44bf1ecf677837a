#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`postern lab WHAT` answers one line for each line, and a bad line never stops it."""
import json
import os
import subprocess
import unittest

import binary

# what -> (a good line, the part of the answer that must be there)
BENCHES = {
    "cel": ({"expr": "[1, 2].exists(x, x > 1)"}, {"value": {"t": "bool", "v": True}}),
    "document": ({"format": "yaml", "text": "a: 0o17\n---\nb: ~\n"}, {"values": [{"a": 15}, {"b": None}]}),
    "escape": ({"sink": "markdown", "text": "plain"}, {"text": "`plain`"}),
    "field": ({"name": "email_address", "context": "users"}, {"class": "PII", "subtype": "email"}),
    "host": ({"host": "api.stripe.com"}, {"vendor": "Stripe"}),
    "risk": ({"severity": 8.2, "paths": [{"entry": "internet", "hops": ["proxy"]}], "data": [{"class": "pii"}], "reg": "any", "blast": 0.2},
             {"score": 70.0, "band": "critical"}),
}


class LabTest(unittest.TestCase):
    def ask(self, what, lines):
        answer = subprocess.run([binary.find(), "lab", what], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=60,
                                env={"PATH": os.environ["PATH"]}, check=True)
        return [json.loads(line) for line in answer.stdout.splitlines()]

    def test_each_bench_answers_and_goes_on(self):
        for what, (row, expected) in BENCHES.items():
            with self.subTest(what):
                answers = self.ask(what, [json.dumps(row), "{broken", "[]", "null", json.dumps(row)])
                self.assertEqual(5, len(answers))
                self.assertEqual(expected, {key: answers[0].get(key) for key in expected})
                self.assertEqual(answers[0], answers[4])
                for bad in answers[1:4]:
                    self.assertIn("error", bad)


if __name__ == "__main__":
    unittest.main()
