#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks with readelf and ldd that a program made of the pure core needs no network, git or database library.

usage: core_links.py CORE_PROGRAM WHOLE_PROGRAM. The whole program is the control: it does link libgit2, so a check that sees nothing
there sees nothing at all.
"""
import re
import subprocess
import sys

# What the core may need directly; everything else is a breach.
ALLOWED = ("libcrypto", "libyaml-0", "libsimdjson", "libpugixml", "libre2", "libpsl", "libstdc++", "libgcc_s", "libm", "libc", "libasan", "libubsan",
           "libpthread", "ld-linux")
# What must not be loaded with it, not even through another library.
FORBIDDEN = ("libcurl", "libgit2", "libsqlite3", "libpq", "libsoci", "libssh", "libssl", "libhttp", "libcpp-httplib", "libldap")


def needed(program):
    """The libraries that the program names itself."""
    output = subprocess.run(["readelf", "--dynamic", "--wide", program], check=True, capture_output=True, text=True).stdout
    return re.findall(r"\(NEEDED\).*\[(.+?)\]", output)


def loaded(program):
    """The libraries that the loader would bring in."""
    output = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
    return [line.split()[0].rsplit("/", 1)[-1] for line in output.splitlines() if line.strip()]


def stem(library):
    """libcrypto.so.3 -> libcrypto; libsimdjson.so.14 -> libsimdjson; libyaml-0.so.2 -> libyaml-0."""
    return re.split(r"\.so|-x86|-aarch", library)[0]


def main():
    core, whole = sys.argv[1:3]
    direct, all_loaded = needed(core), loaded(core)
    complaints = [f"{library} is not among the libraries of the core" for library in direct if stem(library) not in ALLOWED]
    complaints += [f"{library} would be loaded with the core" for library in all_loaded if stem(library).startswith(FORBIDDEN)]
    if not direct:
        complaints.append(f"readelf names no library for {core}: nothing was checked")
    if not any(stem(library) == "libgit2" for library in needed(whole)):
        print("note: the whole program does not link libgit2 yet, so there is no control for this check")
    for complaint in complaints:
        print(complaint)
    print(f"the core needs {', '.join(direct)}; {len(all_loaded)} libraries are loaded with it")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
