#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Cases of the purl specification: parts of a text, the text of parts, the canonical form, and what must fail."""
from suite import Suite

PARTS = ("type", "namespace", "name", "version", "qualifiers", "subpath")


def is_right(case, answer):
    """What fails must be an error; a text that breaks a rule of its type still has a canonical form."""
    if case["expected_failure"]:
        return "error" in answer
    if case["test_type"] == "parse":
        return all(answer.get(part, "") == (case["expected_output"].get(part) or None) for part in PARTS)
    return answer.get("canonical") == case["expected_output"]


def main():
    suite = Suite("purl")
    cases = suite.lines("purl.jsonl")
    rows = [case["input"] if isinstance(case["input"], dict) else {"purl": case["input"]} for case in cases]
    for case, answer in zip(cases, suite.ask("purl", rows)):
        group = "must fail: " + case["test_type"] if case["expected_failure"] else case["test_type"]
        suite.count(group, case["input"], answer, is_right(case, answer))
    suite.finish()


main()
