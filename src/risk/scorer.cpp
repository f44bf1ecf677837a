// SPDX-License-Identifier: Apache-2.0
// The scorer. Losses are whole milli-nats and points whole tenths from here on, so shares add up exactly.
#include "risk/scorer.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "risk/describe.h"
#include "risk/factors.h"
#include "risk/numeric.h"

namespace postern::risk {
namespace {

using model::RiskFactorKind;

constexpr std::int32_t k_full_score = 1000;  // tenths of a point

std::int32_t total_of(const Losses& losses) { return std::accumulate(losses.begin(), losses.end(), 0); }

std::int32_t score_of(const Losses& losses) { return score_of_loss(std::min(k_greatest_loss, total_of(losses))); }

/// The lost tenths, split in proportion to the losses; the last factor by name takes what rounding down leaves over.
std::vector<model::RiskFactorShare> shares_of(const Losses& losses, std::int32_t score) {
  const std::int64_t lost = k_full_score - score;
  const std::int64_t total = total_of(losses);
  std::vector<model::RiskFactorShare> shares;
  std::int64_t given = 0;
  for (std::size_t i = 0; i < losses.size(); ++i) {
    if (losses[i] == 0) continue;
    const std::int64_t tenths = lost * losses[i] / total;
    given += tenths;
    shares.push_back({static_cast<RiskFactorKind>(i), static_cast<std::int32_t>(tenths), losses[i], {}});
  }
  if (!shares.empty()) shares.back().tenths_lost += static_cast<std::int32_t>(lost - given);
  return shares;
}

/// The impact, split over its sources in proportion to -ln of their survival.
std::vector<model::ImpactSource> sources_of(const Survival& survival) {
  std::array<double, 5> weights{};
  double total = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (survival.by_source[i] < 1) weights[i] = negative_log(survival.by_source[i]);
    total += weights[i];
  }
  std::vector<model::ImpactSource> sources;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(survival.by_source[i] < 1)) continue;
    const double tenths = std::floor(1000 * survival.impact() * weights[i] / total + 0.5);
    sources.push_back({static_cast<model::ImpactSourceKind>(i), static_cast<std::int32_t>(tenths)});
  }
  return sources;
}

struct UnknownRow {
  const char* name;
  bool (*holds)(const model::RiskFactors&);
};

constexpr UnknownRow k_unknown[] = {
    {"epss/maturity", [](const model::RiskFactors& f) { return !f.epss && f.maturity == model::ExploitMaturity::unknown; }},
    {"auth",
     [](const model::RiskFactors& f) {
       return std::ranges::any_of(f.paths, [](const auto& p) { return p.authentication == model::AuthenticationKind::unknown; });
     }},
    {"code", [](const model::RiskFactors& f) { return f.code == model::CodeUse::unknown; }},
    {"tier", [](const model::RiskFactors& f) { return f.tier == model::BusinessTier::unknown; }},
    {"severity", [](const model::RiskFactors& f) { return !f.severity; }},
};

std::int32_t floor_tenths(const RiskModel& model, model::Band band) {
  return static_cast<std::int32_t>(std::ceil(model.band_floor[band] * 10 - 1e-6));  // 20.3 * 10 may exceed 203 by an ulp
}

void set_band(const RiskModel& model, model::RiskAssessment& result) {
  result.band = band_of(model, result.score_tenths);
  result.tenths_above_band_floor = result.score_tenths - floor_tenths(model, result.band);
  if (result.band == model::Band::critical) return;
  const auto next = static_cast<model::Band>(static_cast<int>(result.band) + 1);
  result.tenths_to_next_band = floor_tenths(model, next) - result.score_tenths;
}

