#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what every file of the tree owes its reader: the licence line, a line that says what it is for, and no word of a workplace.

Judged are the files that git tracks; without git, every file outside build folders.
"""
import pathlib
import re
import subprocess
import sys

LICENCE = "SPDX-License-Identifier: Apache-2.0"

# The kinds of file that must start with the licence and a purpose, and how their comments begin.
COMMENT_OF = {".cpp": "//", ".h": "//", ".hpp": "//", ".cmake": "#", ".py": "#", ".sh": "#"}
COMMENT_OF_NAME = {"CMakeLists.txt": "#"}
SCRIPT_FOLDERS = ("tools/", ".ci/")

# Words that belong to a place of work and never to the product. Spelled in pieces, so that this file may be judged as well.
FORBIDDEN = (
    (r"(?<![\w.}/-])/" + r"work/", "an absolute path of a workplace"),
    (r"(?<![\w.}/-])/" + r"home/[a-z]+/", "somebody's home folder"),
    (r"/root/\." + r"\w+", "somebody's home folder"),
    (r"(?i)\b" + "clau" + r"de\b", "the name of an authoring tool"),
    (r"(?i)\b" + "anthro" + r"pic\b", "the name of an authoring tool"),
    (r"(?i)\b" + "chat" + r"gpt\b", "the name of an authoring tool"),
    (r"(?i)\b(?:ai|llm)[ -]" + r"(?:generated|written|assisted)\b", "a word about the authoring"),
    (r"(?i)co-authored" + r"-by:", "a commit trailer"),
    (r"\b[XF]" + r"IXME\b", "a mark of unfinished work"),
)
# Vendors that organisations send data to are facts of the domain; dictionaries and cases may name them.
DICTIONARIES = ("knowledge/", "tests/cases/", "tests/accuracy/", "examples/")


def list_files(root):
    """The tracked files below `root` as sorted relative paths."""
    try:
        output = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], check=True, capture_output=True).stdout
        names = [name for name in output.decode("utf-8").split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = [file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()]
        names = [name for name in names if not name.startswith(("build", ".git/"))]
    return sorted(name for name in names if (root / name).is_file() and not (root / name).is_symlink())


def comment_mark(name):
    """How a comment begins in the file, or None where no licence line is asked for."""
    path = pathlib.PurePosixPath(name)
    if path.name in COMMENT_OF_NAME:
        return COMMENT_OF_NAME[path.name]
    if path.suffix in COMMENT_OF:
        return COMMENT_OF[path.suffix]
    return "#" if name.startswith(SCRIPT_FOLDERS) and path.suffix == "" else None


def judge_beginning(name, text):
    """What is wrong with the first lines of the file, or None."""
    mark = comment_mark(name)
    if mark is None:
        return None
    lines = text.splitlines()
    if lines and lines[0].startswith("#!"):
        lines = lines[1:]
    if not lines or lines[0] != f"{mark} {LICENCE}":
        return f"the first line is not '{mark} {LICENCE}'"
    purpose = lines[1].strip() if len(lines) > 1 else ""
    says = re.match(r'(?:"""|' + re.escape(mark) + r')\s*\S+(?:\s+\S+){2,}', purpose)
    return None if says else "the second line does not say in a sentence what the file is for"


def judge_words(name, text):
    """(line, reason) for every forbidden word of the file."""
    if name.startswith(DICTIONARIES):
        rows = [row for row in FORBIDDEN if "authoring tool" not in row[1]]
    else:
        rows = list(FORBIDDEN)
    for number, line in enumerate(text.splitlines(), start=1):
        for pattern, reason in rows:
            if re.search(pattern, line):
                yield number, reason


def check(root):
    """(number of files read, the complaints as text) for the tree at `root`."""
    names, complaints = list_files(root), []
    for name in names:
        try:
            text = (root / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        beginning = judge_beginning(name, text)
        if beginning:
            complaints.append(f"{name}:1: {beginning}")
        complaints.extend(f"{name}:{number}: {reason}" for number, reason in judge_words(name, text))
    return len(names), complaints


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    count, complaints = check(root)
    for complaint in complaints:
        print(complaint)
    print(f"{count} files read, {len(complaints)} complaints")
    return 1 if complaints or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
