#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures the executable: start, the gate on large environments, growth, threads, and inputs made to be expensive.

Prints figures and passes no judgement, because a busy machine would decide it; docs/performance.md says what to aim at.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import typing

import adversarial
import generate_manifests

GATE_EXITS = (0, 1, 2, 3, 4)  # a verdict or a rejection; anything else is a failure of the program


class Run(typing.NamedTuple):
    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: float  # MiB
    code: int


def run_once(command, folder):
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


class Bench:
    def __init__(self, binary, work, runs):
        self.binary = str(pathlib.Path(binary).resolve())
        self.work = pathlib.Path(work)
        self.runs = runs
        self.failures = 0

    def measure(self, title, arguments, folder=None):
        runs = [run_once([self.binary, *arguments], folder) for _ in range(self.runs)]
        walls = sorted(run.wall for run in runs)
        cpu = min(run.cpu for run in runs)
        print(f"{title:38} {walls[0] * 1000:10.1f} {statistics.median(walls) * 1000:10.1f} {cpu * 1000:10.1f}"
              f" {max(run.peak for run in runs):8.0f} {runs[0].code:5}", flush=True)
        if any(run.code not in GATE_EXITS for run in runs):
            self.failures += 1
        return walls[0], cpu

    def gate(self, title, folder, candidate, threads=2):
        arguments = ["gate", candidate, "--baseline", "baseline", "--env", "production", "--threads", str(threads)]
        return self.measure(title, arguments, folder)

    def environment(self, documents):
        folder = self.work / str(documents)
        if not (folder / "baseline").is_dir():
            generate_manifests.generate(folder, documents)
        return folder


def header(text):
    print(f"\n{text:38} {'min ms':>10} {'median ms':>10} {'CPU ms':>10} {'peak MiB':>8} {'exit':>5}")


def bench_gate(bench, documents):
    folder = bench.environment(documents)
    header(f"gate, 2 x {documents} documents")
    bench.gate("1 % changed", folder, "candidate")
    bench.gate("every file touched", folder, "touched")
    bench.gate("every file touched, one thread", folder, "touched", threads=1)
    bench.gate("nothing changed", folder, "baseline")


def bench_growth(bench, sizes):
    header("growth, every file touched")
    times = [bench.gate(f"{size} documents a side", bench.environment(size), "touched") for size in sizes]
    for (small, fast), (large, slow) in zip(zip(sizes, times), list(zip(sizes, times))[1:]):
        print(f"time({large}) / time({small}) = {slow[0] / fast[0]:.2f} wall, {slow[1] / fast[1]:.2f} CPU")


def bench_adversarial(bench, scale):
    folder = bench.work / f"adversarial-{scale}"
    names = adversarial.write_all(folder, scale)
    (folder / "empty").mkdir(exist_ok=True)
    (folder / "empty" / "name.yaml").write_text("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: empty\n", encoding="utf-8")
    header("inputs made to be expensive")
    for name in names:
        bench.measure(name, ["gate", name, "--baseline", "empty", "--env", "production"], folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=os.environ.get("POSTERN_BINARY", "build/release/postern"))
    parser.add_argument("--work", type=pathlib.Path, help="keeps the generated inputs here (default: a temporary folder)")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--tiny", action="store_true", help="small inputs, one run: only shows that the scripts work")
    parser.add_argument("--only", choices=("start", "gate", "growth", "adversarial"))
    arguments = parser.parse_args()
    documents, runs, scale = (60, 1, 100) if arguments.tiny else (arguments.documents, arguments.runs, 1)
    with tempfile.TemporaryDirectory() as temporary:
        bench = Bench(arguments.binary, arguments.work or temporary, runs)
        parts = {
            "start": lambda: (header("start"), bench.measure("postern version", ["version"])),
            "gate": lambda: bench_gate(bench, documents),
            "growth": lambda: bench_growth(bench, (documents // 4, documents, documents * 4)),
            "adversarial": lambda: bench_adversarial(bench, scale),
        }
        for name, part in parts.items():
            if arguments.only in (None, name):
                part()
    return 1 if bench.failures else 0


if __name__ == "__main__":
    sys.exit(main())
