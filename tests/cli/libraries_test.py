#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bills of materials: to which service each belongs, what a report shows of a thousand changes, and real documents counted twice."""
import json
import pathlib
import sys
import tempfile
import unittest

import binary

DIGEST = "sha256:" + "c" * 64


def deployment(name, image, namespace="shop"):
    return f"""apiVersion: apps/v1
kind: Deployment
metadata: {{ name: {name}, namespace: {namespace} }}
spec:
  selector: {{ matchLabels: {{ app: {name} }} }}
  template:
    metadata: {{ labels: {{ app: {name} }} }}
    spec: {{ containers: [ {{ name: {name}, image: "{image}" }} ] }}
"""


def cyclonedx(component, packages):
    components = [{"type": "library", "name": name, "version": version, "purl": f"pkg:npm/{name}@{version}"} for name, version in packages]
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": component}, "components": components})


def application(name):
    return {"type": "application", "name": name}


class LibrariesTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="postern-libraries-")
        self.root = pathlib.Path(self.temporary.name)

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def owners(self, *options):
        """{address of the owner: number of libraries} of the folder `in`, and what was said on standard error."""
        answer = binary.run(["map", "in", "--format", "json", "--application", "a", *options], self.root)
        self.assertEqual(answer.code, 0, answer.talk())
        counts = {}
        for entity in json.loads(answer.stdout)["entities"]:
            for row in entity["attributes"]:
                if row["attribute"] == "libraries":
                    counts[entity["id"]["address"]] = row["value"]
        return counts, answer.talk()

    def bound(self, file, text):
        self.write("in/cart.yaml", deployment("cart", f"ghcr.io/sample/shop-cart:1@{DIGEST}"))
        self.write("in/api.yaml", deployment("api", "ghcr.io/sample/api:1"))
        self.write(f"in/{file}", text)
        return self.owners()

    def test_it_belongs_to_the_service_that_it_is_about(self):
        packages = [("a", "1")]
        image = {"type": "container", "name": "x", "purl": f"pkg:oci/other@{DIGEST}?repository_url=ghcr.io/mirror/other"}
        rows = {
            "by digest, whatever it is called": ("api.cdx.json", cyclonedx(image, packages)),
            "by repository": ("api.cdx.json", cyclonedx({"type": "container", "name": "ghcr.io/sample/shop-cart:2"}, packages)),
            "by the name of the workload": ("api.cdx.json", cyclonedx(application("github.com/sample/cart/v2"), packages)),
            "by the name of the image": ("api.cdx.json", cyclonedx(application("shop-cart"), packages)),
            "by the name of the file": ("cart.cdx.json", cyclonedx(application("my-build"), packages)),
            "by the name of the folder": ("cart/sbom.json", cyclonedx(application("my-build"), packages)),
        }
        for name, (file, text) in rows.items():
            with self.subTest(name):
                self.assertEqual(self.bound(file, text)[0], {"shop/cart": 1})
            (self.root / "in" / file).unlink()

    def test_what_fits_nothing_belongs_to_the_application(self):
        counts, talk = self.bound("x.json", cyclonedx(application("elsewhere"), [("a", "1")]))
        self.assertEqual(counts, {"sboms/elsewhere": 1})
        self.assertIn("P2004", talk)
        self.assertIn("shop/api, shop/cart", talk)

    def test_every_workload_of_the_image_has_its_libraries(self):
        self.write("in/worker.yaml", deployment("worker", f"ghcr.io/sample/shop-cart:1@{DIGEST}"))
        counts, _ = self.bound("x.json", cyclonedx({"type": "container", "name": "ghcr.io/sample/shop-cart:1"}, [("a", "1")]))
        self.assertEqual(counts, {"shop/cart": 1, "shop/worker": 1})

    def test_the_configuration_decides_first(self):
        self.write("postern.yaml", "sboms: [{ file: '*.cdx.json', service: shop/api }]\n")
        counts, _ = self.bound("cart.cdx.json", cyclonedx(application("cart"), [("a", "1")]))
        self.assertEqual(counts, {"shop/api": 1})
        self.write("postern.yaml", "sboms: [{ file: in/cart.cdx.json, service: nobody }]\n")
        counts, talk = self.owners()
        self.assertEqual(counts, {"sboms/cart": 1})
        self.assertIn("P2006", talk)

    def test_a_thousand_changes_do_not_flood_a_report(self):
        for side, version in (("old", "1.0.0"), ("new", "1.1.0")):
            self.write(f"{side}/cart.yaml", deployment("cart", f"cart:{version}"))
            packages = [(f"package-{number:04}", version) for number in range(1000)]
            self.write(f"{side}/cart.json", cyclonedx(application("cart"), [*packages, ("zebra", version if side == "old" else "2.0.0")]))
        short = binary.run(["diff", "old", "new"], self.root).text()
        self.assertLess(len(short.splitlines()), 30)
        self.assertIn("1001 bumped (1 major)", short)
        self.assertLess(short.index("zebra"), short.index("package-0000"))
        self.assertEqual(len(json.loads(binary.run(["diff", "old", "new", "--format", "json"], self.root).stdout)["changes"]), 1002)
        gate = ["gate", "new", "--baseline", "old", "--env", "production"]
        self.assertLess(len(binary.run(gate, self.root).text().splitlines()), 40)
        self.assertLess(len(binary.run([*gate, "--format", "markdown"], self.root).stdout), 10_000)

    def test_a_hostile_name_poses_as_nothing(self):
        self.write("in/a.json", cyclonedx(application("a"), [("x", "1")]))
        self.write("in/b.json", cyclonedx(application("a/libraries/pkg:npm/x"), [("y", "1")]))
        self.write("in/c.yaml", deployment("a", "sample.example/other:1", "sboms"))
        counts, _ = self.owners()
        self.assertIn("sboms/a/libraries/pkg:npm/x", counts)

    def test_real_documents_are_counted_as_by_another_reader(self):
        shared = binary.find_shared()
        if shared is None:
            print("real documents skipped: shared data not found", file=sys.stderr)
            return
        for file in sorted((shared / "findings" / "sbom" / "cyclonedx").rglob("bom*.json")):
            with self.subTest(str(file)):
                document = json.loads(file.read_text(encoding="utf-8"))
                names = {component["purl"].split("?")[0].rpartition("@")[0] for component in document["components"]}
                (self.root / "in").mkdir(exist_ok=True)
                (self.root / "in" / "bom.json").write_bytes(file.read_bytes())
                counts, _ = self.owners()
                self.assertEqual(list(counts.values()), [len(names)])


if __name__ == "__main__":
    unittest.main()
