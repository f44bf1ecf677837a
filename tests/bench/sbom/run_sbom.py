#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a large bill of materials and measures what it takes to read it, to compare it with a changed one, and to write it again.

usage: run_sbom.py POSTERN [MEBIBYTES] (default 50). Prints the least CPU time of three runs and the peak of memory; judges no time. Bytes
do not depend on the machine.
"""
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

SERVICE = """apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [ { name: cart, image: "registry.example/cart:1" } ] }
"""
RUNS = 3


def component(number, bumped):
    seed = int(hashlib.sha256(str(number).encode()).hexdigest()[:8], 16)
    version = f"{seed % 9}.{seed % 13}.{seed % 17 + bumped}"
    name = f"library-{number}"
    purl = f"pkg:npm/%40group-{seed % 500}/{name}@{version}"
    return {"bom-ref": purl, "type": "library", "group": f"@group-{seed % 500}", "name": name, "version": version, "purl": purl,
            "scope": "required", "hashes": [{"alg": "SHA-512", "content": hashlib.sha512(name.encode()).hexdigest()}],
            "licenses": [{"license": {"id": ("MIT", "Apache-2.0", "ISC")[seed % 3]}}],
            "externalReferences": [{"type": "vcs", "url": f"https://git.example/{name}.git"}]}


def write(path, mebibytes, bumped):
    """One component in a hundred has another version where `bumped`; answers how many there are."""
    size, rows, edges, number = 0, [], [], 0
    while size < mebibytes << 20:
        row = component(number, 1 if bumped and number % 100 == 0 else 0)
        edge = {"ref": row["bom-ref"], "dependsOn": [] if number < 8 else [rows[number // 2]["bom-ref"]]}
        rows.append(row)
        edges.append(edge)
        size += len(json.dumps(row)) + len(json.dumps(edge)) + 4
        number += 1
    top = {"type": "application", "bom-ref": "top", "name": "cart"}
    edges.append({"ref": "top", "dependsOn": [row["bom-ref"] for row in rows[-1000:]]})
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": top},
                                "components": rows, "dependencies": edges}), encoding="utf-8")
    (path.parent / "cart.yaml").write_text(SERVICE, encoding="utf-8")
    return number


def measure(command, folder):
    """(least CPU seconds, least wall seconds, most MiB, standard output) of several runs."""
    cpu, wall, peak, output = [], [], 0, b""
    for _ in range(RUNS):
        before = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 3):
            sys.exit(f"{' '.join(map(str, command))} ended with {status}")
        wall.append(time.monotonic() - before)
        cpu.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1024)
    return min(cpu), min(wall), peak, output


def main():
    postern = pathlib.Path(sys.argv[1]).resolve()
    mebibytes = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    with tempfile.TemporaryDirectory(prefix="postern-bench-sbom-") as temporary:
        folder = pathlib.Path(temporary)
        write(folder / "old/cart.cdx.json", mebibytes, False)
        # Longer versions: it may hold one component less.
        count = write(folder / "new/cart.cdx.json", mebibytes, True)
        print(f"{count} components, {(folder / 'old/cart.cdx.json').stat().st_size / (1 << 20):.1f} MiB a side")
        rows = {"map": ["map", "new"], "diff": ["diff", "old", "new", "--format", "json"], "export": ["export", "sbom", "new"]}
        for name, arguments in rows.items():
            cpu, wall, peak, output = measure([postern, *arguments, "--application", "a"], folder)
            print(f"{name:8} {cpu:6.2f} s CPU {wall:6.2f} s wall {peak:6.0f} MiB")
            if name == "map" and f"{count} libraries".encode() not in output.replace(b",", b""):
                sys.exit("the map does not count every component")
            if name == "export" and len([each for each in json.loads(output)["components"] if each["type"] == "library"]) != count:
                sys.exit("not every component is exported")


if __name__ == "__main__":
    main()
