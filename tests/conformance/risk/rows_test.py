#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Rows of the risk lab that are wrong: each gets its error and the next row is answered all the same."""
import sys

from lines import answers

GOOD = '{"severity": 9.9, "paths": [{"entry": "none"}]}'
ERRORS = [
    ('{"severity": 9, "pathz": []}', "unknown key 'pathz', did you mean 'paths'?"),
    ('{"severity": 9}', "'paths' is missing"),
    ('{"severity": "high", "paths": []}', "'severity' must be a number"),
    ('{"severity": true, "paths": []}', "'severity' must be a number"),
    ('{"severity": 9, "paths": {}}', "'paths' must be a list"),
    ('{"severity": 9, "paths": [{}]}', "'entry' is missing in a path"),
    ('{"severity": 9, "paths": ["internet"]}', "a path must be an object"),
    ('{"severity": 9, "paths": [{"entry": "internte"}]}', "unknown value 'internte' of 'entry', did you mean 'internet'?"),
    ('{"severity": 9, "paths": [{"entry": "none", "hops": ["proxi"]}]}', "unknown value 'proxi' of 'hops', did you mean 'proxy'?"),
    ('{"severity": 9, "paths": [{"entry": "none", "hops": "proxy"}]}', "'hops' of a path must be a list"),
    ('{"severity": 9, "paths": [{"entry": "none", "auth": null}]}', "'auth' must be a string"),
    ('{"severity": 9, "paths": [], "maturity": "KEVV"}', "unknown value 'KEVV' of 'maturity', did you mean 'kev'?"),
    ('{"severity": 9, "paths": [], "maturity": "something else"}', "unknown value 'something else' of 'maturity'"),
    ('{"severity": 9, "paths": [], "epss": 1.5}', "'epss' must be from 0 to 1"),
    ('{"severity": 9, "paths": [], "epss": -0.1}', "'epss' must be from 0 to 1"),
    ('{"severity": 9, "paths": [], "data": [{"hops": 1}]}', "'class' is missing in an item of 'data'"),
    ('{"severity": 9, "paths": [], "data": [{"class": "pii", "hops": 1.5}]}', "'hops' of data must be a whole number from 0"),
    ('{"severity": 9, "paths": [], "data": [{"class": "pii", "hops": -1}]}', "'hops' of data must be a whole number from 0"),
    ('{"severity": 9, "paths": [], "blast": "wide"}', "'blast' must be a number"),
    ('{"before": ' + GOOD + "}", "a row of drift has exactly 'before' and 'after'"),
    ('{"before": ' + GOOD + ', "after": {"severity": 1}}', "'paths' is missing"),
    ("[1]", "the row must be an object"),
    ('{"severity": 9, "severity": 8, "paths": []}', None),
    ("", None),
    ("{", None),
    ('{"severity": 1e999, "paths": []}', None),
]


def main():
    rows = [text for wrong, _ in ERRORS for text in (wrong, GOOD)]
    found = answers(sys.argv[1:], rows)
    complaints = []
    for index, (text, expected) in enumerate(ERRORS):
        error = found[2 * index].get("error")
        if not error or (expected and error != expected):
            complaints.append(f"{text}: {error!r} instead of {expected!r}")
        if found[2 * index + 1].get("score") != 2.2:
            complaints.append(f"the row after {text} gave {found[2 * index + 1]}")
    print(f"{len(ERRORS)} wrong rows, {len(complaints)} complaints")
    sys.exit("\n".join(complaints) or 0)


if __name__ == "__main__":
    main()
