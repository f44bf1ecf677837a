// SPDX-License-Identifier: Apache-2.0
// What the steps of a path lose, in nano-nats (1e-9 of -ln): whole numbers, whose sums do not depend on the order of their terms.
#pragma once
#include <postern/model/risk.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "risk/model.h"
#include "risk/numeric.h"

namespace postern::risk {

[[nodiscard]] inline std::int64_t nano_nats(double chance) {
  return static_cast<std::int64_t>(std::floor(negative_log(chance) * 1e9 + 0.5));
}

/// The tables of a model as losses.
class PathLossTables {
 public:
  explicit PathLossTables(const RiskModel& model)
      : floor(nano_nats(model.path_floor)),
        m_entry(losses_of(model.entry)),
        m_hop(losses_of(model.hop)),
        m_authentication(losses_of(model.authentication)),
        m_network(losses_of(model.network)) {}

  [[nodiscard]] std::int64_t of(model::EntryZone zone) const { return m_entry[static_cast<std::size_t>(zone)]; }
  [[nodiscard]] std::int64_t of(model::HopKind hop) const { return m_hop[static_cast<std::size_t>(hop)]; }
  [[nodiscard]] std::int64_t of(model::AuthenticationKind kind) const { return m_authentication[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] std::int64_t of(model::NetworkControl control) const { return m_network[static_cast<std::size_t>(control)]; }

  /// The stronger of two controls: the greater loss, among equals the later value (so that "unknown" is kept beside "none").
  template <typename Control>
  [[nodiscard]] Control stronger(Control a, Control b) const {
    return std::pair(of(a), a) < std::pair(of(b), b) ? b : a;
  }

  std::int64_t floor;  ///< of a whole path

 private:
  template <typename E, std::size_t N>
  static std::array<std::int64_t, N> losses_of(const EnumTable<E, N>& table) {
    std::array<std::int64_t, N> losses{};
    std::ranges::transform(table.values, losses.begin(), nano_nats);
    return losses;
  }

  std::array<std::int64_t, 4> m_entry;
  std::array<std::int64_t, 4> m_hop;
  std::array<std::int64_t, 7> m_authentication;
  std::array<std::int64_t, 4> m_network;
};

}  // namespace postern::risk
