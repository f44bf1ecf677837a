#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The measure itself: what counts as found, and that each kind of mistake lowers a figure."""
import unittest

import delta_score

TRUTH = {
    "entities": [{"change": "added", "kind": "service", "address": "app/a"}],
    "relations": [{"change": "removed", "kind": "calls", "source": "app/a", "target": "app/b"}],
    "attributes": [
        {"change": "modified", "subject": "app/a", "attribute": "image", "scope": "main", "before": "x:1", "after": "x:2"},
        {"change": "added", "subject": "app/a", "attribute": "environment", "scope": "main", "key": "N", "after": "1"},
        {"change": "modified", "subject": "app/a -> app/b", "attribute": "ports", "before": [80], "after": [80, 443]},
        {"change": "modified", "subject": "app/c", "attribute": "data", "key": "k"},
    ],
}


def change(kind, subject, what="service", subject_kind="entity", **values):
    return {"kind": kind, "subject_kind": subject_kind, "subject": subject, "what": what, "attribute": "", **values}


def found():
    return {"changes": [
        change("added", "app/a"),
        change("removed", "app/a -> app/b", "calls", "relation"),
        change("modified", "app/a", attribute="main.image", before="x:1", after="x:2"),
        change("modified", "app/a", attribute="main.environment[N]", after="1"),
        change("modified", "app/a -> app/b", "calls", "relation", attribute="ports", before="[80]", after="[80, 443]"),
        change("modified", "app/c", "configuration", attribute="data[k]", before="digest", after="another"),
    ]}


def results(delta):
    return dict(delta_score.scores(delta_score.rows_of_truth(TRUTH), delta_score.rows_of_delta(delta)))


class MeasureTest(unittest.TestCase):
    def test_a_perfect_delta(self):
        for name, result in results(found()).items():
            self.assertEqual((1.0, 1.0), (result.precision, result.recall), name)
        self.assertEqual(6, len(results(found())["all"].true))

    def test_each_missing_change_lowers_recall(self):
        for index in range(6):
            delta = found()
            del delta["changes"][index]
            result = results(delta)["all"]
            self.assertEqual((1.0, 5 / 6), (result.precision, result.recall), index)

    def test_an_invented_change_lowers_precision(self):
        delta = found()
        delta["changes"].append(change("added", "app/z"))
        self.assertEqual((0.5, 1.0), (results(delta)["entities"].precision, results(delta)["entities"].recall))

    def test_a_wrong_value_kind_or_direction_is_both(self):
        for index, wrong in ((2, {"after": "x:3"}), (4, {"before": None}), (0, {"what": "job"}), (1, {"kind": "added"})):
            delta = found()
            delta["changes"][index].update(wrong)
            result = results(delta)["all"]
            self.assertEqual((5 / 6, 5 / 6), (result.precision, result.recall), wrong)

    def test_a_change_told_twice_is_refused(self):
        delta = found()
        delta["changes"].append(delta["changes"][0])
        self.assertRaises(ValueError, delta_score.rows_of_delta, delta)

    def test_mirroring(self):
        rows = delta_score.rows_of_truth(TRUTH)
        swapped = delta_score.mirrored(rows)
        self.assertIn(("removed", "service", "app/a"), swapped["entities"])
        self.assertIn(("removed", "app/a", "main.environment[N]", "1", None), swapped["attributes"])
        self.assertEqual(rows, delta_score.mirrored(swapped))


if __name__ == "__main__":
    unittest.main()
