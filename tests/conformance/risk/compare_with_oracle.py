#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The scorer against the reference model: its examples and 10,000 random factor sets; score, shares, sources, unknowns and drift.
Usage: compare_with_oracle.py PROGRAM [ARGUMENT...]; the program reads rows on stdin (conformance_risk, or `postern lab risk`)."""
import copy
import importlib.util
import os
import random
import sys
from pathlib import Path

from lines import answers

SETS = 10000
SEED = 20240611
COMPARED = ("score", "band", "T", "P", "I", "lost", "impact_sources", "unknown")
DRIFT_TOLERANCE = 1e-9  # points; the sides use different libraries for the exponential function


def load_oracle():
    root = Path(os.environ.get("POSTERN_SHARED", Path(__file__).resolve().parents[3] / ".." / "shared"))
    path = root / "design" / "risk_oracle.py"
    if not path.is_file():
        print("skipped: shared data not found")
        sys.exit(77)
    spec = importlib.util.spec_from_file_location("risk_oracle", path)
    oracle = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(oracle)
    return oracle


def names_must_agree(oracle):
    """Every name that the reference knows is drawn; a new one there must not go unnoticed here."""
    sizes = {"ENTRY": 4, "REACH_HOP": 4, "AUTH": 7, "NETPOL": 4, "MATURITY": 6, "CODE": 4, "ENV": 4, "DATA": 11, "PRIV": 5, "TIER": 5}
    sizes["REG"] = 4
    for table, size in sizes.items():
        assert len(getattr(oracle, table)) == size, f"{table} of the reference has changed"


def draw_path(oracle, draw):
    path = {"entry": draw.choice(list(oracle.ENTRY))}
    if draw.random() < 0.9:
        path["hops"] = [draw.choice(list(oracle.REACH_HOP)) for _ in range(draw.randint(0, 5))]
    for key, table in (("auth", oracle.AUTH), ("net", oracle.NETPOL)):
        if draw.random() < 0.85:
            path[key] = draw.choice(list(table))
    return path


def draw_data(oracle, draw):
    data = {"class": draw.choice(list(oracle.DATA))}
    if draw.random() < 0.8:
        data["hops"] = draw.randint(0, 6)
    if draw.random() < 0.8:
        data["priv"] = draw.choice(list(oracle.PRIV))
    return data


def draw_set(oracle, draw):
    """A factor set as the row format allows it: any key but severity and paths may be left out, numbers may be any double."""
    severity = draw.choice([round(draw.uniform(0, 10), 1), draw.uniform(-1, 11), draw.choice([0, 10, 9.8, 7.5])])
    factors = {"severity": severity, "paths": [draw_path(oracle, draw) for _ in range(draw.randint(0, 4))]}
    optional = {
        "epss": lambda: draw.choice([None, 0, 1, 0.001, round(draw.random(), 5), draw.random()]),
        "maturity": lambda: draw.choice(list(oracle.MATURITY)),
        "code": lambda: draw.choice(list(oracle.CODE)),
        "env": lambda: draw.choice(list(oracle.ENV)),
        "tier": lambda: draw.choice(list(oracle.TIER)),
        "reg": lambda: draw.choice(list(oracle.REG)),
        "blast": lambda: draw.choice([0, 1, 1 - 0.8 ** draw.randint(0, 9), draw.uniform(-0.2, 1.3)]),
        "data": lambda: [draw_data(oracle, draw) for _ in range(draw.randint(0, 5))],
    }
    for key, value in optional.items():
        if draw.random() < 0.8:
            factors[key] = value()
    return factors


def differences(expected, actual):
    if "error" in actual:
        return [f"error: {actual['error']}"]
    return [f"{key}: {actual.get(key)} instead of {expected[key]}" for key in COMPARED if actual.get(key) != expected[key]]


def drift_differences(oracle, row, actual):
    if "error" in actual:
        return [f"error: {actual['error']}"]
    before, after, by_factor = oracle.drift(row["before"], row["after"])
    expected = {"before": before, "after": after, **by_factor}
    found = {"before": actual["before"], "after": actual["after"], **actual["drift"]}
    wrong = [f"{k}: {found.get(k)} instead of {v}" for k, v in expected.items() if abs(found.get(k, 1e9) - v) > DRIFT_TOLERANCE]
    if set(found) != set(expected):
        wrong.append(f"factors {sorted(found)}")
    printed = round(10 * sum(actual["printed"].values()))
    scores = [round(10 * oracle.score(row[side])["score"]) for side in ("before", "after")]
    if printed != scores[1] - scores[0]:
        wrong.append(f"printed shares add up to {printed} tenths instead of {scores[1] - scores[0]}")
    return wrong


def report(title, rows, complaints):
    bad = [(row, found) for row, found in zip(rows, complaints) if found]
    print(f"figures: risk, {title} | {len(rows)} | {len(rows) - len(bad)} | 0 | none")
    for row, found in bad[:5]:
        print("  ", row, "\n      ", "; ".join(found))
    return not bad


def main():
    oracle = load_oracle()
    names_must_agree(oracle)
    command = sys.argv[1:]
    draw = random.Random(SEED)
    examples = [factors for _, factors, _ in oracle.EX]
    sets = [draw_set(oracle, draw) for _ in range(SETS)]
    pairs = [{"before": a, "after": b} for a, b in zip(sets[0::2], sets[1::2])]
    pairs += [{"before": a, "after": copy.deepcopy(a)} for a in sets[:100]]
    good = True
    for title, rows in (("examples", examples), ("random factor sets", sets)):
        found = answers(command, rows)
        good &= report(title, rows, [differences(oracle.score(row), answer) for row, answer in zip(rows, found)])
    good &= report("drifts", pairs, [drift_differences(oracle, row, answer) for row, answer in zip(pairs, answers(command, pairs))])
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
