#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""HTML reports and SVG maps: well-formed, self-contained, and inert whatever anything is called; also in a real browser."""
import html.parser
import re
import unittest
import xml.etree.ElementTree

import browser
import sample

# What tries to break out of each place where a name may stand...
OPENINGS = ("", "\"", "'", "\">", "'>", "-->", "</title>", "</code>", "</td></tr></table>", "</style>", "</svg>", "]]>", "&quot;>", "\\\">", "`",
            "</text></g></svg>", "\u2028", "\x00", "%22%3e", "&#34;&#62;", "</details></main>", "*/", "\"/>", "{{", "${")
# ... and what would show that it did: each says `postern-ran` on the console, or asks the server for something.
PAYLOADS = (
    "<script>console.log('postern-ran')</script>", "<img src=/ran onerror=\"console.log('postern-ran')\">", "<svg onload=console.log('postern-ran')>",
    "<iframe src=/ran></iframe>", " onmouseover=console.log('postern-ran') x=", "<style>@import '/ran';</style>", "<link rel=stylesheet href=/ran>",
    "<a href=\"javascript:console.log('postern-ran')\">x</a>", "<body onload=console.log('postern-ran')>", "<foreignObject><script>console.log('postern-ran')</script>",
    "<use href=\"/ran#x\"/>", "<animate onbegin=console.log('postern-ran') attributeName=x dur=1s>", "<meta http-equiv=refresh content='0;url=/ran'>",
    "<base href=/ran/>", "<object data=/ran></object>", "<form action=/ran><button>x", "<image href=/ran>", "<?xml-stylesheet href='/ran'?>",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "<input autofocus onfocus=console.log('postern-ran')>",
)
NOT_IN_NAMES = "[/% \x00-\x1f\u2028]"
HOSTILE = tuple(opening + payload for opening in OPENINGS for payload in PAYLOADS)

VOID = {"meta", "link", "br"}
FORBIDDEN = {"script", "iframe", "object", "embed", "form", "img", "base", "foreignobject", "use", "image", "input", "video", "audio", "button", "animate"}
ADDRESSES = {"href", "src", "action", "data", "xlink:href", "srcset", "poster", "formaction", "background", "ping", "cite"}


class Page(html.parser.HTMLParser):
    """Reads a page as browsers do, and notes whatever runs, loads or styles, and everything that is said."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.breaches, self.texts, self.titles, self.inside = [], [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        if tag not in VOID:
            self.inside.append(tag)
        self.judge(tag, attrs)

    def handle_startendtag(self, tag, attrs):
        self.elements.append(tag)
        self.judge(tag, attrs)

    def handle_endtag(self, tag):
        if not self.inside or self.inside.pop() != tag:
            self.breaches.append(f"closed what is not open: {tag}")

    def handle_data(self, data):
        where = self.inside[-1] if self.inside else ""
        if where == "title":
            self.titles.append(data)
        elif where != "style":
            self.texts.append(data)

    def judge(self, tag, attrs):
        if tag in FORBIDDEN:
            self.breaches.append(f"element {tag}")
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.breaches.append(f"attribute {name} of {tag}")
            if name in ADDRESSES and not (value.startswith("#") or (tag, value) == ("link", "postern.css")):
                self.breaches.append(f"address {value} in {name} of {tag}")


def as_xml(page):
    """The page as XML; its document type is none of XML's."""
    return xml.etree.ElementTree.fromstring(page.removeprefix("<!DOCTYPE html>\n"))


def local(element):
    return element.tag.rsplit("}", 1)[-1]


class PageTest(sample.CommandLineTest):
    """A release that opens a service to the internet."""

    def setUp(self):
        super().setUp()
        self.write("baseline/app.yaml", sample.APPLICATION)
        opened = {**sample.service("web", "LoadBalancer"), "metadata": {"name": "open", "namespace": "app"}}
        self.write("candidate/app.yaml", [*sample.APPLICATION, opened])

    def write_hostile(self):
        """A candidate in which everything that can have a name is called like an attack.

        Names of objects bear no slash, percent sign, space or control character (P1214), all else bears everything.
        """
        names = []
        for number, text in enumerate(HOSTILE):
            name = f"{re.sub(NOT_IN_NAMES, '~', text)}{number}"
            workload = sample.deployment(name, [("TEXT", text), ("PARTNER_URL", f"https://{text}/x")], image=text)
            workload["metadata"]["labels"] = {"postern.dev/owner": text}
            file = re.sub(r"[/\x00]", "_", text) if number % 5 == 0 else "plain"
            self.write(f"candidate/{file}{number}.yaml", [sample.service(name, "LoadBalancer"), workload])
            names.append(name)
        return names


