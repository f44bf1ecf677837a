// SPDX-License-Identifier: Apache-2.0
// Random but repeatable factor sets for the property tests.
#pragma once
#include <postern/model/risk.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace postern::risk {

/// Draws factor sets from a fixed seed. Only the engine of <random> is used: its distributions differ between libraries.
class FactorSets {
 public:
  explicit FactorSets(std::uint64_t seed) : m_engine(seed) {}

  std::uint64_t below(std::uint64_t bound) { return m_engine() % bound; }

  template <typename T>
  T one_of(const std::vector<T>& values) {
    return values[below(values.size())];
  }

  template <typename E>
  E any() {
    return static_cast<E>(below(model::risk_names<E>().size()));
  }

  model::EntryPath path() {
    model::EntryPath path;
    path.entry = any<model::EntryZone>();
    for (std::uint64_t left = below(6); left != 0; --left) path.hops.push_back(any<model::HopKind>());
    path.authentication = any<model::AuthenticationKind>();
    path.network = any<model::NetworkControl>();
    return path;
  }

  model::DataInReach data() {
    return {any<model::DataClass>(), static_cast<std::uint32_t>(below(5)), any<model::DataPrivilege>(),
            one_of<std::string>({"", "", "orders", "customers"})};
  }

  model::RiskFactors next() {
    model::RiskFactors factors;
    if (below(10) != 0) factors.severity = static_cast<double>(below(101)) / 10;
    for (std::uint64_t left = below(4); left != 0; --left) factors.paths.push_back(path());
    factors.maturity = any<model::ExploitMaturity>();
    if (below(2) != 0) factors.epss = static_cast<double>(below(100001)) / 100000;
    factors.code = any<model::CodeUse>();
    factors.environment = any<model::EnvironmentClass>();
    for (std::uint64_t left = below(4); left != 0; --left) factors.data.push_back(data());
    factors.tier = any<model::BusinessTier>();
    factors.regulation = any<model::Regulation>();
    factors.blast = static_cast<double>(below(21)) / 20;
    return factors;
  }

  template <typename T>
  void shuffle(std::vector<T>& values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  std::mt19937_64 m_engine;
};

}  // namespace postern::risk
