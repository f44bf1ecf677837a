#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Input that is missing, broken or an attack: in production the verdict is indeterminate (3), soon, with a word, and never a pass."""
import os
import time
import unittest

import sample

# What users run must refuse within this many seconds; a build with sanitizers gets ten times as long.
LIMIT = 2.0
SANITIZED_FACTOR = 10.0

GOOD = '---\n{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "more", "namespace": "app"}, "spec": {"ports": [{"port": 1}]}}\n'


def alias_bomb():
    """Ten levels of ten aliases each: ten thousand million nodes from a few hundred bytes."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]" for level in range(1, 10)]
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\n" + "\n".join(lines) + "\n"


# name -> the bytes of a file called app.yaml
BROKEN = {
    "truncated in a quoted text": b'apiVersion: v1\nkind: Service\nmetadata: {name: "we',
    "truncated JSON": b'{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"',
    "an object of which only the type is left": GOOD.encode() + b"---\napiVersion: v1\n",
    "an object that ends within its first word": GOOD.encode() + b"---\napiV",
    "a kind that is cut off": GOOD.encode() + b"---\napiVersion: apps/v1\nkind: Depl",
    "a workload without what it runs": b"apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n",
    "a service without ports": b"apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector:\n    app: web\n",
    "a field without its value": b"apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1\n      env:",
    "a NUL byte": GOOD.encode() + b"# \x00\n",
    "invalid UTF-8": GOOD.encode() + b'---\na: "\xff\xfe\x80"\n',
    "a key twice": b"apiVersion: v1\nkind: Service\nmetadata: {name: a, name: b}\n",
    "deep in flow style": b"a: " + b"[" * 100_000 + b"]" * 100_000 + b"\n",
    "deep in JSON": b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n",
    "deep in block style": b"".join(b" " * depth + b"a:\n" for depth in range(2_000)),
    "an alias bomb": alias_bomb().encode(),
    "an alias cycle": b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: &a\n  x: *a\n",
    "an unknown alias": b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: *nowhere\n",
    "text behind the document": b'{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "w"}} trailing\n',
}

# name -> the bytes of the only file of the candidate, in which nothing is to be found
NOTHING = {
    "an empty file": b"",
    "only a comment": b"# nothing\n",
    "only marks": b"---\n---\n...\n",
    "binary": bytes(range(256)) * 64,
    "a text": b"Dear reader,\n\nthere is nothing to deploy.\n",
}


class HostileInputTest(sample.CommandLineTest):
    def setUp(self):
        super().setUp()
        self.write("good/app.yaml", sample.APPLICATION)
        # Both builds must answer: the one with sanitizers shows that memory is safe, the one that users run shows that it is fast.
        self.builds = [(sample.binary.find(), LIMIT * SANITIZED_FACTOR)]
        release = os.environ.get("POSTERN_RELEASE_BINARY", "")
        if os.access(release, os.X_OK):
            self.builds.append((release, LIMIT))

    def assert_undecided(self, candidate, baseline, words="", *, builds=None):
        for executable, limit in builds or self.builds:
            started = time.monotonic()
            answer = self.run_postern("gate", candidate, "--baseline", baseline, "--env", "production", "--config", "postern.yaml",
                                      executable=executable)
            elapsed = time.monotonic() - started
            self.assert_answer(3, answer)
            self.assertIn(words, answer.talk() + answer.stdout.decode("utf-8", "replace"))
            self.assertTrue(answer.stdout + answer.stderr)
            self.assertLess(elapsed, limit)

    def test_broken_files_beside_good_ones(self):
        for number, (title, content) in enumerate(BROKEN.items()):
            with self.subTest(title):
                self.write(f"broken{number}/app.yaml", sample.APPLICATION)
                self.write(f"broken{number}/broken.yaml", content)
                self.assert_undecided(f"broken{number}", "good", "broken.yaml")

    def test_broken_files_in_the_baseline(self):
        for number, (title, content) in enumerate(BROKEN.items()):
            with self.subTest(title):
                self.write(f"broken{number}/broken.yaml", content)
                self.assert_undecided("good", f"broken{number}", "broken.yaml")

    def test_nothing_to_be_found(self):
        for number, (title, content) in enumerate(NOTHING.items()):
            with self.subTest(title):
                self.write(f"nothing{number}/app.yaml", content)
                self.assert_undecided(f"nothing{number}", "good")

    def test_a_folder_that_is_not_there(self):
        self.assert_undecided("missing", "good", "missing")
        self.assert_undecided("good", "missing", "missing")

    def test_an_empty_folder(self):
        (self.root / "empty").mkdir()
        self.assert_undecided("empty", "good")

    def test_a_file_of_200_mebibytes(self):
        line = b"- 0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab\n"
        (self.root / "large").mkdir()
        with open(self.root / "large" / "app.yaml", "wb") as file:
            for _ in range(200):
                file.write(line * (1024 * 1024 // len(line)))
            file.write(b"- [")
        executable, limit = self.builds[-1]
        self.assert_undecided("large", "good", builds=[(executable, limit * 2)])

    def test_a_file_over_the_limit(self):
        (self.root / "huge").mkdir()
        with open(self.root / "huge" / "app.yaml", "wb") as file:
            file.truncate(300 * 1024 * 1024)
        self.assert_undecided("huge", "good", "app.yaml")

    def test_many_callers_of_a_name_with_many_addresses(self):
        addresses = ", ".join(f"{{ip: 10.1.{number // 256}.{number % 256}}}" for number in range(320))
        documents = ["apiVersion: v1\nkind: Service\nmetadata: {name: db, namespace: app}\nspec: {ports: [{port: 5432}]}\n",
                     "apiVersion: v1\nkind: Endpoints\nmetadata: {name: db, namespace: app}\n"
                     f"subsets: [{{addresses: [{addresses}], ports: [{{port: 5432}}]}}]\n"]
        documents += ["apiVersion: v1\nkind: Pod\n"
                      f"metadata: {{name: caller-{number}, namespace: app}}\n"
                      "spec: {containers: [{name: main, image: 'app/caller:1', env: [{name: DB_URL, value: 'postgres://db:5432/x'}]}]}\n"
                      for number in range(320)]
        self.write("crowd/app.yaml", "---\n".join(documents))
        executable, limit = self.builds[-1]
        self.assert_undecided("crowd", "good", "P2008", builds=[(executable, limit * 10)])

    def test_links_do_not_lead_out_of_the_root(self):
        self.write("outside/secret.yaml", sample.APPLICATION)
        (self.root / "linked").mkdir()
        (self.root / "linked" / "app.yaml").symlink_to(self.root / "outside" / "secret.yaml")
        (self.root / "linked" / "loop").symlink_to(".")
        self.assert_undecided("linked", "good")

    def test_a_pipe_does_not_hang(self):
        (self.root / "pipe").mkdir()
        os.mkfifo(self.root / "pipe" / "app.yaml")
        self.assert_undecided("pipe", "good")

    def test_a_broken_snapshot_is_no_baseline(self):
        recorded = self.run_postern("map", "good", "--env", "production", "--config", "postern.yaml", "--format", "snapshot")
        self.assert_answer(0, recorded)
        for tenth in range(10):
            with self.subTest(tenth=tenth):
                self.write("cut.snapshot", recorded.stdout[: len(recorded.stdout) * tenth // 10])
                self.assert_undecided("good", "snapshot:cut.snapshot", "cut.snapshot")


if __name__ == "__main__":
    unittest.main()