/// The losses, where the survival is known already: with much data in reach it costs the most.
Losses losses_with(const RiskModel& model, const model::RiskFactors& factors, const Survival& survival) {
  Losses losses{};
  const auto set = [&](RiskFactorKind kind, std::int32_t loss) { losses[static_cast<std::size_t>(kind)] = loss; };
  set(RiskFactorKind::severity, loss_of(severity_of(model, factors) / 10, model.severity_weight));
  set(RiskFactorKind::reachability, loss_of(reachability_of(model, factors)));
  set(RiskFactorKind::exploit, loss_of(exploit_of(model, factors)));
  set(RiskFactorKind::code, loss_of(model.code[factors.code]));
  set(RiskFactorKind::environment, loss_of(model.environment[factors.environment]));
  set(RiskFactorKind::impact, loss_of(survival.impact(), model.impact_weight));
  return losses;
}

}  // namespace

Losses losses_of(const RiskModel& model, const model::RiskFactors& factors) {
  return losses_with(model, factors, survival_of(model, factors));
}

model::RiskAssessment assess(const RiskModel& model, const model::RiskFactors& factors) {
  const Survival survival = survival_of(model, factors);
  const Losses losses = losses_with(model, factors, survival);
  model::RiskAssessment result;
  result.score_tenths = score_of(losses);
  set_band(model, result);
  result.threat = severity_of(model, factors) / 10;
  result.probability = reachability_of(model, factors) * exploit_of(model, factors) * model.code[factors.code] *
                       model.environment[factors.environment];
  result.impact = survival.impact();
  result.shares = shares_of(losses, result.score_tenths);
  for (model::RiskFactorShare& share : result.shares) share.explanation = describe(model, factors, share.factor);
  result.impact_sources = sources_of(survival);
  for (const UnknownRow& row : k_unknown) {
    if (row.holds(factors)) result.unknown.emplace_back(row.name);
  }
  if (const model::EntryPath* path = easiest_of(model, factors)) result.path = *path;
  result.model_version = model.version;
  result.model_digest = model.digest;
  return result;
}

model::RiskAssessment assess(const RiskModel& model, const model::RiskFactors& factors, const model::RiskFactors& fixed) {
  model::RiskAssessment result = assess(model, factors);
  result.score_after_fix_tenths = score_tenths(model, fixed);
  return result;
}

std::int32_t score_tenths(const RiskModel& model, const model::RiskFactors& factors) { return score_of(losses_of(model, factors)); }

model::RiskFactors without(model::RiskFactors factors, RiskFactorKind factor) {
  switch (factor) {
    case RiskFactorKind::severity:
      factors.severity = 0.0;
      break;
    case RiskFactorKind::reachability:
      factors.paths.clear();
      break;
    case RiskFactorKind::exploit:
      factors.maturity = model::ExploitMaturity::none;
      factors.epss.reset();
      break;
    case RiskFactorKind::code:
      factors.code = model::CodeUse::not_loaded;
      break;
    case RiskFactorKind::environment:
      factors.environment = model::EnvironmentClass::development;
      break;
    case RiskFactorKind::impact:
      factors.data.clear();
      factors.regulation = model::Regulation::none;
      factors.blast = 0;
      break;
  }
  return factors;
}

model::RiskFactors without(model::RiskFactors factors, model::ImpactSourceKind source) {
  switch (source) {
    case model::ImpactSourceKind::base:
      break;  // any incident hurts; nothing takes that away
    case model::ImpactSourceKind::data:
      factors.data.clear();
      break;
    case model::ImpactSourceKind::business:
      factors.tier = model::BusinessTier::low;
      break;
    case model::ImpactSourceKind::regulatory:
      factors.regulation = model::Regulation::none;
      break;
    case model::ImpactSourceKind::blast:
      factors.blast = 0;
      break;
  }
  return factors;
}

std::int32_t score_without(const RiskModel& model, const model::RiskFactors& factors, RiskFactorKind factor) {
  return score_tenths(model, without(factors, factor));
}

model::Band band_of(const RiskModel& model, std::int32_t score_tenths) {
  for (const model::Band band : {model::Band::critical, model::Band::high, model::Band::medium}) {
    if (score_tenths >= floor_tenths(model, band)) return band;
  }
  return model::Band::low;
}

}  // namespace postern::risk
