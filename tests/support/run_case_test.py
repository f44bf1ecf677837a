#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that run_case.py fails when it must: small stand-ins for the executable, each with one fault, against one case."""
import json
import os
import pathlib
import sys
import tempfile
import unittest

import binary
import replay
import run_case

# A stand-in that answers like the real one: it sorts the names that it finds and blocks when one is new.
STAND_IN = r'''#!{python}
import json, os, pathlib, re, sys
arguments = sys.argv[1:]
def option(name):
    return arguments[arguments.index(name) + 1] if name in arguments else None
def names(source):
    if source.startswith("snapshot:"):
        return json.loads(pathlib.Path(source[9:]).read_text())
    files = [file for file in pathlib.Path(source).rglob("*.yaml")]
    found = [(name, file.name) for file in files for name in re.findall(r"^name: (\w+)", file.read_text(), re.M)]
    return {fold}
def write(text):
    sys.stdout.write(text)
command = arguments[0]
{before}
if command == "map":
    write(json.dumps(names(arguments[1])))
    sys.exit(0)
if command == "diff":
    old, new = names(arguments[1]), names(arguments[2])
    write(json.dumps({{"added": [name for name in new if name not in old], "evidence": arguments[1]}}))
    sys.exit(0)
old, new = names(option("--baseline")), names(arguments[1])
added = [name for name in new if name not in old]
pathlib.Path("decision.json").write_text(json.dumps({{"verdict": "block" if added else "pass", "added": added, "digests": {{"x": "1"}}}}))
pathlib.Path("report.md").write_text("# report\n" + "\n".join(added) + "\n")
write("added: " + ", ".join(added) + "\n")
sys.exit(1 if added else 0)
'''
SORTED = "sorted(name for name, _ in found)"

CASE = "title: A new name is found\nexit: 1\n"


class RunCaseTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.temporary.name)
        self.case = self.root / "area" / "sample"
        self.write("case.yaml", CASE)
        self.write("baseline/one.yaml", "name: a\n---\nname: b\n")
        self.write("candidate/one.yaml", "name: b\n---\nname: a\n---\nname: c\n---\nname: d\n")
        self.write("expected/report.txt", "added: c, d\n")
        self.write("expected/decision.json", '{"verdict": "block"}\n')

    def tearDown(self):
        self.temporary.cleanup()

    def write(self, path, text):
        file = self.case / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def run_with(self, fold=SORTED, before="", is_update=False):
        executable = self.root / "postern"
        executable.write_text(STAND_IN.format(python=sys.executable, fold=fold, before=before), encoding="utf-8")
        executable.chmod(0o755)
        return run_case.run_case(str(executable), self.case, is_update)

    def assert_fails(self, words, **arguments):
        with self.assertRaises((run_case.Failure, binary.Crash)) as caught:
            self.run_with(**arguments)
        self.assertIn(words, str(caught.exception))

    def test_a_case_that_holds(self):
        said = self.run_with()
        self.assertIn("compared report.txt, decision.json", said)
        self.assertIn("replayed reordered, shuffled, snapshot", said)

    def test_a_wrong_exit_code(self):
        self.write("case.yaml", CASE.replace("exit: 1", "exit: 0"))
        self.assert_fails("exit code 1, expected 0")

    def test_wrong_bytes_in_a_report(self):
        self.write("expected/report.txt", "added: c,d\n")
        self.assert_fails("report.txt differs")

    def test_a_wrong_decision(self):
        self.write("expected/decision.json", '{"verdict": "pass"}')
        self.assert_fails('$.verdict is "block", expected "pass"')

    def test_a_list_in_the_decision_may_not_be_shorter(self):
        self.write("expected/decision.json", '{"added": ["c"]}')
        self.assert_fails("$.added has 2 elements, expected 1")

    def test_a_report_that_is_not_written(self):
        self.write("expected/stdout.txt", "added: c, d\n")
        self.write("case.yaml", CASE + "command: diff\n")
        self.assert_fails("exit code 0, expected 1")
        self.write("case.yaml", "title: A delta\nexit: 0\ncommand: diff\n")
        self.assert_fails("wrote no such thing")

    def test_output_that_depends_on_file_names(self):
        self.assert_fails("shuffled: decision.json differs", fold="[name for name, file in sorted(found, key=lambda row: (row[1], row[0]))]")

    def test_a_snapshot_that_loses_something(self):
        self.assert_fails("snapshot", before='if command == "map":\n    write("[]")\n    sys.exit(0)')

    def test_a_snapshot_that_cannot_be_written(self):
        self.assert_fails("no snapshot of baseline", before='if command == "map":\n    sys.exit(3)')

    def test_a_crash_is_no_answer_and_updates_nothing(self):
        self.write("expected/report.txt", "old\n")
        self.assert_fails("exit code -11", before="import signal\nos.kill(os.getpid(), signal.SIGSEGV)", is_update=True)
        self.assertEqual("old\n", (self.case / "expected/report.txt").read_text())

    def test_an_internal_error_is_no_answer(self):
        self.assert_fails("exit code 70", before="sys.exit(70)")

    def test_a_sanitizer_is_no_answer(self):
        self.assert_fails("AddressSanitizer", before='sys.stderr.write("==1==ERROR: AddressSanitizer: x")')

    def test_update_rewrites_what_exists_and_keeps_the_selection(self):
        self.write("expected/report.txt", "old\n")
        self.write("expected/report.md", "")
        self.write("expected/decision.json", '{"added": []}')
        self.run_with(is_update=True)
        self.assertEqual("added: c, d\n", (self.case / "expected/report.txt").read_text())
        self.assertEqual("# report\nc\nd\n", (self.case / "expected/report.md").read_text())
        self.assertEqual({"added": ["c", "d"]}, json.loads((self.case / "expected/decision.json").read_text()))
        self.assertFalse((self.case / "expected/delta.json").exists())

    def test_update_after_a_wrong_exit_code_is_refused(self):
        self.write("case.yaml", CASE.replace("exit: 1", "exit: 0"))
        self.write("expected/report.txt", "old\n")
        self.assert_fails("expected 0", is_update=True)
        self.assertEqual("old\n", (self.case / "expected/report.txt").read_text())

    def test_a_case_that_is_not_written(self):
        self.write("case.yaml", "title: TODO\nexit: 1\n")
        self.assert_fails("not written yet")

    def test_a_key_that_does_not_exist(self):
        self.write("case.yaml", CASE + "enviroment: staging\n")
        self.assert_fails("did you mean 'environment'")

    def test_a_file_that_nobody_compares(self):
        self.write("expected/reprot.md", "")
        self.assert_fails("is never compared")

    def test_a_replay_is_switched_off_only_with_a_reason(self):
        self.write("case.yaml", CASE + "without: {shuffled: x}\n")
        self.assert_fails("a sentence that says why")
        self.write("case.yaml", CASE + "without: {shuffled: the case is about file names}\n")
        self.assertIn("replayed reordered, snapshot", self.run_with())


