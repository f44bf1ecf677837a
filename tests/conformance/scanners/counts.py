# SPDX-License-Identifier: Apache-2.0
"""How many findings a report holds, counted from the raw report: one function a tool, none of which knows what Postern reads.

A check that passed is no finding; one that was suppressed, ignored or fixed is one with a status. Each function takes the parsed report:
JSON as Python values (several values in a row as a list), XML as an element, CSV as a list of dictionaries.
"""
import csv
import io
import json
import xml.etree.ElementTree as ElementTree


def parse(path):
    """The report as Python values; None for an empty file."""
    text = path.read_bytes().decode("utf-8-sig", "replace").strip()
    if not text:
        return None
    if path.suffix == ".xml":
        return ElementTree.fromstring(text.encode("utf-8") if "ISO-8859-1" not in text[:80] else text.encode("latin-1"))
    if path.suffix == ".csv":
        first = text.splitlines()[0]
        return list(csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=first.count)))
    values, at, decoder = [], 0, json.JSONDecoder(strict=False)
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        while at < len(text) and text[at].isspace():
            at += 1
    return values[0] if len(values) == 1 else values


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def elements(root, name):
    return [each for each in root.iter() if local(each) == name]


def aqua(report):
    count = 0
    for image in listed(report):
        image = image.get("results", image)
        count += len(image.get("cves") or []) + len(image.get("result") or [])
        for item in image.get("resources") or []:
            count += sum(len(item.get(key) or []) for key in ("vulnerabilities", "sensitive_data_items", "malware"))
    return count


def findings_list(report):
    if isinstance(report, dict):
        report = next((report[key] for key in ("Findings", "findings") if key in report), [report])
    return len(report or [])


def prowler(report):
    words = (str(row.get("status_code") or row.get("STATUS") or row.get("Status") or row.get("CHECK_RESULT")) for row in listed(report))
    return sum(word.lower() in ("fail", "warning") for word in words)


def defender(report):
    if isinstance(report, list):
        return sum(row["state"] == "Unhealthy" for row in report)
    return len(report["value"])


def checkmarx(report):
    if isinstance(report, ElementTree.Element):
        return len(elements(report, "Result"))
    return checkmarx_one(report)


def checkmarx_one(report):
    if "results" in report:
        return len(report["results"])
    results = report["scanResults"]
    queries = list(results.get("resultsList") or [])
    for language in (results.get("sast") or {}).get("languages", []):
        queries += language["queries"]
    return sum(len(query["vulnerabilities"]) for query in queries)


def checkmarx_osa(report):
    return sum("cveName" in row for part in report for row in part)


def checkov(report):
    return sum(len(part["results"]["failed_checks"]) + len(part["results"]["skipped_checks"]) for part in listed(report))


def dependency_check(report):
    return len(elements(report, "vulnerability")) + len(elements(report, "suppressedVulnerability"))


def vulnerabilities_list(report):
    return len(report["vulnerabilities"])


def rows(report):
    return len(listed(report))


def govulncheck(report):
    """An advisory on a module is one finding, whatever number of traces lead to it."""
    if isinstance(report, dict):
        return len({(each["OSV"]["id"], each["ModPath"]) for each in report["Vulns"]})
    found = [message["finding"] for message in report if "finding" in message]
    return len({(each["osv"], each["trace"][0]["module"]) for each in found})


def grype(report):
    return len(report["matches"]) + len(report.get("ignoredMatches") or [])


def xray(report):
    if isinstance(report, list):
        return sum(max(1, len(each.get("components") or {})) for scan in report for each in scan.get("vulnerabilities") or [])
    if "artifacts" in report:
        return sum(len(artifact["issues"]) for artifact in report["artifacts"])
    return len(report.get("rows", report.get("data")))


def kics(report):
    return sum(len(query["files"]) for query in report["queries"])


def kube_linter(report):
    return len(report["Reports"] or [])


