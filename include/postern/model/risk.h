// SPDX-License-Identifier: Apache-2.0
// The nouns of business risk: what goes into the score of a finding, and the assessment that comes out.
#pragma once
#include <postern/base/diagnostic.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::model {

/// Where an attacker stands before the first hop of a path. `none`: no zone is known to reach it.
enum class EntryZone : std::uint8_t { internet, partner, corporate, none };
/// What is crossed between the entry and the component; the component itself is not crossed.
enum class HopKind : std::uint8_t { proxy, service, queue, datastore };
/// Authentication in the attacker's way, in ascending strength. `unknown` counts as none and is listed.
enum class AuthenticationKind : std::uint8_t { none, unknown, api_key, basic, user, mutual_tls, mutual_tls_authorised };
/// Network restriction in the attacker's way, in ascending strength. `unknown` counts as open.
enum class NetworkControl : std::uint8_t { open, unknown, allow_list, vpn };
/// How ready exploits are. `inherent`: none is needed (an open API, a live secret, a design drift). `known_exploited`: CISA's KEV.
enum class ExploitMaturity : std::uint8_t { none, unknown, proof_of_concept, weaponised, known_exploited, inherent };
/// Whether vulnerable code runs.
enum class CodeUse : std::uint8_t { not_loaded, loaded_not_called, called, unknown };
/// The class of the environment. `would_be_production`: a review of what will run in production.
enum class EnvironmentClass : std::uint8_t { production, would_be_production, staging, development };
/// The class of data within reach, as far as the score tells them apart.
enum class DataClass : std::uint8_t {
  none,
  internal,
  business,
  quasi_personal,
  personal,
  financial,
  government_id,
  special_category,
  health,
  payment_card,
  credential
};
/// What the runtime identity may do with the data.
enum class DataPrivilege : std::uint8_t { least, read, write, admin, unknown };
/// How much the business leans on the component.
enum class BusinessTier : std::uint8_t { low, normal, high, mission_critical, unknown };
/// Legal regimes that apply to the data in reach.
enum class Regulation : std::uint8_t { none, any, several, cross_border };
/// The score's band, in ascending order.
enum class Band : std::uint8_t { low, medium, high, critical };
/// The factors whose losses make up the score. Their names order the apportioning of shares, so they are stable.
enum class RiskFactorKind : std::uint8_t { impact, code, environment, exploit, reachability, severity };
/// The independent sources of impact; any one is enough.
enum class ImpactSourceKind : std::uint8_t { base, data, business, regulatory, blast };

/// The stable names of an enumeration's values, indexed by value; used in data files, decisions and messages.
template <typename E>
std::span<const std::string_view> risk_names() = delete;

template <>
std::span<const std::string_view> risk_names<EntryZone>();
template <>
std::span<const std::string_view> risk_names<HopKind>();
template <>
std::span<const std::string_view> risk_names<AuthenticationKind>();
template <>
std::span<const std::string_view> risk_names<NetworkControl>();
template <>
std::span<const std::string_view> risk_names<ExploitMaturity>();
template <>
std::span<const std::string_view> risk_names<CodeUse>();
template <>
std::span<const std::string_view> risk_names<EnvironmentClass>();
template <>
std::span<const std::string_view> risk_names<DataClass>();
template <>
std::span<const std::string_view> risk_names<DataPrivilege>();
template <>
std::span<const std::string_view> risk_names<BusinessTier>();
template <>
std::span<const std::string_view> risk_names<Regulation>();
template <>
std::span<const std::string_view> risk_names<Band>();
template <>
std::span<const std::string_view> risk_names<RiskFactorKind>();
template <>
std::span<const std::string_view> risk_names<ImpactSourceKind>();

/// An enumeration of this header.
template <typename E>
concept RiskEnum = requires {
  risk_names<E>();
};

/// The stable name of `value`.
template <RiskEnum E>
[[nodiscard]] std::string_view to_string(E value) {
  return risk_names<E>()[static_cast<std::size_t>(value)];
}

