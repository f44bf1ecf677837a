#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the CEL conformance suite through a program that answers its rows, and compares.

Rows that need protobuf messages (marked by the suite) are not run. Every other row must pass, or be listed in the file of skips with a
reason; a listed row that passes is an error, too. Prints the counts of each file, and a line for
tools/conformance-figures.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys


def shared_folder():
    root = pathlib.Path(__file__).resolve().parents[3]
    return pathlib.Path(os.environ.get("POSTERN_SHARED", root.parent / "shared"))


def read_skips(path):
    skips = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            file, number, name, reason = line.split("\t")
            skips[(file, int(number))] = (name, reason)
    return skips


def sorted_map(entries):
    return sorted(entries, key=lambda entry: json.dumps(entry, sort_keys=True))


def same(expected, actual):
    """Equality of tagged values: NaN equals NaN, doubles by value, maps in any order."""
    if expected.get("t") != actual.get("t"):
        return False
    kind = expected["t"]
    if kind == "double":
        a, b = float(expected["v"]), float(actual["v"])
        return a == b or (a != a and b != b)
    if kind == "list":
        return len(expected["v"]) == len(actual["v"]) and all(map(same, expected["v"], actual["v"]))
    if kind == "map":
        a, b = sorted_map(expected["v"]), sorted_map(actual["v"])
        return len(a) == len(b) and all(same(x[0], y[0]) and same(x[1], y[1]) for x, y in zip(a, b))
    return expected.get("v") == actual.get("v")


def passes(row, answer):
    expect = row["expect"]
    if "error" in expect or "any_errors" in expect:
        return "error" in answer
    if "type" in expect and expect["type"] != answer.get("type"):
        return False
    if "value" in expect and not row.get("check_only"):
        return "value" in answer and same(expect["value"], answer["value"])
    return "error" not in answer


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, nargs="+")
    parser.add_argument("--skips", type=pathlib.Path, required=True)
    parser.add_argument("--verbose", action="store_true", help="print every row that fails")
    arguments = parser.parse_args()

    folder = shared_folder() / "suites" / "cel" / "conformance"
    if not folder.is_dir():
        print("skipped: shared data not found")
        return 0
    rows = []
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if line:
                rows.append((file.stem, number, json.loads(line), line))
    asked = [row for row in rows if not row[2]["needs_proto"]]
    answers = subprocess.run(arguments.program, input="".join(row[3] + "\n" for row in asked), capture_output=True, text=True,
                             encoding="utf-8", check=False)
    lines = answers.stdout.split("\n")[:-1]
    if answers.returncode != 0 or len(lines) != len(asked):
        print(answers.stderr[-4000:])
        print(f"the program ended with {answers.returncode} after {len(lines)} of {len(asked)} answers")
        return 1

    skips = read_skips(arguments.skips)
    counts, wrong = {}, []
    for (file, number, row, _), line in zip(asked, lines):
        answer = json.loads(line)
        good = passes(row, answer)
        listed = (file, number) in skips
        count = counts.setdefault(file, [0, 0, 0])
        count[0 if good else 2 if listed else 1] += 1
        if good == listed:
            wrong.append(f"{file}:{number} {row['section']}/{row['name']}: {row['expr']!r}\n  expected {json.dumps(row['expect'])}\n"
                         f"  {'listed as a skip, but passes' if good else 'got ' + line}")
    print(f"{'file':<20}{'passed':>8}{'failed':>8}{'skipped':>8}{'protobuf':>9}")
    for file in sorted({row[0] for row in rows}):
        protobuf = sum(1 for row in rows if row[0] == file and row[2]["needs_proto"])
        passed, failed, skipped = counts.get(file, [0, 0, 0])
        print(f"{file:<20}{passed:>8}{failed:>8}{skipped:>8}{protobuf:>9}")
    print(f"{'all':<20}" + "".join(f"{sum(count[i] for count in counts.values()):>8}" for i in range(3)) + f"{len(rows) - len(asked):>9}")
    for text in wrong if arguments.verbose else wrong[:20]:
        print(text)
    passed, listed = (sum(count[i] for count in counts.values()) for i in (0, 2))
    reasons = [f"{len(rows) - len(asked)} need protobuf messages"] + ([f"{listed} are listed with reasons in skips.tsv"] if listed else [])
    print(f"figures: CEL conformance suite | {len(asked)} | {passed} | {len(rows) - len(asked) + listed} | {', '.join(reasons)}")
    return 1 if wrong or not asked else 0


if __name__ == "__main__":
    sys.exit(main())
