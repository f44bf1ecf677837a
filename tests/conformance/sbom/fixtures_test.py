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
# Files that a tool wrote and that break a rule of their format all the same, with what must be said of them.
ODD = {"findings/sbom/syft/syft/format/cyclonedxjson/testdata/identify/micronaut-1.5.json": "'serialNumber' is no urn:uuid: of a UUID"}
# What must be said of an invalid fixture, by what its name says it is.
REASONS = {
    BROKEN: "a package has no 'name'",
    "bomformat": "'bomFormat' is 'AnotherFormat', expected 'CycloneDX'",
    "citations": "a citation has neither 'attributedTo' nor 'process'",
    "component-external-version-and-range": "a component has 'version' and 'versionRange'",
    "component-ref": "'bom-ref' is empty",
    "component-ref-1.4": "the reference '123' stands for two components",
    "component-swid": "a software identification has no 'tagId'",
    "component-type": "component type 'foo' is not known",
    "component-versionRange-non-external-explicit": "'versionRange' of a component that is not external",
    "component-versionRange-non-external-implicit": "'versionRange' of a component that is not external",
    "dependency": "a dependency has no 'ref'",
    "empty-component": "a component has neither 'name' nor 'purl'",
    "hash-alg": "the algorithm of a hash is 'FOO'",
    "hash-md5": "the content of a hash is none",
    "hash-sha1": "the content of a hash is none",
    "hash-sha256": "the content of a hash is none",
    "hash-sha512": "the content of a hash is none",
    "issue-type": "the type of an issue is 'foo'",
    "license-choice": "a licence is an expression and a licence at once",
    "license-declared-concluded-mix": "licences beside an expression",
    "license-encoding": "the encoding of a text is 'base85'",
    "license-id": "'Apache-2' is no identifier of the SPDX licence list",
    "license-missing-id-and-name": "a licence has neither 'id' nor 'name'",
    "metadata-distribution": "'metadata' has no field 'distribution'",
    "metadata-license": "'Apache-2' is no identifier of the SPDX licence list",
    "metadata-timestamp": "'timestamp' is no date and time",
    "missing-component-type": "the type of component 'acme-library' is missing",
    "patch-type": "the type of a patch is 'foo'",
    "properties": "a property has no 'name'",
    "scope": "the scope of a component is 'foo'",
    "serialnumber": "'serialNumber' is no urn:uuid: of a UUID",
    "service-data": "the flow of data is 'bar'",
}


def read(path, suffix):
    """The facts of the file, the codes of errors and of remarks, and all that was said."""
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


def trouble_of(name, path, kind, expected):
    """What is wrong with how a valid file is read; None when nothing is."""
    facts, codes, talk = read(path, SUFFIX_OF.get(kind, ".json"))
    if codes["error"]:
        return f"refused with {sorted(codes['error'])}: {talk[:400]}"
    if name in ODD and ODD[name] not in talk:
        return f"'{ODD[name]}' is not said: {talk[:400]}"
    if RULE in codes["warning"] and name not in ODD:
        return f"a rule is said to be broken: {talk[:400]}"
    found = rows_of(facts)
    return None if found == expected else f"{found} components and weaknesses are read, the file holds {expected}"


def silence_of(path):
    """That the reason is not told why a file is invalid; None when it is."""
    _, codes, talk = read(path, ".json")
    name = path.name.removeprefix("invalid-").removesuffix(".json")
    if BROKEN in path.parts:
        name = BROKEN
    reason = REASONS.get(name, REASONS.get(re.sub(r"-1\.\d$", "", name)))
    if reason is None:
        return "an invalid fixture of an unknown kind"
    said = (codes["error"] | codes["warning"]) and reason in talk
    return None if said else f"'{reason}' is not said: {talk[:400]}"


def jobs_of(shared):
    for folder in FIXTURES:
        for path in sorted((shared / folder).rglob("*")):
            if not path.is_file():
                continue
            name = path.relative_to(shared).as_posix()
            is_broken = BROKEN in path.parts and path.suffix == ".json"
            if path.name.startswith("invalid-") or is_broken:
                yield name, path, "invalid", None
                continue
            if path.suffix in (".md", ".golden", ""):
                continue
            found = counts.counted(path)
            if found:
                yield name, path, found[0], found[1:]


def judge(job):
    name, path, kind, expected = job
    return name, kind, silence_of(path) if kind == "invalid" else trouble_of(name, path, kind, expected)


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
