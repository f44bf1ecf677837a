// SPDX-License-Identifier: Apache-2.0
// The table of formats, alphabetical.
#include <ingest/arm/template.h>
#include <ingest/cyclonedx/cyclonedx.h>
#include <ingest/kubernetes/manifest.h>
#include <ingest/registry.h>
#include <ingest/spdx/spdx.h>
#include <ingest/spdx/spdx3.h>
#include <ingest/syft/syft.h>
#include <ingest/terraform/json_files.h>

#include <algorithm>
#include <array>

namespace postern::ingest {
namespace {

constexpr std::array k_formats = {
    FormatRow{
        "arm", "Azure Resource Manager templates",
        "Resources of templates in JSON, also those that `bicep build` writes, with their expressions as far as they can be known",
        model::InputKind::infrastructure, arm::is_template, arm::extract_template},
    FormatRow{
        "cyclonedx", "CycloneDX bills of materials",
        "Components at any depth, their licences and dependencies, services, weaknesses and VEX, in JSON of version 1.2 to 1.7 and "
        "XML of version 1.0 to 1.7",
        model::InputKind::sbom, cyclonedx::is_cyclonedx, cyclonedx::extract_cyclonedx},
    FormatRow{
        "kubernetes", "Kubernetes manifests",
        "Objects of the Kubernetes API, the Gateway API, meshes, network plugins and common operators in YAML or JSON, List kinds "
        "and superseded API versions included",
        model::InputKind::manifests, kubernetes::is_manifest, kubernetes::extract_manifest},
    FormatRow{
        "spdx", "SPDX documents",
        "Packages, their licences and relationships, and what is described, in JSON, YAML and tag-value of version 2.2 and 2.3",
        model::InputKind::sbom, spdx::is_spdx, spdx::extract_spdx},
    FormatRow{"spdx3", "SPDX 3 documents",
              "Packages, their licences and relationships, and what the document or its bill is about, in JSON-LD of version 3.0",
              model::InputKind::sbom, spdx::is_spdx3, spdx::extract_spdx3},
    FormatRow{"syft", "Syft's own JSON",
              "Artifacts with licences and what needs what, the image with its digests, and the distribution, of schema 1 to 16",
              model::InputKind::sbom, syft::is_syft, syft::extract_syft},
    FormatRow{
        "terraform-json", "Terraform plans and states",
        "Resources as they will be (terraform show -json PLAN) or are (terraform show -json, terraform.tfstate), of Terraform and "
        "OpenTofu",
        model::InputKind::infrastructure, terraform::is_plan_or_state, terraform::extract_planned, terraform::extract_prior},
};

}  // namespace

std::span<const FormatRow> formats() { return k_formats; }

const FormatRow* find_format(const document::Node& root) {
  const auto row = std::find_if(k_formats.begin(), k_formats.end(), [&](const FormatRow& format) { return format.sniff(root); });
  return row == k_formats.end() ? nullptr : &*row;
}

}  // namespace postern::ingest
