#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`postern review A B`: every question is answered from the delta or asked, and a written decision gives the same document."""
import re
import unittest

import sample

DATABASE = [("DATABASE_URL", "postgres://orders@customers-db:5432/customers")]
STORE = [sample.deployment("customers-db", image="docker.io/library/postgres:16"), sample.service("customers-db")]


class ReviewTest(sample.CommandLineTest):
    def review(self, before, after, *arguments, code=0):
        self.write("a/app.yaml", before)
        self.write("b/app.yaml", after)
        answer = self.run_postern("review", "a", "b", "--env", "production", *arguments)
        self.assert_answer(code, answer)
        return answer.text()

    def answer_to(self, text, question):
        row = next(line for line in text.splitlines() if line.startswith(f"| {question}"))
        return row.split("|")[2].strip(" *")

    def test_a_release_that_opens_much(self):
        before = [sample.deployment("web"), sample.service("web"), *STORE]
        after = [sample.deployment("web", [*DATABASE, ("TRACKER", "https://api.segment.io/v1")]), sample.service("web", "LoadBalancer"), *STORE]
        text = self.review(before, after)
        self.assertEqual("open", self.answer_to(text, "Does the release open a way in"))
        self.assertEqual("to answer", self.answer_to(text, "Is everybody asked"))
        self.assertEqual("open", self.answer_to(text, "Does data go to somebody outside"))
        self.assertEqual("ok", self.answer_to(text, "Are there credentials in clear text"))
        self.assertIn("```mermaid", text)
        self.assertIn("Information disclosure", text)
        record = text[text.index("## Data-protection record"):text.index("## Checklist")]
        self.assertIn("`app/customers-db`", record)
        self.assertIn("Segment", record)

    def test_a_name_for_a_third_party_that_nobody_uses_yet(self):
        entry = {"apiVersion": "networking.istio.io/v1", "kind": "ServiceEntry", "metadata": {"name": "analytics", "namespace": "app"},
                 "spec": {"hosts": ["api.segment.io"], "ports": [{"number": 443, "name": "tls", "protocol": "TLS"}],
                          "resolution": "DNS", "location": "MESH_EXTERNAL"}}
        text = self.review(STORE, [*STORE, entry])
        self.assertEqual("open", self.answer_to(text, "Does data go to somebody outside"))
        self.assertIn("`app/serviceentries/analytics` → `external/api.segment.io`", text)

    def test_a_release_that_changes_nothing(self):
        text = self.review(STORE, STORE)
        self.assertEqual("ok", self.answer_to(text, "Does the release open a way in"))
        self.assertIn("No flow is added, changed or removed.", text)
        self.assertNotIn("| **open** |", text)

    def test_names_are_never_markup(self):
        name = "x](https://evil.example)<script>|"
        after = [sample.deployment("web", [("URL", f"http://{name}")], image=name), *STORE]
        text = self.review(STORE, after, code=0)
        self.assertNotIn("<script>", text)
        self.assertNotIn("](https://evil", text)

    def test_a_written_decision_gives_the_same_document(self):
        text = self.review(STORE, [sample.deployment("web", DATABASE), *STORE])
        answer = self.run_postern("gate", "b", "--baseline", "a", "--env", "production", "--report", "json=decision.json")
        self.assertIn(answer.code, (0, 1))
        again = self.run_postern("render", "decision.json", "--format", "review")
        self.assert_answer(0, again)
        self.assertEqual(text, again.text())

    def test_what_cannot_be_read_is_open(self):
        text = self.review(STORE, [*STORE, {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": 5}}], code=3)
        self.assertEqual("open", self.answer_to(text, "Was everything read"))
        self.assertTrue(re.search(r"Not decided", text))


if __name__ == "__main__":
    unittest.main()
