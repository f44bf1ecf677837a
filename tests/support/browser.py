# SPDX-License-Identifier: Apache-2.0
"""Pages in a real browser: a headless Chromium against a folder that is served from loopback, with what it complained about."""
import dataclasses
import functools
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading

# What Jenkins sends with the files of a build unless somebody weakened it.
JENKINS = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';"
CONSOLE = re.compile(r"CONSOLE[:(].*")


def executable():
    """The browser, or None where there is none."""
    return next((path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)


@dataclasses.dataclass(frozen=True)
class Visit:
    """What became of a page: lines on the console, addresses that were asked for, whether it was shown at all.

    A dialog keeps a page from being shown.
    """

    console: tuple
    requests: tuple
    is_shown: bool


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under a policy and notes what was asked for."""

    def __init__(self, *arguments, policy, requests, **options):
        self.policy, self.requests = policy, requests
        super().__init__(*arguments, **options)

    def end_headers(self):
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def do_GET(self):
        self.requests.append(self.path)
        super().do_GET()

    def log_message(self, *arguments):
        pass


def run(arguments, limit):
    """Runs the browser with a fresh profile; returns what it said, or None when it did not end in time."""
    with tempfile.TemporaryDirectory(prefix="postern-browser-", ignore_cleanup_errors=True) as profile:
        command = [executable(), "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions",
                   "--disable-background-networking", "--hide-scrollbars", f"--user-data-dir={profile}", "--enable-logging=stderr",
                   "--log-level=0", *arguments]
        if os.geteuid() == 0:
            command.insert(1, "--no-sandbox")
        try:
            answer = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limit, check=False,
                                    env={**os.environ, "HOME": profile})
        except subprocess.TimeoutExpired:
            return None
        return answer.stderr.decode("utf-8", "replace")


def visit(folder, page, policy="", limit=120):
    """Opens FOLDER/PAGE under a content security policy."""
    requests = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder), policy=policy, requests=requests))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with tempfile.TemporaryDirectory(prefix="postern-picture-") as shown:
            picture = pathlib.Path(shown) / "page.png"
            talk = run([f"--screenshot={picture}", f"http://127.0.0.1:{server.server_port}/{page}"], limit)
            is_shown = talk is not None and picture.exists()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    console = tuple(match.group() for match in map(CONSOLE.search, (talk or "").splitlines()) if match)
    return Visit(console, tuple(path for path in requests if path != "/favicon.ico"), is_shown)


def screenshot(page, picture, width, height, dark=False):
    """Writes a picture of a file into PICTURE (a .png), or the printed page (a .pdf)."""
    form = f"--print-to-pdf={picture}" if str(picture).endswith(".pdf") else f"--screenshot={picture}"
    colours = ["--blink-settings=preferredColorScheme=0"] if dark else []
    return run([f"--window-size={width},{height}", *colours, form, pathlib.Path(page).resolve().as_uri()], 180)
