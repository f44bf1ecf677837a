// SPDX-License-Identifier: Apache-2.0
// Node selectors and node affinity, as far as they say where in the world a pod runs.
#include "ingest/kubernetes/placement.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace postern::ingest::kubernetes {
namespace {

using base::Symbol;
using document::Node;
using Values = std::vector<Symbol>;

constexpr std::array<std::string_view, 2> k_zone_labels = {"topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"};
constexpr std::array<std::string_view, 2> k_region_labels = {"topology.kubernetes.io/region",
                                                             "failure-domain.beta.kubernetes.io/region"};

template <class Labels>
bool is_one_of(const Labels& labels, std::string_view key) {
  return std::find(labels.begin(), labels.end(), key) != labels.end();
}

/// The values that a term allows for a label, or nothing where it allows any.
std::optional<Values> allowed_by(const ObjectReader& reader, const Node& term, const std::array<std::string_view, 2>& labels) {
  std::optional<Values> allowed;
  reader.each_mapping(term, "matchExpressions", [&](const Node& expression) {
    if (!is_one_of(labels, expression["key"].text()) || expression["operator"].text() != "In") return;
    allowed.emplace();
    for (const Node value : expression["values"].items())
      if (value.is_scalar()) allowed->emplace_back(value.text());
  });
  return allowed;
}

/// The values that every alternative of the required node affinity restricts a label to; empty where one does not.
Values required_by_affinity(const ObjectReader& reader, const Node& pod, const std::array<std::string_view, 2>& labels) {
  const Node affinity = reader.mapping(pod, "affinity");
  const Node nodes = affinity ? reader.mapping(affinity, "nodeAffinity") : Node();
  const Node required = nodes ? reader.mapping(nodes, "requiredDuringSchedulingIgnoredDuringExecution") : Node();
  if (!required) return {};
  Values values;
  bool everywhere = false;
  reader.each_mapping(required, "nodeSelectorTerms", [&](const Node& term) {
    const auto allowed = allowed_by(reader, term, labels);
    if (allowed) values.insert(values.end(), allowed->begin(), allowed->end());
    everywhere = everywhere || !allowed;
  });
  return everywhere ? Values() : values;
}

/// A node selector, which names one value, narrows whatever the affinity allows.
Values places_of(const ObjectReader& reader, const Node& pod, const std::array<std::string_view, 2>& labels) {
  const Node selector = reader.mapping(pod, "nodeSelector");
  if (selector) {
    for (const std::string_view label : labels) {
      if (const Node value = selector[label]; value.is_scalar() && !value.text().empty()) return {Symbol(value.text())};
    }
  }
  Values values = required_by_affinity(reader, pod, labels);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

}  // namespace

void read_placement(const ObjectReader& reader, const Node& pod, std::vector<model::Attribute>& rows) {
  if (!pod["nodeSelector"] && !pod["affinity"]) return;
  const base::Location location = pod["nodeSelector"] ? pod["nodeSelector"].location() : pod["affinity"].location();
  if (Values zones = places_of(reader, pod, k_zone_labels); !zones.empty())
    rows.push_back({&model::attribute::zones, {}, {}, std::move(zones), location});
  if (const Values regions = places_of(reader, pod, k_region_labels); regions.size() == 1)
    rows.push_back({&model::attribute::declared_region, {}, {}, regions.front(), location});
}

}  // namespace postern::ingest::kubernetes
