#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Classes of data of labelled fields: precision and recall of each set in tests/accuracy/fields, by `postern lab field`.

`fields_test.py --misses SET` prints the fields of one set that are classified otherwise than labelled."""
import collections
import json
import os
import pathlib
import subprocess
import sys
import unittest

FOLDER = pathlib.Path(__file__).resolve().parent / "fields"
Field = collections.namedtuple("Field", "schema table name labels strong")
LEAST = {"tuned": (0.96, 0.98), "held_back": (0.92, 0.90)}


def read(name):
    """The fields of one set."""
    fields = []
    for line in (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        schema, table, field, labels, strength = line.split("\t")
        fields.append(Field(schema, table, field, labels.split("|"), strength == "strong"))
    return fields


def classify(fields):
    """The class of each field, as the executable says."""
    rows = "".join(json.dumps({"name": field.name, "context": field.table}) + "\n" for field in fields)
    answer = subprocess.run([os.environ["POSTERN_BINARY"], "lab", "field"], input=rows, capture_output=True, text=True, check=True)
    return [json.loads(line)["class"] for line in answer.stdout.splitlines()]


def is_right(field, found):
    return found in field.labels


class Count:
    """Hits, false alarms and misses; a wrong class is both a false alarm and a miss."""

    def __init__(self):
        self.hits = self.false_alarms = self.misses = 0

    def add(self, field, found):
        if found != "none" and is_right(field, found):
            self.hits += 1
            return
        self.false_alarms += found != "none"
        self.misses += field.labels != ["none"]

    def precision(self):
        return self.hits / max(1, self.hits + self.false_alarms)

    def recall(self):
        return self.hits / max(1, self.hits + self.misses)

    def __str__(self):
        return f"precision {self.precision():.3f}, recall {self.recall():.3f} ({self.hits}, {self.false_alarms} false, {self.misses} missed)"


def counts_of(fields, classes):
    """{"all" or a class: Count} of the strong fields; for a class, its own false alarms and misses."""
    counts = collections.defaultdict(Count)
    for field, found in zip(fields, classes):
        if not field.strong:
            continue
        counts["all"].add(field, found)
        if is_right(field, found):
            if found != "none":
                counts[found].hits += 1
            continue
        if found != "none":
            counts[found].false_alarms += 1
        if field.labels != ["none"]:
            counts[field.labels[0]].misses += 1
    return counts


class Fields(unittest.TestCase):
    def test_each_set_is_classified_well_enough(self):
        for name, (precision, recall) in LEAST.items():
            with self.subTest(name):
                fields = read(name)
                count = counts_of(fields, classify(fields))["all"]
                print(f"{name}: {count}")
                self.assertGreaterEqual(count.precision(), precision)
                self.assertGreaterEqual(count.recall(), recall)


def print_misses(name):
    fields = read(name)
    classes = classify(fields)
    for field, found in zip(fields, classes):
        if not is_right(field, found):
            weak = "" if field.strong else " (weak)"
            print(f"{field.schema} {field.table}.{field.name}: {found}, labelled {'|'.join(field.labels)}{weak}")
    for label, count in sorted(counts_of(fields, classes).items()):
        print(f"{label}: {count}")


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--misses":
        print_misses(sys.argv[2])
    else:
        unittest.main()
