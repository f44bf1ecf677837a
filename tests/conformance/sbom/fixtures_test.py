#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads published bills of materials of every format. Valid ones must give as many components and weaknesses as they hold, without an
error and without a remark on the rules of the format; invalid ones must be told. Prints a line of figures for each format."""
import collections
import concurrent.futures
import json
import pathlib
import re
import shutil
import sys
import tempfile

import binary
import counts

FIXTURES = ("suites/schemas/cyclonedx/tools", "suites/schemas/cyclonedx-vex", "suites/schemas/spdx/examples",
            "suites/schemas/spdx/spdx-examples", "findings/sbom")
MANIFEST = """apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {ports: [{port: 80}]}
"""
# Documents that their publisher keeps as ones that no reader should take.
BROKEN = "bad"
RULE = "P1225"
SUFFIX_OF = {"CycloneDX XML": ".xml", "SPDX tag-value": ".spdx"}
# Fixtures that are no document of their format, with the reason.
LEFT_OUT = {
    "findings/sbom/cyclonedx-saasbom/README.md": "a text",
}


def read(path, suffix):
    """(components, weaknesses, complete, codes of errors, codes of remarks) as Postern reads the file."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "in").mkdir()
        (folder / "in" / "cart.yaml").write_text(MANIFEST, encoding="utf-8")
        shutil.copyfile(path, folder / "in" / f"bom{suffix}")
        answer = binary.run(["map", "in", "--format", "snapshot", "--application", "a"], folder, timeout=300)
        talk = answer.talk()
        codes = {kind: re.findall(rf"\b{kind}\b[^\n]*?\b(P\d{{4}})\b|\b(P\d{{4}})\b[^\n]*?\b{kind}\b", talk) for kind in ("error", "warning")}
        codes = {kind: {one or other for one, other in found} for kind, found in codes.items()}
        facts = []
        if answer.stdout.strip():
            facts = [fact for unit in json.loads(answer.stdout)["units"] for each in unit["inputs"] for fact in each["facts"]]
    return facts, codes, talk


def rows_of(facts):
    components = sum(len(fact.get("libraries") or []) for fact in facts if fact["fact"] == "sbom")
    weaknesses = sum(len(fact.get("findings") or []) for fact in facts if fact["fact"] == "report")
    return components, weaknesses


def trouble_of(path, kind, expected):
    """What is wrong with how a valid file is read; None when nothing is."""
    facts, codes, talk = read(path, SUFFIX_OF.get(kind, ".json"))
    if codes["error"]:
        return f"refused with {sorted(codes['error'])}: {talk[:400]}"
    if RULE in codes["warning"]:
        return f"a rule is said to be broken: {talk[:400]}"
    found = rows_of(facts)
    return None if found == expected else f"{found} components and weaknesses are read, the file holds {expected}"


def silence_of(path):
    """That nothing is said about an invalid file; None when something is."""
    facts, codes, _ = read(path, path.suffix if path.suffix in (".json", ".xml", ".spdx") else ".json")
    said = codes["error"] | codes["warning"]
    return None if said else f"nothing is said, {rows_of(facts)} components and weaknesses are read"


def jobs_of(shared):
    for folder in FIXTURES:
        for path in sorted((shared / folder).rglob("*")):
            if not path.is_file() or path.relative_to(shared).as_posix() in LEFT_OUT:
                continue
            name = path.relative_to(shared).as_posix()
            if path.name.startswith("invalid-"):
                yield name, path, "invalid", None
                continue
            if BROKEN in path.parts or path.suffix in (".md", ".golden", ""):
                continue
            found = counts.counted(path)
            if found:
                yield name, path, found[0], found[1:]


def judge(job):
    name, path, kind, expected = job
    return name, kind, silence_of(path) if kind == "invalid" else trouble_of(path, kind, expected)


def main():
    shared = binary.find_shared()
    if shared is None or not (shared / FIXTURES[0]).is_dir():
        binary.skip("shared data not found")
    jobs = list(jobs_of(shared))
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(judge, jobs))
    run, passed = collections.Counter(), collections.Counter()
    for _, kind, trouble in results:
        run[kind] += 1
        passed[kind] += trouble is None
    for kind in sorted(run):
        title = "SBOM, invalid fixtures told" if kind == "invalid" else f"SBOM, {kind}"
        print(f"figures: {title} | {run[kind]} | {passed[kind]} | 0 |")
    failures = [f"{name}: {trouble}" for name, _, trouble in results if trouble]
    if not jobs or failures:
        sys.exit("\n".join(failures) or "no fixture was found")


if __name__ == "__main__":
    main()
