#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""One service's build against an environment of many: its own delta, and nothing of the others."""
import json
import pathlib
import shutil
import tempfile
import unittest

import yaml

import binary
import replay

PAIR = "online-boutique-v0.9.0-v0.10.0"
SERVICE = "checkoutservice"
CONFIGURATION = "apiVersion: postern/v1\nkind: Configuration\napplication: boutique\nenvironments:\n  production: {class: production}\n"


def service_of(document):
    """The service that an object belongs to: an endpoint to what it selects, anything else to its own name."""
    if document["kind"] == "Service":
        return document["spec"]["selector"]["app"]
    return document["metadata"]["name"]


def split_by_service(manifest, target):
    """Writes each object into a folder of its service; returns the names of the services."""
    for text in replay.DOCUMENT_MARK.split(manifest.read_text(encoding="utf-8")):
        document = yaml.safe_load(text)
        if document:
            folder = target / service_of(document)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{document['kind'].lower()}-{document['metadata']['name']}.yaml").write_text(text, encoding="utf-8")
    return sorted(folder.name for folder in target.iterdir())


def replace_once(file, old, new):
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise ValueError(f"{file.name} holds {old!r} {text.count(old)} times")
    file.write_text(text.replace(old, new), encoding="utf-8")


def setUpModule():
    if binary.find_shared() is None or not (binary.find_shared() / "pairs" / PAIR).is_dir():
        binary.skip("shared data not found")


class UnitsTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory(prefix="postern-units-")
        self.addCleanup(temporary.cleanup)
        self.root = pathlib.Path(temporary.name)
        (self.root / "postern.yaml").write_text(CONFIGURATION, encoding="utf-8")
        manifest = binary.find_shared() / "pairs" / PAIR / "candidate" / "release" / "kubernetes-manifests.yaml"
        self.services = split_by_service(manifest, self.root / "baseline")
        self.assertEqual(12, len(self.services))
        shutil.copy2(manifest, self.root / "all.yaml")
        shutil.copytree(self.root / "baseline" / SERVICE, self.root / "build" / SERVICE)
        self.change(self.root / "build" / SERVICE)

    @staticmethod
    def change(folder):
        """One image, one variable, one object."""
        deployment = folder / f"deployment-{SERVICE}.yaml"
        replace_once(deployment, f"/{SERVICE}:v0.10.0", f"/{SERVICE}:v0.10.1")
        replace_once(deployment, "value: \"paymentservice:50051\"", "value: \"adservice:9555\"")
        (folder / f"serviceaccount-{SERVICE}.yaml").unlink()

    def changes(self, candidate, scope, baseline):
        """{(kind, subject, attribute)} of the delta of a gate run, and how it ended."""
        report = self.root / "decision.json"
        answer = binary.run(["gate", candidate, "--baseline", baseline, "--scope", scope, "--env", "production", "--config", "postern.yaml",
                             "--report", f"json={report}", "--quiet"], self.root)
        self.assertIn(answer.code, (0, 1), answer.talk())
        return {(change["kind"], change["subject"], change["attribute"])
                for change in json.loads(report.read_text(encoding="utf-8"))["changes"]}

    def assert_own_delta(self, changes):
        service = f"default/{SERVICE}"
        self.assertEqual({
            ("modified", service, "server.image"),
            ("removed", f"{service} -> default/paymentservice", ""),
            ("added", f"{service} -> default/adservice", ""),
            ("removed", f"default/serviceaccounts/{SERVICE}", ""),
            ("added", f"unresolved/default/serviceaccounts/{SERVICE}", ""),
            ("removed", f"{service} -> default/serviceaccounts/{SERVICE}", ""),
            ("added", f"{service} -> unresolved/default/serviceaccounts/{SERVICE}", ""),
        }, changes)

    def test_the_folder_of_one_service(self):
        self.assert_own_delta(self.changes(f"build/{SERVICE}", "units", "baseline"))

    def test_the_order_of_the_baseline_does_not_matter(self):
        replay.copy_reordered(self.root / "baseline", self.root / "again", replay.seeded("units"))
        self.assert_own_delta(self.changes(f"build/{SERVICE}", "units", "again"))

    def test_an_unchanged_service_has_no_delta(self):
        for service in self.services:
            with self.subTest(service=service):
                self.assertEqual(set(), self.changes(f"baseline/{service}", "units", "baseline"))

    def test_objects_give_way_in_a_file_of_all(self):
        """Nobody can know that an object of a common file is gone: it stays, and the rest is the same."""
        changes = self.changes(f"build/{SERVICE}", "units", "all.yaml")
        self.assertEqual({change for change in changes if change[0] == "removed"},
                         {("removed", f"default/{SERVICE} -> default/paymentservice", "")})
        self.assertEqual(3, len(changes))

    def test_scope_full_removes_the_others(self):
        changes = self.changes(f"build/{SERVICE}", "full", "baseline")
        removed = {subject for kind, subject, _ in changes if kind == "removed" and "->" not in subject}
        for service in self.services:
            self.assertEqual(service != SERVICE, f"default/{service}" in removed, service)


if __name__ == "__main__":
    unittest.main()
