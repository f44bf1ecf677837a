#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ranges of npm and PyPI, and cases of VERS: order, equality, containment, canonical form, native ranges."""
import pathlib

from suite import Suite


def native(suite):
    """What node-semver and packaging say of their own ranges."""
    cases = suite.lines("npm_ranges.jsonl")
    rows = [{"ecosystem": "npm", "range": case["range"], "version": case["version"], "options": case["options"]} for case in cases]
    for case, row, answer in zip(cases, rows, suite.ask("range", rows)):
        suite.count("npm ranges", row, answer, answer.get("in") is case["satisfies"])
    cases = suite.lines("pypi_specifiers.jsonl")
    rows = [{"ecosystem": "pypi", "range": case["specifier"], "version": case["version"]} for case in cases]
    for case, row, answer in zip(cases, rows, suite.ask("range", rows)):
        suite.count("pypi specifiers", row, answer, answer.get("in") is case["contains"])


def orders(suite, cases):
    """Sorted lists and equalities of VERS, pair by pair."""
    rows, wanted = [], []
    for case in cases:
        scheme, output = case["input"]["input_scheme"], case["expected_output"]
        if case["test_type"] == "comparison":
            rows += [{"ecosystem": scheme, "a": a, "b": b} for a, b in zip(output, output[1:])]
            wanted += ["<="] * (len(rows) - len(wanted))
        else:
            rows.append({"ecosystem": scheme, "a": case["input"]["versions"][0], "b": case["input"]["versions"][1]})
            wanted.append("=" if output else "<>")
    for row, allowed, answer in zip(rows, wanted, suite.ask("version", rows)):
        suite.count("VERS order and equality", row, answer, answer.get("order", "none") in allowed)


def row_of(case):
    """The question that a case of VERS asks."""
    given = case["input"]
    if case["test_type"] == "from_native":
        return {"ecosystem": given["scheme"], "range": given["native_range"]}
    return {"range": given} if isinstance(given, str) else {"range": given["vers"], **({"version": given["version"]} if "version" in given else {})}


def is_right(case, answer):
    """What fails must be an error; parsed ranges are only asked whether they can be read."""
    if case.get("expected_failure"):
        return "error" in answer
    if case["test_type"] == "containment":
        return answer.get("in") is case["expected_output"]
    return "vers" in answer if case["test_type"] == "parse" else answer.get("vers") == case["expected_output"]


def main():
    suite = Suite("versions")
    native(suite)
    with open(pathlib.Path(__file__).with_name("left_out.tsv"), encoding="utf-8") as file:
        left_out = {tuple(line.split("\t")[:2]) for line in file if not line.startswith("#")}
    cases = suite.lines("vers.jsonl")
    orders(suite, [case for case in cases if case["test_type"] in ("comparison", "equality")])
    cases = [case for case in cases if case["test_type"] not in ("comparison", "equality")]
    rows, used = [], set()
    for case in cases:
        rows.append(row_of(case))
    for case, row, answer in zip(cases, rows, suite.ask("range", rows)):
        key = (row.get("ecosystem", ""), row["range"])
        if key in left_out:
            used.add(key)
            # A case that turns right is taken off the list.
            suite.count("left out with a reason", row, answer, not is_right(case, answer))
        else:
            suite.count("VERS " + case["test_type"], row, answer, is_right(case, answer))
    print(f"left out: {len(used)} ranges, left_out.tsv says why")
    suite.finish()


main()
