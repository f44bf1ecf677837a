#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gives every real report of the tools that are read to `gate --findings` and compares the number of findings with a count of its own."""
import concurrent.futures
import json
import pathlib
import sys
import tempfile

import binary
import counts

MANIFEST = """apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {app: cart}}
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart, image: "shop/cart:1"}]}
"""


def judged(sample):
    """What the decision says of a report that was given: the reports, and the diagnostics."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "candidate").mkdir()
        (folder / "candidate" / "cart.yaml").write_text(MANIFEST, encoding="utf-8")
        report = folder / "decision.json"
        arguments = ["gate", "candidate", "--baseline", "none", "--findings", sample, "--report", f"json={report}", "--quiet"]
        binary.run(arguments, folder, timeout=300)
        decision = json.loads(report.read_text(encoding="utf-8"))
        return decision["candidate"]["reports"], decision["diagnostics"]


def trouble_of(name, sample, tools, count):
    """Why a sample is not read as it should be; None when it is."""
    reports, diagnostics = judged(sample)
    is_error = any(each["severity"] == "error" for each in diagnostics)
    if name in counts.NAMELESS:
        refused = [each["tool"] for each in reports] == ["unknown"] and is_error
        return None if refused else f"names no tool and was not refused: {reports}"
    ids = {each["tool"] for each in reports}
    succeeded = all(each["succeeded"] for each in reports)
    if name in counts.FAILED:
        return None if reports and not succeeded and is_error else f"a run that failed counts as one that succeeded: {reports}"
    if not ids <= set(tools.split()) or len(ids) != 1:
        return f"is known as {sorted(ids)}, expected one of {tools}"
    if not succeeded:
        return f"counts as failed: {diagnostics}"
    expected = count(counts.parse(sample))
    found = sum(each["findings"] for each in reports)
    return None if found == expected else f"{found} findings are read, the report holds {expected}"


def main():
    shared = binary.find_shared()
    folder = shared / "findings" / "scanners" if shared else None
    if folder is None or not folder.is_dir():
        binary.skip("shared data not found")
    jobs = []
    for tool, (tools, count) in counts.TOOLS.items():
        for sample in sorted((folder / tool).rglob("*")):
            if sample.is_file() and sample.suffix not in counts.IGNORED_SUFFIXES:
                jobs.append((sample.relative_to(folder).as_posix(), sample, tools, count))
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        troubles = list(pool.map(lambda job: trouble_of(*job), jobs))
    failures = [f"{job[0]}: {trouble}" for job, trouble in zip(jobs, troubles) if trouble]
    print(f"{len(jobs) - len(failures)} of {len(jobs)} reports of {len(counts.TOOLS)} kinds are read as counted")
    if not jobs or failures:
        sys.exit("\n".join(failures) or "no sample was found")


if __name__ == "__main__":
    main()
