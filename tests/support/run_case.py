#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs one golden case (a folder with case.yaml) against the built executable; tests/cases/README.md describes the folder.

usage: run_case.py [--postern EXECUTABLE] [--update] CASE_FOLDER
--update rewrites the expected files that exist, from a run that did not crash and had the expected exit code.
"""
import argparse
import difflib
import json
import pathlib
import re
import shutil
import sys
import tempfile

try:
    import yaml
except ImportError:
    sys.exit("this interpreter has no yaml module: use /usr/bin/python3 with Debian's python3-yaml")

import binary
import replay

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# key of case.yaml -> (type, default)
KEYS = {
    "title": (str, None),
    "command": (str, "gate"),
    "environment": (str, "production"),
    "application": (str, "sample"),
    "exit": (int, None),
    "baseline": (str, ""),
    "inputs": (dict, {}),
    "args": (list, []),
    "without": (dict, {}),
}
COMMANDS = ("gate", "diff", "map")
FOLDERS = ("baseline", "candidate", "policies", "overrides", "context", "threats")
REPLAYS = ("reordered", "shuffled", "snapshot")
# Threat data of a case never get old.
AGES = dict.fromkeys(("warn_hours", "max_hours", "kev_warn_hours", "kev_max_hours"), 87600)
CLASSES = ("production", "staging", "development")
# An expected file of this name is compared as a subset: its objects may leave keys out, its lists may not leave elements out.
SUBSET = "decision.json"
EXPECTED_FILES = ("report.txt", "report.md", "decision.json", "delta.json", "stdout.txt", "stderr.txt")


class Failure(Exception):
    """The case does not hold, or is not written well; the message says which and why."""


def load_case(folder):
    """case.yaml with its defaults; every key is checked."""
    try:
        raw = yaml.safe_load((folder / "case.yaml").read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise Failure(f"case.yaml cannot be read: {error}") from error
    if not isinstance(raw, dict):
        raise Failure("case.yaml holds no mapping")
    if "TODO" in str(raw.get("title", "TODO")) or "TODO" in str(raw.get("exit", "TODO")):
        raise Failure("this case is not written yet: fill in title and exit of case.yaml")
    unknown = sorted(set(raw) - set(KEYS))
    if unknown:
        close = difflib.get_close_matches(unknown[0], KEYS, 1)
        raise Failure(f"case.yaml: unknown key '{unknown[0]}'" + (f", did you mean '{close[0]}'?" if close else ""))
    case = {}
    for key, (kind, default) in KEYS.items():
        case[key] = raw.get(key, default)
        if not isinstance(case[key], kind) or isinstance(case[key], bool):
            raise Failure(f"case.yaml: '{key}' must be of type {kind.__name__}")
    check_values(folder, case)
    return case


def check_values(folder, case):
    """Each value of case.yaml must be one of those that exist."""
    if case["exit"] not in binary.ANSWERS:
        raise Failure(f"case.yaml: exit must be one of {sorted(binary.ANSWERS)}")
    if case["command"] not in COMMANDS:
        raise Failure(f"case.yaml: command must be one of {COMMANDS}")
    for name, reason in case["without"].items():
        if name not in REPLAYS or not isinstance(reason, str) or len(reason.split()) < 3:
            raise Failure(f"case.yaml: without takes {REPLAYS}, each with a sentence that says why; '{name}' is not that")
    for name in case["inputs"]:
        if name not in FOLDERS:
            raise Failure(f"case.yaml: inputs takes {FOLDERS}, not '{name}'")
    stray = sorted(file.name for file in (folder / "expected").glob("*") if file.name not in EXPECTED_FILES)
    if stray:
        raise Failure(f"expected/{stray[0]} is never compared: the names are {EXPECTED_FILES}")


def source_of(folder, case, name):
    """Where the input `name` of the case is: named by `inputs` (from the root of the repository), in the case's folder, or None."""
    path = REPOSITORY / case["inputs"][name] if name in case["inputs"] else folder / name
    if name in case["inputs"] and not path.exists():
        raise Failure(f"case.yaml: inputs names '{case['inputs'][name]}', which is not there")
    return path if path.exists() else None


def prepare(folder, case, kind, work):
    """Writes the inputs into the empty folder `work`; baseline and candidate in the way that `kind` says."""
    for name in FOLDERS:
        source = source_of(folder, case, name)
        if source is not None:
            how = kind if kind in ("reordered", "shuffled") and name in ("baseline", "candidate") else "plain"
            replay.copy(how, source, work / name, f"{folder.name}/{name}")
    configuration = folder / "postern.yaml"
    if configuration.exists():
        shutil.copy2(configuration, work / "postern.yaml")
        return
    environments = {name: {"class": name} for name in CLASSES}
    document = {"apiVersion": "postern/v1", "kind": "Configuration", "application": case["application"], "environments": environments}
    if (work / "threats").exists():
        document["threat_data"] = AGES
    (work / "postern.yaml").write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")


