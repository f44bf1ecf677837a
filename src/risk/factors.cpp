// SPDX-License-Identifier: Apache-2.0
// From the inputs of a score to its factors. Only IEEE operations (and sqrt, which IEEE defines too) are used.
#include "risk/factors.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <tuple>
#include <vector>

#include "risk/numeric.h"

namespace postern::risk {
namespace {

/// What decides between paths of equal chance.
auto identity_of(const model::EntryPath& path) {
  return std::tie(path.entry, path.hops, path.authentication, path.network, path.nodes);
}

struct OfHolder {
  model::DataClass data_class;
  std::string_view holder;
  double damage;
};

/// The damages of all data, the same holder and class counted once, worst first.
std::vector<double> damages_of(const RiskModel& model, const model::RiskFactors& factors) {
  std::vector<double> damages;
  damages.reserve(factors.data.size());
  std::vector<OfHolder> of_holders;
  of_holders.reserve(factors.data.size());
  for (const model::DataInReach& data : factors.data) {
    const double damage = damage_of(model, data);
    if (data.holder.empty()) {
      damages.push_back(damage);
    } else {
      of_holders.push_back({data.data_class, data.holder, damage});
    }
  }
  // The worst of each holder and class comes first. Which holder comes before which does not matter: sizes are compared before
  // texts.
  std::ranges::sort(of_holders, [](const OfHolder& a, const OfHolder& b) {
    if (a.data_class != b.data_class) return a.data_class < b.data_class;
    if (a.holder.size() != b.holder.size()) return a.holder.size() < b.holder.size();
    const int order = a.holder.compare(b.holder);
    return order != 0 ? order < 0 : a.damage > b.damage;
  });
  for (std::size_t i = 0; i < of_holders.size(); ++i) {
    if (i == 0 || of_holders[i].data_class != of_holders[i - 1].data_class || of_holders[i].holder != of_holders[i - 1].holder)
      damages.push_back(of_holders[i].damage);
  }
  std::ranges::sort(damages, std::greater<>());
  return damages;
}

double data_survival(const RiskModel& model, const model::RiskFactors& factors) {
  const std::vector<double> damages = damages_of(model, factors);
  double survival = 1;
  for (std::size_t i = 0; i < damages.size(); ++i) survival *= 1 - damages[i] * (i == 0 ? 1 : model.data_secondary);
  return survival;
}

}  // namespace

double severity_of(const RiskModel& model, const model::RiskFactors& factors) {
  return std::clamp(factors.severity.value_or(model.default_severity), 0.0, 10.0);
}

double chance_of(const RiskModel& model, const model::EntryPath& path) {
  double chance = model.entry[path.entry];
  for (const model::HopKind hop : path.hops) chance *= model.hop[hop];
  return chance * (model.authentication[path.authentication] * model.network[path.network]);
}

const model::EntryPath* easiest_of(const RiskModel& model, const model::RiskFactors& factors) {
  const model::EntryPath* best = nullptr;
  double best_chance = 0;
  for (const model::EntryPath& path : factors.paths) {
    const double chance = chance_of(model, path);
    if (best && (chance < best_chance || (chance == best_chance && identity_of(path) >= identity_of(*best)))) continue;
    best = &path;
    best_chance = chance;
  }
  return best;
}

double reachability_of(const RiskModel& model, const model::RiskFactors& factors) {
  const model::EntryPath* path = easiest_of(model, factors);
  return path ? std::max(chance_of(model, *path), model.path_floor) : model.path_floor;
}

double exploit_of(const RiskModel& model, const model::RiskFactors& factors) {
  if (!factors.epss) return model.maturity[factors.maturity];
  const bool is_unknown = factors.maturity == model::ExploitMaturity::unknown;
  const double known = model.maturity[is_unknown ? model::ExploitMaturity::none : factors.maturity];
  const double quarter_power = std::sqrt(std::sqrt(std::clamp(*factors.epss, 0.0, 1.0)));
  return std::max(known, std::min(1.0, model.epss_floor + model.epss_span * quarter_power));
}

double damage_of(const RiskModel& model, const model::DataInReach& data) {
  const std::uint32_t further_hops = data.hops > 1 ? data.hops - 1 : 0;
  return model.data[data.data_class] * whole_power(model.data_hop, further_hops) * model.privilege[data.privilege];
}

double blast_of(const RiskModel& model, std::uint32_t entities) { return 1 - whole_power(model.blast_step, entities); }

double Survival::impact() const {
  double survival = 1;
  for (const double source : by_source) survival *= source;
  return 1 - survival;
}

Survival survival_of(const RiskModel& model, const model::RiskFactors& factors) {
  return {{1 - model.impact_base, data_survival(model, factors), 1 - model.tier[factors.tier],
           1 - model.regulation[factors.regulation], 1 - model.blast_weight * std::clamp(factors.blast, 0.0, 1.0)}};
}

}  // namespace postern::risk
