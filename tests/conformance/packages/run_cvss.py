#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""CVSS vectors with their scores, and vectors that must be refused."""
import json

from suite import Suite

COLUMNS = {2: "base", 3: "temporal", 4: "environmental", 5: "overall"}
TEXTS = {6: "macrovector", 7: "nomenclature"}


def is_right(row, answer):
    """Whether every score that the table states is the one that was computed."""
    if "error" in answer or answer["version"] != row[0]:
        return False
    scores = all(not row[at] or float(row[at]) == answer[key] for at, key in COLUMNS.items())
    return scores and all(not row[at] or row[at] == answer.get(key) for at, key in TEXTS.items())


def main():
    suite = Suite("cvss")
    rows = suite.table("scores.tsv")
    for row, answer in zip(rows, suite.ask("cvss", [{"vector": row[1]} for row in rows])):
        suite.count(f"scores {row[0]}", row[1], answer, is_right(row, answer))
    rows = suite.table("parse.tsv")
    for row, answer in zip(rows, suite.ask("cvss", [{"vector": json.loads(row[2])} for row in rows])):
        suite.count(f"{row[1]} {row[0]}", row[2], answer, ("error" in answer) == (row[1] == "reject"))
    suite.finish()


main()
