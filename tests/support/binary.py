#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the built executable for tests: in a scrubbed environment, without input, under a time limit, and never taking a crash for an answer.

The executable is named by POSTERN_BINARY (ctest sets it). What users run is POSTERN_RELEASE_BINARY; tests that measure use that one.
"""
import dataclasses
import os
import pathlib
import re
import subprocess
import sys

SKIPPED = 77
REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# The exit codes of a program that knew what it did: pass or warn, block, usage or configuration, indeterminate.
ANSWERS = frozenset({0, 1, 2, 3})
# A sanitizer's report must not look like a verdict, so it gets an exit code of its own.
SANITIZER_EXIT = 86
SANITIZER_WORDS = re.compile(rb"AddressSanitizer|LeakSanitizer|UndefinedBehaviorSanitizer|: runtime error: ")


class Crash(Exception):
    """The executable ended by a signal, by a sanitizer, with an internal error, or not in time."""


@dataclasses.dataclass(frozen=True)
class Answer:
    """What one run said: the exit code and the bytes of both streams."""

    code: int
    stdout: bytes
    stderr: bytes

    def text(self):
        return self.stdout.decode("utf-8")

    def talk(self):
        return self.stderr.decode("utf-8", "replace")


def find():
    """The executable under test; ends the test with a clear word where there is none."""
    path = os.environ.get("POSTERN_BINARY", "")
    if not path or not os.access(path, os.X_OK):
        sys.exit(f"POSTERN_BINARY names no executable: '{path}'")
    return os.path.abspath(path)


def find_shared():
    """The folder of shared data beside the checkout, or None; a test that needs it then says that it was skipped."""
    folder = pathlib.Path(os.environ.get("POSTERN_SHARED", REPOSITORY.parent / "shared"))
    return folder if folder.is_dir() else None


def skip(reason):
    """Ends the test as skipped, with the reason."""
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def scrubbed_environment(home):
    """Nothing of the caller's settings reaches the executable: no locale, no time zone, no configuration, no proxy."""
    options = f"exitcode={SANITIZER_EXIT}:abort_on_error=0:detect_leaks=1"
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "TZ": "UTC",
        "LC_ALL": "C",
        "NO_COLOR": "1",
        # What is installed beside it decides nothing: tests of rendering name the programs themselves.
        "POSTERN_HELM": "",
        "POSTERN_KUSTOMIZE": "",
        "ASAN_OPTIONS": options,
        "UBSAN_OPTIONS": f"{options}:print_stacktrace=1",
    }


def run(arguments, folder, *, executable=None, stdin=b"", timeout=120, environment=None):
    """Runs the executable in `folder`; raises Crash when it did not end with one of its documented answers."""
    command = [executable or find(), *map(str, arguments)]
    variables = {**scrubbed_environment(folder), **(environment or {})}
    try:
        done = subprocess.run(command, cwd=folder, env=variables, input=stdin, capture_output=True, timeout=timeout, check=False)
    except subprocess.TimeoutExpired:
        raise Crash(f"no answer within {timeout} s: {' '.join(command)}") from None
    if done.returncode not in ANSWERS or SANITIZER_WORDS.search(done.stderr):
        talk = done.stderr.decode("utf-8", "replace")[-4000:]
        raise Crash(f"exit code {done.returncode}: {' '.join(command)}\n{talk}")
    return Answer(done.returncode, done.stdout, done.stderr)
