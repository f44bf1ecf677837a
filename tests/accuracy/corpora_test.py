#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every input of the corpora is read alone without a crash, and what the reader does not know yet is counted by kind."""
import collections
import concurrent.futures
import json
import os
import pathlib
import sys
import tempfile
import unittest

import binary

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
        whole = binary.run(["map", str(binary.find_shared() / "corpora" / name), "--format", "json"], home)
        self.assertIn(whole.code, (READ, UNREADABLE), whole.talk())

    def test_every_input_is_answered(self):
        with tempfile.TemporaryDirectory(prefix="postern-corpora-") as home:
            for name in CORPORA:
                with self.subTest(corpus=name):
                    self.check(name, pathlib.Path(home))


if __name__ == "__main__":
    unittest.main()
