#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A story: scanners report two thousand findings about the images of an application. Three are shown as those that matter, and the first is the
one that is being exploited, reachable from the internet and one hop from card data."""
import json
import pathlib
import re
import shutil
import tempfile
import unittest

import binary

OFFICE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "components" / "baseline"
EXPLOITED = "CVE-2021-44228"
ROWS = 2000
WORST = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"
VECTORS = (
    ("CRITICAL", 9.8, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
    ("HIGH", 7.5, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"),
    ("HIGH", 7.8, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"),
    ("MEDIUM", 5.3, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N"),
    ("MEDIUM", 5.5, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:H"),
    ("MEDIUM", 4.3, "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:L/A:N"),
    ("LOW", 3.3, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N"),
    ("LOW", 2.5, "CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:N"),
)


def image_lines(folder):
    """(file, image) of every container."""
    for file in sorted(folder.rglob("*.yaml")):
        for image in re.findall(r"^\s*(?:- )?image:\s*[\"']?([^\s\"']+)", file.read_text(encoding="utf-8"), re.MULTILINE):
            yield file, image


def row(number):
    severity, score, vector = VECTORS[number % len(VECTORS)]
    package = f"part-{number % 97}"
    return {"VulnerabilityID": f"CVE-2030-{10000 + number}", "PkgName": package, "InstalledVersion": f"1.{number % 7}.0",
            "PkgIdentifier": {"PURL": f"pkg:npm/{package}@1.{number % 7}.0"}, "FixedVersion": "2.0.0", "Severity": severity,
            "Title": f"weakness {number} of {package}", "CVSS": {"nvd": {"V3Vector": vector, "V3Score": score}}}


def exploited():
    purl = "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1"
    return {"VulnerabilityID": EXPLOITED, "PkgName": "org.apache.logging.log4j:log4j-core", "InstalledVersion": "2.14.1",
            "PkgIdentifier": {"PURL": purl}, "FixedVersion": "2.15.0", "Severity": "CRITICAL", "Title": "code execution",
            "CVSS": {"nvd": {"V3Vector": WORST, "V3Score": 10.0}}}


def report(image, rows):
    return {"SchemaVersion": 2, "ArtifactName": image, "ArtifactType": "container_image",
            "Results": [{"Target": "app", "Class": "lang-pkgs", "Type": "node-pkg", "Vulnerabilities": rows}]}


def release(work):
    """Every service in a new version: what its image is made of is new to the environment."""
    shutil.copytree(OFFICE, work / "baseline")
    shutil.copytree(OFFICE, work / "candidate")
    for file in (work / "candidate").rglob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(image:\s*\S+?):([0-9][\w.-]*)@sha256:[0-9a-f]{64}", r"\1:\2-next", text), encoding="utf-8")
    (work / "postern.yaml").write_text(
        "apiVersion: postern/v1\nkind: Configuration\napplication: office\nenvironments: {production: {class: production}}\n"
        "threat_data: {warn_hours: 87600, max_hours: 87600, kev_warn_hours: 87600, kev_max_hours: 87600}\n", encoding="utf-8")


def threats(work):
    folder = work / "threats"
    folder.mkdir()
    (folder / "kev.json").write_text(json.dumps({
        "title": "known exploited", "catalogVersion": "1", "dateReleased": "2026-11-01T00:00:00.000Z", "count": 1,
        "vulnerabilities": [{"cveID": EXPLOITED, "vendorProject": "Apache", "product": "Log4j2", "vulnerabilityName": "Log4j2",
                             "dateAdded": "2021-12-10", "shortDescription": "", "requiredAction": "", "dueDate": "2021-12-24",
                             "knownRansomwareCampaignUse": "Known"}]}), encoding="utf-8")
    scores = "".join(f"CVE-2030-{10000 + number},{0.0002 + number % 50 * 0.0001:.5f},0.1\n" for number in range(ROWS))
    (folder / "epss.csv").write_text("#model_version:v2026,score_date:2026-11-01T00:00:00+0000\ncve,epss,percentile\n"
                                     f"{EXPLOITED},0.96,0.999\n{scores}", encoding="utf-8")
    (folder / "osv.json").write_text(json.dumps({
        "schema_version": "1.6.0", "id": "GHSA-jfh8-c2jp-5v3q", "aliases": [EXPLOITED], "modified": "2026-11-01T00:00:00Z",
        "severity": [{"type": "CVSS_V3", "score": WORST}],
        "affected": [{"package": {"ecosystem": "Maven", "name": "org.apache.logging.log4j:log4j-core"},
                      "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.0.0"}, {"fixed": "2.15.0"}]}]}]}), encoding="utf-8")


class ManyFindings(unittest.TestCase):
    def test_three_matter_and_the_right_one_is_first(self):
        with tempfile.TemporaryDirectory() as name:
            work = pathlib.Path(name)
            release(work)
            threats(work)
            images = sorted({image for _, image in image_lines(work / "candidate")})
            booking = [image for image in images if "/booking" in image]
            self.assertTrue(booking)
            rows = {image: [] for image in images}
            for number in range(ROWS - 1):
                rows[images[number % len(images)]].append(row(number))
            rows[booking[0]].append(exploited())
            reports = work / "reports"
            reports.mkdir()
            for at, image in enumerate(images):
                (reports / f"image-{at}.json").write_text(json.dumps(report(image, rows[image])), encoding="utf-8")
            imported = binary.run(["threatdb", "import", "threats", "--threat-db", "db"], work)
            self.assertEqual(imported.code, 0, imported.talk())
            gate = binary.run(["gate", "candidate", "--baseline", "baseline", "--env", "production", "--findings", "reports",
                               "--threat-db", "db", "--report", "json=decision.json"], work)
            self.assertEqual(gate.code, 1, gate.talk())
            decision = json.loads((work / "decision.json").read_text(encoding="utf-8"))
            read = decision["candidate"]["reports"]
            self.assertEqual(sum(each["findings"] for each in read), ROWS)
            self.assertEqual(sum(each["bound"] for each in read), ROWS)
            self.assertLessEqual(len(decision["top"]), 3)
            first = decision["findings"][decision["top"][0]]
            self.assertEqual(first["rule"], "KNOWN-EXPLOITED")
            self.assertEqual(first["weakness"]["id"], EXPLOITED)
            self.assertIn("/booking", first["subject"]["entity"]["address"])
            self.assertEqual(first["risk"]["band"], "critical")
            self.assertTrue(any("cards-db" in reached["address"] for reached in first["reach"]))
            # What blocks is a small part of the rows: those that are as bad as it gets, on the internet, before card data.
            blocking = [finding for finding in decision["findings"] if finding["blocks"]]
            self.assertLessEqual(len(blocking), ROWS // 40)


if __name__ == "__main__":
    unittest.main()
