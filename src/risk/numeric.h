// SPDX-License-Identifier: Apache-2.0
// The few mathematical functions of the score, from IEEE operations alone: a platform's libm may differ in the last bit, these may
// not.
#pragma once
#include <cstdint>

namespace postern::risk {

/// Loss of a factor that cannot be met at all, in milli-nats; no single loss is larger.
inline constexpr std::int32_t k_greatest_loss = 20000;

/// -ln(factor) for 0 < factor <= 1, exact to a few units in the last place.
[[nodiscard]] double negative_log(double factor);

/// -1000 * weight * ln(factor), rounded to whole milli-nats: what a factor in 0..1 costs.
[[nodiscard]] std::int32_t loss_of(double factor, double weight = 1.0);

/// The score in tenths of a point (0..1000) that a total loss leaves; from the checked-in table.
[[nodiscard]] std::int32_t score_of_loss(std::int32_t milli_nats);

/// 100 * exp(-milli_nats / 1000): the unrounded score. At most 2^18 - 1 milli-nats.
[[nodiscard]] double points_of_loss(std::int32_t milli_nats);

/// base to the power of a small whole number.
[[nodiscard]] double whole_power(double base, std::uint32_t exponent);

}  // namespace postern::risk
