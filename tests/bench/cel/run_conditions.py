#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures conditions of rules: Postern's evaluator beside cel-js and cel-go, the same conditions and subjects in the same run, and the
rules of packs over many changes.

The other engines are used where they are installed: cel_go needs `go` and its modules, cel_js needs `node` and `npm install` in its
folder (or NODE_PATH's parent by --cel-js). What is absent is skipped and said. All engines must agree on every condition; times are
printed and judged by nobody.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import subjects

HERE = pathlib.Path(__file__).resolve().parent
OUTCOMES = ("true", "false", "other")


def answers_of(command, environment=None):
    process = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}: {process.stderr[-2000:]}")
    return [json.loads(line) for line in process.stdout.splitlines() if line.startswith("{")]


def cel_go_command(work):
    """Builds the Go program; nothing where Go or its modules are not there."""
    if shutil.which("go") is None:
        return None, "no go command"
    target = work / "cel_go"
    built = subprocess.run(["go", "build", "-mod=readonly", "-o", str(target), "."], cwd=HERE / "cel_go", capture_output=True, text=True,
                           check=False)
    return ([str(target)], "") if built.returncode == 0 else (None, "it does not build here: " + built.stderr.strip().splitlines()[-1])


def cel_js_command(folder):
    if shutil.which("node") is None:
        return None, "no node command"
    if not (folder / "node_modules").is_dir():
        return None, f"not installed: run `npm install` in {folder}"
    return ["node", str(folder / "bench.mjs")], ""


def measure(engines, conditions, file, seconds):
    results = {}
    for name, (command, reason) in engines.items():
        if command is None:
            print(f"{name}: skipped, {reason}")
            continue
        form = ["maps"] if name == "postern maps" else ["records"] if name == "postern" else []
        results[name] = {row["name"]: row for row in answers_of([*command, str(conditions), str(file), str(seconds), *form])}
    return results


def report(results):
    first = results["postern"]
    print(f"\n{'ns a condition':14}" + "".join(f"{name:>14}" for name in results) + "   allocations   true")
    disagreements = 0
    for name, row in first.items():
        print(f"{name:14}" + "".join(f"{engine[name]['nanoseconds']:14.0f}" for engine in results.values())
              + f"{row['allocations']:14.2f}{row['true']:7}")
        for other, engine in results.items():
            if any(engine[name][outcome] != row[outcome] for outcome in OUTCOMES):
                disagreements += 1
                print(f"  {other} disagrees: " + ", ".join(f"{outcome} {engine[name][outcome]} instead of {row[outcome]}"
                                                          for outcome in OUTCOMES))
    means = {name: sum(row["nanoseconds"] for row in engine.values()) / len(engine) for name, engine in results.items()}
    print(f"{'mean':14}" + "".join(f"{mean:14.0f}" for mean in means.values()))
    print(f"{'ratio':14}" + "".join(f"{mean / means['postern']:14.1f}" for mean in means.values()))
    return disagreements


def changes(program, count, rounds):
    print(f"\n{'changes':>10}{'rules':>7}{'threads':>9}{'seconds':>9}{'CPU s':>8}{'judged':>10}{'findings':>10}")
    for threads in (1, 2):
        row = answers_of([str(program), str(count), str(threads), str(rounds)])[0]
        print(f"{row['changes']:10}{row['rules']:7}{row['threads']:9}{row['seconds']:9.2f}{row['cpu']:8.2f}{row['judged']:10}{row['findings']:10}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--programs", type=pathlib.Path, required=True, help="folder of bench_conditions and bench_changes")
    parser.add_argument("--cel-js", type=pathlib.Path, default=HERE / "cel_js", help="folder with bench.mjs and node_modules")
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=1.0, help="for each condition and engine")
    parser.add_argument("--tiny", action="store_true", help="small inputs: only shows that the programs work and agree")
    arguments = parser.parse_args()
    count, seconds, many = (300, 0.01, 2_000) if arguments.tiny else (arguments.subjects, arguments.seconds, arguments.changes)
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(temporary)
        file = work / "subjects.jsonl"
        subjects.write(file, count)
        own = [str(arguments.programs / "bench_conditions")]
        engines = {
            "postern": (own, ""),
            "postern maps": (own, ""),
            "cel-go": cel_go_command(work),
            "cel-js": cel_js_command(arguments.cel_js),
        }
        disagreements = report(measure(engines, HERE / "conditions.tsv", file, seconds))
        changes(arguments.programs / "bench_changes", many, 1 if arguments.tiny else 2)
    return 1 if disagreements else 0


if __name__ == "__main__":
    sys.exit(main())