def kubescape(report):
    return sum(control["status"]["status"] == "failed" for result in report["results"] for control in result["controls"])


def mend(report):
    return len(report.get("vulnerabilities", report.get("response")))


def npm_audit(report):
    """Advisories; packages that are listed only because of what they need have none of their own."""
    if "advisories" in report:
        return len(report["advisories"])
    return sum(isinstance(via, dict) for package in report["vulnerabilities"].values() for via in package["via"])


def yarn_audit(report):
    if isinstance(report, dict):
        return npm_audit(report)
    return sum(line["type"] == "auditAdvisory" for line in report)


def pip_audit(report):
    return sum(len(each.get("vulns") or []) for each in (report["dependencies"] if isinstance(report, dict) else report))


def sarif(report):
    kinds = (result.get("kind", "fail") for run in report["runs"] for result in run.get("results") or [])
    return sum(kind not in ("pass", "notApplicable", "informational") for kind in kinds)


def semgrep(report):
    return len(report.get("results", report.get("findings")))


def snyk(report):
    count = 0
    for project in listed(report):
        count += len(project.get("vulnerabilities") or []) + len(project.get("infrastructureAsCodeIssues") or [])
        count += sum(len((project.get("filtered") or {}).get(key) or []) for key in ("ignore", "patch"))
        count += snyk(project.get("applications") or [])
    return count


def data_list(report):
    return len(report["data"])


def sonarqube(report):
    return len(report.get("issues") or []) + len(report.get("hotspots") or [])


def sysdig(report):
    return len(report["data"]) if isinstance(report, dict) else len(report)


def results_list(report):
    return len(report["results"] or [])


def trivy(report):
    if isinstance(report, list):
        return sum(trivy_result(result) for result in report)
    lists = ("Resources", "Vulnerabilities", "Misconfigurations", "Findings")
    owners = [owner for key in lists for owner in report.get(key) or []] if "ClusterName" in report else [report]
    return sum(trivy_result(result) for owner in owners for result in owner.get("Results") or [])


def trivy_result(result):
    failed = sum(each.get("Status") != "PASS" for each in result.get("Misconfigurations") or [])
    lists = ("Vulnerabilities", "Secrets", "Licenses", "ExperimentalModifiedFindings")
    return failed + sum(len(result.get(key) or []) for key in lists)


def prisma(report):
    if isinstance(report, list):
        return len(report)
    return sum(len(image.get("vulnerabilities") or []) + len(image.get("compliances") or []) for image in report["results"])


def veracode(report):
    if isinstance(report, ElementTree.Element):
        flaws = len(elements(report, "flaw"))
        return flaws + sum(local(each) == "vulnerability" for each in report.iter())
    return len(report["_embedded"]["findings"] if "_embedded" in report else report["findings"] if isinstance(report, dict) else report)


def veracode_sca(report):
    return len(report["_embedded"]["issues"] if isinstance(report, dict) else report)


def wiz(report):
    if isinstance(report, list):
        return len(report)
    result = report["result"]
    packages = [each for key in ("osPackages", "libraries", "applications", "cpes") for each in result.get(key) or []]
    matches = sum(len(rule["matches"]) for rule in result.get("ruleMatches") or [])
    return sum(len(package["vulnerabilities"]) for package in packages) + matches + len(result.get("secrets") or [])


def zap(report):
    return len(elements(report, "alertitem"))


