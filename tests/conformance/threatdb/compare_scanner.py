#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks Postern and osv-scanner about the same versions from the same exports of advisories, and compares what they find.

Versions are drawn from the advisories themselves, at and around the edges of their ranges. Prints the counts. Fails where the scanner
finds an advisory that Postern does not, or where what Postern finds alone is neither named by the advisory's list of versions nor
behind a range of commits, at which that scanner stops reading the ranges of a package, nor about another spelling of the name. Needs osv-scanner 1.9 on PATH: without it the
test says that it is skipped."""
import collections
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import binary

PACKAGES = 500  # of each ecosystem


def records_of(path):
    """The advisories of an export, by id."""
    with zipfile.ZipFile(path) as archive:
        records = [json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")]
    return {record["id"]: record for record in records}


def versions_of(records):
    """Versions that advisories name, by package."""
    found = collections.defaultdict(set)
    for record in records.values():
        for affected in record.get("affected", []):
            name = affected["package"]["name"]
            found[name].update(affected.get("versions", []))
            for row in affected.get("ranges", []):
                if row["type"] != "GIT":
                    found[name].update(version for event in row["events"] for version in event.values() if version != "0")
    return {name: sorted(versions) for name, versions in found.items() if versions}


def next_to(rng, version):
    """The version, or one whose last number is one more or less."""
    parts = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    if not parts:
        return version
    number = max(0, int(parts[3]) + rng.choice((-1, 0, 1)))
    return f"{parts[1]}.{parts[2]}.{number}"


def canonical(name):
    """Names of PyPI in the one form that all spellings have."""
    return re.sub(r"[-_.]+", "-", name).lower()


def draw_python(rng, versions):
    """{name: version}, one spelling of each name."""
    names = sorted({canonical(name): name for name in versions}.values())
    return {name: rng.choice(versions[name]) for name in rng.sample(names, min(PACKAGES, len(names)))}


def draw_go(rng, versions):
    """{module: version}, with the mark that old modules of a higher major version have."""
    modules = sorted(name for name in versions if "." in name.split("/")[0] and "/" in name)
    drawn = {}
    for name in rng.sample(modules, min(PACKAGES, len(modules))):
        version = next_to(rng, rng.choice(versions[name]))
        is_old = int(version.split(".")[0]) >= 2 and not re.search(r"/v\d+$", name) and not name.startswith("gopkg.in/")
        drawn[name] = version + ("+incompatible" if is_old and "+" not in version else "")
    return drawn


def ask_scanner(scanner, work, shared, python, go):
    """{(ecosystem, name in lower case): ids}"""
    for ecosystem in ("PyPI", "Go"):
        folder = work / "cache" / "osv-scanner" / ecosystem
        folder.mkdir(parents=True)
        shutil.copy(shared / "osv" / ecosystem / "all.zip", folder)
    requirements, modules = work / "requirements.txt", work / "go.mod"
    requirements.write_text("".join(f"{name}=={version}\n" for name, version in python.items()), encoding="utf-8")
    lines = "".join(f"\t{name} v{version}\n" for name, version in go.items())
    modules.write_text(f"module example.org/app\n\nrequire (\n{lines})\n", encoding="utf-8")
    environment = dict(os.environ, OSV_SCANNER_LOCAL_DB_CACHE_DIRECTORY=str(work / "cache"))
    command = [scanner, "--experimental-offline", "--format", "json", "--lockfile", str(requirements), "--lockfile", str(modules)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300, check=False)
    found = {}
    for result in json.loads(done.stdout)["results"]:
        for row in result["packages"]:
            package = row["package"]
            found[(package["ecosystem"], package["name"].lower())] = {each["id"] for each in row["vulnerabilities"]}
    return found


def ask_postern(work, shared, python, go):
    """The same from Postern."""
    exports = [str(shared / "osv" / ecosystem / "all.zip") for ecosystem in ("PyPI", "Go")]
    imported = binary.run(["threatdb", "import", *exports, "--threat-db", "database"], work)
    if imported.code != 0:
        sys.exit(f"import: {imported.talk()}")
    asked = {f"pkg:pypi/{canonical(name)}@{version}": ("PyPI", name.lower()) for name, version in python.items()}
    asked |= {f"pkg:golang/{name}@v{version}".replace("+", "%2B"): ("Go", name.lower()) for name, version in go.items()}
    answer = binary.run(["threatdb", "lookup", "--threat-db", "database", "--format", "json", *asked], work)
    found = collections.defaultdict(set)
    for row in json.loads(answer.stdout):
        for match in row["matches"]:
            found[asked[row["asked"]]] |= {each["id"] for each in match["advisories"] if each["affected"] == "yes"}
    return found


def is_explained(record, name, version):
    """Whether the scanner is known to miss the advisory: the list has the version, a range of commits stands first, or the name is
    spelt otherwise."""
    rows = [row for row in record["affected"] if canonical(row["package"]["name"]) == canonical(name)]
    return any(row["package"]["name"] != name for row in rows) or any(version in row.get("versions", []) or (row.get("ranges") or [{}])[0].get("type") == "GIT" for row in rows)


def main():
    shared = binary.find_shared()
    scanner = shutil.which("osv-scanner")
    if scanner is None:
        binary.skip("osv-scanner is not installed")
    if shared is None or not (shared / "osv").is_dir():
        binary.skip("shared data not found")
    rng = random.Random(11)
    records = {ecosystem: records_of(shared / "osv" / ecosystem / "all.zip") for ecosystem in ("PyPI", "Go")}
    drawn = {"PyPI": draw_python(rng, versions_of(records["PyPI"])), "Go": draw_go(rng, versions_of(records["Go"]))}
    with tempfile.TemporaryDirectory(prefix="postern-compare-") as folder:
        work = pathlib.Path(folder)
        theirs = ask_scanner(scanner, work, shared, drawn["PyPI"], drawn["Go"])
        ours = ask_postern(work, shared, drawn["PyPI"], drawn["Go"])
    wrong = 0
    for ecosystem, packages in drawn.items():
        both = alone = missing = 0
        for name, version in packages.items():
            key = (ecosystem, name.lower())
            they, we = theirs.get(key, set()), ours.get(key, set())
            both += len(they & we)
            alone += len(we - they)
            missing += len(they - we)
            for each in sorted(they - we):
                print(f"missing: {ecosystem} {name} {version}: {each}")
            for each in sorted(we - they):
                if not is_explained(records[ecosystem][each], name, version):
                    print(f"found alone: {ecosystem} {name} {version}: {each}")
                    wrong += 1
        wrong += missing
        print(f"{ecosystem}: {len(packages)} packages, {both} advisories found by both, {alone} by Postern alone, {missing} missing")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
