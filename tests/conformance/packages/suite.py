# SPDX-License-Identifier: Apache-2.0
"""Finds the published vectors, asks the row runner, counts, and fails below one hundred percent."""
import argparse
import collections
import json
import os
import pathlib
import subprocess
import sys

SHOWN = 10


class Suite:
    """Cases of one folder under suites/: what was asked, and whether each answer is right."""

    def __init__(self, folder):
        parser = argparse.ArgumentParser()
        parser.add_argument("--program", required=True)
        self.program = parser.parse_args().program
        shared = os.environ.get("POSTERN_SHARED") or pathlib.Path(__file__).resolve().parents[4] / "shared"
        self.folder = pathlib.Path(shared) / "suites" / folder
        if not self.folder.is_dir():
            print("skipped: shared data not found")
            sys.exit(0)
        self.right = collections.Counter()
        self.all = collections.Counter()
        self.wrong = []

    def lines(self, name):
        """The rows of a file of JSON lines."""
        with open(self.folder / name, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def table(self, name):
        """The rows of a table with tabs, without its head."""
        with open(self.folder / name, encoding="utf-8") as file:
            return [line.rstrip("\n").split("\t") for line in file][1:]

    def ask(self, what, rows):
        """One answer a row."""
        text = "".join(json.dumps(row) + "\n" for row in rows)
        answers = subprocess.run([self.program, what], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
        answers = [json.loads(line) for line in answers.splitlines()]
        assert len(answers) == len(rows), f"{len(rows)} questions, {len(answers)} answers"
        return answers

    def count(self, name, case, answer, good):
        """Counts one case of the group `name`."""
        self.all[name] += 1
        self.right[name] += bool(good)
        if not good:
            self.wrong.append((name, case, answer))

    def finish(self):
        """Prints the counts and ends the program: 0 when all are right and there were any."""
        for name, case, answer in self.wrong[:SHOWN]:
            print(f"WRONG {name}: {case} -> {answer}")
        for name in sorted(self.all):
            print(f"{name}: {self.right[name]} of {self.all[name]}")
        right, every = sum(self.right.values()), sum(self.all.values())
        print(f"all: {right} of {every}")
        sys.exit(0 if right == every and every else 1)
