#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that layers.py finds each kind of breach: builds small trees with one wrong include and expects exactly that breach."""
import pathlib
import tempfile
import unittest

import layers

# What a healthy tree looks like; each test adds one file to it.
HEALTHY = {
    "include/postern/base/text.h": "#include <string>\n",
    "include/postern/model/entity.h": "#include <postern/base/text.h>\n",
    "src/base/digest.cpp": "#include <openssl/evp.h>\n",
    "src/cel/lexer.h": '#include "postern/base/text.h"\n',
    "src/diff/diff.h": "#include <postern/model/entity.h>\n",
    "src/render/json.cpp": '#include <nlohmann/json.hpp>\n#include "packs.h"\n',
    "src/app/run.h": "#pragma once\n",
    "src/app/run.cpp": '#include "app/run.h"\n#include "diff/diff.h"\n#include <CLI/CLI.hpp>\n',
    "src/main.cpp": '#include "app/run.h"\n',
    "CMakeLists.txt": "postern_embed(postern_render render packs FILES x)\n",
}

# (what it shows, the file, its text, a part of the expected reason)
BREACHES = (
    ("a stage includes a stage", "src/risk/a.cpp", '#include "diff/diff.h"\n', "the stage 'risk' includes 'src/diff/diff.h'"),
    ("base looks up", "src/base/a.cpp", "#include <postern/model/entity.h>\n", "'base' includes 'include/postern/model/entity.h'"),
    ("cel knows the domain", "src/cel/a.cpp", "#include <postern/model/entity.h>\n", "it may see only base"),
    ("model knows CEL", "src/model/a.cpp", '#include "cel/lexer.h"\n', "it may see only base"),
    ("model reads files", "src/model/a.cpp", "#include <fstream>\n", "does no input or output"),
    ("a pure stage uses the file system", "src/diff/a.cpp", "#include <filesystem>\n", "does no input or output"),
    ("a pure stage uses POSIX", "src/ingest/a.cpp", "#include <sys/mman.h>\n", "must not talk to the operating system"),
    ("libgit2 outside of acquire", "src/baseline/a.cpp", "#include <git2.h>\n", "libgit2 is used in acquire only"),
    ("JSON outside of its folders", "src/policy/a.cpp", "#include <nlohmann/json.hpp>\n", "nlohmann/json is used in"),
    ("a slow header in a header", "src/render/a.h", "#include <nlohmann/json.hpp>\n", "slow to compile"),
    ("a public header names a library", "include/postern/base/a.h", "#include <openssl/evp.h>\n", "names no third-party library"),
    ("a public header includes a private one", "include/postern/cel/a.h", '#include "cel/lexer.h"\n', "which is private"),
    ("std::regex", "src/base/a.cpp", "#include <regex>\n", "use RE2"),
    ("a stage includes app", "src/gate/a.cpp", '#include "app/run.h"\n', "only app and main.cpp see app"),
    ("main includes a stage", "src/main.cpp", '#include "diff/diff.h"\n', "main.cpp includes app/run.h and nothing else"),
    ("a header that is not there", "src/diff/a.cpp", '#include "diff/missing.h"\n', "is no header of"),
    ("a path that climbs", "src/diff/a.cpp", '#include "../diff/diff.h"\n', "write the path from the root"),
    ("a folder without a row", "src/utils/a.cpp", "#include <postern/base/text.h>\n", "has no row"),
    ("a stage in angle brackets", "src/risk/a.cpp", "#include <diff/diff.h>\n", "the stage 'risk' includes"),
    ("a stage by a neighbour's path", "src/a.cpp", '#include "diff/diff.h"\n', "main.cpp includes app/run.h and nothing else"),
    ("a header of ours that is not there", "src/risk/a.cpp", "#include <diff/missing.h>\n", "is no header of"),
    ("a library without a row", "src/app/a.cpp", "#include <boost/any.hpp>\n", "is not known"),
    ("a macro", "src/app/a.cpp", "#include HEADER\n", "a macro hides"),
)


def write_tree(root, files):
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


class LayersTest(unittest.TestCase):
    def check(self, extra):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            write_tree(root, {**HEALTHY, **extra})
            return layers.check(root)

    def test_a_healthy_tree_has_no_breach(self):
        count, breaches = self.check({})
        self.assertEqual([], [str(breach) for breach in breaches])
        self.assertEqual(11, count)

    def test_each_breach_is_found_where_it_is(self):
        for title, path, text, reason in BREACHES:
            with self.subTest(title):
                _, breaches = self.check({path: text})
                self.assertEqual(1, len(breaches), [str(breach) for breach in breaches])
                self.assertEqual((path, 1), (breaches[0].path, breaches[0].line))
                self.assertIn(reason, breaches[0].reason)

    def test_a_neighbour_may_be_named_alone(self):
        _, breaches = self.check({"src/diff/a.cpp": '#include "diff.h"\n'})
        self.assertEqual([], breaches)

    def test_an_include_in_a_comment_is_none(self):
        _, breaches = self.check({"src/diff/a.cpp": '// #include <git2.h>\n/*\n#include "app/run.h"\n*/\n'})
        self.assertEqual([], breaches)

    def test_lines_are_counted_behind_a_block_comment(self):
        _, breaches = self.check({"src/diff/a.cpp": "/*\n\n*/\n#include <git2.h>\n"})
        self.assertEqual([4], [breach.line for breach in breaches])


if __name__ == "__main__":
    unittest.main()
