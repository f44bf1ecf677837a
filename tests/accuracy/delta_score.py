# SPDX-License-Identifier: Apache-2.0
"""A true delta and a found one as sets of comparable rows, and how well the found one does."""
import dataclasses

CLASSES = ("entities", "relations", "attributes")
MIRRORED = {"added": "removed", "removed": "added", "modified": "modified"}


def shown(value):
    """A value of truth.yaml in the words of `postern diff`; None stays None (there is no value)."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + ", ".join(shown(item) for item in value) + "]"
    return str(value)


def path_of(entry):
    """SCOPE.ATTRIBUTE[KEY], as `postern diff` names an attribute."""
    scope = f"{entry['scope']}." if entry.get("scope") else ""
    key = f"[{entry['key']}]" if entry.get("key") else ""
    return f"{scope}{entry['attribute']}{key}"


def is_data(path):
    return path.startswith("data[")


def rows_of_truth(truth):
    """{class: set of rows} of a truth.yaml."""
    rows = {name: set() for name in CLASSES}
    for entry in truth.get("entities") or ():
        rows["entities"].add((entry["change"], entry["kind"], entry["address"]))
    for entry in truth.get("relations") or ():
        rows["relations"].add((entry["change"], entry["kind"], f"{entry['source']} -> {entry['target']}"))
    for entry in truth.get("attributes") or ():
        path = path_of(entry)
        values = (None, None) if is_data(path) else (shown(entry.get("before")), shown(entry.get("after")))
        rows["attributes"].add((entry["change"], entry["subject"], path, *values))
    return rows


def attribute_row(change):
    """An attribute is added, removed or modified by which of its two values are there."""
    before, after = change.get("before"), change.get("after")
    kind = "added" if before is None else "removed" if after is None else "modified"
    values = (None, None) if is_data(change["attribute"]) else (before, after)
    return (kind, change["subject"], change["attribute"], *values)


def rows_of_delta(delta):
    """{class: set of rows} of the JSON of `postern diff`; a row that is told twice is an error of its own."""
    rows = {name: set() for name in CLASSES}
    for change in delta["changes"]:
        if change["kind"] == "modified":
            name, row = "attributes", attribute_row(change)
        else:
            name = "entities" if change["subject_kind"] == "entity" else "relations"
            row = (change["kind"], change["what"], change["subject"])
        if row in rows[name]:
            raise ValueError(f"told twice: {row}")
        rows[name].add(row)
    return rows


def mirrored(rows):
    """The rows of the same delta with both sides swapped."""
    swapped = {name: {(MIRRORED[row[0]], *row[1:]) for row in rows[name]} for name in ("entities", "relations")}
    swapped["attributes"] = {(MIRRORED[kind], subject, path, after, before) for kind, subject, path, before, after in rows["attributes"]}
    return swapped


@dataclasses.dataclass(frozen=True)
class Score:
    """True and found rows of one class. Nothing true and nothing found is perfect."""

    true: frozenset
    found: frozenset

    @property
    def invented(self):
        return self.found - self.true

    @property
    def missing(self):
        return self.true - self.found

    @property
    def precision(self):
        return 1.0 if not self.found else len(self.true & self.found) / len(self.found)

    @property
    def recall(self):
        return 1.0 if not self.true else len(self.true & self.found) / len(self.true)


def score(true, found):
    return Score(frozenset(true), frozenset(found))


def scores(true, found):
    """[(name, Score)] of each class and of all together."""
    rows = [(name, score(true[name], found[name])) for name in CLASSES]
    together = [score({(name, row) for name in CLASSES for row in side[name]}, ()).true for side in (true, found)]
    return [*rows, ("all", score(*together))]
