// SPDX-License-Identifier: Apache-2.0
// The table of formats, alphabetical.
#include <ingest/kubernetes/manifest.h>
#include <ingest/registry.h>

#include <algorithm>
#include <array>

namespace postern::ingest {
namespace {

constexpr std::array k_formats = {
    FormatRow{
        "kubernetes", "Kubernetes manifests",
        "Objects of the Kubernetes API, the Gateway API, meshes, network plugins and common operators in YAML or JSON, List kinds "
        "and superseded API versions included",
        model::InputKind::manifests, kubernetes::is_manifest, kubernetes::extract_manifest},
};

}  // namespace

std::span<const FormatRow> formats() { return k_formats; }

const FormatRow* find_format(const document::Node& root) {
  const auto row = std::find_if(k_formats.begin(), k_formats.end(), [&](const FormatRow& format) { return format.sniff(root); });
  return row == k_formats.end() ? nullptr : &*row;
}

}  // namespace postern::ingest