/// The value called `name` (exactly), if any.
template <RiskEnum E>
[[nodiscard]] std::optional<E> from_string(std::string_view name) {
  const auto names = risk_names<E>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

/// One way in: from a zone over hops to the component. `nodes` and `evidence` explain and never change a score.
struct EntryPath {
  EntryZone entry = EntryZone::none;
  std::vector<HopKind> hops;                                        ///< crossed before the component, in order
  AuthenticationKind authentication = AuthenticationKind::unknown;  ///< the strongest met on the path
  NetworkControl network = NetworkControl::unknown;                 ///< the strongest met on the path
  std::vector<std::string> nodes;                                   ///< readable ids, from the entry node to the component
  std::vector<base::Location> evidence;                             ///< where the steps are declared

  friend bool operator==(const EntryPath&, const EntryPath&) = default;
};

/// Data within reach. `holder` names the store or field: the same holder and class counts once, by its riskiest entry; entries
/// without a holder count each for itself.
struct DataInReach {
  DataClass data_class = DataClass::none;
  std::uint32_t hops = 1;  ///< from the component to the data; 0: held by itself, counts as 1
  DataPrivilege privilege = DataPrivilege::unknown;
  std::string holder;

  friend bool operator==(const DataInReach&, const DataInReach&) = default;
};

/// Everything that goes into the score. The defaults are the unknown inputs: none of them discounts.
struct RiskFactors {
  std::optional<double> severity;  ///< 0..10, clamped; absent: the model's default severity, listed as unknown
  std::vector<EntryPath> paths;    ///< the easiest counts; none at all: the floor of a whole path
  ExploitMaturity maturity = ExploitMaturity::unknown;
  std::optional<double> epss;  ///< probability 0..1, clamped
  CodeUse code = CodeUse::unknown;
  EnvironmentClass environment = EnvironmentClass::production;
  std::vector<DataInReach> data;
  BusinessTier tier = BusinessTier::unknown;
  Regulation regulation = Regulation::none;
  double blast = 0.0;  ///< 0..1, clamped; risk::blast_of(n) for n important entities downstream

  friend bool operator==(const RiskFactors&, const RiskFactors&) = default;
};

/// What one factor takes from 100 points.
struct RiskFactorShare {
  RiskFactorKind factor = RiskFactorKind::impact;
  std::int32_t tenths_lost = 0;  ///< tenths of a point
  std::int32_t milli_nats = 0;   ///< the loss itself: -1000 ln of the weighted factor, rounded
  std::string explanation;       ///< what was taken into account, in words

  friend bool operator==(const RiskFactorShare&, const RiskFactorShare&) = default;
};

/// What one source contributes to the impact; together 100 times the impact, up to rounding.
struct ImpactSource {
  ImpactSourceKind source = ImpactSourceKind::base;
  std::int32_t tenths = 0;

  friend bool operator==(const ImpactSource&, const ImpactSource&) = default;
};

/// The score of one finding with everything that explains it. An ordinal aid to decision, not a probability.
struct RiskAssessment {
  std::int32_t score_tenths = 0;  ///< 0..1000, tenths of a point
  Band band = Band::low;
  double threat = 0;                                ///< T: severity / 10, before its weight
  double probability = 0;                           ///< P: reachability * exploit * code * environment
  double impact = 0;                                ///< I, before its weight
  std::vector<RiskFactorShare> shares;              ///< only factors that cost something, by name; tenths add up to 1000 - score
  std::vector<ImpactSource> impact_sources;         ///< only sources that contribute
  std::vector<std::string> unknown;                 ///< inputs that are not known: epss/maturity, auth, code, tier, severity
  std::int32_t tenths_above_band_floor = 0;         ///< how much lower the score could be within its band
  std::optional<std::int32_t> tenths_to_next_band;  ///< how much is missing to the next higher band; none in the highest
  std::optional<EntryPath> path;                    ///< the easiest path, which explains the reachability; none: the floor holds
  std::optional<std::int32_t> score_after_fix_tenths;
  std::string model_version;
  std::string model_digest;  ///< SHA-256 of the effective tables, hexadecimal

  friend bool operator==(const RiskAssessment&, const RiskAssessment&) = default;
};

/// How one factor moved the score between two states.
struct RiskDriftShare {
  RiskFactorKind factor = RiskFactorKind::impact;
  double points = 0;        ///< exact log-mean (Divisia) contribution, in points of the unrounded score
  std::int32_t tenths = 0;  ///< apportioned so that all add up to the difference of the two printed scores

  friend bool operator==(const RiskDriftShare&, const RiskDriftShare&) = default;
};

/// The drift of risk from `before` to `after`, split over all six factors; antisymmetric: swapping the sides flips every sign.
struct RiskDrift {
  std::int32_t before_tenths = 0;
  std::int32_t after_tenths = 0;
  double before = 0;  ///< unrounded score, points
  double after = 0;
  std::vector<RiskDriftShare> shares;  ///< every factor, by name
  std::string text;                    ///< "53.8 -> 76.2, all of it from newly reachable PII"

  friend bool operator==(const RiskDrift&, const RiskDrift&) = default;
};

/// "53.8": tenths of a point as text.
[[nodiscard]] std::string tenths_to_string(std::int32_t tenths);

}  // namespace postern::model
