#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Other ways of writing the same input: files created in another order, and documents split, renamed and shuffled."""
import hashlib
import pathlib
import random
import re
import shutil

DOCUMENT_MARK = re.compile(r"^---[ \t]*(?:#.*)?$\n?", re.MULTILINE)
# A folder that holds one of these gives meaning to the names of its files, so its files keep them.
NAMES_MATTER = {"Chart.yaml", "kustomization.yaml", "kustomization.yml", "values.yaml"}
# What says where a fact was read, or which bytes were read, and may differ when the same facts stand elsewhere.
PLACES = frozenset({"evidence", "location", "locations", "file", "line", "column", "digest", "digests", "inputs", "sources"})


def seeded(name):
    """A generator that depends on the name of the case alone, so that a failure can be repeated."""
    return random.Random(hashlib.sha256(name.encode("utf-8")).digest())


def files_of(folder):
    return sorted(file for file in folder.rglob("*") if file.is_file() or file.is_symlink())


def copy_reordered(source, target, generator):
    """The same files under the same names, created in another order (a folder is listed in the order of creation on some systems)."""
    files = files_of(source)
    generator.shuffle(files)
    for file in files:
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, copy, follow_symlinks=False)
    target.mkdir(parents=True, exist_ok=True)


def documents_of(file):
    """The YAML documents of the file as texts, or None where cutting it at its marks could change what it says."""
    if file.is_symlink() or file.suffix not in {".yaml", ".yml"} or (file.parent / ".gitignore").exists():
        return None
    if any((file.parent / name).exists() for name in NAMES_MATTER):
        return None
    try:
        text = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
    if re.search(r"^(%|\.\.\.|---[ \t]+[^#\s])", text, re.MULTILINE):
        return None
    return [document for document in DOCUMENT_MARK.split(text) if document.strip()]


def copy_shuffled(source, target, generator):
    """The same documents in other files: each document in a file of its own, with a name that says nothing."""
    copy_reordered(source, target, generator)
    pieces = []
    for file in files_of(source):
        documents = documents_of(file)
        if documents:
            (target / file.relative_to(source)).unlink()
            pieces += [(file.relative_to(source).parent, document) for document in documents]
    generator.shuffle(pieces)
    for number, (folder, document) in enumerate(pieces):
        name = f"{generator.choice('abcxyz')}{number}.yaml"
        (target / folder / name).write_text(document if document.endswith("\n") else document + "\n", encoding="utf-8")
    return len(pieces)


def without_places(value):
    """The JSON value without the keys that say where something was read."""
    if isinstance(value, dict):
        return {key: without_places(inner) for key, inner in value.items() if key not in PLACES}
    if isinstance(value, list):
        return [without_places(inner) for inner in value]
    return value


def copy(kind, source, target, name):
    """Writes `source` to `target` in the way that `kind` says: plain, reordered or shuffled."""
    if not pathlib.Path(source).is_dir():
        shutil.copy2(source, target)
    elif kind == "plain":
        shutil.copytree(source, target, symlinks=True)
    elif kind == "reordered":
        copy_reordered(source, target, seeded(name))
    else:
        copy_shuffled(source, target, seeded(name))