def run(executable, arguments, work):
    return binary.run(arguments, work, executable=executable)


def record_snapshot(executable, case, work, name):
    """Replaces the folder `name` by the snapshot that `map` writes of it; the source to use instead."""
    arguments = ["map", name, "--config", "postern.yaml", "--env", case["environment"], "--format", "snapshot"]
    answer = run(executable, arguments, work)
    if answer.code != 0:
        raise Failure(f"no snapshot of {name}: exit code {answer.code}\n{answer.talk()}")
    (work / f"{name}.snapshot").write_bytes(answer.stdout)
    return f"snapshot:{name}.snapshot"


def baseline_source(executable, case, kind, work):
    """What --baseline gets, or None when the case has no baseline."""
    if not (work / "baseline").exists():
        return case["baseline"] or None
    return record_snapshot(executable, case, work, "baseline") if kind == "snapshot" else "baseline"


def run_command(executable, case, kind, work):
    """{expected file's name: its actual bytes} and the exit code of the case's own command."""
    common = ["--config", "postern.yaml", "--env", case["environment"]]
    baseline = baseline_source(executable, case, kind, work)
    produced = {}
    if case["command"] == "gate":
        arguments = ["gate", "candidate", *common, "--format", "text", "--report", "markdown=report.md", "--report", "json=decision.json"]
        arguments += ["--baseline", baseline] if baseline else []
        packs = sorted(pack.name for pack in (work / "policies").glob("*")) if (work / "policies").is_dir() else []
        for pack in packs:
            arguments += ["--policy", f"policies/{pack}"]
        if (work / "threats").exists():
            imported = run(executable, ["threatdb", "import", "threats", "--threat-db", "threatdb"], work)
            if imported.code != 0:
                raise Failure(f"threats cannot be imported: exit code {imported.code}\n{imported.talk()}")
            arguments += ["--threat-db", "threatdb"]
        answer = run(executable, arguments + case["args"], work)
        produced["report.txt"] = answer.stdout
    elif case["command"] == "diff":
        answer = run(executable, ["diff", baseline or "none", "candidate", *common, *case["args"]], work)
    else:
        answer = run(executable, ["map", "candidate", *common, *case["args"]], work)
    produced["stdout.txt"], produced["stderr.txt"] = answer.stdout, answer.stderr
    for name in ("report.md", "decision.json"):
        if (work / name).exists():
            produced[name] = (work / name).read_bytes()
    if case["command"] == "gate" and baseline and case["exit"] in (0, 1):
        delta = run(executable, ["diff", baseline, "candidate", *common, "--format", "json"], work)
        if delta.code == 0:
            produced["delta.json"] = delta.stdout
    return answer.code, produced


def perform(executable, folder, case, kind):
    """One whole run of the case in a folder of its own; a wrong exit code is a failure."""
    with tempfile.TemporaryDirectory(prefix="postern-case-") as name:
        work = pathlib.Path(name)
        prepare(folder, case, kind, work)
        code, produced = run_command(executable, case, kind, work)
    if code != case["exit"]:
        talk = produced["stderr.txt"].decode("utf-8", "replace") + produced["stdout.txt"].decode("utf-8", "replace")
        raise Failure(f"{kind}: exit code {code}, expected {case['exit']}\n{talk[-6000:]}")
    return produced


