// SPDX-License-Identifier: Apache-2.0
// The keys of a case, one row each.
#include "policy/case_reader.h"

#include <algorithm>
#include <array>

#include "policy/codes.h"

namespace postern::policy {
namespace {

struct CaseDraft {
  Reading& reading;
  PackCase result;
};

/// Manifests may be nothing at all.
std::string read_manifests(CaseDraft& draft, const Node& node) {
  if (node.is_null()) return {};
  if (const auto text = node.as_string()) return std::string(*text);
  draft.reading.error(k_wrong_type, node.location(), "manifests must be a text (write `|` and the YAML below it)");
  return {};
}

void read_name(CaseDraft& draft, const Node& node) { draft.result.name = read_text(draft.reading, node, "the name of a case"); }
void read_rule_id(CaseDraft& draft, const Node& node) { draft.result.rule = read_text(draft.reading, node, "the rule of a case"); }
void read_baseline(CaseDraft& draft, const Node& node) { draft.result.baseline = read_manifests(draft, node); }
void read_candidate(CaseDraft& draft, const Node& node) { draft.result.candidate = read_manifests(draft, node); }

void read_environment(CaseDraft& draft, const Node& node) {
  constexpr std::array<std::string_view, 3> k_classes = {"production", "staging", "development"};
  constexpr std::array k_values = {model::EnvironmentClass::production, model::EnvironmentClass::staging,
                                   model::EnvironmentClass::development};
  const auto choice = read_choice(draft.reading, node, "environment", k_classes);
  if (!choice) return;
  draft.result.environment = k_classes.at(*choice);
  draft.result.environment_class = k_values.at(*choice);
}

void read_fires(CaseDraft& draft, const Node& node) {
  draft.result.fires = read_texts(draft.reading, node, "'fires'");
  std::sort(draft.result.fires.begin(), draft.result.fires.end());
}

using enum Presence;

struct ThreatDraft {
  Reading& reading;
  CaseThreat result;
};
template <std::string CaseThreat::*Member>
void read_threat_text(ThreatDraft& draft, const Node& node) {
  draft.result.*Member = read_text(draft.reading, node, "a text of a threat");
}
constexpr KeyRow<ThreatDraft> k_threat_keys[] = {
    {"id", required, read_threat_text<&CaseThreat::id>},
    {"package", required, read_threat_text<&CaseThreat::package>},
    {"affected", optional, read_threat_text<&CaseThreat::range>},
    {"fixed", optional, read_threat_text<&CaseThreat::fixed>},
    {"cvss", optional, read_threat_text<&CaseThreat::vector>},
    {"known_exploited", optional, read_threat_text<&CaseThreat::known_exploited_since>},
    {"aliases", optional,
     [](ThreatDraft& draft, const Node& node) { draft.result.aliases = read_texts(draft.reading, node, "'aliases'"); }},
    {"epss", optional,
     [](ThreatDraft& draft, const Node& node) {
       draft.result.epss = node.as_number();
       if (!draft.result.epss) draft.reading.error(k_wrong_type, node.location(), "'epss' must be a number from 0 to 1");
     }},
};

void read_threats(CaseDraft& draft, const Node& node) {
  if (!node.is_sequence()) draft.reading.error(k_wrong_type, node.location(), "'threats' must be a list");
  for (const Node item : node.items()) {
    if (!expect_mapping(draft.reading, item, "a threat")) continue;
    ThreatDraft threat{draft.reading, {}};
    read_keys(draft.reading, item, k_threat_keys, threat);
    draft.result.threats.push_back(std::move(threat.result));
  }
}
constexpr KeyRow<CaseDraft> k_keys[] = {
    {"name", required, read_name},         {"rule", required, read_rule_id},        {"environment", optional, read_environment},
    {"baseline", optional, read_baseline}, {"candidate", optional, read_candidate}, {"fires", required, read_fires},
    {"threats", optional, read_threats},
};

}  // namespace

std::vector<PackCase> read_cases(Reading& reading, const Node& root) {
  std::vector<PackCase> cases;
  constexpr std::array<std::string_view, 3> k_file_keys = {"apiVersion", "kind", "cases"};
  if (!expect_mapping(reading, root, "a file of tests")) return cases;
  check_keys(reading, root, k_file_keys, k_file_keys);
  if (root["kind"] && root["kind"].text() != "PolicyTests") {
    reading.error(k_not_a_pack, root["kind"].location(), "the kind of a file of tests is PolicyTests");
  }
  if (root["cases"] && !root["cases"].is_sequence()) {
    reading.error(k_wrong_type, root["cases"].location(), "'cases' must be a list");
  }
  for (const Node node : root["cases"].items()) {
    if (!expect_mapping(reading, node, "a case")) continue;
    const Reading::Scope scope(reading, "case " + std::string(node["name"].text()));
    CaseDraft draft{reading, {}};
    draft.result.location = node.location();
    read_keys(reading, node, k_keys, draft);
    cases.push_back(std::move(draft.result));
  }
  return cases;
}

}  // namespace postern::policy
