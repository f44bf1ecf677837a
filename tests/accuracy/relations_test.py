#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every relation of a few services of real applications, written down by reading before the executable saw them: all found, none invented.

A file of `relations/` names its inputs (below the corpora) and, for each service, all relations that begin or end there. What looks
like a relation and is none stands under `not_relations`, with the reason; the map must not have it, as it must have nothing else.
"""
import json
import pathlib
import shutil
import tempfile
import unittest

import yaml

import binary

TRUTHS = sorted((pathlib.Path(__file__).parent / "relations").glob("*.yaml"))


def setUpModule():
    if binary.find_shared() is None or not (binary.find_shared() / "corpora").is_dir():
        binary.skip("shared data not found")


def copy_inputs(inputs, root):
    """Only what the truth names: other variants of the same objects often lie beside it."""
    for name in inputs:
        source, target = binary.find_shared() / "corpora" / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy2(source, target)


def map_of(inputs):
    with tempfile.TemporaryDirectory(prefix="postern-relations-") as name:
        root = pathlib.Path(name)
        copy_inputs(inputs, root)
        answer = binary.run(["map", ".", "--format", "json", "--application", "relations"], root)
        if not answer.stdout:
            raise AssertionError(f"no map of {inputs}: {answer.talk()}")
        return json.loads(answer.stdout)


def relations_of(architecture, service):
    rows = ((row["kind"], row["source"]["address"], row["target"]["address"]) for row in architecture["relations"])
    return {f"{kind} {source} -> {target}" for kind, source, target in rows if service in (source, target)}


class RelationsTest(unittest.TestCase):
    maxDiff = None

    def test_there_are_ten_applications_with_three_services_each(self):
        self.assertLessEqual(10, sum(len(yaml.safe_load(truth.read_text())["services"]) >= 3 for truth in TRUTHS))

    def test_every_relation_and_no_other(self):
        for file in TRUTHS:
            truth = yaml.safe_load(file.read_text(encoding="utf-8"))
            architecture = map_of(truth["inputs"])
            known = {entity["id"]["address"] for entity in architecture["entities"]}
            for service, expected in truth["services"].items():
                with self.subTest(application=file.stem, service=service):
                    self.assertIn(service, known)
                    self.assertEqual(sorted(expected), sorted(relations_of(architecture, service)))


if __name__ == "__main__":
    unittest.main()
