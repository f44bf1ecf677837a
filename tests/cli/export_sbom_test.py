#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`postern export sbom`: the libraries that were read come back, of one service, of each, and of the application."""
import json
import pathlib
import tempfile
import unittest

import binary

DIGEST = "sha256:" + "c" * 64
SERVICES = f"""apiVersion: apps/v1
kind: Deployment
metadata: {{ name: cart, namespace: shop, annotations: {{ postern.dev/data: PII }} }}
spec:
  selector: {{ matchLabels: {{ app: cart }} }}
  template:
    metadata: {{ labels: {{ app: cart, data-classification: pii }} }}
    spec: {{ containers: [ {{ name: cart, image: "registry.example/shop/cart:1.4@{DIGEST}", env: [ {{ name: API_URL, value: "http://api.shop:80" }} ] }} ] }}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{ name: api, namespace: shop }}
spec:
  selector: {{ matchLabels: {{ app: api }} }}
  template:
    metadata: {{ labels: {{ app: api }} }}
    spec: {{ containers: [ {{ name: api, image: "registry.example/shop/api:2" }} ] }}
---
apiVersion: v1
kind: Service
metadata: {{ name: api, namespace: shop }}
spec: {{ selector: {{ app: api }}, ports: [ {{ port: 80 }} ] }}
---
apiVersion: v1
kind: Service
metadata: {{ name: cart, namespace: shop }}
spec: {{ selector: {{ app: cart }}, ports: [ {{ port: 80 }} ] }}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{ name: cart, namespace: shop }}
spec:
  ingressClassName: nginx
  rules:
    - host: cart.shop.example
      http: {{ paths: [ {{ path: /, pathType: Prefix, backend: {{ service: {{ name: cart, port: {{ number: 80 }} }} }} }} ] }}
"""
CART = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "container", "bom-ref": "top", "name": "registry.example/shop/cart:1.4", "version": DIGEST}},
        "components": [
            {"type": "library", "bom-ref": "a", "group": "@sample", "name": "a", "version": "1.0.0+b 1", "purl": "pkg:npm/%40sample/a@1.0.0%2Bb%201",
             "scope": "required", "licenses": [{"license": {"id": "MIT"}}, {"license": {"name": "Of the house"}}]},
            {"type": "library", "bom-ref": "b", "name": "b", "version": "2", "purl": "pkg:npm/b@2", "scope": "optional",
             "licenses": [{"expression": "MIT OR Apache-2.0"}]},
            {"type": "library", "bom-ref": "s", "name": "openssl", "version": "3.0.11-1",
             "purl": "pkg:deb/debian/openssl@3.0.11-1?arch=amd64&distro=debian-12"},
            {"type": "operating-system", "bom-ref": "os", "name": "debian", "version": "12"}],
        "dependencies": [{"ref": "top", "dependsOn": ["a"]}, {"ref": "a", "dependsOn": ["b"]}]}
LOCK = {"name": "api", "version": "1.0.0", "lockfileVersion": 3, "packages": {
    "": {"name": "api", "dependencies": {"b": "2"}, "devDependencies": {"t": "1"}},
    "node_modules/b": {"version": "2", "license": "MIT"}, "node_modules/t": {"version": "1.0.0", "dev": True}}}


class ExportTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="postern-export-")
        self.root = pathlib.Path(self.temporary.name)
        self.write("in/services.yaml", SERVICES)
        self.write("in/sboms/cart.json", json.dumps(CART))
        self.write("in/api/package-lock.json", json.dumps(LOCK))

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def export(self, *arguments, environment=None, code=0):
        answer = binary.run(["export", "sbom", "in", "--application", "a", *arguments], self.root, environment=environment)
        self.assertEqual(answer.code, code, answer.talk())
        return answer

    def libraries(self, folder):
        """{owner: {(purl, versions, licences, scope)}} as `map` shows them."""
        answer = binary.run(["map", folder, "--application", "a", "--format", "json"], self.root)
        self.assertEqual(answer.code, 0, answer.talk())
        self.assertNotIn("error", answer.talk())
        found = {}
        for entity in json.loads(answer.stdout)["entities"]:
            if entity["kind"] != "library":
                continue
            said = {row["attribute"]: row["value"] for row in entity["attributes"]}
            owner, name = entity["id"]["address"].split("/libraries/")
            row = (name, tuple(said["versions"]), tuple(said.get("licences", [])), said.get("component_scope"), said["component_type"])
            found.setdefault(owner, set()).add(row)
        return found

    def test_what_is_written_for_each_service_is_read_back(self):
        before = self.libraries("in")
        self.assertEqual({owner: len(rows) for owner, rows in before.items()}, {"shop/cart": 4, "shop/api": 2})
        self.export("--output", "boms/")
        self.assertEqual(sorted(path.name for path in (self.root / "boms").iterdir()), ["shop-api.cdx.json", "shop-cart.cdx.json"])
        self.write("again/services.yaml", SERVICES)
        for file in (self.root / "boms").iterdir():
            self.write(f"again/{file.name}", file.read_text(encoding="utf-8"))
        self.assertEqual(self.libraries("again"), before)

    def test_the_application_lists_each_library_once(self):
        document = json.loads(self.export().stdout)
        libraries = {each["bom-ref"]: each for each in document["components"] if each["type"] != "application"}
        self.assertEqual(set(libraries), {"pkg:npm/%40sample/a@1.0.0%2Bb%201", "pkg:npm/b@2", "pkg:npm/t@1.0.0",
                                          "pkg:deb/debian/openssl@3.0.11-1?distro=debian-12", "operating-system:debian@12"})
        # What one service needs is needed.
        self.assertEqual(libraries["pkg:npm/b@2"]["scope"], "required")
        self.assertEqual(libraries["pkg:npm/t@1.0.0"]["scope"], "excluded")
        needs = {row["ref"]: row.get("dependsOn", []) for row in document["dependencies"]}
        self.assertEqual(needs["component:a/default/shop/cart"], ["pkg:npm/%40sample/a@1.0.0%2Bb%201"])
        self.assertEqual(needs["component:a/default/shop/api"], ["pkg:npm/b@2", "pkg:npm/t@1.0.0"])
        self.assertEqual(needs["application:a"], ["component:a/default/shop/api", "component:a/default/shop/cart"])
        self.assertEqual(needs["service:a/default/shop/cart"], ["service:a/default/shop/api"])
        self.assertNotIn("compositions", document)

    def test_a_service_has_its_image_its_endpoints_and_its_data(self):
        document = json.loads(self.export("--service", "cart").stdout)
        subject = document["metadata"]["component"]
        self.assertEqual(subject["purl"], f"pkg:oci/cart@{DIGEST}?repository_url=registry.example%2Fshop%2Fcart&tag=1.4")
        self.assertEqual(subject["hashes"], [{"alg": "SHA-256", "content": "c" * 64}])
        (service,) = document["services"]
        self.assertEqual((service["group"], service["name"], service["endpoints"]), ("shop", "cart", ["cart.shop.example"]))
        self.assertTrue(service["x-trust-boundary"])
        self.assertEqual(service["data"], [{"flow": "unknown", "classification": "PII"}])
        licences = {each["name"]: each.get("licenses") for each in document["components"]}
        self.assertEqual(licences["a"], [{"license": {"id": "MIT"}}, {"license": {"name": "Of the house"}}])
        self.assertEqual(licences["b"], [{"expression": "MIT OR Apache-2.0"}])
        self.assertNotIn("licenses", [each for each in document["components"] if each["name"] == "openssl"][0])

    def test_the_same_input_gives_the_same_bytes(self):
        first = self.export()
        self.assertEqual(self.export("--threads", "7").stdout, first.stdout)
        document = json.loads(first.stdout)
        self.assertNotIn("timestamp", document["metadata"])
        self.assertRegex(document["serialNumber"], r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
        dated = json.loads(self.export(environment={"SOURCE_DATE_EPOCH": "1700000000"}).stdout)
        self.assertEqual(dated["metadata"]["timestamp"], "2023-11-14T22:13:20Z")
        self.assertNotEqual(dated["serialNumber"], document["serialNumber"])
        self.export(environment={"SOURCE_DATE_EPOCH": "soon"}, code=2)

    def test_what_nobody_knows_is_incomplete(self):
        (self.root / "in/api/package-lock.json").unlink()
        document = json.loads(self.export("--output", "all.json").stdout or (self.root / "all.json").read_text(encoding="utf-8"))
        self.assertEqual(document["compositions"], [{"aggregate": "incomplete", "assemblies": ["component:a/default/shop/api"]}])

    def test_a_wrong_name_is_refused_with_the_nearest(self):
        self.assertIn("shop/cart", self.export("--service", "shop/carrt", code=2).talk())


if __name__ == "__main__":
    unittest.main()
