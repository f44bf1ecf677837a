# SPDX-License-Identifier: Apache-2.0
"""Sends JSON rows through a program and reads one JSON row back for each."""
import json
import subprocess


def answers(command, rows):
    """The answers of `command` to `rows`; a row that is a string is sent as it is."""
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    run = subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True)
    result = [json.loads(line) for line in run.stdout.decode().splitlines()]
    if len(result) != len(rows):
        raise SystemExit(f"{len(rows)} rows went in, {len(result)} came out")
    return result
