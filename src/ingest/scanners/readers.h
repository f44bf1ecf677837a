// SPDX-License-Identifier: Apache-2.0
// All readers of reports; each has a file of its name. The table of them is in registry.cpp.
#pragma once
#include <ingest/scanners/report.h>

#include <array>

namespace postern::ingest::scanners {

extern const Reader k_aqua;
extern const Reader k_asff;
extern const Reader k_checkmarx;
extern const Reader k_checkmarx_one;
extern const Reader k_checkmarx_osa;
extern const Reader k_checkov;
extern const Reader k_csaf;
extern const Reader k_defender;
extern const Reader k_dependency_check;
extern const Reader k_dependency_track;
extern const Reader k_gitlab;
extern const Reader k_gitleaks;
extern const Reader k_govulncheck;
extern const Reader k_grype;
extern const Reader k_inspector;
extern const Reader k_kics;
extern const Reader k_kube_linter;
extern const Reader k_kubescape;
extern const Reader k_mend;
extern const Reader k_npm_audit;
extern const Reader k_nuclei;
extern const Reader k_openvex;
extern const Reader k_osv_scanner;
extern const Reader k_pip_audit;
extern const Reader k_prisma;
extern const Reader k_prowler;
extern const Reader k_sarif;
extern const Reader k_semgrep;
extern const Reader k_snyk;
extern const Reader k_snyk_api;
extern const Reader k_sonarqube;
extern const Reader k_sysdig;
extern const Reader k_tfsec;
extern const Reader k_trivy;
extern const Reader k_trufflehog;
extern const Reader k_veracode;
extern const Reader k_veracode_sca;
extern const Reader k_wiz;
extern const Reader k_xray;
extern const Reader k_yarn_audit;
extern const Reader k_zap;

}  // namespace postern::ingest::scanners
