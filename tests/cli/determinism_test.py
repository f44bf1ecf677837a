#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The same inputs give the same bytes: whatever the time zone, the locale, the home folder, the time, or the number of threads."""
import itertools
import pathlib
import shutil
import unittest

import binary
import sample

SHOP = binary.REPOSITORY / "examples" / "shop"
COMMANDS = (
    ("gate", "candidate", "--baseline", "baseline", "--env", "production", "--format", "text"),
    ("gate", "candidate", "--baseline", "baseline", "--env", "production", "--format", "markdown"),
    ("gate", "candidate", "--baseline", "baseline", "--env", "production", "--format", "json"),
    ("diff", "baseline", "candidate", "--format", "json"),
    ("map", "candidate", "--format", "snapshot"),
    ("map", "candidate", "--format", "mermaid"),
)
SURROUNDINGS = (
    {"TZ": "Pacific/Auckland", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
    {"POSTERN_THREADS": "1", "HOME": "/nonexistent"},
    {"POSTERN_THREADS": "2", "TERM": "xterm-256color", "CI": "true"},
)


class DeterminismTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        for name in ("baseline", "candidate"):
            shutil.copytree(SHOP / name, self.root / name)
        shutil.copy2(SHOP / "postern.yaml", self.root / "postern.yaml")

    def test_surroundings_do_not_matter(self):
        for command in COMMANDS:
            first = self.run_postern(*command)
            self.assertTrue(first.stdout)
            for environment in SURROUNDINGS:
                with self.subTest(command=command, environment=environment):
                    again = self.run_postern(*command, environment=environment)
                    self.assertEqual((first.code, first.stdout), (again.code, again.stdout))

    def test_the_place_of_the_checkout_does_not_matter(self):
        command = COMMANDS[2]
        first = self.run_postern(*command)
        elsewhere = pathlib.Path(self.temporary.name) / "a" / "b"
        elsewhere.mkdir(parents=True)
        for name in ("baseline", "candidate"):
            shutil.copytree(self.root / name, elsewhere / name)
        shutil.copy2(self.root / "postern.yaml", elsewhere / "postern.yaml")
        self.assertEqual(first.stdout, binary.run(command, elsewhere).stdout)

    def test_the_order_of_the_paths_does_not_matter(self):
        folders = sorted(str(folder.relative_to(self.root)) for folder in (self.root / "candidate").iterdir())[:3]
        outputs = {self.run_postern("map", *order, "--format", "json").stdout for order in itertools.permutations(folders)}
        self.assertEqual(1, len(outputs))


if __name__ == "__main__":
    unittest.main()
