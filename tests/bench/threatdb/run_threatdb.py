#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generates an export of advisories and package URLs that meet it, and measures import and look-ups of the threat database."""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import zipfile

# (ecosystem, type of package URL, share of the advisories): as such exports have them, in round figures
ECOSYSTEMS = (("npm", "npm", 45), ("PyPI", "pypi", 20), ("Maven", "maven", 10), ("Go", "golang", 8), ("crates.io", "cargo", 5),
              ("NuGet", "nuget", 4), ("RubyGems", "gem", 4), ("Packagist", "composer", 4))
WORDS = ("request", "parser", "server", "client", "token", "query", "stream", "header", "template", "session", "archive", "cookie")


def name_of(ecosystem, number):
    word = f"{WORDS[number % len(WORDS)]}-{number}"
    if ecosystem == "Maven":
        return f"org.example.group{number % 997}:{word}"
    if ecosystem in ("Go", "Packagist"):
        return f"example.org/owner{number % 997}/{word}" if ecosystem == "Go" else f"owner{number % 997}/{word}"
    return word


def purl_of(kind, ecosystem, number, version):
    name = name_of(ecosystem, number).replace(":", "/")
    return f"pkg:{kind}/{name}@{'v' if kind == 'golang' else ''}{version}"


def version_of(rng):
    return f"{rng.randrange(6)}.{rng.randrange(12)}.{rng.randrange(20)}"


def advisory_of(rng, number, ecosystem, packages):
    year = 2015 + number % 10
    kind = "SEMVER" if ecosystem in ("npm", "Go", "crates.io") else "ECOSYSTEM"
    name = name_of(ecosystem, rng.randrange(packages))
    fixed = version_of(rng)
    affected = {
        "package": {"ecosystem": ecosystem, "name": name},
        "ranges": [{"type": kind, "events": [{"introduced": "0"}, {"fixed": fixed}]}],
    }
    if kind == "ECOSYSTEM":
        affected["versions"] = sorted({version_of(rng) for _ in range(rng.randrange(4, 24))})
    text = " ".join(rng.choice(WORDS) for _ in range(70))
    return {
        "schema_version": "1.6.0",
        "id": f"GHSA-{number:08x}",
        "modified": f"{year}-{1 + number % 12:02}-{1 + number % 28:02}T10:00:00Z",
        "published": f"{year}-01-02T03:04:05Z",
        "aliases": [f"CVE-{year}-{10000 + number}"],
        "summary": f"A weakness in the {rng.choice(WORDS)} of {name}",
        "details": f"### Impact\n{text}\n### Patches\nUpdate to {fixed}.",
        "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N"}],
        "affected": [affected],
        "references": [{"type": "WEB", "url": f"https://example.org/advisories/{number}"},
                       {"type": "PACKAGE", "url": f"https://example.org/packages/{number}"}],
        "database_specific": {"severity": "HIGH", "cwe_ids": ["CWE-79"], "github_reviewed": True},
    }


def generate(work, advisories, lookups):
    rng = random.Random(5)
    path, purls = work / f"all-{advisories}.zip", work / f"purls-{advisories}.txt"
    if path.exists() and purls.exists():
        return path, purls
    packages = max(10, advisories // 8)
    choices = [row for row in ECOSYSTEMS for _ in range(row[2])]
    size = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for number in range(advisories):
            text = json.dumps(advisory_of(rng, number, rng.choice(choices)[0], packages))
            size += len(text)
            archive.writestr(f"GHSA-{number:08x}.json", text)
    lines = []
    for _ in range(lookups):
        ecosystem, kind, _ = rng.choice(choices)
        lines.append(purl_of(kind, ecosystem, rng.randrange(packages * 2), version_of(rng)))
    purls.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"generated {advisories} advisories, {size >> 20} MiB unpacked")
    return path, purls


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True, help="the executable bench_threatdb")
    parser.add_argument("--work", required=True, type=pathlib.Path, help="folder that keeps the generated inputs")
    parser.add_argument("--advisories", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    path, purls = generate(arguments.work, arguments.advisories, 5000)
    folder = arguments.work / "database"
    commands = [("import into an empty folder", ["import", str(folder), str(path)])] * arguments.runs
    commands += [("import once more, over what is held", ["import", str(folder), str(path)])]
    commands += [("look-ups in a new process", ["lookup", str(folder), str(purls)])] * arguments.runs
    for title, command in commands:
        if title.endswith("empty folder"):
            for file in folder.glob("threats.index*"):
                file.unlink()
        done = subprocess.run([arguments.program, *command], check=False, capture_output=True, text=True)
        print(f"{title}: {done.stdout.strip()}{done.stderr.strip()}")
        if done.returncode != 0:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