# folder of samples -> (ids of readers that may know them, how to count)
TOOLS = {
    "anchore_grype": ("grype", grype),
    "aqua": ("aqua", aqua),
    "asff": ("asff", findings_list),
    "aws_inspector2": ("inspector", findings_list),
    "aws_prowler": ("prowler", prowler),
    "aws_prowler_v3plus": ("prowler", prowler),
    "awssecurityhub": ("asff", findings_list),
    "azure_security_center_recommendations": ("defender", defender),
    "checkmarx": ("checkmarx checkmarx-one", checkmarx),
    "checkmarx_one": ("checkmarx-one", checkmarx_one),
    "checkmarx_osa": ("checkmarx-osa", checkmarx_osa),
    "checkov": ("checkov", checkov),
    "dependency_check": ("dependency-check", dependency_check),
    "dependency_track": ("dependency-track", findings_list),
    "gitlab_api_fuzzing": ("gitlab", vulnerabilities_list),
    "gitlab_container_scan": ("gitlab", vulnerabilities_list),
    "gitlab_dast": ("gitlab", vulnerabilities_list),
    "gitlab_dep_scan": ("gitlab", vulnerabilities_list),
    "gitlab_sast": ("gitlab", vulnerabilities_list),
    "gitlab_secret_detection_report": ("gitlab", vulnerabilities_list),
    "gitleaks": ("gitleaks", rows),
    "govulncheck": ("govulncheck", govulncheck),
    "jfrog_xray_api_summary_artifact": ("xray", xray),
    "jfrog_xray_on_demand_binary_scan": ("xray", xray),
    "jfrog_xray_unified": ("xray", xray),
    "jfrogxray": ("xray", xray),
    "kics": ("kics", kics),
    "kubelinter": ("kube-linter", kube_linter),
    "kubescape": ("kubescape", kubescape),
    "mend": ("mend", mend),
    "ms_defender": ("defender", defender),
    "npm_audit": ("npm-audit", npm_audit),
    "npm_audit_7_plus": ("npm-audit", npm_audit),
    "nuclei": ("nuclei", rows),
    "osv_scanner": ("osv-scanner", results_list),
    "pip_audit": ("pip-audit", pip_audit),
    "pnpm_audit": ("npm-audit", npm_audit),
    "prowler": ("prowler", prowler),
    "sarif": ("sarif", sarif),
    "semgrep": ("semgrep", semgrep),
    "semgrep_pro": ("semgrep", semgrep),
    "snyk": ("snyk", snyk),
    "snyk_issue_api": ("snyk-api", data_list),
    "sonarqube": ("sonarqube", sonarqube),
    "sysdig_cli": ("sysdig", sysdig),
    "sysdig_reports": ("sysdig", sysdig),
    "tfsec": ("tfsec", results_list),
    "trivy": ("trivy", trivy),
    "trufflehog3": ("trufflehog", rows),
    "twistlock": ("prisma", prisma),
    "veracode": ("veracode", veracode),
    "veracode_sca": ("veracode-sca", veracode_sca),
    "wiz": ("wiz", wiz),
    "wizcli_dir": ("wiz", wiz),
    "wizcli_iac": ("wiz", wiz),
    "wizcli_img": ("wiz", wiz),
    "yarn_audit": ("npm-audit yarn-audit", yarn_audit),
    "zap": ("zap", zap),
}

# Samples that name no tool: an empty file, an empty list, an object without a word of it. They must be refused when given as reports.
NAMELESS = {
    "aqua/no_vuln.json",
    "aws_inspector2/aws_inspector2_zero_vul.json",
    "aws_prowler/no_vuln.json",
    "aws_prowler_v3plus/no_vuln.ocsf.json",
    "gitlab_dast/gitlab_dast_zero_vul.json",
    "gitleaks/no_findings.json",
    "govulncheck/empty.json",
    "nuclei/empty.jsonl",
    "nuclei/no_findings.json",
    "osv_scanner/no_findings.json",
    "pip_audit/empty.json",
    "snyk_issue_api/empty.json",
    "trivy/legacy_no_vuln.json",
    "trufflehog3/zero_vulns.json",
}
# Samples of a run that failed, by what the report says.
FAILED = {"gitlab_dast/empty_with_error.json", "sarif/no_runs.sarif", "sarif/spotbugs.sarif", "yarn_audit/empty_with_error.json"}
# What is no report: inputs of a tool, archives, a word about the samples.
IGNORED_SUFFIXES = {".md", ".yaml", ".zip"}