def subset_trouble(expected, actual, path="$"):
    """Where `actual` lacks what `expected` asks for, or None."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key, value in expected.items():
            if key not in actual:
                return f"{path}.{key} is absent"
            trouble = subset_trouble(value, actual[key], f"{path}.{key}")
            if trouble:
                return trouble
        return None
    if isinstance(expected, list) and isinstance(actual, list):
        if len(expected) != len(actual):
            return f"{path} has {len(actual)} elements, expected {len(expected)}"
        found = (subset_trouble(left, right, f"{path}[{at}]") for at, (left, right) in enumerate(zip(expected, actual)))
        return next((trouble for trouble in found if trouble), None)
    if type(expected) is type(actual) and expected == actual:
        return None
    return f"{path} is {json.dumps(actual)}, expected {json.dumps(expected)}"


def prune(shape, actual):
    """`actual` with only the keys that `shape` has; a list takes the shape of its first element."""
    if isinstance(shape, dict) and isinstance(actual, dict) and shape:
        return {key: prune(shape[key], actual[key]) for key in shape if key in actual}
    if isinstance(shape, list) and isinstance(actual, list) and shape:
        return [prune(shape[0], element) for element in actual]
    return actual


def show_difference(name, expected, actual):
    lines = difflib.unified_diff(expected.decode("utf-8", "replace").splitlines(), actual.decode("utf-8", "replace").splitlines(),
                                 f"expected/{name}", "actual", lineterm="")
    return "\n".join(list(lines)[:120])


def compare(folder, produced):
    """Compares the expected files that exist; raises Failure at the first that differs."""
    for name in EXPECTED_FILES:
        file = folder / "expected" / name
        if not file.exists():
            continue
        if name not in produced:
            raise Failure(f"expected/{name} is there, but the run wrote no such thing")
        expected = file.read_bytes()
        if name == SUBSET:
            try:
                trouble = subset_trouble(json.loads(expected), json.loads(produced[name]))
            except ValueError as error:
                trouble = f"no JSON: {error}"
            if trouble:
                raise Failure(f"decision.json: {trouble}")
        elif expected != produced[name]:
            raise Failure(f"{name} differs\n{show_difference(name, expected, produced[name])}")


def update(folder, produced):
    """Rewrites the expected files that exist; the decision keeps the selection of keys that it had."""
    for name in EXPECTED_FILES:
        file = folder / "expected" / name
        if not file.exists() or name not in produced:
            continue
        content = produced[name]
        if name == SUBSET:
            shape = json.loads(file.read_bytes() or b"{}")
            content = (json.dumps(prune(shape, json.loads(content)), indent=2, ensure_ascii=False) + "\n").encode("utf-8")
        if file.read_bytes() != content:
            file.write_bytes(content)
            print(f"updated {file}")


def check_reordered(first, second):
    """Every byte must be the same."""
    for name in sorted(set(first) | set(second)):
        if first.get(name) != second.get(name):
            raise Failure(f"reordered: {name} differs\n{show_difference(name, first.get(name, b''), second.get(name, b''))}")


def check_shuffled(first, second):
    """What was found must be the same; only the places where it was found may differ."""
    for name in ("decision.json", "delta.json"):
        if (name in first) != (name in second):
            raise Failure(f"shuffled: {name} was written in one run only")
        if name in first:
            left, right = (replay.without_places(json.loads(run_[name])) for run_ in (first, second))
            if left != right:
                texts = [json.dumps(value, indent=1, sort_keys=True).encode("utf-8") for value in (left, right)]
                raise Failure(f"shuffled: {name} differs\n{show_difference(name, *texts)}")


def normalised(name, content):
    """How the baseline was named may differ between a folder and its snapshot; nothing else."""
    text = content.replace(b"snapshot:baseline.snapshot", b"baseline")
    text = re.sub(rb"(decision `?)[0-9a-f]{12,64}", rb"\1ID", text)  # the id covers the name of the baseline
    if name != "decision.json":
        return text
    value = json.loads(text)
    for key in ("description", "digest", "inputs", "commit"):
        value.get("baseline", {}).pop(key, None)
    for key in ("digests", "id"):
        value.pop(key, None)
    return json.dumps(value, indent=1, sort_keys=True).encode("utf-8")


def check_snapshot(first, second):
    """A baseline read from its snapshot must give the same bytes as the folder itself."""
    for name in sorted((set(first) | set(second)) - {"stderr.txt"}):
        left, right = normalised(name, first.get(name, b"")), normalised(name, second.get(name, b""))
        if left != right:
            raise Failure(f"snapshot: {name} differs\n{show_difference(name, left, right)}")


CHECKS = {"reordered": check_reordered, "shuffled": check_shuffled, "snapshot": check_snapshot}


def replays_of(folder, case):
    """The replays that mean something for this case and that case.yaml does not switch off."""
    has_baseline = source_of(folder, case, "baseline") is not None
    wanted = [name for name in REPLAYS if name not in case["without"] and case["exit"] in (0, 1)]
    return [name for name in wanted if name != "snapshot" or (has_baseline and case["command"] != "map")]


def run_case(executable, folder, is_update):
    """Runs the case and its replays; returns what was done, in a sentence."""
    case = load_case(folder)
    first = perform(executable, folder, case, "plain")
    if is_update:
        update(folder, first)
    compare(folder, first)
    replays = replays_of(folder, case)
    for kind in replays:
        CHECKS[kind](first, perform(executable, folder, case, kind))
    compared = [name for name in EXPECTED_FILES if (folder / "expected" / name).exists()]
    return f"{case['title']}: exit code {case['exit']}; compared {', '.join(compared) or 'the exit code only'}; replayed {', '.join(replays) or 'nothing'}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--postern", default=None)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("folder", type=pathlib.Path)
    options = parser.parse_args()
    executable = str(pathlib.Path(options.postern).resolve()) if options.postern else binary.find()
    try:
        print(run_case(executable, options.folder.resolve(), options.update))
    except (Failure, binary.Crash) as trouble:
        print(f"{options.folder}: {trouble}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
