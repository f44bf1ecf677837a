#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows the threat database through the command line: import, rollback, look-ups, a killed import, mirrors that misbehave."""
import gzip
import hashlib
import http.server
import io
import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest
import zipfile

import binary

EPSS = "#model_version:v2025.03.14,score_date:2025-08-25T12:55:00Z\ncve,epss,percentile\nCVE-2024-0001,0.94321,0.99876\nCVE-2020-9999,0.1,0.5\n"


def advisory(identifier, modified="2024-05-01T00:00:00Z", **more):
    """An advisory about demo-lib of PyPI before 2.0, changed as asked."""
    record = {
        "schema_version": "1.6.0",
        "id": identifier,
        "modified": modified,
        "published": "2024-01-01T00:00:00Z",
        "summary": "A weakness",
        "affected": [affected("PyPI", "Demo_Lib", fixed="2.0")],
    }
    record.update(more)
    return record


def affected(ecosystem, name, fixed=None, introduced="0", kind="ECOSYSTEM", **more):
    events = [{"introduced": introduced}] + ([{"fixed": fixed}] if fixed else [])
    return {"package": {"ecosystem": ecosystem, "name": name}, "ranges": [{"type": kind, "events": events}], **more}


def kev(*rows, released="2025-08-25T17:00:00Z", count=None):
    entries = [{"cveID": cve, "vendorProject": "Demo", "product": "Library", "vulnerabilityName": "Demo flaw", "dateAdded": "2025-01-02",
                "requiredAction": "Update.", "dueDate": "2025-01-23", "knownRansomwareCampaignUse": use} for cve, use in rows]
    return {"catalogVersion": released[:10].replace("-", "."), "dateReleased": released, "count": len(entries) if count is None else count,
            "vulnerabilities": entries}


def archive(*records, name="{id}.json"):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for record in records:
            into.writestr(name.format(**record), json.dumps(record))
    return packed.getvalue()


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    def run_threatdb(self, *arguments, **options):
        return binary.run(["threatdb", *arguments, "--threat-db", "db"], self.folder, **options)

    def take(self, *paths, code=0):
        answer = self.run_threatdb("import", *paths)
        self.assertEqual(code, answer.code, answer.talk())
        return answer

    def info(self, *arguments):
        answer = self.run_threatdb("info", "--format", "json", *arguments, environment={"SOURCE_DATE_EPOCH": "1756166400"})
        self.assertEqual(0, answer.code, answer.talk())
        return json.loads(answer.text())

    def lookup(self, *what):
        answer = self.run_threatdb("lookup", "--format", "json", *what)
        self.assertEqual(0, answer.code, answer.talk())
        return json.loads(answer.text())

    def ids(self, *what):
        return [[match["id"] for match in answer["matches"]] for answer in self.lookup(*what)]

    def index(self):
        return self.folder / "db" / "threats.index"


