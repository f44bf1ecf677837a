#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads every #include of src/ and include/ and names each one that breaks the layers of ARCHITECTURE.md.

base < {document, model, cel, connection, package, cvss, platform} < stages < app < main. Includes point down only, stages never include one
another, a third-party header appears in the folder that owns the library, and the pure parts include nothing that does I/O.
"""
import dataclasses
import pathlib
import re
import sys

# part -> the parts whose headers it may include (besides its own). A part that is not listed here is a breach: add a row.
PURE_BELOW = frozenset({"base", "document", "model", "cel", "connection", "package", "cvss"})
STAGE_WITH_PORTS = PURE_BELOW | {"platform"}
ALLOWED_PARTS = {
    "base": frozenset(),
    "document": frozenset({"base"}),
    "model": frozenset({"base"}),
    "cel": frozenset({"base"}),
    "connection": frozenset({"base"}),
    "package": frozenset({"base"}),
    "cvss": frozenset({"base"}),
    "platform": frozenset({"base"}),
    "extension": frozenset({"base", "document", "model"}),
    "ingest": PURE_BELOW - {"cel"},
    "compose": frozenset({"base", "model"}),
    "resolve": frozenset({"base", "model", "connection", "package"}),
    "classify": frozenset({"base", "model", "connection", "document"}),
    "derive": frozenset({"base", "model", "connection"}),
    "diff": frozenset({"base", "model"}),
    "enrich": frozenset({"base", "model", "package", "cvss"}),
    "policy": frozenset({"base", "model", "cel", "document", "package"}),
    "risk": frozenset({"base", "model", "document"}),
    "gate": frozenset({"base", "model", "document"}),
    "render": frozenset({"base", "document", "model"}),
    "acquire": STAGE_WITH_PORTS,
    "baseline": STAGE_WITH_PORTS,
    "deliver": STAGE_WITH_PORTS,
    "layout": frozenset({"base", "model", "platform"}),
    "ledger": STAGE_WITH_PORTS,
    "threatdb": STAGE_WITH_PORTS,
}
STAGES = frozenset(ALLOWED_PARTS) - PURE_BELOW - {"platform", "extension"}
ALLOWED_PARTS["app"] = frozenset(ALLOWED_PARTS)

# (what the header's path looks like, the library, the parts that may include it, whether its headers are slow: then .cpp files only)
THIRD_PARTY = (
    (r"openssl/", "OpenSSL", {"base"}, False),
    (r"yaml\.h$", "libyaml", {"document"}, False),
    (r"simdjson", "simdjson", {"document"}, True),
    (r"pugixml", "pugixml", {"document"}, True),
    (r"toml\+\+/", "toml++", {"document"}, True),
    (r"re2/", "RE2", {"cel"}, False),
    (r"libpsl\.h$", "libpsl", {"connection"}, True),
    (r"nlohmann/json_fwd\.hpp$", "nlohmann/json", {"render", "baseline", "app"}, False),
    (r"nlohmann/", "nlohmann/json", {"render", "baseline", "app"}, True),
    (r"git2", "libgit2", {"acquire"}, False),
    (r"minizip/", "minizip", {"threatdb"}, True),
    (r"zlib\.h$", "zlib", {"threatdb"}, True),
    (r"libdeflate\.h$", "libdeflate", {"threatdb"}, True),
    (r"curl/", "libcurl", {"platform"}, False),
    (r"graphviz/", "Graphviz", {"layout"}, True),
    (r"CLI/", "CLI11", {"app"}, True),
    (r"spdlog/", "spdlog", {"app"}, True),
    (r"fmt/", "fmt", {"app"}, True),
    # inet_pton and inet_ntop only turn texts into addresses and back; they ask no network.
    (r"arpa/inet\.h$", "inet_pton", {"connection", "derive"}, False),
    (r"yaml-cpp/", "yaml-cpp", {"app"}, True),
    (r"mimalloc\.h$", "mimalloc", {"main"}, True),
)

POSIX = re.compile(r"(sys/.*|unistd|sched|stdlib|time|fcntl|dirent|signal|poll|pthread|dlfcn|netdb|arpa/.*|netinet/.*|linux/.*|termios)\.h$")
POSIX_PARTS = {"platform", "acquire", "baseline", "layout", "ledger", "app"}
INPUT_OUTPUT = {"fstream", "iostream", "filesystem", "cstdio", "stdio.h"}
PURE_PARTS = {"model", "cel", "connection", "package", "cvss", "document", "ingest", "compose", "resolve", "classify", "derive",
              "diff", "enrich", "policy", "risk", "gate", "render"}
# std::regex overflows its stack on long input; locale and wall clock make output depend on the machine.
BANNED_STANDARD = {"regex": "use RE2", "locale": "output must not depend on the locale", "clocale": "output must not depend on the locale"}

STANDARD = frozenset("""
algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits clocale cmath
codecvt compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring ctime
cuchar cwchar cwctype deque exception execution filesystem forward_list fstream functional future initializer_list iomanip ios
iosfwd iostream istream iterator latch limits list locale map memory memory_resource mutex new numbers numeric optional ostream
queue random ranges ratio regex scoped_allocator semaphore set shared_mutex source_location span sstream stack stdexcept stop_token
streambuf string string_view system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray
variant vector version cxxabi.h stdio.h
""".split())

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:<([^>]+)>|"([^"]+)"|(\S.*))')
EMBEDDED = re.compile(r"postern_embed\(\s*\S+\s+\S+\s+(\w+)")


@dataclasses.dataclass(frozen=True)
class Source:
    """One file: where it is, the part that it belongs to, whether it is a header, whether it is public."""

    path: str
    part: str
    is_header: bool
    is_public: bool


@dataclasses.dataclass(frozen=True)
class Breach:
    """One include that must not be: file, line and the reason."""

    path: str
    line: int
    reason: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.reason}"


def describe(root, file):
    """The Source of a file below ROOT/src or ROOT/include/postern."""
    relative = file.relative_to(root)
    is_public = relative.parts[0] == "include"
    below = relative.parts[2:] if is_public else relative.parts[1:]
    part = below[0] if len(below) > 1 else "main"
    return Source(relative.as_posix(), part, file.suffix in {".h", ".hpp"}, is_public)


def find_sources(root):
    """Every C++ file of the product, in a stable order."""
    folders = [root / "src", root / "include" / "postern"]
    return sorted(file for folder in folders for file in folder.rglob("*") if file.suffix in {".cpp", ".h", ".hpp"})


def find_generated(root):
    """The names of the headers that postern_embed generates."""
    scripts = [root / "CMakeLists.txt", *sorted((root / "cmake").glob("*.cmake")), *sorted((root / "src").rglob("CMakeLists.txt"))]
    names = set()
    for script in scripts:
        if script.is_file():
            names.update(f"{name}.h" for name in EMBEDDED.findall(script.read_text(encoding="utf-8")))
    return names


def find_own(root, source, header, is_quoted):
    """The file of ours that `header` names, relative to `root`, or None: from include/, from src/, or beside the including file."""
    if ".." in header:
        return None
    beside = pathlib.PurePosixPath(source.path).parent / header
    candidates = ["include/" + header, "src/" + header] + ([str(beside)] if is_quoted else [])
    return next((path for path in candidates if (root / path).is_file()), None)


def judge_own(source, target):
    """The reason why `source` may not include our header `target`, or None."""
    if source.part == "main":
        return None if target.path == "src/app/run.h" else "main.cpp includes app/run.h and nothing else of ours"
    if target.part == "app" and source.part != "app":
        return f"'{source.part}' includes '{target.path}': only app and main.cpp see app"
    if source.is_public and not target.is_public:
        return f"a public header includes '{target.path}', which is private"
    if target.part == source.part:
        return None
    if source.part not in ALLOWED_PARTS:
        return f"the part '{source.part}' has no row in ALLOWED_PARTS of tests/layering/layers.py"
    if target.part in ALLOWED_PARTS[source.part]:
        return None
    if target.part in STAGES and source.part in STAGES:
        return f"the stage '{source.part}' includes '{target.path}' of the stage '{target.part}': nouns belong to model, wires to app"
    return f"'{source.part}' includes '{target.path}': it may see only {', '.join(sorted(ALLOWED_PARTS[source.part])) or 'itself'}"


def judge_standard(source, header):
    """The reason why `source` may not include the standard `header`, or None."""
    if header in BANNED_STANDARD:
        return f"<{header}> is not used here: {BANNED_STANDARD[header]}"
    if header in INPUT_OUTPUT and source.part in PURE_PARTS:
        return f"<{header}>: the pure part '{source.part}' does no input or output"
    return None


def judge_third_party(source, header):
    """The reason why `source` may not include the foreign `header`, or None."""
    for pattern, library, parts, is_slow in THIRD_PARTY:
        if not re.match(pattern, header):
            continue
        if source.part not in parts:
            return f"<{header}>: {library} is used in {', '.join(sorted(parts))} only, not in '{source.part}'"
        if source.is_public:
            return f"<{header}>: a public header names no third-party library"
        if is_slow and source.is_header:
            return f"<{header}>: {library} is slow to compile, include it in .cpp files only"
        return None
    if POSIX.match(header):
        return None if source.part in POSIX_PARTS else f"<{header}>: '{source.part}' must not talk to the operating system"
    return f"<{header}> is not known: add a row for its library to tests/layering/layers.py"


def judge(root, source, match, generated):
    """The reason why this include is a breach, or None."""
    bracketed, quoted, other = match.groups()
    if other is not None:
        return f"#include of '{other}': a macro hides what is included"
    header = bracketed if bracketed is not None else quoted
    own = find_own(root, source, header, quoted is not None)
    if own is not None:
        return judge_own(source, describe(root, root / own))
    if header in generated:
        return None
    if header in STANDARD:
        return judge_standard(source, header)
    if quoted is not None or header.startswith("postern/") or header.split("/")[0] in ALLOWED_PARTS:
        return f"'{header}' is no header of src/ or include/: write the path from the root of either"
    return judge_third_party(source, header)


def strip_comments(text):
    """The text without comments, its line numbers kept: an include in a comment is none."""
    text = re.sub(r"/\*.*?\*/", lambda found: "\n" * found.group().count("\n"), text, flags=re.DOTALL)
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE)


def check(root):
    """(number of includes that were read, the breaches in the tree at `root`)."""
    generated = find_generated(root)
    breaches, count = [], 0
    for file in find_sources(root):
        source = describe(root, file)
        for number, line in enumerate(strip_comments(file.read_text(encoding="utf-8")).splitlines(), start=1):
            match = INCLUDE.match(line)
            if not match:
                continue
            count += 1
            reason = judge(root, source, match, generated)
            if reason:
                breaches.append(Breach(source.path, number, reason))
    return count, breaches


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    count, breaches = check(root)
    for breach in breaches:
        print(breach)
    print(f"{count} includes read, {len(breaches)} breaches of the layers")
    return 1 if breaches or count == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
