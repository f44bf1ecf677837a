// SPDX-License-Identifier: Apache-2.0
// The numbers below the score: the checked-in table against the mathematical library, and how far every loss that the tables can
// give stays from an edge of rounding, so that no reference implementation with another library can come out differently.
#include "risk/numeric.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <vector>

#include "risk/factors.h"
#include "risk/model.h"

using namespace postern;
using namespace postern::risk;
using namespace postern::model;

namespace {

constexpr double k_safe = 1e-9;  // milli-nats; libraries differ by less than 1e-11 there

/// How near 1000 * weight * -ln(factor) comes to where rounding flips.
double edge_distance(double factor, double weight = 1.0) {
  const double loss = 1000 * weight * negative_log(factor);
  return std::abs(loss - std::floor(loss) - 0.5);
}

/// Different positive numbers of a table.
template <typename Table>
std::set<double> distinct(const Table& table) {
  std::set<double> values(table.values.begin(), table.values.end());
  values.erase(0);
  return values;
}

/// Every different damage of one piece of data, at up to four hops; nothing included.
std::vector<double> damages() {
  const RiskModel& model = standard_model();
  std::set<double> all{0.0};
  for (const double data : distinct(model.data)) {
    for (std::uint32_t further = 0; further < 4; ++further) {
      for (const double privilege : distinct(model.privilege)) all.insert(data * whole_power(model.data_hop, further) * privilege);
    }
  }
  return {all.rbegin(), all.rend()};
}

}  // namespace

TEST_CASE("the score table is the exponential function, for every loss") {
  for (std::int32_t loss = 0; loss <= k_greatest_loss; ++loss) {
    CAPTURE(loss);
    REQUIRE(score_of_loss(loss) == static_cast<std::int32_t>(1000 * std::exp(-loss / 1000.0) + 0.5));
  }
}

TEST_CASE("unrounded points are the exponential function") {
  for (std::int32_t loss = 0; loss < 200000; loss += 7) {
    const double expected = 100 * std::exp(-loss / 1000.0);
    REQUIRE(std::abs(points_of_loss(loss) - expected) <= expected * 1e-13);
  }
}

TEST_CASE("the logarithm agrees with the library to a few units in the last place") {
  for (std::int32_t i = 1; i <= 200000; ++i) {
    const double factor = i / 200000.0;
    const double expected = -std::log(factor);
    REQUIRE(std::abs(negative_log(factor) - expected) <= 4e-16 * std::max(1.0, expected));
  }
  CHECK(loss_of(1.0) == 0);
  CHECK(loss_of(0.0) == k_greatest_loss);
  CHECK(loss_of(1e-300) == k_greatest_loss);
}

TEST_CASE("whole powers") {
  CHECK(whole_power(0.85, 0) == 1);
  CHECK(whole_power(0.5, 10) == 1.0 / 1024);
  CHECK(whole_power(1.0, 4000000000U) == 1);
  CHECK(whole_power(0.8, 4000000000U) == 0);
}

TEST_CASE("no path of up to eight hops has a loss near an edge of rounding") {
  const RiskModel& model = standard_model();
  double nearest = 1;
  for (const double entry : distinct(model.entry)) {
    for (const double authentication : distinct(model.authentication)) {
      for (const double network : distinct(model.network)) {
        for (std::uint32_t counts = 0; counts < 9 * 9 * 9 * 9; ++counts) {
          const std::uint32_t hops[] = {counts % 9, counts / 9 % 9, counts / 81 % 9, counts / 729};
          if (hops[0] + hops[1] + hops[2] + hops[3] > 8) continue;
          double chance = entry * authentication * network;
          for (std::size_t i = 0; i < 4; ++i) chance *= whole_power(model.hop.values[i], hops[i]);
          nearest = std::min(nearest, edge_distance(chance));
        }
      }
    }
  }
  CHECK(nearest > k_safe);
}

TEST_CASE("no severity and no EPSS value has a loss near an edge of rounding") {
  const RiskModel& model = standard_model();
  double nearest = 1;
  for (std::int32_t hundredths = 1; hundredths <= 1000; ++hundredths) {
    nearest = std::min(nearest, edge_distance(hundredths / 100.0 / 10, model.severity_weight));
  }
  RiskFactors factors;
  for (std::int32_t i = 0; i <= 100000; ++i) {  // EPSS is published with five decimals
    factors.epss = i / 100000.0;
    nearest = std::min(nearest, edge_distance(exploit_of(model, factors)));
  }
  for (const double factor : distinct(model.maturity)) nearest = std::min(nearest, edge_distance(factor));
  for (const double factor : distinct(model.code)) nearest = std::min(nearest, edge_distance(factor));
  for (const double factor : distinct(model.environment)) nearest = std::min(nearest, edge_distance(factor));
  nearest = std::min(nearest, edge_distance(model.path_floor));
  CHECK(nearest > k_safe);
}

TEST_CASE("no impact of up to two pieces of data has a loss near an edge of rounding") {
  const RiskModel& model = standard_model();
  const std::vector<double> all = damages();
  std::vector<double> rest;  // survival of everything but the data
  for (const double tier : distinct(model.tier)) {
    for (const double regulation : model.regulation.values) {
      for (std::uint32_t entities = 0; entities <= 8; ++entities) {
        rest.push_back((1 - tier) * (1 - regulation) * (1 - model.blast_weight * blast_of(model, entities)));
      }
    }
  }
  double nearest = 1;
  for (std::size_t worst = 0; worst < all.size(); ++worst) {
    for (std::size_t second = worst; second < all.size(); ++second) {
      const double data = (1 - all[worst]) * (1 - all[second] * model.data_secondary);
      for (const double other : rest) {
        nearest = std::min(nearest, edge_distance(1 - (1 - model.impact_base) * data * other, model.impact_weight));
      }
    }
  }
  CHECK(nearest > k_safe);
}
