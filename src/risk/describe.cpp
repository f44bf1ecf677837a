// SPDX-License-Identifier: Apache-2.0
// Words for people about factors. Everything said here is a fixed word or a number: no name from an input, so nothing to escape.
#include "risk/describe.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <vector>

#include "risk/factors.h"

namespace postern::risk {
namespace {

using model::DataClass;
using model::RiskFactorKind;
using model::RiskFactors;

std::string words(std::string_view text) { return std::string(text); }

/// A number without trailing zeros, at most `decimals` of them.
std::string decimal(double value, int decimals) {
  char buffer[40];
  std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals).ptr);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

constexpr std::array<std::string_view, 11> k_data_words{"no data", "internal data",  "business data",  "quasi-identifiers",
                                                        "PII",     "financial data", "government ids", "special categories",
                                                        "PHI",     "PCI data",       "credentials"};

std::string data_words(DataClass data) { return words(k_data_words[static_cast<std::size_t>(data)]); }

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i != 0) text += i + 1 == parts.size() ? " and " : ", ";
    text += parts[i];
  }
  return text;
}

std::string severity_words(const RiskModel& model, const RiskFactors& factors) {
  const std::string number = decimal(severity_of(model, factors), 2);
  return factors.severity ? number : number + " for an unknown one";
}

std::string path_words(const RiskModel& model, const RiskFactors& factors) {
  const model::EntryPath* path = easiest_of(model, factors);
  if (!path) return "no known entry path";
  std::string text = words(to_string(path->entry));
  for (const model::HopKind hop : path->hops) text += " > " + words(to_string(hop));
  text += ", authentication " + words(to_string(path->authentication)) + ", network " + words(to_string(path->network));
  return chance_of(model, *path) < model.path_floor ? text + " (counted with the floor of a path)" : text;
}

std::string exploit_words(const RiskFactors& factors) {
  return "maturity " + words(to_string(factors.maturity)) + ", EPSS " + (factors.epss ? decimal(*factors.epss, 5) : "unknown");
}

/// The classes in reach, worst first.
std::vector<DataClass> classes_of(const RiskModel& model, const RiskFactors& factors) {
  std::vector<DataClass> classes;
  for (const model::DataInReach& data : factors.data) {
    if (damage_of(model, data) > 0) classes.push_back(data.data_class);
  }
  std::ranges::sort(classes, [&](DataClass a, DataClass b) { return std::pair(-model.data[a], a) < std::pair(-model.data[b], b); });
  classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
  return classes;
}

std::string impact_words(const RiskModel& model, const RiskFactors& factors) {
  std::vector<std::string> data;
  for (const DataClass one : classes_of(model, factors)) data.push_back(data_words(one));
  return (data.empty() ? "no classified data" : joined(data)) + " in reach, tier " + words(to_string(factors.tier)) +
         ", regulation " + words(to_string(factors.regulation)) + ", blast " + decimal(factors.blast, 2);
}

/// Classes in reach of `these` but not of `those`.
std::vector<std::string> only_in(const RiskModel& model, const RiskFactors& these, const RiskFactors& those) {
  const std::vector<DataClass> other = classes_of(model, those);
  std::vector<std::string> names;
  for (const DataClass one : classes_of(model, these)) {
    if (std::ranges::find(other, one) == other.end()) names.push_back(data_words(one));
  }
  return names;
}

std::string moved(std::string_view what, std::string_view before, std::string_view after) {
  return words(what) + " " + words(before) + " -> " + words(after);
}

std::string data_change(const RiskModel& model, const RiskFactors& before, const RiskFactors& after) {
  const double rise = survival_of(model, before).by_source[1] - survival_of(model, after).by_source[1];
  if (rise == 0) return {};
  const std::vector<std::string> names = rise > 0 ? only_in(model, after, before) : only_in(model, before, after);
  if (!names.empty()) return (rise > 0 ? "newly reachable " : "no longer reachable ") + joined(names);
  return rise > 0 ? "more, nearer or less protected data" : "less, farther or better protected data";
}

std::string impact_change(const RiskModel& model, const RiskFactors& before, const RiskFactors& after) {
  std::vector<std::string> reasons;
  if (std::string data = data_change(model, before, after); !data.empty()) reasons.push_back(std::move(data));
  if (before.tier != after.tier) reasons.push_back(moved("tier", to_string(before.tier), to_string(after.tier)));
  if (before.regulation != after.regulation) {
    reasons.push_back(moved("regulation", to_string(before.regulation), to_string(after.regulation)));
  }
  if (before.blast != after.blast) reasons.push_back(moved("blast", decimal(before.blast, 2), decimal(after.blast, 2)));
  return reasons.empty() ? "impact" : joined(reasons);
}

}  // namespace

std::string describe(const RiskModel& model, const RiskFactors& factors, RiskFactorKind factor) {
  switch (factor) {
    case RiskFactorKind::severity:
      return "severity " + severity_words(model, factors);
    case RiskFactorKind::reachability:
      return path_words(model, factors);
    case RiskFactorKind::exploit:
      return exploit_words(factors);
    case RiskFactorKind::code:
      return "code " + words(to_string(factors.code));
    case RiskFactorKind::environment:
      return "environment " + words(to_string(factors.environment));
    case RiskFactorKind::impact:
      break;
  }
  return impact_words(model, factors);
}

std::string describe_change(const RiskModel& model, const RiskFactors& before, const RiskFactors& after, RiskFactorKind factor) {
  switch (factor) {
    case RiskFactorKind::severity:
      return moved("severity", severity_words(model, before), severity_words(model, after));
    case RiskFactorKind::reachability:
      return "the easiest path: " + path_words(model, before) + " -> " + path_words(model, after);
    case RiskFactorKind::exploit:
      return moved("exploit:", exploit_words(before), exploit_words(after));
    case RiskFactorKind::code:
      return moved("code", to_string(before.code), to_string(after.code));
    case RiskFactorKind::environment:
      return moved("environment", to_string(before.environment), to_string(after.environment));
    case RiskFactorKind::impact:
      break;
  }
  return impact_change(model, before, after);
}

}  // namespace postern::risk
