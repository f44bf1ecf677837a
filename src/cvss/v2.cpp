// SPDX-License-Identifier: Apache-2.0
// CVSS 2.0: "A Complete Guide to the Common Vulnerability Scoring System Version 2.0", section 3.2.
#include <algorithm>
#include <array>
#include <cmath>

#include "cvss/formulas.h"
#include "cvss/vector.h"

namespace postern::cvss {
namespace {

enum Metric : std::size_t { AV, AC, Au, C, I, A, E, RL, RC, CDP, TD, CR, IR, AR };

constexpr std::array<ValueRow, 6> k_impacts = {{{"N", 0.0}, {"P", 0.275}, {"C", 0.660}}};
constexpr std::array<ValueRow, 6> k_requirements = {{{"L", 0.5}, {"M", 1.0}, {"H", 1.51}, {"ND", 1.0}}};

/// In the order of `Metric`, which is the order of a vector.
constexpr std::array k_metrics = {
    MetricRow{"AV", Group::base, {{{"L", 0.395}, {"A", 0.646}, {"N", 1.0}}}},
    MetricRow{"AC", Group::base, {{{"H", 0.35}, {"M", 0.61}, {"L", 0.71}}}},
    MetricRow{"Au", Group::base, {{{"M", 0.45}, {"S", 0.56}, {"N", 0.704}}}},
    MetricRow{"C", Group::base, k_impacts},
    MetricRow{"I", Group::base, k_impacts},
    MetricRow{"A", Group::base, k_impacts},
    MetricRow{"E", Group::temporal, {{{"U", 0.85}, {"POC", 0.9}, {"F", 0.95}, {"H", 1.0}, {"ND", 1.0}}}},
    MetricRow{"RL", Group::temporal, {{{"OF", 0.87}, {"TF", 0.90}, {"W", 0.95}, {"U", 1.0}, {"ND", 1.0}}}},
    MetricRow{"RC", Group::temporal, {{{"UC", 0.90}, {"UR", 0.95}, {"C", 1.0}, {"ND", 1.0}}}},
    MetricRow{"CDP", Group::environmental, {{{"N", 0.0}, {"L", 0.1}, {"LM", 0.3}, {"MH", 0.4}, {"H", 0.5}, {"ND", 0.0}}}},
    MetricRow{"TD", Group::environmental, {{{"N", 0.0}, {"L", 0.25}, {"M", 0.75}, {"H", 1.0}, {"ND", 1.0}}}},
    MetricRow{"CR", Group::environmental, k_requirements},
    MetricRow{"IR", Group::environmental, k_requirements},
    MetricRow{"AR", Group::environmental, k_requirements},
};

/// To one decimal place, as doubles have it: published scores were computed so, and a half that is none in binary goes down.
double rounded(double value) { return std::floor(value * 10 + 0.5) / 10; }

double impact_of(const Vector& vector, bool adjusted) {
  const auto part = [&](Metric impact, Metric requirement) {
    return 1 - vector.weight(impact, 0) * (adjusted ? vector.weight(requirement, 1) : 1);
  };
  const double impact = 10.41 * (1 - part(C, CR) * part(I, IR) * part(A, AR));
  return adjusted ? std::min(10.0, impact) : impact;
}

double exploitability_of(const Vector& vector) { return 20 * vector.weight(AV, 0) * vector.weight(AC, 0) * vector.weight(Au, 0); }

double combine(double impact, double exploitability) {
  return impact == 0 ? 0 : (0.6 * impact + 0.4 * exploitability - 1.5) * 1.176;
}

double temporal_factor_of(const Vector& vector) { return vector.weight(E, 1) * vector.weight(RL, 1) * vector.weight(RC, 1); }

/// The guide does not say which of the steps in between are rounded. Published scores agree with rounding the exploitability, which
/// is a score of its own, and then only the result.
double environmental_of(const Vector& vector) {
  const double adjusted_base = combine(impact_of(vector, true), rounded(exploitability_of(vector)));
  const double adjusted = adjusted_base * temporal_factor_of(vector);
  return rounded((adjusted + (10 - adjusted) * vector.weight(CDP, 0)) * vector.weight(TD, 1));
}

std::string refusal_of(const Vector& vector) {
  std::string missing = find_missing(vector);
  if (!missing.empty() || !vector.has_any(Group::environmental)) return missing;
  for (const Metric metric : {CDP, TD, CR, IR, AR}) {
    if (!vector.has(metric))
      return "metric " + std::string(k_metrics[metric].name) + " is missing: the environment has all of its metrics or none";
  }
  return {};
}

}  // namespace

Scoring score_v2(std::string_view metrics) {
  if (metrics.size() > 1 && metrics.front() == '(' && metrics.back() == ')') metrics = metrics.substr(1, metrics.size() - 2);
  Vector vector(k_metrics);
  std::string refusal = read_metrics(metrics, MetricOrder::as_listed, vector);
  if (refusal.empty()) refusal = refusal_of(vector);
  if (!refusal.empty()) return {std::nullopt, std::move(refusal)};
  Scores scores;
  scores.version = Version::v2_0;
  scores.base = rounded(combine(impact_of(vector, false), exploitability_of(vector)));
  scores.temporal = rounded(scores.base * temporal_factor_of(vector));
  scores.environmental = vector.has_any(Group::environmental) ? environmental_of(vector) : scores.temporal;
  scores.overall = scores.environmental;
  return {std::move(scores), {}};
}

}  // namespace postern::cvss
