// SPDX-License-Identifier: Apache-2.0
// CVSS 4.0: "Common Vulnerability Scoring System version 4.0: Specification Document", sections 7 and 8.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "cvss/formulas.h"
#include "cvss/v4_macrovectors.h"
#include "cvss/vector.h"

namespace postern::cvss {
namespace {

/// In the order of a vector. Modified metrics follow in the order of those that they modify.
enum Metric : std::size_t {
  AV,
  AC,
  AT,
  PR,
  UI,
  VC,
  VI,
  VA,
  SC,
  SI,
  SA,
  E,
  CR,
  IR,
  AR,
  MAV,
  MAC,
  MAT,
  MPR,
  MUI,
  MVC,
  MVI,
  MVA,
  MSC,
  MSI,
  MSA,
  S,
  AU,
  R,
  V,
  RE,
  U
};

constexpr ValueRow k_undefined{"X", 0};
constexpr std::array<ValueRow, 6> k_impacts = {{{"H", 0}, {"L", 1}, {"N", 2}}};
/// Impacts on what comes after begin one step lower, because safety (S) is above them.
constexpr std::array<ValueRow, 6> k_later_impacts = {{{"H", 1}, {"L", 2}, {"N", 3}}};
constexpr std::array<ValueRow, 6> k_modified_impacts = {{{"H", 0}, {"L", 1}, {"N", 2}, k_undefined}};
constexpr std::array<ValueRow, 6> k_modified_safety = {{{"S", 0}, {"H", 1}, {"L", 2}, {"N", 3}, k_undefined}};
constexpr std::array<ValueRow, 6> k_requirements = {{{"H", 0}, {"M", 1}, {"L", 2}, k_undefined}};

constexpr std::array k_metrics = {
    MetricRow{"AV", Group::base, {{{"N", 0}, {"A", 1}, {"L", 2}, {"P", 3}}}},
    MetricRow{"AC", Group::base, {{{"L", 0}, {"H", 1}}}},
    MetricRow{"AT", Group::base, {{{"N", 0}, {"P", 1}}}},
    MetricRow{"PR", Group::base, {{{"N", 0}, {"L", 1}, {"H", 2}}}},
    MetricRow{"UI", Group::base, {{{"N", 0}, {"P", 1}, {"A", 2}}}},
    MetricRow{"VC", Group::base, k_impacts},
    MetricRow{"VI", Group::base, k_impacts},
    MetricRow{"VA", Group::base, k_impacts},
    MetricRow{"SC", Group::base, k_later_impacts},
    MetricRow{"SI", Group::base, k_later_impacts},
    MetricRow{"SA", Group::base, k_later_impacts},
    MetricRow{"E", Group::temporal, {{{"A", 0}, {"P", 1}, {"U", 2}, k_undefined}}},
    MetricRow{"CR", Group::environmental, k_requirements},
    MetricRow{"IR", Group::environmental, k_requirements},
    MetricRow{"AR", Group::environmental, k_requirements},
    MetricRow{"MAV", Group::environmental, {{{"N", 0}, {"A", 1}, {"L", 2}, {"P", 3}, k_undefined}}},
    MetricRow{"MAC", Group::environmental, {{{"L", 0}, {"H", 1}, k_undefined}}},
    MetricRow{"MAT", Group::environmental, {{{"N", 0}, {"P", 1}, k_undefined}}},
    MetricRow{"MPR", Group::environmental, {{{"N", 0}, {"L", 1}, {"H", 2}, k_undefined}}},
    MetricRow{"MUI", Group::environmental, {{{"N", 0}, {"P", 1}, {"A", 2}, k_undefined}}},
    MetricRow{"MVC", Group::environmental, k_modified_impacts},
    MetricRow{"MVI", Group::environmental, k_modified_impacts},
    MetricRow{"MVA", Group::environmental, k_modified_impacts},
    MetricRow{"MSC", Group::environmental, {{{"H", 1}, {"L", 2}, {"N", 3}, k_undefined}}},
    MetricRow{"MSI", Group::environmental, k_modified_safety},
    MetricRow{"MSA", Group::environmental, k_modified_safety},
    MetricRow{"S", Group::supplemental, {{{"N"}, {"P"}, k_undefined}}},
    MetricRow{"AU", Group::supplemental, {{{"N"}, {"Y"}, k_undefined}}},
    MetricRow{"R", Group::supplemental, {{{"A"}, {"U"}, {"I"}, k_undefined}}},
    MetricRow{"V", Group::supplemental, {{{"D"}, {"C"}, k_undefined}}},
    MetricRow{"RE", Group::supplemental, {{{"L"}, {"M"}, {"H"}, k_undefined}}},
    MetricRow{"U", Group::supplemental, {{{"Clear"}, {"Green"}, {"Amber"}, {"Red"}, k_undefined}}},
};
static_assert(k_metrics.size() <= k_most_metrics);

/// Steps below the worst value, for every metric that counts, with what the environment modifies and the worst for what is not
/// defined.
using Levels = std::array<int, AR + 1>;

constexpr int k_no_impact = 2;        ///< of VC, VI, VA
constexpr int k_no_later_impact = 3;  ///< of SC, SI, SA

Levels levels_of(const Vector& vector) {
  Levels levels{};
  for (std::size_t metric = AV; metric <= AR; ++metric) {
    const std::size_t modified = metric + MAV;
    const std::size_t source = metric <= SA && vector.has(modified) ? modified : metric;
    levels[metric] = static_cast<int>(vector.weight(source, 0));
  }
  return levels;
}

/// The six equivalence classes (tables 24 to 29).
using Macrovector = std::array<int, 6>;

Macrovector macrovector_of(const Levels& at) {
  const bool all_easy = at[AV] == 0 && at[PR] == 0 && at[UI] == 0;
  const bool any_easy = at[AV] == 0 || at[PR] == 0 || at[UI] == 0;
  const bool physical = at[AV] == 3;
  const bool full = at[VC] == 0 && at[VI] == 0;
  const bool any_high = at[VC] == 0 || at[VI] == 0 || at[VA] == 0;
  const bool safety = at[SI] == 0 || at[SA] == 0;
  const bool any_later = at[SC] == 1 || at[SI] == 1 || at[SA] == 1;
  const bool needed = (at[CR] == 0 && at[VC] == 0) || (at[IR] == 0 && at[VI] == 0) || (at[AR] == 0 && at[VA] == 0);
  return {all_easy ? 0 : (any_easy && !physical ? 1 : 2),
          at[AC] == 0 && at[AT] == 0 ? 0 : 1,
          full ? 0 : (any_high ? 1 : 2),
          safety ? 0 : (any_later ? 1 : 2),
          at[E],
          needed ? 0 : 1};
}

/// In tenths; `k_no_score` for a macrovector that does not exist.
int lookup(const Macrovector& macro) {
  constexpr Macrovector k_sizes = {3, 2, 3, 3, 3, 2};
  for (std::size_t at = 0; at < macro.size(); ++at) {
    if (macro[at] >= k_sizes[at]) return k_no_score;
  }
  const int row = ((macro[0] * 2 + macro[1]) * 3 + macro[2]) * 3 + macro[3];
  return k_macrovector_scores[static_cast<std::size_t>(row)][static_cast<std::size_t>(macro[4] * 2 + macro[5])];
}

/// The worst vectors of a class, as levels of its metrics; a class may have several (section 8.3, "highest severity vectors").
using Worst = std::array<int, 6>;

constexpr std::array<Metric, 3> k_class_1 = {AV, PR, UI};
constexpr std::array<Metric, 2> k_class_2 = {AC, AT};
constexpr std::array<Metric, 6> k_class_3_and_6 = {VC, VI, VA, CR, IR, AR};
constexpr std::array<Metric, 3> k_class_4 = {SC, SI, SA};

constexpr std::array<Worst, 1> k_worst_1_0 = {{{0, 0, 0}}};
constexpr std::array<Worst, 3> k_worst_1_1 = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr std::array<Worst, 2> k_worst_1_2 = {{{3, 0, 0}, {1, 1, 1}}};
constexpr std::array<Worst, 1> k_worst_2_0 = {{{0, 0}}};
constexpr std::array<Worst, 2> k_worst_2_1 = {{{1, 0}, {0, 1}}};
constexpr std::array<Worst, 1> k_worst_3_00 = {{{0, 0, 0, 0, 0, 0}}};
constexpr std::array<Worst, 2> k_worst_3_01 = {{{0, 0, 1, 1, 1, 0}, {0, 0, 0, 1, 1, 1}}};
constexpr std::array<Worst, 2> k_worst_3_10 = {{{1, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0}}};
constexpr std::array<Worst, 5> k_worst_3_11 = {
    {{1, 0, 1, 0, 1, 0}, {1, 0, 0, 0, 1, 1}, {0, 1, 0, 1, 0, 1}, {0, 1, 1, 1, 0, 0}, {1, 1, 0, 0, 0, 1}}};
constexpr std::array<Worst, 1> k_worst_3_21 = {{{1, 1, 1, 0, 0, 0}}};
constexpr std::array<Worst, 1> k_worst_4_0 = {{{1, 0, 0}}};
constexpr std::array<Worst, 1> k_worst_4_1 = {{{1, 1, 1}}};
constexpr std::array<Worst, 1> k_worst_4_2 = {{{2, 2, 2}}};

std::span<const Worst> worst_of_1(int level) {
  if (level == 0) return k_worst_1_0;
  return level == 1 ? std::span<const Worst>(k_worst_1_1) : std::span<const Worst>(k_worst_1_2);
}

std::span<const Worst> worst_of_3_and_6(int third, int sixth) {
  if (third == 2) return k_worst_3_21;
  if (third == 1) return sixth == 0 ? std::span<const Worst>(k_worst_3_10) : std::span<const Worst>(k_worst_3_11);
  return sixth == 0 ? std::span<const Worst>(k_worst_3_00) : std::span<const Worst>(k_worst_3_01);
}

std::span<const Worst> worst_of_4(int level) {
  if (level == 0) return k_worst_4_0;
  return level == 1 ? k_worst_4_1 : k_worst_4_2;
}

/// Steps from the first of the worst vectors that is no better in any metric down to the levels.
int distance(const Levels& levels, std::span<const Metric> metrics, std::span<const Worst> candidates) {
  for (const Worst& worst : candidates) {
    int steps = 0;
    bool below = true;
    for (std::size_t at = 0; at < metrics.size() && below; ++at) {
      const int difference = levels[metrics[at]] - worst[at];
      below = difference >= 0;
      steps += difference;
    }
    if (below) return steps;
  }
  return 0;
}

/// How far a class can sink: to which score, after how many steps down, in how many steps at most.
struct Descent {
  int lower_score = k_no_score;  ///< tenths
  int steps = 0;
  int depth = 1;
};

int lower_score_of(Macrovector macro, std::size_t sinking) {
  ++macro[sinking];
  return lookup(macro);
}

/// The third and the sixth class depend on one another.
int lower_score_of_3_and_6(const Macrovector& macro) {
  if (macro[2] == 0 && macro[5] == 0) return std::max(lower_score_of(macro, 2), lower_score_of(macro, 5));
  return macro[2] == 0 ? lower_score_of(macro, 2)
                       : (macro[2] == 1 && macro[5] == 0 ? lower_score_of(macro, 5) : lower_score_of(macro, 2));
}

std::array<Descent, 5> descents_of(const Macrovector& macro, const Levels& levels) {
  constexpr std::array<int, 3> k_depth_1 = {1, 4, 5};
  constexpr std::array<int, 2> k_depth_2 = {1, 2};
  constexpr std::array<std::array<int, 2>, 3> k_depth_3 = {{{7, 6}, {8, 8}, {10, 10}}};
  constexpr std::array<int, 3> k_depth_4 = {6, 5, 4};
  const auto index = [&](std::size_t at) { return static_cast<std::size_t>(macro[at]); };
  const std::span<const Worst> worst_2 = macro[1] == 0 ? std::span<const Worst>(k_worst_2_0) : std::span<const Worst>(k_worst_2_1);
  return {{{lower_score_of(macro, 0), distance(levels, k_class_1, worst_of_1(macro[0])), k_depth_1[index(0)]},
           {lower_score_of(macro, 1), distance(levels, k_class_2, worst_2), k_depth_2[index(1)]},
           {lower_score_of_3_and_6(macro), distance(levels, k_class_3_and_6, worst_of_3_and_6(macro[2], macro[5])),
            k_depth_3[index(2)][index(5)]},
           {lower_score_of(macro, 3), distance(levels, k_class_4, worst_of_4(macro[3])), k_depth_4[index(3)]},
           // the fifth class has one metric and one value each: there is no way down inside of it
           {lower_score_of(macro, 4), 0, 1}}};
}

bool harms_nothing(const Levels& at) {
  return at[VC] == k_no_impact && at[VI] == k_no_impact && at[VA] == k_no_impact && at[SC] == k_no_later_impact &&
         at[SI] == k_no_later_impact && at[SA] == k_no_later_impact;
}

/// The score of the macrovector, less the mean of how far each class has sunk towards the next lower one.
double score_of(const Levels& levels) {
  if (harms_nothing(levels)) return 0;
  const Macrovector macro = macrovector_of(levels);
  const int score = lookup(macro);
  double sunk = 0;
  int classes = 0;
  for (const Descent& descent : descents_of(macro, levels)) {
    if (descent.lower_score == k_no_score) continue;
    ++classes;
    sunk += static_cast<double>(score - descent.lower_score) * descent.steps / descent.depth;
  }
  const double value = classes == 0 ? score : score - sunk / classes;
  return std::clamp(std::floor(value + 0.5 + 1e-6), 0.0, 100.0) / 10;
}

/// What is not defined counts as if it were not there.
void forget_undefined(Vector& vector) {
  for (std::size_t metric = E; metric < k_metrics.size(); ++metric) {
    if (vector.name(metric) == k_undefined.name) vector.forget(metric);
  }
}

Vector without(Vector vector, Group group) {
  for (std::size_t metric = 0; metric < k_metrics.size(); ++metric) {
    if (k_metrics[metric].group == group) vector.forget(metric);
  }
  return vector;
}

std::string nomenclature_of(const Vector& vector) {
  std::string text = "CVSS-B";
  if (vector.has_any(Group::temporal)) text += 'T';
  if (vector.has_any(Group::environmental)) text += 'E';
  return text;
}

}  // namespace

Scoring score_v4(std::string_view metrics) {
  Vector vector(k_metrics);
  std::string refusal = read_metrics(metrics, MetricOrder::base_first, vector);
  if (refusal.empty()) refusal = find_missing(vector);
  if (!refusal.empty()) return {std::nullopt, std::move(refusal)};
  forget_undefined(vector);
  const Levels levels = levels_of(vector);
  const Vector threat = without(vector, Group::environmental);
  Scores scores;
  scores.version = Version::v4_0;
  scores.base = score_of(levels_of(without(threat, Group::temporal)));
  scores.temporal = score_of(levels_of(threat));
  scores.environmental = score_of(levels);
  scores.overall = scores.environmental;
  for (const int level : macrovector_of(levels)) scores.macrovector += static_cast<char>('0' + level);
  scores.nomenclature = nomenclature_of(vector);
  return {std::move(scores), {}};
}

}  // namespace postern::cvss
