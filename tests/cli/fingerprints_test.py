#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Findings are known again: their fingerprints are unique in a report and stay when files are moved, split, shuffled and reformatted."""
import json
import pathlib
import sys
import tempfile
import unittest
import xml.etree.ElementTree

import binary
import replay
import rewriting

FORMATS = ("sarif", "codequality", "junit")
SHOP = binary.REPOSITORY / "examples" / "shop"
# Files whose names decide; of two templates with the same logical ids the names tell which is which.
NAMES_MATTER = {"Chart.yaml", "kustomization.yaml", "kustomization.yml", "docker-compose.yml", "docker-compose.yaml", "compose.yml", "compose.yaml",
                "ECS_Schedule_Example.json"}


def reports(folder, baseline, candidate, configuration):
    """The reports of one run, by format."""
    options = [item for form in FORMATS for item in ("--report", f"{form}={folder / form}")]
    arguments = ["gate", candidate, "--baseline", baseline, "--env", "production", "--config", configuration, "--format", "json", *options]
    answer = binary.run(arguments, folder)
    texts = {form: (folder / form).read_text(encoding="utf-8") for form in FORMATS}
    return {"json": answer.text(), **texts}


def identities(texts):
    """What identifies each finding, in each report: never a file or line."""
    results = json.loads(texts["sarif"])["runs"][0]["results"]
    cases = xml.etree.ElementTree.fromstring(texts["junit"]).iter("testcase")
    return {
        "sarif": sorted((result["ruleId"], result["baselineState"], result["partialFingerprints"]["posternFingerprint/v1"],
                         result["partialFingerprints"]["primaryLocationLineHash"]) for result in results),
        "codequality": sorted((issue["check_name"], issue["fingerprint"]) for issue in json.loads(texts["codequality"])),
        "junit": sorted((case.get("classname"), case.get("name")) for case in cases),
    }


def pairs():
    """The shop, and the pairs of Kubernetes applications among the shared data; what names decide (charts, Compose) is not moved."""
    found = {"shop": (SHOP / "baseline", SHOP / "candidate", SHOP / "postern.yaml")}
    shared = binary.find_shared()
    for folder in sorted((shared / "pairs").iterdir()) if shared else []:
        baseline, candidate = folder / "baseline", folder / "candidate"
        if baseline.is_dir() and candidate.is_dir() and not any(file.name in NAMES_MATTER for file in replay.files_of(folder)):
            found[folder.name] = (baseline, candidate, None)
    if len(found) == 1:
        print("pairs of real applications skipped: shared data not found", file=sys.stderr)
    return found


class FingerprintTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="postern-fingerprints-")
        self.root = pathlib.Path(self.temporary.name)

    def tearDown(self):
        self.temporary.cleanup()

    def configuration(self, given):
        if given:
            return given
        file = self.root / "postern.yaml"
        file.write_text("apiVersion: postern/v1\nkind: Configuration\napplication: pair\n"
                        "environments:\n  production: {class: production}\n", encoding="utf-8")
        return file

    def variants(self, name, baseline, candidate):
        """Other ways to write the same two states: name -> (baseline, candidate)."""
        for variant, copy in (("shuffled", lambda a, b: replay.copy_shuffled(a, b, replay.seeded(name))),
                              ("reformatted", rewriting.copy_reformatted), ("moved", rewriting.copy_moved)):
            sides, rewritten = [], 0
            for side, source in (("baseline", baseline), ("candidate", candidate)):
                target = self.root / name / variant / side
                target.mkdir(parents=True)
                rewritten += copy(source, target)
                sides.append(target)
            if rewritten == 0:  # not every format has another way to be written
                continue
            self.rewritten.add(variant)
            yield f"{variant} candidate", baseline, sides[1]
            yield f"{variant} on both sides", sides[0], sides[1]

    def test_fingerprints_are_unique_and_stable(self):
        judged = 0
        self.rewritten = set()
        for name, (baseline, candidate, configuration) in pairs().items():
            configuration = self.configuration(configuration)
            expected = identities(reports(self.root, baseline, candidate, configuration))
            judged += len(expected["sarif"])
            for number, form in ((2, "sarif"), (3, "sarif"), (1, "codequality")):
                values = [row[number] for row in expected[form]]
                self.assertEqual(len(values), len(set(values)), f"{name}: a fingerprint of {form} is not unique")
            if not expected["sarif"]:
                continue
            for variant, before, after in self.variants(name, baseline, candidate):
                with self.subTest(application=name, variant=variant):
                    self.assertEqual(expected, identities(reports(self.root, before, after, configuration)))
        self.assertGreater(judged, 10)
        self.assertEqual({"shuffled", "reformatted", "moved"}, self.rewritten, "nothing was rewritten, so nothing was tested")

    def test_places_do_move(self):
        """Otherwise the test above would compare reports of the same text."""
        target = self.root / "moved"
        rewriting.copy_reformatted(SHOP / "candidate", target)
        place = lambda text: sorted((one["location"]["path"], one["location"]["lines"]["begin"]) for one in json.loads(text))
        there = reports(self.root, SHOP / "baseline", SHOP / "candidate", SHOP / "postern.yaml")["codequality"]
        here = reports(self.root, SHOP / "baseline", target, SHOP / "postern.yaml")["codequality"]
        self.assertNotEqual(place(there), place(here))

    def test_render_gives_the_same_bytes(self):
        texts = reports(self.root, SHOP / "baseline", SHOP / "candidate", SHOP / "postern.yaml")
        (self.root / "decision.json").write_text(texts["json"], encoding="utf-8")
        for form in FORMATS:
            answer = binary.run(["render", "decision.json", "--format", form], self.root)
            self.assertEqual(texts[form], answer.text(), form)


if __name__ == "__main__":
    unittest.main()
