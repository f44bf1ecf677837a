#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`postern export sbom` against the published schema of CycloneDX 1.6, of real and of hostile input."""
import json
import pathlib
import tempfile
import unittest

import binary

SHARED = binary.find_shared()
SCHEMAS = SHARED / "suites/schemas/cyclonedx/schema" if SHARED else None
if SCHEMAS is None or not SCHEMAS.is_dir():
    binary.skip("shared data not found")
try:
    import jsonschema
except ImportError:
    binary.skip("no module jsonschema: install python3-jsonschema")

HOSTILE = ("a\x01b\x1b[2J", "]]><!--x-->&amp;", "line\nend\ttab", " ", "https://x.example/%2e%2e/?q#f", "\u202egnp.exe", "\u00e4/\u00f6", "x" * 5000)


def validator():
    """The schema with those that it refers to, by their names alone."""
    names = ("bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json")
    schemas = {name: json.loads((SCHEMAS / name).read_text(encoding="utf-8")) for name in names}
    # Beside "maxItems: 1" it says nothing more, and some versions of the module fail to word its message.
    for choice in schemas[names[0]]["definitions"]["licenseChoice"]["oneOf"]:
        if choice.get("maxItems") == 1:
            choice.pop("additionalItems", None)
    store = {f"http://cyclonedx.org/schema/{name}": schema for name, schema in schemas.items()}
    resolver = jsonschema.RefResolver(schemas[names[0]]["$id"], schemas[names[0]], store=store)
    return jsonschema.Draft7Validator(schemas[names[0]], resolver=resolver, format_checker=jsonschema.FormatChecker())


class SchemaTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.validator = validator()

    def check(self, folder, source, *arguments):
        answer = binary.run(["export", "sbom", source, "--application", "a", *arguments], folder)
        self.assertIn(answer.code, (0, 3), answer.talk())
        document = json.loads(answer.stdout)
        self.assertEqual([error.message[:300] for error in self.validator.iter_errors(document)], [])
        references = [each["bom-ref"] for each in (document["metadata"]["component"], *document["components"], *document.get("services", ()))]
        self.assertEqual(len(references), len(set(references)))
        for row in document["dependencies"]:
            self.assertLessEqual({row["ref"], *row.get("dependsOn", ())}, set(references))
        return document

    def test_the_schema_refuses_what_it_must(self):
        document = {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [{"type": "nothing", "name": "a"}]}
        self.assertTrue(list(self.validator.iter_errors(document)))

    def test_examples_and_real_bills_of_materials(self):
        with tempfile.TemporaryDirectory() as folder:
            self.check(folder, binary.REPOSITORY / "examples/shop/baseline")
            sources = [path for path in sorted((SHARED / "findings/sbom").rglob("*.json")) if path.stat().st_size < 2_000_000][:40]
            self.assertTrue(sources)
            counted = sum(len(self.check(folder, path)["components"]) > 1 for path in sources)
            self.assertGreater(counted, 5)

    def test_hostile_names(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            components = [{"type": "library", "name": text, "version": text, "group": text, "licenses": [{"license": {"name": text}}]} for text in HOSTILE]
            components += [{"type": "library", "name": "n", "version": text, "purl": "pkg:npm/n"} for text in HOSTILE]
            (root / "in").mkdir()
            (root / "in/a.json").write_text(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "components": components,
                                                        "metadata": {"component": {"type": "application", "name": HOSTILE[0]}}}), encoding="utf-8")
            objects = []
            for number, text in enumerate(HOSTILE):
                labels = {"app": f"s{number}"}
                objects.append({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": text, "namespace": text},
                                "spec": {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": {
                                    "containers": [{"name": "c", "image": text}]}}}})
                objects.append({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": f"i{number}", "namespace": text},
                                "spec": {"rules": [{"host": text}]}})
            (root / "in/objects.json").write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": objects}), encoding="utf-8")
            self.check(root, "in")


if __name__ == "__main__":
    unittest.main()