class PagesTest(PageTest):
    def read(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def assert_inert(self, page):
        read = Page(page)
        self.assertEqual([], read.breaches)
        as_xml(page)
        return read

    def test_one_file_has_everything_in_it(self):
        answer = self.gate("--report", "html=report.html", "--report", "json=decision.json")
        self.assert_answer(1, answer)
        page = self.read("report.html")
        read = self.assert_inert(page)
        self.assertEqual(1, read.elements.count("style"))
        self.assertEqual(0, read.elements.count("link"))
        for element in ("main", "nav", "header", "footer", "h1", "svg"):
            self.assertIn(element, read.elements)
        self.assertIn("EXPOSED-TO-INTERNET", read.texts)
        again = self.run_postern("render", "decision.json", "--format", "html")
        self.assertEqual(page, again.text(), "the page is not made of the decision alone")

    def test_a_folder_holds_a_page_without_any_style(self):
        (self.root / "there").mkdir()
        for folder in ("new/deep/", "there", "there/"):
            with self.subTest(folder):
                self.assert_answer(1, self.gate("--report", f"html={folder}"))
                page = self.read(f"{folder}/index.html")
                read = self.assert_inert(page)
                self.assertNotIn("style", read.elements)
                self.assertEqual(1, read.elements.count("link"))
                self.assertIn("prefers-color-scheme: dark", self.read(f"{folder}/postern.css"))

    def test_a_place_that_cannot_be_written_is_said(self):
        self.write("file", "text")
        """The verdict stays: this release is blocked whatever becomes of its reports."""
        for place in ("html=file/report/", "html=absent/report.html"):
            answer = self.gate("--report", place)
            self.assert_answer(1, answer)
            self.assertIn(place.split("=")[1].split("/")[0], answer.talk())

    def test_a_map_shows_each_part_once(self):
        svg = self.run_postern("map", "candidate", "--config", "postern.yaml", "--format", "svg")
        self.assert_answer(0, svg)
        drawing = xml.etree.ElementTree.fromstring(svg.text())
        titles = [title.text for title in drawing.iter() if local(title) == "title"]
        for part in ("app/web: service", "app/orders: service"):
            self.assertEqual(1, sum(title.startswith(part) for title in titles), titles)
        self.assertEqual(1, titles.count("app/web calls app/orders"), titles)
        names = {local(element) for element in drawing.iter()}
        self.assertEqual(set(), names & (FORBIDDEN | {"style", "a"}))
        for element in drawing.iter():
            self.assertEqual([], [name for name in element.attrib if name.startswith("on") or name == "style" or "href" in name])
        page = self.run_postern("map", "candidate", "--config", "postern.yaml", "--format", "html")
        self.assert_answer(0, page)
        self.assertIn("app/web: service, reachable from the internet", self.assert_inert(page.text()).titles)

    def test_no_name_is_markup(self):
        names = self.write_hostile()
        answer = self.gate("--report", "html=report.html", "--report", "html=folder/")
        self.assertIn(answer.code, (1, 3), answer.talk())
        for path in ("report.html", "folder/index.html"):
            page = self.read(path)
            read = self.assert_inert(page)
            said = "".join(read.texts + read.titles)
            shown = sum(name in said for name in names)
            self.assertGreater(shown, 450, "the names are not even shown, so nothing was tested")
            self.assertNotRegex(page, "[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
        svg = self.run_postern("map", "candidate", "--config", "postern.yaml", "--format", "svg").text()
        xml.etree.ElementTree.fromstring(svg)
        self.assertEqual([], [breach for breach in Page(svg.split("\n", 1)[1]).breaches if "closed" not in breach])


@unittest.skipUnless(browser.executable(), "skipped: no Chromium is installed")
class BrowserTest(PageTest):
    """The same in a browser, with and without the policy of Jenkins."""

    def assert_quiet(self, folder, page, policy, expected):
        visit = browser.visit(folder, page, policy)
        self.assertTrue(visit.is_shown, "the page was not shown: a dialog?")
        self.assertEqual((), visit.console)
        self.assertEqual(sorted(expected), sorted(visit.requests))

    def test_the_browser_would_tell(self):
        """The control: what must not be on our pages is seen where it is."""
        bad = "<!DOCTYPE html><body style='color:red'><script>console.log('postern-ran')</script><img src=/ran>"
        self.write("bad.html", bad)
        visit = browser.visit(self.root, "bad.html")
        self.assertTrue(any("postern-ran" in line for line in visit.console), visit)
        self.assertIn("/ran", visit.requests)
        visit = browser.visit(self.root, "bad.html", browser.JENKINS)
        self.assertTrue(any("Content Security Policy" in line for line in visit.console), visit)

    def test_pages_are_quiet(self):
        self.write_hostile()
        (self.root / "one").mkdir()
        answer = self.gate("--report", "html=one/report.html", "--report", "html=folder/")
        self.assertIn(answer.code, (1, 3), answer.talk())
        self.assert_quiet(self.root / "folder", "index.html", browser.JENKINS, ["/index.html", "/postern.css"])
        self.assert_quiet(self.root / "folder", "index.html", "", ["/index.html", "/postern.css"])
        self.assert_quiet(self.root / "one", "report.html", "", ["/report.html"])


if __name__ == "__main__":
    unittest.main()
