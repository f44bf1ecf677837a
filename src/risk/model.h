// SPDX-License-Identifier: Apache-2.0
// The versioned tables of the score: numbers as data, with an organisation's overrides.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/risk.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace postern::risk {

/// One number for each value of the enumeration.
template <typename E, std::size_t N>
struct EnumTable {
  std::array<double, N> values{};
  [[nodiscard]] double operator[](E value) const { return values[static_cast<std::size_t>(value)]; }
};

/// All tables. Their meaning is in knowledge/risk-model.yaml; the limits of each number are checked when they are loaded.
struct RiskModel {
  EnumTable<model::EntryZone, 4> entry;
  EnumTable<model::HopKind, 4> hop;
  EnumTable<model::AuthenticationKind, 7> authentication;
  EnumTable<model::NetworkControl, 4> network;
  EnumTable<model::ExploitMaturity, 6> maturity;
  EnumTable<model::CodeUse, 4> code;
  EnumTable<model::EnvironmentClass, 4> environment;
  EnumTable<model::DataClass, 11> data;
  EnumTable<model::DataPrivilege, 5> privilege;
  EnumTable<model::BusinessTier, 5> tier;
  EnumTable<model::Regulation, 4> regulation;
  EnumTable<model::Band, 4> band_floor;  ///< points
  double path_floor = 0;
  double epss_floor = 0;
  double epss_span = 0;
  double default_severity = 0;
  double impact_base = 0;
  double data_hop = 0;
  double data_secondary = 0;
  double blast_weight = 0;
  double blast_step = 0;
  double severity_weight = 0;
  double impact_weight = 0;
  std::string version;  ///< "1", or "1+acme-3" with an organisation's overrides
  std::string digest;   ///< SHA-256 over version and every number, independent of how the file is written
};

/// The tables that Postern ships (knowledge/risk-model.yaml, embedded).
[[nodiscard]] const RiskModel& standard_model();

/// `base` with the values that the YAML text in `file` overrides. Unknown names, numbers outside their limits and values that would
/// make an added control raise a score are errors in `sink` (P7001 to P7005); then nothing is returned.
[[nodiscard]] std::optional<RiskModel> override_model(const RiskModel& base, std::string_view text, base::Symbol file,
                                                      base::DiagnosticSink& sink);

}  // namespace postern::risk