class ImportTest(Case):
    def test_mixed_sources_in_one_call(self):
        self.write("in/PyPI/all.zip", archive(advisory("PYSEC-1", aliases=["CVE-2024-0001"]), advisory("PYSEC-2")))
        self.write("in/one/GHSA-a.json", advisory("GHSA-aaaa", aliases=["CVE-2024-0001"]))
        self.write("in/kev.json", kev(("CVE-2024-0001", "Known")))
        self.write("in/epss.csv.gz", gzip.compress(EPSS.encode()))
        self.write("in/README.md", "no threat data")
        answer = self.take("in")
        self.assertIn("1 file is no threat data", answer.talk())
        info = self.info("--verbose")
        self.assertEqual({"advisories": 3, "withdrawn": 0, "weaknesses": 2, "packages": 1, "exploited": 1, "probabilities": 2}, info["counts"])
        self.assertEqual(["epss", "kev", "osv", "osv"], sorted(source["kind"] for source in info["sources"]))
        self.assertTrue(info["verified"])
        zipped = next(source for source in info["sources"] if source["name"] == "PyPI/all.zip")
        self.assertEqual(hashlib.sha256((self.folder / "in/PyPI/all.zip").read_bytes()).hexdigest(), zipped["sha256"])
        self.assertEqual("v2025.03.14", next(source for source in info["sources"] if source["kind"] == "epss")["edition"])

    def test_one_weakness_under_all_of_its_names(self):
        self.write("all.zip", archive(advisory("PYSEC-1", aliases=["GHSA-x"], summary="one"),
                                      advisory("GHSA-x", aliases=["CVE-2024-0001"], severity=[
                                          {"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}])))
        self.write("kev.json", kev(("CVE-2024-0001", "Known")))
        self.write("epss.csv", EPSS)
        self.take("all.zip", "kev.json", "epss.csv")
        for name in ("pkg:pypi/demo-lib@1.9", "pkg:pypi/Demo.Lib@1.9"):
            [[match]] = [answer["matches"] for answer in self.lookup(name)]
            self.assertEqual("CVE-2024-0001", match["id"])
            self.assertEqual(["CVE-2024-0001", "GHSA-x", "PYSEC-1"], match["ids"])
            self.assertEqual("yes", match["affected"])
            self.assertEqual(["2.0"], match["fixed"])
            self.assertEqual(["GHSA-x", "PYSEC-1"], [each["id"] for each in match["advisories"]])
            self.assertEqual(9.8, match["severity"]["score"])
            self.assertEqual(0.94321, match["epss"]["probability"])
            self.assertTrue(match["exploited"]["ransomware"])
        self.assertEqual([[]], self.ids("pkg:pypi/demo-lib@2.0"))
        for name in ("pysec-1", "GHSA-X", "CVE-2024-0001"):
            self.assertEqual("CVE-2024-0001", self.lookup(name)[0]["weakness"]["id"])
        [by_number] = self.lookup("CVE-2020-9999")
        self.assertEqual((True, 0.1), (by_number["known"], by_number["epss"]["probability"]))
        self.assertFalse(self.lookup("CVE-1999-0001")[0]["known"])

    def test_versions_decide(self):
        self.write("all.zip", archive(
            advisory("GHSA-npm", affected=[affected("npm", "@demo/left", kind="SEMVER", introduced="1.2.0", fixed="1.4.0")]),
            advisory("GO-1", affected=[affected("Go", "example.org/mod", kind="SEMVER", fixed="1.2.3", ecosystem_specific={
                "imports": [{"path": "example.org/mod/http", "symbols": ["Serve"]}]})]),
            advisory("DSA-1", affected=[affected("Debian:12", "curl", fixed="7.88.1-10+deb12u5"), affected("Debian:11", "curl")]),
            advisory("CVE-2024-0007", affected=[{"ranges": [{"type": "GIT", "repo": "https://github.com/Demo/Tool.git", "events": [
                {"introduced": "0"}, {"fixed": "c" * 40}]}], "versions": ["v1.0", "v1.1"]}]),
            advisory("GHSA-all", affected=[affected("npm", "wicked")]),
            advisory("GHSA-gone", withdrawn="2024-02-01T00:00:00Z")))
        self.take("all.zip")
        self.assertEqual([["GHSA-npm"], [], ["GHSA-npm"]], self.ids("pkg:npm/%40demo/left@1.3.9", "pkg:npm/%40demo/left@1.4.0", "pkg:npm/%40demo/left"))
        self.assertEqual("unknown", self.lookup("pkg:npm/%40demo/left")[0]["matches"][0]["affected"])
        self.assertEqual([{"path": "example.org/mod/http", "names": ["Serve"]}],
                         self.lookup("pkg:golang/example.org/mod@v1.2.2")[0]["matches"][0]["symbols"])
        self.assertEqual([[], ["DSA-1"], ["DSA-1"]], self.ids("pkg:deb/debian/curl@7.88.1-10%2Bdeb12u5?distro=debian-12",
                                                              "pkg:deb/debian/libcurl4@7.88.1-10?distro=bookworm&upstream=curl",
                                                              "pkg:deb/debian/curl@9?distro=debian-11"))
        self.assertEqual([["CVE-2024-0007"], [], []], self.ids("pkg:github/demo/tool@v1.1", "pkg:github/demo/tool@v1.2",
                                                               f"pkg:github/demo/tool@{'c' * 40}"))
        self.assertEqual("yes", self.lookup("pkg:npm/wicked")[0]["matches"][0]["affected"])
        self.assertEqual([[]], self.ids("pkg:pypi/demo-lib@1.0"))
        self.assertEqual("2024-02-01T00:00:00Z", self.lookup("GHSA-gone")[0]["weakness"]["withdrawn"])
        text = self.run_threatdb("lookup", "--ecosystem", "npm", "@demo/left@1.2.5").text()
        self.assertIn("affected: the version lies in an affected range", text)

    def test_adding_keeps_the_newer_record_and_the_order_of_sources_does_not_matter(self):
        old = archive(advisory("PYSEC-1", summary="old"), advisory("PYSEC-3", "2024-06-01T00:00:00Z"))
        new = archive(advisory("PYSEC-1", "2024-06-02T00:00:00Z", summary="new"))
        self.write("old.zip", old)
        self.write("new.zip", new)
        self.take("old.zip", "new.zip")
        digest = self.info()["sha256"]
        self.assertEqual("new", self.lookup("PYSEC-1")[0]["weakness"]["summary"])
        shutil.rmtree(self.folder / "db")
        self.take("new.zip", "old.zip")
        self.assertEqual(digest, self.info()["sha256"])
        shutil.rmtree(self.folder / "db")
        self.take("old.zip")
        answer = self.take("new.zip")
        self.assertIn("1 changed", answer.text())
        self.assertEqual(digest, self.info("--verbose")["sha256"])

    def test_an_older_source_is_refused(self):
        self.write("new/all.zip", archive(advisory("PYSEC-1", "2024-06-02T00:00:00Z", summary="new")))
        self.write("old/all.zip", archive(advisory("PYSEC-1", summary="old")))
        self.write("kev-new.json", kev(("CVE-2024-0001", "Known")))
        self.write("kev-old.json", kev(("CVE-2024-0002", "Known"), released="2025-08-01T00:00:00Z"))
        self.take("new/all.zip", "kev-new.json")
        before = self.index().read_bytes()
        for old in ("old/all.zip", "kev-old.json"):
            self.assertIn("is older than the database", self.take(old, code=3).talk())
        self.assertEqual(3, self.run_threatdb("import", "--replace", "old/all.zip").code)
        self.assertEqual(before, self.index().read_bytes())
        self.assertEqual(0, self.run_threatdb("import", "--replace", "--allow-older", "old/all.zip").code)
        self.assertEqual("old", self.lookup("PYSEC-1")[0]["weakness"]["summary"])
        self.assertEqual(0, self.info()["counts"]["exploited"])

    def test_ages(self):
        self.write("all.zip", archive(advisory("PYSEC-1", "2025-08-25T12:00:00Z")))
        self.write("kev.json", kev(("CVE-2024-0001", "Unknown"), released="2025-08-16T00:00:00Z"))
        self.take("all.zip", "kev.json")
        info = self.info()  # as of 2025-08-26
        self.assertEqual(("fresh", "aging", "missing"), tuple(info["ages"][kind]["state"] for kind in ("osv", "kev", "epss")))
        self.assertEqual("aging", info["state"])
        self.write("postern.yaml", "threat_data: {folder: db, max_hours: 6, warn_hours: 2}\n")
        self.assertEqual("stale", self.info()["state"])

    def test_what_cannot_be_used_changes_nothing(self):
        self.take(self.write("good.json", advisory("PYSEC-1")))
        before = self.index().read_bytes()
        packed = archive(advisory("PYSEC-2"))
        bad = {
            "cut.zip": packed[:len(packed) // 2],
            "flipped.zip": packed[:60] + bytes([packed[60] ^ 255]) + packed[61:],
            "text.json": b"{\"id\": \"X\"",
            "empty.json": b"{}",
            "plain.txt": b"hello",
            "no-date.csv": b"cve,epss,percentile\nCVE-2024-0001,0.5,0.5\n",
            "no-score.csv": EPSS.replace("0.94321", "7").encode(),
            "cut.csv.gz": gzip.compress(EPSS.encode())[:40],
            "kev-count.json": json.dumps(kev(("CVE-2024-0001", "Known"), count=2)).encode(),
            "no-modified.json": json.dumps({"id": "X-1", "modified": "yesterday"}).encode(),
            "bad-event.json": json.dumps(advisory("X-2", affected=[{"package": {"ecosystem": "npm", "name": "a"}, "ranges": [
                {"type": "SEMVER", "events": [{"introduced": 0}]}]}])).encode(),
        }
        for name, content in bad.items():
            with self.subTest(name):
                self.assertEqual(3, self.take(str(self.write(name, content)), code=3).code)
                self.assertEqual(before, self.index().read_bytes())
        self.assertIn("no such", self.take("absent.json", code=3).talk().lower())

    def test_few_unusable_records_are_told_and_counted(self):
        records = [advisory(f"PYSEC-{i}") for i in range(150)] + [{"id": "BAD-1", "modified": "never"}]
        self.write("all.zip", archive(*records))
        answer = self.take("all.zip")
        self.assertIn("BAD-1", answer.talk())
        self.assertEqual((150, 1), tuple(self.info()["sources"][0][key] for key in ("records", "refused")))

    def test_zip_bombs_are_refused(self):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
            into.writestr("a.json", b" " * (80 << 20))
        self.write("bomb.zip", packed.getvalue())
        self.assertIn("more than the limits allow", self.take("bomb.zip", code=3).talk())
        self.write("bomb.csv.gz", gzip.compress(b"#" * (1100 << 20), 1))
        self.assertIn("unpack to more than", self.take("bomb.csv.gz", code=3).talk())

    def test_a_damaged_index_is_named_and_ends_nothing(self):
        self.take(self.write("all.zip", archive(*[advisory(f"PYSEC-{i}", aliases=[f"CVE-2024-{1000 + i}"]) for i in range(20)])))
        whole = self.index().read_bytes()
        for size in (0, 10, 100, 400, len(whole) // 2, len(whole) - 1):
            self.index().write_bytes(whole[:size])
            answer = self.run_threatdb("lookup", "PYSEC-1")
            self.assertEqual(3, answer.code)
            self.assertIn("threat", answer.talk())
        for at in range(0, len(whole), max(1, len(whole) // 12)):
            self.index().write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1:])
            self.assertEqual(3, self.run_threatdb("info", "--verbose").code, at)
        self.index().write_bytes(b"\0" * 5000)
        self.assertIn("is no threat database", self.run_threatdb("info").talk())
        self.index().unlink()
        self.assertIn("there is no threat database", self.run_threatdb("info").talk())

    def test_names_of_advisories_are_escaped(self):
        self.take(self.write("a.json", advisory("PYSEC-1", summary="red \x1b[31m ##vso[task.complete]\nnext")))
        text = self.run_threatdb("lookup", "PYSEC-1", "pkg:pypi/demo-lib@1.0").text()
        self.assertNotIn("\x1b", text)
        self.assertNotIn("##vso[", text)

    def test_an_import_that_is_killed_leaves_the_old_one(self):
        self.take(self.write("first.json", advisory("PYSEC-1")))
        before = self.index().read_bytes()
        records = [advisory(f"PYSEC-{i}", summary="x" * 300) for i in range(20_000)]
        self.write("large.zip", archive(*records))
        command = [binary.find(), "threatdb", "import", "--threat-db", "db", "large.zip"]
        killed = 0
        for delay in (0.02, 0.1, 0.25, 0.5):
            process = subprocess.Popen(command, cwd=self.folder, env=binary.scrubbed_environment(self.folder), stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            if process.wait() == -signal.SIGKILL:
                killed += 1
                self.assertEqual(before, self.index().read_bytes())
                self.assertEqual("verified", "verified" if self.info("--verbose")["verified"] else "")
            else:
                break
        self.assertGreater(killed, 0)
        self.take("large.zip")
        self.assertEqual(20_000, self.info("--verbose")["counts"]["advisories"])
        self.assertEqual({"threats.index", "threats.index.lock"}, set(os.listdir(self.folder / "db")))


class Mirror(http.server.BaseHTTPRequestHandler):
    """Serves the files of its server under the plans of its server: each request to a path takes one plan off its list."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        server = self.server
        server.requests.append((self.path, dict(self.headers)))
        plans = server.plans.get(self.path, [])
        plan = plans.pop(0) if plans else "serve"
        content = server.files.get(self.path)
        if content is None:
            return self.answer(404, b"nothing")
        if plan == "error":
            return self.answer(500, b"broken")
        if plan == "later":
            return self.answer(429, b"busy", **{"Retry-After": "0"})
        if plan == "redirect":
            return self.answer(302, b"", Location="http://127.0.0.1:1/")
        etag = '"' + hashlib.sha256(content).hexdigest()[:16] + '"'
        head = {"ETag": etag, "Last-Modified": "Mon, 25 Aug 2025 10:00:00 GMT", "Accept-Ranges": "bytes"}
        if self.headers.get("If-None-Match") == etag:
            return self.answer(304, b"", **head)
        wanted = self.headers.get("Range", "")
        if wanted.startswith("bytes=") and self.headers.get("If-Range") == etag:
            start = int(wanted[6:].split("-")[0])
            return self.answer(206, content[start:], **head, **{"Content-Range": f"bytes {start}-{len(content) - 1}/{len(content)}"})
        if plan == "cut":
            self.send_response(200)
            for name, value in {**head, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content[:len(content) // 2])
            self.wfile.flush()
            self.close_connection = True
            return None
        return self.answer(200, content, **head)

    def answer(self, status, content, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if status != 304:
            self.wfile.write(content)


class UpdateTest(Case):
    def setUp(self):
        super().setUp()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
        self.server.files, self.server.plans, self.server.requests = {}, {}, []
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.zipped = archive(*[advisory(f"PYSEC-{i}", summary=f"{i} " * 50) for i in range(400)])
        self.server.files["/PyPI/all.zip"] = self.zipped

    def update(self, *arguments, code=0):
        answer = self.run_threatdb("update", *arguments)
        self.assertEqual(code, answer.code, answer.talk())
        return answer

    def test_fetched_once_until_it_changes(self):
        url = f"{self.base}/PyPI/all.zip"
        self.assertIn("400 new", self.update(url).text())
        self.assertEqual(f"127.0.0.1:{self.server.server_port}/PyPI/all.zip", self.info()["sources"][0]["name"])
        self.assertEqual("2025-08-25T10:00:00Z", self.info()["ages"]["osv"]["date"])
        self.assertIn("nothing has changed", self.update(url).text())
        self.server.files["/PyPI/all.zip"] = archive(advisory("PYSEC-1", "2024-07-01T00:00:00Z"))
        self.assertIn("1 changed", self.update(url).text())
        self.assertEqual(400, self.info()["counts"]["advisories"])
        shutil.rmtree(self.folder / "db")
        self.assertIn("1 new", self.update(url).text())

    def test_interruptions_are_gone_on_from(self):
        self.server.plans["/PyPI/all.zip"] = ["error", "later", "cut", "error"]
        self.assertIn("400 new", self.update(f"{self.base}/PyPI/all.zip").text())
        ranges = [headers.get("Range") for _, headers in self.server.requests]
        self.assertEqual([None, None, None, f"bytes={len(self.zipped) // 2}-", f"bytes={len(self.zipped) // 2}-"], ranges)

    def test_a_part_of_an_older_file_is_thrown_away(self):
        self.server.plans["/PyPI/all.zip"] = ["cut"] + ["error"] * 4
        self.update(f"{self.base}/PyPI/all.zip", code=3)
        self.assertFalse(self.index().exists())
        self.server.files["/PyPI/all.zip"] = archive(advisory("PYSEC-NEW"))
        self.assertIn("1 new", self.update(f"{self.base}/PyPI/all.zip").text())
        self.assertTrue(self.server.requests[-1][1].get("Range"))

    def test_a_server_that_does_not_recover_and_one_that_refuses(self):
        self.server.plans["/PyPI/all.zip"] = ["error"] * 9
        self.assertIn("after 5 tries", self.update(f"{self.base}/PyPI/all.zip", code=3).talk())
        self.assertEqual(5, len(self.server.requests))
        self.server.requests.clear()
        self.assertIn("404", self.update(f"{self.base}/absent.zip", code=3).talk())
        self.server.plans["/PyPI/all.zip"] = ["redirect"]
        self.assertIn("302", self.update(f"{self.base}/PyPI/all.zip", code=3).talk())
        self.assertEqual(2, len(self.server.requests))

    def test_digests(self):
        digest = hashlib.sha256(self.zipped).hexdigest()
        configuration = "threat_data:\n  mirrors:\n    - url: {url}\n      {more}\n"
        url = f"{self.base}/PyPI/all.zip"
        self.write("postern.yaml", configuration.format(url=url, more="sha256: " + "0" * 64))
        self.assertIn(f"has the SHA-256 {digest}, expected {'0' * 64}", self.update(code=3).talk())
        self.assertFalse(self.index().exists())
        self.write("postern.yaml", configuration.format(url=url, more=f"sha256_url: {self.base}/sums"))
        self.server.files["/sums"] = f"{'1' * 64}  other.zip\n{'2' * 64}  all.zip\n".encode()
        self.assertIn("expected " + "2" * 64, self.update(code=3).talk())
        self.server.files["/sums"] = f"{'1' * 64}  other.zip\n{digest} *all.zip\n".encode()
        self.assertIn("400 new", self.update().text())
        self.assertEqual([], [name for name in os.listdir(self.folder / "db/downloads") if not name.endswith(".etag")])

    def test_only_https_and_this_machine(self):
        for url in ("http://example.org/all.zip", "ftp://127.0.0.1/all.zip", "file:///etc/passwd", "http://127.0.0.1@example.org/",
                    "http://localhost.example.org/", "https://user:secret@example.org/a", "all.zip"):
            self.assertIn("is not fetched", self.update(url, code=2).talk(), url)
        self.assertIn("nothing to update from", self.update(code=2).talk())

    def test_no_bars_outside_of_terminals(self):
        answer = self.update(f"{self.base}/PyPI/all.zip")
        self.assertEqual(b"", answer.stderr)


if __name__ == "__main__":
    unittest.main()
