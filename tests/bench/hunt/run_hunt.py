#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes snapshots of many applications and measures what a hunt and a query over them take: seconds and the peak of memory.

usage: run_hunt.py POSTERN [COUNT...]. Each application has eight services behind one gateway and a hundred libraries a service;
one in fifty has the library that is hunted. Bytes do not depend on the machine.
"""
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

SERVICES = 8
LIBRARIES = 100


def manifests(number):
    parts = []
    for each in range(SERVICES):
        name = f"s{each}"
        kind = "LoadBalancer" if each == 0 else "ClusterIP"
        calls = f", env: [ {{ name: NEXT_URL, value: 'http://s{each + 1}.shop' }} ]" if each + 1 < SERVICES else ""
        parts.append(f"""apiVersion: apps/v1
kind: Deployment
metadata: {{ name: {name}, namespace: shop }}
spec:
  selector: {{ matchLabels: {{ app: {name} }} }}
  template:
    metadata: {{ labels: {{ app: {name} }} }}
    spec: {{ containers: [ {{ name: {name}, image: "registry.example/a{number}/{name}:1"{calls} }} ] }}
---
apiVersion: v1
kind: Service
metadata: {{ name: {name}, namespace: shop }}
spec: {{ type: {kind}, selector: {{ app: {name} }}, ports: [ {{ port: 80 }} ] }}
""")
    return "---\n".join(parts)


def bill(number, each):
    rows = []
    for at in range(LIBRARIES):
        seed = int(hashlib.sha256(f"{number}.{each}.{at}".encode()).hexdigest()[:6], 16)
        rows.append((f"library-{seed % 5000}", f"{seed % 7}.{seed % 11}.0"))
    if number % 50 == 0 and each == 3:
        rows.append(("hunted-core", "2.14.1"))
    components = [{"type": "library", "name": n, "version": v, "purl": f"pkg:npm/{n}@{v}"} for n, v in rows]
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "application", "name": f"s{each}"}},
                       "components": components})


def run(command, **more):
    before = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **more)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"exit code {os.waitstatus_to_exitcode(status)}: {' '.join(map(str, command))}")
    return time.monotonic() - before, usage.ru_maxrss / 1024, output


def main():
    postern = os.path.abspath(sys.argv[1])
    counts = [int(each) for each in sys.argv[2:]] or [100, 1000]
    with tempfile.TemporaryDirectory(prefix="postern-bench-hunt-") as folder:
        root = pathlib.Path(folder)
        made = 0
        (root / "states").mkdir()
        for count in sorted(counts):
            for number in range(made, count):
                source = root / "source"
                source.mkdir(exist_ok=True)
                (source / "all.yaml").write_text(manifests(number), encoding="utf-8")
                for each in range(SERVICES):
                    (source / f"s{each}.cdx.json").write_text(bill(number, each), encoding="utf-8")
                text = run([postern, "map", "source", "--format", "snapshot", "--application", f"a{number}"], cwd=root)[2]
                (root / "states" / f"a{number}.json").write_bytes(text)
            made = count
            size = sum(file.stat().st_size for file in (root / "states").iterdir()) / 1e6
            for what in (["hunt", "hunted-core"], ["query", "service.libraries.exists(l, l.name == 'hunted-core')"]):
                seconds, peak, output = run([postern, *what, "snapshot:states", "--format", "json"], cwd=root)
                answer = json.loads(output)
                found = len(answer.get("rows", answer.get("matches")))
                if found != (count + 49) // 50:
                    sys.exit(f"{what[0]} found {found} of {(count + 49) // 50}")
                print(f"{what[0]:6} {count:6} snapshots {size:8.1f} MB {seconds:8.2f} s {peak:7.0f} MiB  {found} found", flush=True)


if __name__ == "__main__":
    main()
