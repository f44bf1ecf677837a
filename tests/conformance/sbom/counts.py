# SPDX-License-Identifier: Apache-2.0
"""What a bill of materials holds, counted from the raw file: components and weaknesses. Knows nothing of what Postern reads.

Components count at any depth. Files, data, devices and cryptographic assets without a package URL are no components of a build, nor are
applications without a version, which stand for lock files; what the whole is does not count among its parts."""
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

NO_PARTS = {"cryptographic-asset", "data", "device", "file"}


def parts_of(kind, version, purl):
    """0, 1, or 2 where the package URL names a version that has nothing in common with the component's own: then both count."""
    if not purl:
        return int(kind not in NO_PARTS and (kind != "application" or bool(version)))
    other = urllib.parse.unquote(purl.split("?")[0].split("#")[0].rpartition("@")[2]) if "@" in purl.rsplit("/", 1)[-1] else ""
    return 2 if version and other and version not in other and other not in version else 1


def cyclonedx_json(document):
    whole = (document.get("metadata") or {}).get("component") or {}
    count, waiting = 0, list(document.get("components") or []) + list(whole.get("components") or [])
    while waiting:
        component = waiting.pop()
        waiting += component.get("components") or []
        is_whole = component.get("bom-ref") and component.get("bom-ref") == whole.get("bom-ref")
        count += 0 if is_whole else parts_of(component.get("type"), component.get("version"), component.get("purl"))
    weaknesses = sum(max(1, len(each.get("affects") or [])) for each in document.get("vulnerabilities") or [])
    return count, weaknesses


def child(element, name):
    return next((each for each in element if each.tag.rsplit("}", 1)[-1] == name), None)


def text(element, name):
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""


def cyclonedx_xml(root):
    count = 0
    metadata = child(root, "metadata")
    whole = child(metadata, "component") if metadata is not None else None
    waiting = [each for owner in (root, whole) if owner is not None for each in (child(owner, "components") or [])]
    while waiting:
        component = waiting.pop()
        inner = child(component, "components")
        waiting += list(inner) if inner is not None else []
        count += parts_of(component.get("type"), text(component, "version"), text(component, "purl"))
    listed = child(root, "vulnerabilities")
    weaknesses = 0
    for each in listed if listed is not None else []:
        affects = child(each, "affects")
        weaknesses += max(1, len(affects) if affects is not None else 0)
    return count, weaknesses


def packages(rows, described):
    """Rows are tuples of identifier, purpose, version and package URL; one that is described alone is the whole."""
    whole = next(iter(described)) if len(described) == 1 and len(rows) > 1 else None
    return sum(each[0] != whole and (bool(each[3]) or bool(each[2]) or each[1] not in ("APPLICATION", "FILE")) for each in rows), 0


def said(value):
    return None if value in (None, "NOASSERTION", "NONE") else value


def spdx_json(document):
    rows = []
    for each in document.get("packages") or []:
        purl = next((one["referenceLocator"] for one in each.get("externalRefs") or [] if one.get("referenceType") == "purl"), None)
        rows.append((each.get("SPDXID"), each.get("primaryPackagePurpose"), said(each.get("versionInfo")), purl))
    described = set(document.get("documentDescribes") or [])
    for each in document.get("relationships") or []:
        if each["relationshipType"] == "DESCRIBES" and each["spdxElementId"] == "SPDXRef-DOCUMENT":
            described.add(each["relatedSpdxElement"])
        if each["relationshipType"] == "DESCRIBED_BY" and each["relatedSpdxElement"] == "SPDXRef-DOCUMENT":
            described.add(each["spdxElementId"])
    return packages(rows, described)


def spdx_tag_value(content):
    content = re.sub(r"<text>.*?</text>", "TEXT", content, flags=re.DOTALL)
    described = set(re.findall(r"^Relationship:\s*SPDXRef-DOCUMENT\s+DESCRIBES\s+(\S+)", content, flags=re.MULTILINE))
    described |= set(re.findall(r"^Relationship:\s*(\S+)\s+DESCRIBED_BY\s+SPDXRef-DOCUMENT", content, flags=re.MULTILINE))
    rows = []
    for part in re.split(r"^PackageName:", content, flags=re.MULTILINE)[1:]:
        part = re.split(r"^(?:FileName|SnippetSPDXID|LicenseID):", part, flags=re.MULTILINE)[0]

        def first(pattern, part=part):
            found = re.search(pattern, part, flags=re.MULTILINE)
            return found and found.group(1)

        rows.append((first(r"^SPDXID:\s*(\S+)"), first(r"^PrimaryPackagePurpose:\s*(\S+)"), said(first(r"^PackageVersion:\s*(.*\S)")),
                     first(r"^ExternalRef:\s*\S+\s+purl\s+(\S+)")))
    return packages(rows, described)


def spdx3(document):
    elements = document["@graph"]
    named = {each.get("spdxId"): each for each in elements}
    found = [each for each in elements if each["type"].endswith("Package") and each["type"] != "Package"]
    waiting = [root for each in elements if each["type"] == "SpdxDocument" for root in each.get("rootElement") or []]
    described = set()
    while waiting:
        name = waiting.pop()
        roots = named.get(name, {}).get("rootElement")
        waiting += roots or []
        if not roots:
            described.add(name)
    whole = next(iter(described)) if len(described) == 1 and len(found) > 1 else None
    return sum(each["spdxId"] != whole for each in found), 0


def syft(document):
    return len(document["artifacts"]), 0


def counted(path):
    """(format, components, weaknesses) of a file; None where it is no bill of materials."""
    content = path.read_bytes().decode("utf-8-sig", "replace")
    start = content.lstrip()
    if start.startswith("<"):
        return ("CycloneDX XML", *cyclonedx_xml(ElementTree.fromstring(content.encode()))) if "cyclonedx.org/schema/bom/" in content else None
    if start.startswith("SPDXVersion:"):
        return ("SPDX tag-value", *spdx_tag_value(content))
    if not start.startswith("{"):
        return None
    document = json.loads(content)
    for name, mark, count in (("CycloneDX JSON", "bomFormat", cyclonedx_json), ("SPDX JSON", "spdxVersion", spdx_json),
                              ("SPDX 3 JSON-LD", "@graph", spdx3), ("Syft JSON", "artifacts", syft)):
        if mark in document:
            return (name, *count(document))
    return None
