#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`postern hunt` and `postern query`: who has what, how exposed, near what data, over folders and many snapshots."""
import csv
import io
import json
import pathlib
import tempfile
import unittest

import binary

LOG = "pkg:maven/org.sample.log/log-core"
ADVISORY = {
    "schema_version": "1.6.0", "id": "GHSA-aaaa-bbbb-cccc", "modified": "2026-01-02T00:00:00Z", "published": "2026-01-01T00:00:00Z",
    "aliases": ["CVE-2026-1000"], "summary": "Code of strangers runs",
    "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}],
    "affected": [{"package": {"ecosystem": "Maven", "name": "org.sample.log:log-core"},
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"fixed": "2.15.0"}]}]}],
}


def service(name, exposed=False, data=""):
    variable = f", env: [ {{ name: DATABASE_URL, value: 'postgres://{data}.shop:5432/x' }} ]" if data else ""
    text = f"""apiVersion: apps/v1
kind: Deployment
metadata: {{ name: {name}, namespace: shop }}
spec:
  selector: {{ matchLabels: {{ app: {name} }} }}
  template:
    metadata: {{ labels: {{ app: {name} }} }}
    spec: {{ containers: [ {{ name: {name}, image: "registry.example/{name}:1" {variable} }} ] }}
---
apiVersion: v1
kind: Service
metadata: {{ name: {name}, namespace: shop }}
spec: {{ type: {"LoadBalancer" if exposed else "ClusterIP"}, selector: {{ app: {name} }}, ports: [ {{ port: 80 }} ] }}
---
"""
    return text


STORE = """apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cards, namespace: shop, labels: { data-classification: pci } }
spec:
  serviceName: cards
  selector: { matchLabels: { app: cards } }
  template:
    metadata: { labels: { app: cards, data-classification: pci } }
    spec: { containers: [ { name: cards, image: "postgres:16", ports: [ { containerPort: 5432 } ] } ] }
---
apiVersion: v1
kind: Service
metadata: { name: cards, namespace: shop }
spec: { selector: { app: cards }, ports: [ { port: 5432 } ] }
---
"""
CARDS_QUESTION = ("service.libraries.exists(l, l.name.contains('log-core')) && exposedToInternet(service) && "
                  "dataReach(service).exists(c, c.startsWith('PCI'))")


def bill(name, packages):
    components = [{"type": "library", "group": "org.sample.log", "name": package, "version": version,
                   "purl": f"pkg:maven/org.sample.log/{package}@{version}"} for package, version in packages]
    return json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "application", "name": name}},
                       "components": components})


class HuntTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="postern-hunt-")
        self.root = pathlib.Path(self.temporary.name)
        self.write("in/all.yaml", service("web", True, "cards") + service("batch") + service("mended", True) + service("dark") + STORE)
        self.write("in/web.cdx.json", bill("web", [("log-core", "2.14.1"), ("other", "1.0")]))
        self.write("in/batch.cdx.json", bill("batch", [("log-core", "2.3")]))
        self.write("in/mended.cdx.json", bill("mended", [("log-core", "2.15.0")]))
        self.write("osv/a.json", json.dumps(ADVISORY))

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run_postern(self, *arguments, code=0):
        answer = binary.run(arguments, self.root)
        self.assertEqual(answer.code, code, answer.talk() + answer.text())
        return answer.text()

    def database(self):
        self.run_postern("threatdb", "import", "osv", "--threat-db", "db", "--quiet")
        return ("--threat-db", "db", "--application", "a", "--quiet")

    def addresses(self, text, key="rows"):
        return [(row["entity"] if key == "rows" else row)["address"] for row in json.loads(text)[key]]

    def snapshot(self, folder, name):
        self.write(f"states/{name}.json", self.run_postern("map", folder, "--format", "snapshot", "--application", name, "--quiet"))

    def test_weakness_by_each_of_its_names(self):
        options = self.database()
        for name in ("CVE-2026-1000", "GHSA-aaaa-bbbb-cccc", "cve-2026-1000"):
            answer = json.loads(self.run_postern("hunt", name, "in", "--format", "json", *options))
            self.assertEqual([row["entity"]["address"] for row in answer["rows"]], ["shop/web", "shop/batch"], name)
            row = answer["rows"][0]
            self.assertEqual((row["versions"], row["fixed_in"], row["package"]), (["2.14.1"], ["2.15.0"], LOG))
            self.assertEqual((row["entity"]["exposure"], row["answer"]), ("internet", "weak"))
            self.assertIn("PCI", row["entity"]["data"])
            self.assertGreater(row["entity"]["risk"]["score"], answer["rows"][1]["entity"]["risk"]["score"])
            self.assertTrue(any(place.startswith("in/web.cdx.json:") or place.startswith("web.cdx.json:") for place in row["evidence"]))
            unknown = [each["address"] for each in answer["looked_at"]["libraries_unknown"]]
            self.assertEqual(sorted(unknown), ["shop/cards", "shop/dark"])

    def test_text_says_way_data_and_fix(self):
        text = self.run_postern("hunt", "CVE-2026-1000", "in", *self.database())
        for part in ("2 services have CVE-2026-1000, 1 reachable from the internet", "internet -> ", "PCI", "2.15.0", "libraries unknown",
                     "shop/dark", "4 components"):
            self.assertIn(part, text)

    def test_packages_versions_and_ranges(self):
        options = self.database()
        ask = lambda what: sorted(self.addresses(self.run_postern("hunt", what, "in", "--format", "json", *options)))
        everyone = ["shop/batch", "shop/mended", "shop/web"]
        self.assertEqual(ask("log-core"), everyone)
        self.assertEqual(ask("org.sample.log:log-core"), everyone)
        self.assertEqual(ask(LOG), everyone)
        self.assertEqual(ask(LOG + "@2.3"), ["shop/batch"])
        self.assertEqual(ask(LOG + "@vers:maven/>=2.10|<2.16"), ["shop/mended", "shop/web"])
        self.assertEqual(ask("log"), [])

    def test_without_database_reports_answer_and_the_rest_is_said(self):
        text = self.run_postern("hunt", "CVE-2026-1000", "in", "--application", "a", "--quiet")
        for part in ("Nothing found", "no threat database", "libraries unknown"):
            self.assertIn(part, text)
        self.run_postern("hunt", "pkg:nothing", "in", "--quiet", code=2)
        self.run_postern("hunt", LOG + "@vers:maven/>>", "in", "--quiet", code=2)

    def test_exit_code_only_where_it_was_asked_for(self):
        options = self.database()
        self.run_postern("hunt", "CVE-2026-1000", "in", *options, "--exit-code", code=1)
        self.run_postern("hunt", "CVE-1999-0001", "in", *options, "--exit-code")
        self.run_postern("query", "service.name == 'web'", "in", *options, "--exit-code", code=1)

    def test_many_snapshots_and_one_that_is_broken(self):
        options = self.database()
        self.write("other/all.yaml", service("quiet"))
        self.write("other/quiet.cdx.json", bill("quiet", [("other", "1.0")]))
        self.snapshot("in", "one")
        self.snapshot("other", "two")
        for source in ("snapshot:states", "snapshot:states/*.json"):
            answer = json.loads(self.run_postern("hunt", "CVE-2026-1000", source, "--format", "json", *options))
            self.assertEqual([row["entity"]["application"] for row in answer["rows"]], ["one", "one"])
            self.assertEqual((answer["looked_at"]["sources"], answer["looked_at"]["components"]), (2, 5))
        one = self.run_postern("hunt", "log-core", "snapshot:states", "--threads", "1", *options)
        self.assertEqual(one, self.run_postern("hunt", "log-core", "snapshot:states", "--threads", "4", *options))
        self.write("states/zero.json", "{}")
        text = self.run_postern("hunt", "CVE-2026-1000", "snapshot:states", *options, code=3)
        self.assertIn("not read", text)
        self.assertIn("states/zero.json", text)
        self.assertIn("shop/web", text)

    def test_query_finds_the_open_service_near_card_data(self):
        options = self.database()
        answer = json.loads(self.run_postern("query", CARDS_QUESTION, "in", "--format", "json", *options))
        self.assertEqual([row["address"] for row in answer["matches"]], ["shop/web"])
        # What has no bill of materials may have it; only what is not exposed is certainly out.
        self.assertEqual([row["address"] for row in answer["unknown"]], [])
        text = self.run_postern("query", "service.libraries.exists(l, l.name == 'log-core')", "in", *options)
        self.assertIn("3 matches among", text)
        self.assertIn("2 answers unknown", text)

    def test_query_reads_weaknesses_counts_and_all_entities(self):
        options = self.database()
        ask = lambda what: sorted(self.addresses(self.run_postern("query", what, "in", "--format", "json", *options), "matches"))
        self.assertEqual(ask("service.weaknesses.exists(w, w.score > 9.0)"), ["shop/batch", "shop/web"])
        self.assertEqual(ask("service.libraries.exists(l, l.weaknesses.size() > 0 && l.version == '2.3')"), ["shop/batch"])
        self.assertEqual(ask("service.library_count == 2"), ["shop/web"])
        self.assertNotIn("shop/services/web", ask("exposedToInternet(service)"))
        self.assertIn("shop/services/web", ask("entity.kind == 'endpoint'"))

    def test_query_with_a_mistake_says_what_was_meant(self):
        for expression, hint in (("service.libaries.exists(l, true)", "libraries"), ("service.libraries.size()", "bool")):
            answer = binary.run(["query", expression, "in"], self.root)
            self.assertEqual(answer.code, 2)
            self.assertIn(hint, answer.talk())

    def test_hostile_names_stay_text(self):
        self.write("in/evil.cdx.json", json.dumps({
            "bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "application", "name": "=cmd|' /C calc'!A0"}},
            "components": [{"type": "library", "name": "evil\x1b[31m", "version": "=1+1", "purl": "pkg:npm/evil@%3D1%2B1"}]}))
        options = self.database()
        text = self.run_postern("hunt", "pkg:npm/evil", "in", *options)
        self.assertNotIn("\x1b", text)
        table = self.run_postern("hunt", "pkg:npm/evil", "in", "--format", "csv", *options)
        rows = list(csv.DictReader(io.StringIO(table)))
        self.assertEqual(rows[0]["answer"], "present")
        for row in rows:
            for cell in row.values():
                self.assertNotIn(cell[:1], ("=", "+", "-", "@"), row)


if __name__ == "__main__":
    unittest.main()
