#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks that the parts in CMakeLists.txt link no more than the layers allow: the include rules and the link rules must agree."""
import re
import sys

import layers

PART = re.compile(r"^postern_part\(\s*(\w+)\s+USES\s+([^)]*)\)", re.MULTILINE)


def parts_of(text):
    """{part: the parts that it links}; a library of somebody else is not looked at."""
    return {name: set(re.findall(r"\bpostern_(\w+)", uses)) for name, uses in PART.findall(text)}


def breaches_of(text):
    """A sentence for every part that links what it may not include."""
    for name, uses in sorted(parts_of(text).items()):
        if name == "app":
            continue
        if name not in layers.ALLOWED_PARTS:
            yield f"the part '{name}' has no row in tests/layering/layers.py"
            continue
        for used in sorted(uses - layers.ALLOWED_PARTS[name]):
            yield f"the part '{name}' links 'postern_{used}', which it may not include"


def self_test():
    """The check must see a wrong line."""
    wrong = "postern_part(diff USES postern_model postern_risk)\npostern_part(utils USES postern_base)\n"
    found = list(breaches_of(wrong))
    assert len(found) == 2 and "postern_risk" in found[0] and "'utils'" in found[1], found


def main():
    self_test()
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    found = list(breaches_of(text))
    for breach in found:
        print(breach)
    print(f"{len(parts_of(text))} parts read, {len(found)} breaches")
    return 1 if found or not parts_of(text) else 0


if __name__ == "__main__":
    sys.exit(main())
