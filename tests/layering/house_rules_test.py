#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that house_rules.py finds a missing licence, a missing purpose and a word of a workplace, and nothing where all is well."""
import pathlib
import tempfile
import unittest

import house_rules

GOOD = "// SPDX-License-Identifier: Apache-2.0\n// What this file is for.\n"

# (what it shows, the file, its text, the expected complaint)
COMPLAINTS = (
    ("no licence", "src/a.cpp", "// What this file is for.\n", "the first line is not"),
    ("a licence elsewhere", "src/a.cpp", "#pragma once\n" + GOOD, "the first line is not"),
    ("an empty source", "src/a.cpp", "", "the first line is not"),
    ("no purpose", "src/a.cpp", "// SPDX-License-Identifier: Apache-2.0\n#include <string>\n", "the second line"),
    ("a purpose of one word", "src/a.h", "// SPDX-License-Identifier: Apache-2.0\n// Text.\n", "the second line"),
    ("a script without licence", "tools/a", "#!/usr/bin/env bash\n# What this is for.\n", "the first line is not"),
    ("CMake without licence", "tests/CMakeLists.txt", "add_test()\n", "the first line is not"),
    ("a path of a workplace", "README.md", "see " + "/wo" + "rk/main\n", "an absolute path of a workplace"),
    ("a home folder", "docs/a.md", "in " + "/ho" + "me/somebody/x\n", "somebody's home folder"),
    ("an authoring tool", "docs/a.md", "by " + "Clau" + "de\n", "the name of an authoring tool"),
    ("unfinished work", "src/a.cpp", GOOD + "// FI" + "XME: later\n", "a mark of unfinished work"),
)

HARMLESS = {
    "src/a.cpp": GOOD + 'const char* k_path = "/var/lib/work/x";\n',
    "src/b.h": GOOD,
    "tools/run": "#!/usr/bin/env bash\n# SPDX-License-Identifier: Apache-2.0\n# What this script is for.\n",
    "tests/a_test.py": '#!/usr/bin/env python3\n# SPDX-License-Identifier: Apache-2.0\n"""What this test is for."""\n',
    "data.yaml": "a: 1\n",
}


class HouseRulesTest(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for path, text in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            return house_rules.check(root)

    def test_a_tidy_tree_has_no_complaint(self):
        self.assertEqual((len(HARMLESS), []), self.check(HARMLESS))

    def test_each_complaint_is_made(self):
        for title, path, text, expected in COMPLAINTS:
            with self.subTest(title):
                _, complaints = self.check({**HARMLESS, path: text})
                self.assertEqual(1, len(complaints), complaints)
                self.assertTrue(complaints[0].startswith(path + ":"), complaints)
                self.assertIn(expected, complaints[0])


if __name__ == "__main__":
    unittest.main()
