#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares what the executable says of a pair of real states with the truth that was read from them.

usage: check_accuracy.py [FOLDER]   FOLDER holds truth.yaml (tests/accuracy/README.md); without it, the table of all pairs is printed

Precision and recall are printed for each class; docs/accuracy.md holds the same rows, which is checked as well.
"""
import json
import pathlib
import shutil
import sys
import tempfile

try:
    import yaml
except ImportError:
    sys.exit("this interpreter has no yaml module: use /usr/bin/python3 with Debian's python3-yaml")

import binary
import delta_score
import list_addresses
import replay

HERE = pathlib.Path(__file__).resolve().parent
DOCUMENT = binary.REPOSITORY / "docs" / "accuracy.md"
LEAST_PRECISION = 0.98
LEAST_RECALL = 1.0
SIDES = ("baseline", "candidate")
NETWORK = {"calls", "uses", "sends_to"}
RIGHTS = {"permissions", "privileges", "inherited_privileges", "escalation"}


def load(folder):
    return yaml.safe_load((folder / "truth.yaml").read_text(encoding="utf-8"))


class Pair:
    """One pair with its inputs copied into a work folder."""

    def __init__(self, truth, source, work):
        self.truth, self.source, self.work = truth, source, work
        self.name = truth.get("name", truth["pair"])
        for side in SIDES:
            for path in truth.get(side) or ["."]:
                if (source / side / path).is_file():
                    (work / side / path).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(source / side / path, work / side / path)
                else:
                    shutil.copytree(source / side / path, work / side / path, dirs_exist_ok=True)

    def say(self, *arguments):
        """The standard output of one run, which must have gone well."""
        answer = binary.run([*arguments, "--format", "json", "--application", "accuracy"], self.work)
        if answer.code != 0:
            raise binary.Crash(f"exit code {answer.code} of {arguments}\n{answer.talk()}")
        return answer.stdout

    def delta(self, before="baseline", after="candidate"):
        return json.loads(self.say("diff", before, after))

    def shuffled_delta(self):
        """The delta when every document stands in another file, in another order."""
        for side in SIDES:
            replay.copy_shuffled(self.work / side, self.work / f"{side}-shuffled", replay.seeded(f"{self.truth['pair']}/{side}"))
        return self.delta("baseline-shuffled", "candidate-shuffled")

    def network(self):
        """The network relations of the candidate as (kind, source, target)."""
        relations = json.loads(self.say("map", "candidate"))["relations"]
        return {(relation["kind"], relation["source"]["address"], relation["target"]["address"])
                for relation in relations if relation["kind"] in NETWORK}

    def rights(self):
        """What identities and workloads of the candidate may do: (subject, attribute, value), each value of a set for itself."""
        rows = set()
        for entity in json.loads(self.say("map", "candidate"))["entities"]:
            for row in entity["attributes"]:
                if row["attribute"] in RIGHTS:
                    values = row["value"] if isinstance(row["value"], list) else [row["value"]]
                    rows |= {(entity["id"]["address"], row["attribute"], value) for value in values}
        return rows

    def unexplained(self):
        """Addresses in any file of the pair, read by another reader, that the truth neither mentions nor ignores with a reason."""
        files = [str(file) for side in SIDES for file in sorted((self.work / side).rglob("*.yaml"))]
        ignored = self.truth.get("ignored_addresses") or ()
        missing = [f"an ignored address without a reason: {entry}" for entry in ignored if not entry.get("why")]
        return missing + ["\t".join(map(str, row)) for row in list_addresses.unexplained(self.truth, list_addresses.listing(files))]


def true_network(truth):
    return {(entry["kind"], entry["source"], entry["target"]) for entry in truth.get("state_relations") or ()}


def true_rights(truth):
    return {(entry["subject"], attribute, value)
            for entry in truth.get("state_rights") or () for attribute in RIGHTS for value in entry.get(attribute) or ()}


def table_row(pair, name, result):
    """One row of docs/accuracy.md; a share of nothing is no figure."""
    precision = f"{result.precision:.3f}" if result.found else "-"
    recall = f"{result.recall:.3f}" if result.true else "-"
    counts = " | ".join(str(len(rows)) for rows in (result.true, result.found, result.invented, result.missing))
    return f"| {pair} | {name} | {counts} | {precision} | {recall} |"


def judge(pair, name, result):
    """The complaints about one class; prints each row that is wrong."""
    for word, rows in (("not found", result.missing), ("not true", result.invented)):
        for row in sorted(rows, key=str):
            print(f"  {word}: {name}: {row}")
    complaints = []
    if result.recall < LEAST_RECALL:
        complaints.append(f"{name}: recall {result.recall:.3f} is below {LEAST_RECALL}")
    if result.precision < LEAST_PRECISION:
        complaints.append(f"{name}: precision {result.precision:.3f} is below {LEAST_PRECISION}")
    row = table_row(pair, name, result)
    if row not in DOCUMENT.read_text(encoding="utf-8").splitlines():
        complaints.append(f"docs/accuracy.md does not hold this row:\n    {row}")
    return complaints


def figures(pair):
    """[(class, Score)] of the delta, and of the candidate's network and rights."""
    truth = delta_score.rows_of_truth(pair.truth)
    found = delta_score.rows_of_delta(pair.delta())
    network = delta_score.score(true_network(pair.truth), pair.network())
    rights = delta_score.score(true_rights(pair.truth), pair.rights())
    return [*delta_score.scores(truth, found), ("network of the candidate", network), ("rights in the candidate", rights)]


def complaints_about(pair):
    """Everything that does not hold, in words."""
    complaints = []
    for name, result in figures(pair):
        print(table_row(pair.name, name, result))
        if name != "all":
            complaints += judge(pair.name, name, result)
    straight = pair.delta()
    rows = delta_score.rows_of_delta(straight)
    if delta_score.rows_of_delta(pair.delta("candidate", "baseline")) != delta_score.mirrored(rows):
        complaints.append("the delta of swapped sides is not the mirrored delta")
    if pair.delta("candidate", "candidate")["changes"]:
        complaints.append("a state differs from itself")
    # Files that belong together mean something else when their documents are moved.
    whole = pair.truth.get("whole_files")
    if not whole and replay.without_places(pair.shuffled_delta()) != replay.without_places(straight):
        complaints.append("the delta depends on how the documents are distributed over files")
    for command in (("diff", *SIDES), ("map", "candidate")):
        if len({pair.say(*command, "--threads", count) for count in ("1", "2")}) != 1:
            complaints.append(f"{command[0]}: one thread and two give other bytes")
    return complaints + [f"an address that the truth does not explain: {line}" for line in pair.unexplained()]


def with_pair(folder, action):
    shared = binary.find_shared()
    truth = load(folder)
    if shared is None or not (shared / "pairs" / truth["pair"]).is_dir():
        binary.skip("shared data not found")
    with tempfile.TemporaryDirectory(prefix="postern-accuracy-") as name:
        return action(Pair(truth, shared / "pairs" / truth["pair"], pathlib.Path(name)))


def print_table():
    print("| pair | class | true | found | not true | not found | precision | recall |\n|---|---|---|---|---|---|---|---|")
    for file in sorted(HERE.glob("*/truth.yaml")):
        for name, result in with_pair(file.parent, figures):
            print(table_row(load(file.parent).get("name", load(file.parent)["pair"]), name, result))


def main(arguments):
    if not arguments:
        print_table()
        return 0
    complaints = with_pair(pathlib.Path(arguments[0]), complaints_about)
    for complaint in complaints:
        print(f"FAILED: {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
