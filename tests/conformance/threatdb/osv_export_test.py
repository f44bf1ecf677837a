#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Imports the exports of advisories and the KEV catalogue that are at hand, and compares the counts with those of an independent count."""
import json
import pathlib
import re
import sys
import tempfile
import zipfile

import binary


def count(folder):
    """(advisories, withdrawn, packages, weaknesses, rows of KEV), counted without the product."""
    records = []
    for path in sorted(folder.rglob("all.zip")):
        with zipfile.ZipFile(path) as archive:
            records += [json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")]
    parents = {}

    def root(name):
        parents.setdefault(name, name)
        while parents[name] != name:
            name = parents[name]
        return name

    packages, withdrawn = set(), 0
    for record in records:
        root(record["id"])
        if record.get("withdrawn"):
            withdrawn += 1
            continue
        for alias in record.get("aliases", []):
            parents[root(alias)] = root(record["id"])
        for affected in record.get("affected", []):
            ecosystem, name = affected["package"]["ecosystem"], affected["package"]["name"]
            packages.add((ecosystem, re.sub(r"[-_.]+", "-", name).lower() if ecosystem == "PyPI" else name.lower()))
    [catalogue] = folder.rglob("known_exploited_vulnerabilities.json")
    exploited = len(json.loads(catalogue.read_text(encoding="utf-8"))["vulnerabilities"])
    return {"advisories": len(records), "withdrawn": withdrawn, "weaknesses": len({root(name) for name in list(parents)}),
            "packages": len(packages), "exploited": exploited, "probabilities": 0}


def main():
    shared = binary.find_shared()
    if shared is None or not (shared / "osv").is_dir():
        binary.skip("shared data not found")
    expected = count(shared / "osv")
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        answer = binary.run(["threatdb", "import", "--threat-db", "db", "--format", "json", shared / "osv"], work)
        found = json.loads(answer.stdout)
    print(f"expected {expected}\nfound    {found['counts']}")
    refused = sum(source["refused"] for source in found["imported"])
    return 0 if answer.code == 0 and refused == 0 and found["counts"] == expected else 1


if __name__ == "__main__":
    sys.exit(main())
