// SPDX-License-Identifier: Apache-2.0
// The fields of Weakness: what rules about weaknesses see as `finding`.
#include <postern/model/weakness.h>

#include "policy/attribute_value.h"
#include "policy/state_view.h"

namespace postern::policy {
namespace {

using cel::Value;
using W = const WeaknessRecord&;

Value shown(model::Symbol symbol) { return Value::string(symbol); }
Value texts(const std::vector<model::Symbol>& list) {
  std::vector<Value> values;
  for (const model::Symbol each : list) values.push_back(shown(each));
  return Value::own_list(std::move(values));
}

Value names_of(W record) {
  std::vector<Value> values{shown(record.weakness().id)};
  for (const model::Symbol alias : record.weakness().aliases) values.push_back(shown(alias));
  return Value::own_list(std::move(values));
}

Value sources_of(W record) {
  std::vector<model::Symbol> sources;
  for (const model::Witness& witness : record.weakness().witnesses) {
    if (sources.empty() || sources.back() != witness.source) sources.push_back(witness.source);
  }
  return texts(sources);
}

}  // namespace

double severity_of(const model::Weakness& weakness) {
  if (weakness.score) return *weakness.score;
  const std::string_view word = weakness.severity.view();
  if (word == "critical") return 9.0;
  if (word == "high") return 7.0;
  if (word == "medium") return 5.0;
  if (word == "low") return 2.5;
  if (word == "none") return 0.0;
  return 7.0;
}

const FieldTable<WeaknessRecord>& WeaknessRecord::fields() {
  static const FieldTable<WeaknessRecord> k_fields = {
      {"id", "string", "CVE where there is one, else the GHSA, else the name of a tool's rule",
       [](W r) { return shown(r.weakness().id); }},
      {"names", "list(string)", "The id and all other names of the weakness", names_of},
      {"category", "string", "vulnerability, misconfiguration, secret, code, dynamic, licence or malware",
       [](W r) { return Value::string(std::string_view(to_string(r.weakness().category))); }},
      {"title", "string", "One line; empty where nobody gives one", [](W r) { return shown(r.weakness().title); }},
      {"package", "string", "Package URL without version; empty where no package is weak",
       [](W r) { return shown(r.weakness().package); }},
      {"versions", "list(string)", "Installed versions", [](W r) { return texts(r.weakness().versions); }},
      {"fixed_in", "list(string)", "Versions without the weakness; empty where none is known",
       [](W r) { return texts(r.weakness().fixed_in); }},
      {"file", "string", "File in what was scanned; empty where none is named", [](W r) { return shown(r.weakness().file); }},
      {"cwes", "list(string)", "CWE-79...", [](W r) { return texts(r.weakness().cwes); }},
      {"score", "double", "CVSS base score; what the word for the severity stands for where there is none, 7.0 without either",
       [](W r) { return Value::real(severity_of(r.weakness())); }},
      {"vector", "string", "CVSS vector of the score; empty where there is none", [](W r) { return shown(r.weakness().vector); }},
      {"severity", "string", "critical, high, medium, low, none, or empty where nobody says",
       [](W r) { return shown(r.weakness().severity); }},
      {"severities_differ", "bool", "Its sources put it into different bands",
       [](W r) { return Value::boolean(r.weakness().severities_differ); }},
      {"known_exploited", "bool", "CISA lists it as exploited (KEV)",
       [](W r) { return Value::boolean(!r.weakness().known_exploited_since.empty()); }},
      {"known_exploited_since", "string", "Day on which it was listed; empty where it is not",
       [](W r) { return shown(r.weakness().known_exploited_since); }},
      {"in_ransomware", "bool", "Known to be used in ransomware campaigns (KEV)",
       [](W r) { return Value::boolean(r.weakness().in_ransomware); }},
      {"epss", "double", "Probability of exploitation within 30 days (EPSS), 0 to 1; 0 where it is not known",
       [](W r) { return Value::real(r.weakness().epss.value_or(0)); }},
      {"maturity", "string", "How ready exploits are: none, unknown, proof_of_concept, weaponised, known_exploited",
       [](W r) { return Value::string(model::to_string(r.weakness().maturity)); }},
      {"reachability", "string", "What tools say of the weak code: called, imported, required or unknown",
       [](W r) { return Value::string(std::string_view(to_string(r.weakness().reachability))); }},
      {"status", "string",
       "open; or suppressed, fixed, false_positive, where somebody who is trusted says so (VEX, a triaged report)",
       [](W r) { return Value::string(std::string_view(to_string(r.weakness().status))); }},
      {"status_by", "string", "Who says so, and why; also claims of the candidate about itself, which change nothing",
       [](W r) { return Value::string(std::string_view(r.weakness().status_by)); }},
      {"published", "string", "Day of its publication; empty where nobody says", [](W r) { return shown(r.weakness().published); }},
      {"sources", "list(string)", "Who says so: the threat database, tools", sources_of},
      {"certain", "bool", "false: whether the installed version is affected cannot be told",
       [](W r) { return Value::boolean(r.weakness().is_certain); }},
  };
  return k_fields;
}

const cel::ObjectType& WeaknessRecord::type() const {
  static const cel::ObjectType k_type = object_type_of("Weakness", fields());
  return k_type;
}

cel::Value WeaknessRecord::get(std::size_t slot) const { return fields()[slot].get(*this); }

}  // namespace postern::policy
