#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""List every scalar of Kubernetes YAML files that looks like a host or a URL.

    list_addresses.py FILE...                      TSV: file, line, value (each value once a file)
    list_addresses.py --truth TRUTH.yaml FILE...   only what the truth leaves unexplained; exit status 1 if there is any

This is a second, deliberately simple reader: it shares no code and no rules with the product, so that an address which the
product overlooks is still seen. It answers "does this look like an address", never "is it a relation".

What is listed:
  * URLs, HOST:PORT, :PORT, IP addresses, host names with a usual ending (example.com, db.ns.svc);
  * a word equal to the name of a Service that one of the files declares;
  * the value of a variable whose name says that it is an address (..._HOST, ..._ADDR, ..._URL, seed_hosts ...).
A scalar of one line is listed whole; of a text of several lines (a script, a file inside a ConfigMap) each address is listed.
What is not looked at: comments and keys; image references, API groups, names and labels of objects, and selectors (facts of other
kinds); Secret `data` (base64).

PyYAML is used when it can be imported and the file is YAML as it stands; otherwise a plain scan of the lines, which sees somewhat more noise.
"""
import re
import sys

try:
    import yaml
except ImportError:
    yaml = None

URL = re.compile(r"[A-Za-z%][\w+.()%-]*://[^\s\"'<>`\\|]*")
HOST_PORT = re.compile(
    r"(?<![\w.:/@$%-])(?:\$\(\w+\)|\$\{[^}\s]+\}|[A-Za-z_][\w.-]*|\d+(?:\.\d+){3}):\d{2,5}(?![\w.:-])"
    r"|(?:^|(?<=[\s=,])):\d{2,5}(?![\w.:-])")
IP = re.compile(r"(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?(?![\w.])")
DOTTED = re.compile(
    r"(?<![\w@.-])(?:[A-Za-z0-9-]+\.)+(?:com|net|org|io|dev|cloud|local|internal|svc|gov|edu|co|uk|de|eu|ai|app|info)(?![\w-])(?!\.\w)")
ADDRESS_VARIABLE = re.compile(
    r"(?:^|[_.])(?:hosts?|hostname|addr|address|addresses|urls?|uri|uris|endpoints?|servers?|brokers?|dsn|seed_hosts)$", re.I)
PLAIN = re.compile(r"^(?:|-?[\d.]+|true|false|yes|no|null)$", re.I)

SKIPPED = {"image", "apiVersion", "apiGroup", "apiGroups", "kind", "labels", "matchLabels", "matchExpressions", "selector",
           "nodeSelector", "topologyKey"}
NO_NAMES = {"name", "namespace", "serviceAccountName", "serviceName", "claimName", "secretName", "metadata"}


def addresses(text, services):
    """The substrings of one line that look like an address."""
    found = []

    def take(match):
        token = match.group(0).rstrip(".,;")
        while token and token[-1] in ")]}" and token.count(token[-1]) > token.count({")": "(", "]": "[", "}": "{"}[token[-1]]):
            token = token[:-1].rstrip(".,;")
        if token:
            found.append(token)
        return " " * len(match.group(0))

    for pattern in (URL, HOST_PORT, IP, DOTTED):
        text = pattern.sub(take, text)
    for name in services:
        if re.search(r"(?<![\w./-])" + re.escape(name) + r"(?![\w.-])", text):
            found.append(name)
    return found


def in_document(node, services, line_of, path=(), variable=None):
    """Yield (line, value) of one parsed document."""
    if isinstance(node, yaml.MappingNode):
        name = next((v.value for k, v in node.value if k.value == "name" and isinstance(v, yaml.ScalarNode)), None)
        kind = next((v.value for k, v in node.value if k.value == "kind"), None) if not path else None
        for key, value in node.value:
            if key.value in SKIPPED or (kind == "Secret" and key.value == "data"):
                continue
            yield from in_document(value, services, line_of, path + (key.value,), name if key.value == "value" else None)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from in_document(value, services, line_of, path)
    else:
        line = line_of(node)
        names = () if NO_NAMES & set(path) and "annotations" not in path else services
        lines = node.value.split("\n")
        if len(lines) > 1:
            for offset, text in enumerate(lines, 1 if node.style in ("|", ">") else 0):
                for value in addresses(text, names):
                    yield line + offset, value
        elif addresses(node.value, names):
            yield line, node.value
        elif variable and ADDRESS_VARIABLE.search(variable) and not PLAIN.match(node.value):
            yield line, node.value


def service_names(texts):
    """Names of the declared Services, by a scan of the lines so that it works without PyYAML too."""
    names = set()
    for text in texts:
        for document in re.split(r"(?m)^---\s*$", text):
            if re.search(r"(?m)^kind:\s*[\"']?Service[\"']?\s*$", document):
                match = re.search(r"(?m)^metadata:\s*\n(?:[ \t]+.*\n|\s*\n)*?[ \t]{1,4}name:\s*[\"']?([\w.-]+)", document)
                if match:
                    names.add(match.group(1))
    return sorted(names)


def in_lines(text, services):
    """Without PyYAML: every line after its key, comments cut off."""
    before = ""
    for number, line in enumerate(text.splitlines(), 1):
        content = re.sub(r"(?:^|\s)#.*$", "", line)
        match = re.match(r"\s*(?:-\s+)?(?:([\w./-]+):\s+)?(.*)$", content)
        key, value = match.group(1) or "", match.group(2).strip().strip("\"'")
        if key not in SKIPPED and not key.startswith(("app.kubernetes.io", "helm.sh")):
            bare = () if key in NO_NAMES or key == "app" else services
            if addresses(value, bare):
                yield number, value
            elif key == "value" and ADDRESS_VARIABLE.search(before) and not PLAIN.match(value):
                yield number, value
        if key == "name":
            before = value


def listing(paths):
    texts = [open(path, encoding="utf-8").read() for path in paths]
    services = service_names(texts)
    for path, text in zip(paths, texts):
        seen = set()
        # A file with directives of a template is YAML only after it was rendered.
        if yaml and "%{" not in text:
            found = (item for document in yaml.compose_all(text, yaml.SafeLoader) if document
                     for item in in_document(document, services, lambda node: node.start_mark.line + 1))
        else:
            found = in_lines(text, services)
        for line, value in found:
            if value not in seen:
                seen.add(value)
                yield path, line, value


def unexplained(truth, rows):
    mentions = {m for section in ("relations", "state_relations") for entry in truth.get(section) or ()
                for m in entry.get("mentions") or ()}
    ignored = truth.get("ignored_addresses") or ()
    values = {entry["value"] for entry in ignored if "value" in entry}
    patterns = [re.compile(entry["pattern"]) for entry in ignored if "pattern" in entry]
    return [row for row in rows if row[2] not in mentions | values and not any(p.search(row[2]) for p in patterns)]


def main(arguments):
    truth = None
    if arguments[:1] == ["--truth"]:
        if yaml is None:
            sys.exit("--truth needs PyYAML")
        with open(arguments[1], encoding="utf-8") as stream:
            truth = yaml.safe_load(stream)
        arguments = arguments[2:]
    if not arguments:
        sys.exit(__doc__)
    rows = list(listing(arguments))
    if truth is not None:
        rows = unexplained(truth, rows)
    for path, line, value in rows:
        print(path, line, re.sub(r"[\t\r\n]+", " ", value), sep="\t")
    return 1 if truth is not None and rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
