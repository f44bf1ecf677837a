#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Evaluates published admission policies on their test objects and compares with what their authors expect.

A case passes admission when every validation is true; an evaluation error counts as a refusal. Only cases that the suite marks as portable
(no library of one platform) are run.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys

SHARED = pathlib.Path(os.environ.get("POSTERN_SHARED", pathlib.Path(__file__).resolve().parents[4] / "shared"))


def tagged(value):
    if value is None:
        return {"t": "null"}
    if isinstance(value, bool):
        return {"t": "bool", "v": value}
    if isinstance(value, int):
        return {"t": "int", "v": str(value)}
    if isinstance(value, float):
        return {"t": "double", "v": repr(value)}
    if isinstance(value, str):
        return {"t": "string", "v": value}
    if isinstance(value, list):
        return {"t": "list", "v": [tagged(element) for element in value]}
    return {"t": "map", "v": [[tagged(key), tagged(element)] for key, element in value.items()]}


def answer(program, rows):
    done = subprocess.run(program, input="".join(json.dumps(row) + "\n" for row in rows), capture_output=True, text=True, encoding="utf-8",
                          check=False)
    lines = done.stdout.split("\n")[:-1]
    if done.returncode != 0 or len(lines) != len(rows):
        sys.exit(f"the program ended with {done.returncode} after {len(lines)} of {len(rows)} answers\n{done.stderr[-4000:]}")
    return [json.loads(line) for line in lines]


def row_of(case, expression):
    variables = {"t": "map", "v": [[tagged(name), value] for name, value in case["known"].items()]}
    return {"expr": expression, "bindings": {"object": case["object_value"], "params": case["params_value"], "variables": variables},
            "type_env": [{"name": name, "type": "dyn"} for name in ("object", "params", "variables")]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True, nargs="+")
    arguments = parser.parse_args()
    folder = SHARED / "suites" / "cel"
    if not (folder / "kubescape_cases.jsonl").is_file():
        print("skipped: shared data not found")
        return 0
    read = lambda name: [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").split("\n") if line]
    policies = {policy["id"]: policy for policy in read("kubescape_policies.jsonl")}
    everything = read("kubescape_cases.jsonl")
    cases = [case for case in everything if case["portable"]]
    for case in cases:
        case.update(known={}, object_value=tagged(case["object"]), params_value=tagged(case.get("params")))

    # Variables may use those before them: one round for each position. A variable that fails is missing, so its use fails.
    for position in range(max(len(policy["variables"]) for policy in policies.values())):
        asked = [case for case in cases if len(policies[case["policy"]]["variables"]) > position]
        definitions = [policies[case["policy"]]["variables"][position] for case in asked]
        answers = answer(arguments.program, [row_of(case, definition["expression"]) for case, definition in zip(asked, definitions)])
        for case, definition, found in zip(asked, definitions, answers):
            if "value" in found:
                case["known"][definition["name"]] = found["value"]

    asked = [(case, validation["expression"]) for case in cases for validation in policies[case["policy"]]["validations"]]
    verdicts = {}
    for (case, _), found in zip(asked, answer(arguments.program, [row_of(case, expression) for case, expression in asked])):
        verdicts.setdefault(id(case), []).append(found)
    wrong = []
    for case in cases:
        passed = all(found.get("value") == {"t": "bool", "v": True} for found in verdicts[id(case)])
        if ("pass" if passed else "fail") != case["expected"]:
            wrong.append(f"{case['policy']} / {case['name']}: expected {case['expected']}, got {json.dumps(verdicts[id(case)])[:600]}")
    print(f"{len(cases) - len(wrong)} of {len(cases)} cases of {len(policies)} policies as expected")
    for text in wrong[:20]:
        print(text)
    apart = len(everything) - len(cases)
    print(f"figures: admission policies (CEL) | {len(cases)} | {len(cases) - len(wrong)} | {apart} | "
          + (f"{apart} use the library of one platform" if apart else "none"))
    return 1 if wrong or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
