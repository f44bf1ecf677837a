// SPDX-License-Identifier: Apache-2.0
// CVSS 3.0 and 3.1: "Common Vulnerability Scoring System v3.1: Specification Document", sections 7 and appendix A, and its
// predecessor.
#include <algorithm>
#include <array>
#include <cmath>

#include "cvss/formulas.h"
#include "cvss/vector.h"

namespace postern::cvss {
namespace {

/// The modified metrics follow in the order of those that they modify.
enum Metric : std::size_t { AV, AC, PR, UI, S, C, I, A, E, RL, RC, CR, IR, AR, MAV, MAC, MPR, MUI, MS, MC, MI, MA };

constexpr ValueRow k_undefined{"X", 1.0};
constexpr std::array<ValueRow, 6> k_vectors = {{{"N", 0.85}, {"A", 0.62}, {"L", 0.55}, {"P", 0.2}, k_undefined}};
constexpr std::array<ValueRow, 6> k_complexities = {{{"L", 0.77}, {"H", 0.44}, k_undefined}};
/// For an unchanged scope; see `privileges_of`.
constexpr std::array<ValueRow, 6> k_privileges = {{{"N", 0.85}, {"L", 0.62}, {"H", 0.27}, k_undefined}};
constexpr std::array<ValueRow, 6> k_interactions = {{{"N", 0.85}, {"R", 0.62}, k_undefined}};
constexpr std::array<ValueRow, 6> k_scopes = {{{"U", 0}, {"C", 1}, k_undefined}};
constexpr std::array<ValueRow, 6> k_impacts = {{{"H", 0.56}, {"L", 0.22}, {"N", 0}, k_undefined}};
constexpr std::array<ValueRow, 6> k_requirements = {{{"H", 1.5}, {"M", 1.0}, {"L", 0.5}, k_undefined}};

constexpr std::array k_metrics = {
    MetricRow{"AV", Group::base, k_vectors},
    MetricRow{"AC", Group::base, k_complexities},
    MetricRow{"PR", Group::base, k_privileges},
    MetricRow{"UI", Group::base, k_interactions},
    MetricRow{"S", Group::base, k_scopes},
    MetricRow{"C", Group::base, k_impacts},
    MetricRow{"I", Group::base, k_impacts},
    MetricRow{"A", Group::base, k_impacts},
    MetricRow{"E", Group::temporal, {{{"H", 1.0}, {"F", 0.97}, {"P", 0.94}, {"U", 0.91}, k_undefined}}},
    MetricRow{"RL", Group::temporal, {{{"U", 1.0}, {"W", 0.97}, {"T", 0.96}, {"O", 0.95}, k_undefined}}},
    MetricRow{"RC", Group::temporal, {{{"C", 1.0}, {"R", 0.96}, {"U", 0.92}, k_undefined}}},
    MetricRow{"CR", Group::environmental, k_requirements},
    MetricRow{"IR", Group::environmental, k_requirements},
    MetricRow{"AR", Group::environmental, k_requirements},
    MetricRow{"MAV", Group::environmental, k_vectors},
    MetricRow{"MAC", Group::environmental, k_complexities},
    MetricRow{"MPR", Group::environmental, k_privileges},
    MetricRow{"MUI", Group::environmental, k_interactions},
    MetricRow{"MS", Group::environmental, k_scopes},
    MetricRow{"MC", Group::environmental, k_impacts},
    MetricRow{"MI", Group::environmental, k_impacts},
    MetricRow{"MA", Group::environmental, k_impacts},
};

/// Up to one decimal place. Version 3.0 does so with the number as it is; 3.1 on hundred thousandths, so that binary fractions do
/// not push a score one tenth too high (appendix A).
double rounded_up(double value, Version version) {
  if (version == Version::v3_0) return std::ceil(value * 10) / 10;
  const long parts = std::lround(value * 100000);
  return static_cast<double>((parts + 9999) / 10000) / 10;
}

/// Under an environment a modified metric counts instead of the one that it modifies.
enum class View : std::uint8_t { base, environment };

Metric effective(const Vector& vector, View view, Metric metric) {
  const auto modified = static_cast<Metric>(metric < E ? metric + MAV : metric);
  return view == View::environment && metric < E && vector.has(modified) ? modified : metric;
}

double weight_of(const Vector& vector, View view, Metric metric) { return vector.weight(effective(vector, view, metric), 1); }

bool is_changed(const Vector& vector, View view) { return vector.name(effective(vector, view, S)) == "C"; }

/// Under a changed scope privileges hinder less.
double privileges_of(const Vector& vector, View view) {
  const std::string_view name = vector.name(effective(vector, view, PR));
  if (!is_changed(vector, view) || name == "N") return weight_of(vector, view, PR);
  return name == "L" ? 0.68 : 0.5;
}

double exploitability_of(const Vector& vector, View view) {
  return 8.22 * weight_of(vector, view, AV) * weight_of(vector, view, AC) * privileges_of(vector, view) *
         weight_of(vector, view, UI);
}

double impact_of(const Vector& vector, View view, Version version) {
  const auto part = [&](Metric impact, Metric requirement) {
    return 1 - weight_of(vector, view, impact) * (view == View::environment ? vector.weight(requirement, 1) : 1);
  };
  const double raw = 1 - part(C, CR) * part(I, IR) * part(A, AR);
  const double share = view == View::environment ? std::min(raw, 0.915) : raw;
  if (!is_changed(vector, view)) return 6.42 * share;
  if (view == View::environment && version == Version::v3_1)
    return 7.52 * (share - 0.029) - 3.25 * std::pow(share * 0.9731 - 0.02, 13);
  return 7.52 * (share - 0.029) - 3.25 * std::pow(share - 0.02, 15);
}

double score_of(const Vector& vector, View view, Version version) {
  const double impact = impact_of(vector, view, version);
  if (impact <= 0) return 0;
  const double sum = impact + exploitability_of(vector, view);
  return rounded_up(std::min(is_changed(vector, view) ? 1.08 * sum : sum, 10.0), version);
}

double temporal_of(const Vector& vector, double score, Version version) {
  return rounded_up(score * vector.weight(E, 1) * vector.weight(RL, 1) * vector.weight(RC, 1), version);
}

/// What is not defined counts as if it were not there.
void forget_undefined(Vector& vector) {
  for (std::size_t metric = E; metric < k_metrics.size(); ++metric) {
    if (vector.name(metric) == k_undefined.name) vector.forget(metric);
  }
}

std::string find_undefined(const Vector& vector) {
  for (std::size_t metric = AV; metric < E; ++metric) {
    if (vector.name(metric) == k_undefined.name)
      return "mandatory metric " + std::string(k_metrics[metric].name) + " is not defined";
  }
  return {};
}

}  // namespace

Scoring score_v3(Version version, std::string_view metrics) {
  Vector vector(k_metrics);
  std::string refusal = read_metrics(metrics, MetricOrder::any, vector);
  if (refusal.empty()) refusal = find_missing(vector);
  if (refusal.empty()) refusal = find_undefined(vector);
  if (!refusal.empty()) return {std::nullopt, std::move(refusal)};
  forget_undefined(vector);
  Scores scores;
  scores.version = version;
  scores.base = score_of(vector, View::base, version);
  scores.temporal = temporal_of(vector, scores.base, version);
  // Version 3.1 has another formula here, so this may differ although the vector says nothing of an environment.
  scores.environmental = temporal_of(vector, score_of(vector, View::environment, version), version);
  scores.overall = vector.has_any(Group::environmental) ? scores.environmental : scores.temporal;
  return {std::move(scores), {}};
}

}  // namespace postern::cvss
