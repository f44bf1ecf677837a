// SPDX-License-Identifier: Apache-2.0
// What a risk model consists of: one row a table, constant and rule of order, with names and limits.
#include "risk/model_tables.h"

namespace postern::risk {
namespace {

constexpr Limits k_chance{0.0001, 1};  // a factor of probability: never nothing, never more than all
constexpr Limits k_damage{0, 0.999};   // a source of impact: its complement stays above nothing

template <auto Member>
std::span<double> values_of(RiskModel& model) {
  return (model.*Member).values;
}

constexpr TableRow k_tables[] = {
    {"entry", model::risk_names<model::EntryZone>, values_of<&RiskModel::entry>, k_chance},
    {"hop", model::risk_names<model::HopKind>, values_of<&RiskModel::hop>, k_chance},
    {"auth", model::risk_names<model::AuthenticationKind>, values_of<&RiskModel::authentication>, k_chance},
    {"net", model::risk_names<model::NetworkControl>, values_of<&RiskModel::network>, k_chance},
    {"maturity", model::risk_names<model::ExploitMaturity>, values_of<&RiskModel::maturity>, k_chance},
    {"code", model::risk_names<model::CodeUse>, values_of<&RiskModel::code>, k_chance},
    {"env", model::risk_names<model::EnvironmentClass>, values_of<&RiskModel::environment>, k_chance},
    {"data", model::risk_names<model::DataClass>, values_of<&RiskModel::data>, k_damage},
    {"priv", model::risk_names<model::DataPrivilege>, values_of<&RiskModel::privilege>, k_chance},
    {"tier", model::risk_names<model::BusinessTier>, values_of<&RiskModel::tier>, k_damage},
    {"reg", model::risk_names<model::Regulation>, values_of<&RiskModel::regulation>, k_damage},
    {"bands", model::risk_names<model::Band>, values_of<&RiskModel::band_floor>, {0, 100}},
};

constexpr ConstantRow k_constants[] = {
    {"path_floor", &RiskModel::path_floor, k_chance},
    {"epss_floor", &RiskModel::epss_floor, k_chance},
    {"epss_span", &RiskModel::epss_span, {0, 1}},
    {"default_severity", &RiskModel::default_severity, {0, 10}},
    {"impact_base", &RiskModel::impact_base, {0.001, 0.999}},
    {"data_hop", &RiskModel::data_hop, k_chance},
    {"data_secondary", &RiskModel::data_secondary, {0, 1}},
    {"blast_weight", &RiskModel::blast_weight, k_damage},
    {"blast_step", &RiskModel::blast_step, {0, 1}},
    {"severity_weight", &RiskModel::severity_weight, {0.01, 2}},
    {"impact_weight", &RiskModel::impact_weight, {0.01, 2}},
};

constexpr OrderRow k_orders[] = {
    {"entry", "internet", "partner"},
    {"entry", "partner", "corporate"},
    {"entry", "corporate", "none"},
    {"auth", "none", ""},
    {"auth", "unknown", ""},
    {"net", "open", ""},
    {"net", "unknown", ""},
    {"maturity", "kev", "weaponised"},
    {"maturity", "weaponised", "poc"},
    {"maturity", "poc", "none"},
    {"maturity", "unknown", "none"},
    {"maturity", "inherent", ""},
    {"code", "unknown", ""},
    {"code", "called", ""},
    {"code", "loaded_not_called", "not_loaded"},
    {"env", "prod", ""},
    {"env", "would_be_prod", "staging"},
    {"env", "would_be_prod", "dev"},
    {"priv", "unknown", ""},
    {"priv", "admin", "write"},
    {"priv", "write", "read"},
    {"priv", "read", "least"},
    {"tier", "mission", "high"},
    {"tier", "high", "normal"},
    {"tier", "normal", "low"},
    {"tier", "unknown", "normal"},
    {"reg", "cross_border", "several"},
    {"reg", "several", "any"},
    {"reg", "any", "none"},
    {"bands", "critical", "high"},
    {"bands", "high", "medium"},
    {"bands", "medium", "low"},
};

}  // namespace

std::span<const TableRow> model_tables() { return k_tables; }

std::span<const ConstantRow> model_constants() { return k_constants; }

std::span<const OrderRow> model_orders() { return k_orders; }

}  // namespace postern::risk
