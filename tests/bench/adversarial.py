# SPDX-License-Identifier: Apache-2.0
"""Inputs made to be expensive: each must be read in linear time or be rejected at once."""
import pathlib

MEBIBYTE = 2**20
HEAD = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: hostile\n"


def deep_flow(write, scale):
    write(HEAD + "data:\n  x: " + "[" * (40_000 // scale) + "]" * (40_000 // scale) + "\n")


def deep_block(write, scale):
    depth = 2_000 // scale
    write(HEAD + "data:\n" + "".join("  " * level + f"k{level}:\n" for level in range(1, depth)))


def deep_json(write, scale):
    write('{"apiVersion":"v1","kind":"ConfigMap","data":' + '{"a":' * (40_000 // scale) + "1" + "}" * (40_000 // scale) + "}\n")


def wide_map(write, scale):
    write(HEAD + "data:\n")
    for first in range(0, 400_000 // scale, 1000):
        write("".join(f"  key-{number}: value\n" for number in range(first, first + 1000)))


def billion_laughs(write, _):
    write(HEAD + "data:\n  a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n")
    for level in range(1, 12):
        write(f"  a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 9) + "]\n")


def long_line(write, scale):
    write(HEAD + "data:\n  x: ")
    for _ in range(100 // scale):
        write("abcdefgh" * (MEBIBYTE // 8))
    write("\n")


def large_file(write, scale):
    write(HEAD + "data:\n")
    line = "  key-%09d: value of some length that is repeated until the file is large\n"
    for first in range(0, 200 * MEBIBYTE // scale // len(line % 0), 10_000):
        write("".join(line % number for number in range(first, first + 10_000)))


def address_text(write, scale):
    """One setting of 8 MiB in which everything looks like the start of an address or of a secret."""
    write(HEAD + "data:\n  x: |\n")
    for piece in ("a://@" * 60, "password=" * 30, "${a:-" * 60, "jdbc:oracle:" * 20, "eyJ" * 100, "user:pw@tcp(" * 25):
        for _ in range(8 * MEBIBYTE // 6 // 300 // scale):
            write(f"    {piece}\n")


def one_address_line(write, scale):
    """The same without line ends, 1 MiB each."""
    write(HEAD + "data:\n")
    for index, piece in enumerate(("a://@", "password=", "${a:-", "jdbc:oracle:", "eyJ", "user:pw@tcp(", "a=b;", '"', "@", ",")):
        write(f"  x{index}: 'z{piece.replace(chr(39), '') * (MEBIBYTE // len(piece) // scale)}'\n")


def port_range(write, _):
    write("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: all\nspec:\n  podSelector: {}\n  ingress:\n")
    write("  - ports:\n    - port: 0\n      endPort: 200000\n" * 200)


def crowded_selectors(write, scale):
    """Every policy selects every workload of one namespace."""
    count = 1_000 // scale
    for number in range(count):
        write(f"---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: d{number}\n"
              "spec:\n  selector:\n    matchLabels:\n      a: b\n  template:\n    metadata:\n      labels:\n        a: b\n"
              "    spec:\n      containers:\n      - name: c\n        image: x\n")
        write(f"---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: p{number}\n"
              "spec:\n  podSelector: {}\n")


CASES = (deep_flow, deep_block, deep_json, wide_map, billion_laughs, long_line, large_file, address_text, one_address_line,
         port_range, crowded_selectors)


def write_all(folder, scale=1):
    """Writes each case as `folder`/CASE/input.yaml; `scale` divides the sizes. Returns the names."""
    for case in CASES:
        path = pathlib.Path(folder) / case.__name__ / "input.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            case(file.write, scale)
    return [case.__name__ for case in CASES]