class ReplayTest(unittest.TestCase):
    def test_documents_are_split_and_none_is_lost(self):
        with tempfile.TemporaryDirectory() as name:
            source, target = pathlib.Path(name) / "in", pathlib.Path(name) / "out"
            (source / "sub").mkdir(parents=True)
            (source / "a.yaml").write_text("a: 1\n---\nb: 2\n--- # word\nc: |\n  x\n")
            (source / "sub" / "b.yml").write_text("---\nd: 4\n")
            (source / "keep.json").write_text("{}")
            (source / "tagged.yaml").write_text("%YAML 1.2\n---\ne: 5\n")
            self.assertEqual(4, replay.copy_shuffled(source, target, replay.seeded("x")))
            texts = sorted(file.read_text() for file in target.rglob("*") if file.is_file())
            self.assertEqual(sorted(["a: 1\n", "b: 2\n", "c: |\n  x\n", "d: 4\n", "{}", "%YAML 1.2\n---\ne: 5\n"]), texts)

    def test_a_chart_keeps_its_names(self):
        with tempfile.TemporaryDirectory() as name:
            source, target = pathlib.Path(name) / "in", pathlib.Path(name) / "out"
            source.mkdir()
            (source / "kustomization.yaml").write_text("resources: [a.yaml]\n")
            (source / "a.yaml").write_text("a: 1\n---\nb: 2\n")
            self.assertEqual(0, replay.copy_shuffled(source, target, replay.seeded("x")))
            self.assertEqual(["a.yaml", "kustomization.yaml"], sorted(os.listdir(target)))

    def test_places_are_left_aside_at_every_depth(self):
        value = {"a": [{"line": 1, "name": "x", "evidence": {"file": "f"}}], "digest": "d"}
        self.assertEqual({"a": [{"name": "x"}]}, replay.without_places(value))


if __name__ == "__main__":
    unittest.main()
