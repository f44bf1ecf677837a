// SPDX-License-Identifier: Apache-2.0
// The few mathematical functions of the score. This part is compiled without contraction of a*b+c (see CMakeLists.txt), so every
// operation below is one that IEEE 754 defines to the bit.
#include "risk/numeric.h"

#include <postern/base/error.h>

#include <algorithm>
#include <cmath>

#include "risk/score_table.h"

namespace postern::risk {

double negative_log(double factor) {
  POSTERN_ASSERT(factor > 0 && factor <= 1);
  constexpr double k_ln2 = 0.693147180559945309417;
  constexpr double k_sqrt_half = 0.707106781186547524401;
  int exponent = 0;
  double mantissa = std::frexp(factor, &exponent);
  if (mantissa < k_sqrt_half) {
    mantissa *= 2;
    --exponent;
  }
  // ln m = 2 artanh((m-1)/(m+1)); |s| < 0.172, so the terms left out are below 1e-19.
  const double s = (mantissa - 1) / (mantissa + 1);
  double series = 0;
  for (int k = 23; k >= 1; k -= 2) series = series * (s * s) + 1.0 / k;
  return -(exponent * k_ln2 + 2 * s * series);
}

std::int32_t loss_of(double factor, double weight) {
  if (factor <= 0) return k_greatest_loss;
  const double loss = std::floor(1000 * weight * negative_log(factor) + 0.5);
  return loss >= k_greatest_loss ? k_greatest_loss : static_cast<std::int32_t>(loss);
}

std::int32_t score_of_loss(std::int32_t milli_nats) {
  const auto first_too_high = std::partition_point(k_largest_loss.begin(), k_largest_loss.end(),
                                                   [=](std::int32_t largest) { return largest >= milli_nats; });
  return static_cast<std::int32_t>(first_too_high - k_largest_loss.begin());
}

double points_of_loss(std::int32_t milli_nats) {
  POSTERN_ASSERT(milli_nats >= 0 && milli_nats < (1 << k_decay.size()));
  double points = 100;
  for (std::size_t bit = 0; bit < k_decay.size(); ++bit) {
    if ((milli_nats >> bit) & 1) points *= k_decay[bit];
  }
  return points;
}

double whole_power(double base, std::uint32_t exponent) {
  double power = 1;
  for (double square = base; exponent != 0; exponent >>= 1, square *= square) {
    if (exponent & 1) power *= square;
  }
  return power;
}

}  // namespace postern::risk
