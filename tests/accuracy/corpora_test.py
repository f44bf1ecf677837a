#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every corpus is read as a whole, in time and without a crash, with the figures that docs/accuracy.md tells; and every input of five of
them alone, where what the reader does not know yet is counted by kind."""
import collections
import concurrent.futures
import json
import os
import pathlib
import sys
import tempfile
import unittest

import binary
import replay

DOCUMENT = binary.REPOSITORY / "docs" / "accuracy.md"
# Seconds for one corpus; the largest takes less than five where nothing else runs.
LONGEST = 240
CORPORA = ("argo-cd-install", "istio-samples", "k8s-examples", "online-boutique", "robot-shop")
ENDINGS = {".json", ".yaml", ".yml"}
# `map` knows an architecture or says that it could not read the input; it judges nothing, so 1 is no answer.
READ, UNREADABLE = 0, 3


def inputs_of(folder):
    return sorted(file for file in folder.rglob("*") if file.suffix in ENDINGS and file.is_file())


def read(file, home):
    return file, binary.run(["map", str(file), "--format", "snapshot", "--application", "corpus"], home)


def unknown_kinds(answer):
    """Kinds of the objects that no reader knows, out of the facts of the snapshot."""
    if not answer.stdout:
        return []
    facts = (fact for unit in json.loads(answer.stdout)["units"] for item in unit["inputs"] for fact in item["facts"])
    return [fact["kind"] for fact in facts if fact["fact"] == "unread"]


def documents_in(folder):
    """How many documents lie in a folder: those of YAML one by one, other files whole."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    return len(files), sum(len(replay.documents_of(file) or [file]) for file in files)


def row_of(folder, home):
    """One row of the table in docs/accuracy.md. Raises on a crash, on a hang, and on any exit code that a map does not have."""
    answer = binary.run(["map", str(folder), "--format", "json", "--application", "corpus"], home, timeout=LONGEST)
    if answer.code not in (READ, UNREADABLE):
        raise AssertionError(f"exit code {answer.code} of {folder.name}\n{answer.talk()}")
    architecture = json.loads(answer.stdout)
    kinds = collections.Counter(entity["kind"] for entity in architecture["entities"])
    files, documents = documents_in(folder)
    counts, unread = architecture["counts"], architecture["unread"]
    outside = kinds["third_party"] + kinds["external"]
    cells = (folder.name, files, documents, counts["entities"], counts["relations"], outside, kinds["unresolved"],
             sum(unread["kinds"].values()), unread["files"], "all" if answer.code == READ else "not all")
    return "| " + " | ".join(map(str, cells)) + " |"


def setUpModule():
    if binary.find_shared() is None or not (binary.find_shared() / "corpora").is_dir():
        binary.skip("shared data not found")


class CorporaTest(unittest.TestCase):
    def check(self, name, home):
        """Reads the files of one corpus; prints one line, and the kinds that no reader knows."""
        files = inputs_of(binary.find_shared() / "corpora" / name)
        self.assertTrue(files, f"no inputs in {name}")
        codes, unknown = collections.Counter(), collections.Counter()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for file, answer in pool.map(lambda file: read(file, home), files):
                self.assertIn(answer.code, (READ, UNREADABLE), f"{file}\n{answer.talk()}")
                codes[answer.code] += 1
                unknown.update(unknown_kinds(answer))
        print(f"{name}: {codes[READ]} inputs read, {codes[UNREADABLE]} said to be unreadable, "
              f"{sum(unknown.values())} objects of {len(unknown)} unknown kinds", file=sys.stderr)
        for kind, count in sorted(unknown.items(), key=lambda row: (-row[1], row[0])):
            print(f"    {count:4} {kind}", file=sys.stderr)
        self.assertTrue(codes[READ], f"nothing of {name} could be read")

    def test_every_corpus_is_read_as_a_whole(self):
        documented = DOCUMENT.read_text(encoding="utf-8").splitlines()
        with tempfile.TemporaryDirectory(prefix="postern-corpora-") as home:
            for folder in sorted(path for path in (binary.find_shared() / "corpora").iterdir() if path.is_dir()):
                with self.subTest(corpus=folder.name):
                    row = row_of(folder, pathlib.Path(home))
                    print(row)
                    self.assertTrue(row in documented, f"docs/accuracy.md does not hold this row: {row}")

    def test_every_input_is_answered(self):
        with tempfile.TemporaryDirectory(prefix="postern-corpora-") as home:
            for name in CORPORA:
                with self.subTest(corpus=name):
                    self.check(name, pathlib.Path(home))


if __name__ == "__main__":
    unittest.main()
