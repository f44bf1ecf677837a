// SPDX-License-Identifier: Apache-2.0
// The drift of risk between two states: logarithmic-mean Divisia split of the multiplicative score.
#include "risk/drift.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numeric>

#include "risk/describe.h"
#include "risk/numeric.h"
#include "risk/scorer.h"

namespace postern::risk {
namespace {

std::int32_t total_of(const Losses& losses) { return std::accumulate(losses.begin(), losses.end(), 0); }

/// The logarithmic mean of the two scores; ln(after / before) is the exact difference of the losses.
double logarithmic_mean(double before, double after, std::int32_t milli_nats_gained) {
  return milli_nats_gained == 0 ? before : (after - before) * 1000 / milli_nats_gained;
}

/// Rounds away from zero at one half, so that the opposite drift rounds to the opposite tenths.
std::int32_t rounded(double tenths) {
  return static_cast<std::int32_t>(tenths < 0 ? -std::floor(0.5 - tenths) : std::floor(tenths + 0.5));
}

/// Gives the tenths that rounding left over to the shares it wronged most, one each in turn.
void apportion(std::vector<model::RiskDriftShare>& shares, std::int32_t difference) {
  std::int32_t left = difference;
  for (model::RiskDriftShare& share : shares) {
    share.tenths = rounded(share.points * 10);
    left -= share.tenths;
  }
  while (left != 0) {
    const std::int32_t step = left > 0 ? 1 : -1;
    auto wronged = std::ranges::max_element(
        shares, {}, [&](const auto& share) { return share.points == 0 ? -1e9 : step * (share.points * 10 - share.tenths); });
    wronged->tenths += step;
    left -= step;
  }
}

std::string signed_tenths(std::int32_t tenths) { return (tenths > 0 ? "+" : "") + model::tenths_to_string(tenths); }

std::string text_of(const RiskModel& model, const model::RiskDrift& drift, const model::RiskFactors& before,
                    const model::RiskFactors& after) {
  const std::string scores = model::tenths_to_string(drift.before_tenths) + " -> " + model::tenths_to_string(drift.after_tenths);
  std::vector<model::RiskDriftShare> moving;
  std::ranges::copy_if(drift.shares, std::back_inserter(moving), [](const auto& share) { return share.tenths != 0; });
  std::ranges::stable_sort(moving, std::greater<>(), [](const auto& share) { return std::abs(share.tenths); });
  if (moving.empty()) return scores + ", unchanged";
  if (moving.size() == 1) return scores + ", all of it from " + describe_change(model, before, after, moving.front().factor);
  std::string text = scores;
  for (std::size_t i = 0; i < moving.size(); ++i) {
    text += (i == 0 ? ": " : "; ") + signed_tenths(moving[i].tenths) + " from " +
            describe_change(model, before, after, moving[i].factor);
  }
  return text;
}

}  // namespace

model::RiskDrift drift(const RiskModel& model, const model::RiskFactors& before, const model::RiskFactors& after) {
  const Losses losses_before = losses_of(model, before);
  const Losses losses_after = losses_of(model, after);
  model::RiskDrift result;
  result.before_tenths = score_tenths(model, before);
  result.after_tenths = score_tenths(model, after);
  result.before = points_of_loss(total_of(losses_before));
  result.after = points_of_loss(total_of(losses_after));
  const double mean = logarithmic_mean(result.before, result.after, total_of(losses_before) - total_of(losses_after));
  for (std::size_t i = 0; i < losses_before.size(); ++i) {
    const double points = mean * (losses_before[i] - losses_after[i]) / 1000;
    result.shares.push_back({static_cast<model::RiskFactorKind>(i), points, 0});
  }
  apportion(result.shares, result.after_tenths - result.before_tenths);
  result.text = text_of(model, result, before, after);
  return result;
}

}  // namespace postern::risk
