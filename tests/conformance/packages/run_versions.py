#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Orders of versions of twenty ecosystems, and texts that are no versions."""
import itertools
import json

from suite import Suite

ALLOWED = {"<": "<", ">": ">", "=": "=", "<=": "<=", ">=": ">=", "!=": "<>"}


def main():
    suite = Suite("versions")
    rows = suite.table("order.tsv")
    for row, answer in zip(rows, suite.ask("version", [{"ecosystem": row[0], "a": row[1], "b": row[3]} for row in rows])):
        suite.count(row[0], row[1:4], answer, answer.get("order", "none") in ALLOWED[row[2]])
    with open(suite.folder / "pypi_sorted.json", encoding="utf-8") as file:
        python = json.load(file)
    pairs = list(itertools.combinations(python["strictly_ascending"], 2))
    for pair, answer in zip(pairs, suite.ask("version", [{"ecosystem": "pypi", "a": a, "b": b} for a, b in pairs])):
        suite.count("pypi, each with each", pair, answer, answer.get("order") == "<")
    invalid = python["invalid"]
    for text, answer in zip(invalid, suite.ask("version", [{"ecosystem": "pypi", "a": text, "b": text} for text in invalid])):
        suite.count("pypi, no versions", text, answer, "error" in answer)
    suite.finish()


main()
