# SPDX-License-Identifier: Apache-2.0
"""The same facts written differently: YAML in another layout, keys in another order, files in other folders."""
import pathlib
import shutil

import yaml

import replay


def reordered_keys(node, seen):
    """Turns the order of all mappings round; lists keep theirs, since it may mean something."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        if all(key.tag != "tag:yaml.org,2002:merge" for key, _ in node.value):
            node.value.reverse()
        for key, value in node.value:
            reordered_keys(key, seen)
            reordered_keys(value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            reordered_keys(item, seen)


def reformatted(text):
    """The stream with another indent and width, in flow style at the leaves, without comments, keys turned round; None if it is no YAML."""
    try:
        documents = [node for node in yaml.compose_all(text, Loader=yaml.SafeLoader) if node is not None]
    except yaml.YAMLError:
        return None
    for document in documents:
        reordered_keys(document, set())
    pieces = [yaml.serialize(document, Dumper=yaml.SafeDumper, indent=6, width=60) for document in documents]
    return "# written by another tool\n\n" + "".join("---\n" + piece for piece in pieces)


def copy_reformatted(source, target):
    """Every YAML file of `source` in another layout; all else as it is. Returns how many files were rewritten."""
    count = 0
    for file in replay.files_of(source):
        copy = target / file.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = reformatted(file.read_text(encoding="utf-8")) if file.suffix in {".yaml", ".yml"} and not file.is_symlink() else None
        if text is None:
            shutil.copy2(file, copy, follow_symlinks=False)
        else:
            copy.write_text(text, encoding="utf-8")
            count += 1
    return count


def copy_moved(source, target):
    """Every top-level part of `source` under another folder with another name. Returns how many parts there are."""
    parts = sorted(pathlib.Path(source).iterdir())
    for number, part in enumerate(parts):
        place = target / "moved" / f"part-{len(parts) - number}"
        place.mkdir(parents=True, exist_ok=True)
        if part.is_dir():
            shutil.copytree(part, place / "inside", symlinks=True)
        else:
            shutil.copy2(part, place / f"renamed-{part.name}", follow_symlinks=False)
    return len(parts)
