// SPDX-License-Identifier: Apache-2.0
// Makes random snapshots from a seed, the same everywhere.
#include "generator.h"

#include <postern/base/digest.h>

#include <algorithm>
#include <array>

#include "baseline/enum_names.h"

namespace postern::baseline {

using namespace model;

namespace {

constexpr std::array<std::string_view, 16> k_words = {
    "cart",
    "checkout-service",
    "postgres://orders:****@db:5432/orders",
    "",
    "with \"quotes\" and \\backslashes\\",
    "line\nbreak\ttab\rreturn",
    "\x01\x1f\x7f",
    "gr\xc3\xbc\xc3\x9f\x65",
    "\xe6\x9d\xb1\xe4\xba\xac",
    "\xf0\x9f\x9b\x92",
    "\xe2\x80\xae\x67\x6e\x70",  // right-to-left override
    "\xc2\x85\xe2\x80\xa8\xef\xbb\xbf",
    "null",
    "<<",
    " padded ",
    "</script>##vso[x]",
};

}  // namespace

std::uint64_t Generator::number(std::uint64_t below) {
  // splitmix64
  m_state += 0x9E3779B97F4A7C15U;
  std::uint64_t mixed = m_state;
  mixed = (mixed ^ mixed >> 30U) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ mixed >> 27U) * 0x94D049BB133111EBU;
  return (mixed ^ mixed >> 31U) % below;
}

Symbol Generator::text() {
  if (chance(70)) return Symbol("name-" + std::to_string(number(50)));
  if (chance(5)) return Symbol(std::string_view("nul\0inside", 10));
  return Symbol(k_words.at(number(k_words.size())));
}

Symbol Generator::often_empty() { return chance(50) ? Symbol() : text(); }

template <class Enumeration>
Enumeration Generator::value_of() {
  return static_cast<Enumeration>(number(EnumNames<Enumeration>::k_count));
}

base::Location Generator::location() {
  if (chance(10)) return {};
  if (chance(10)) return {text(), static_cast<std::uint32_t>(number(1000)), 0};
  if (chance(3)) return {m_path, UINT32_MAX, UINT32_MAX};
  return {m_path, static_cast<std::uint32_t>(number(1000)), static_cast<std::uint32_t>(number(80))};
}

TextList Generator::texts() {
  TextList list(number(4));
  for (Symbol& item : list) item = text();
  return list;
}

Attribute Generator::attribute(bool of_relation) {
  const auto all = all_attributes();
  const AttributeDefinition* definition = all[number(all.size())];
  while ((definition->subject == AttributeSubject::relation) != of_relation) definition = all[number(all.size())];
  Attribute result{definition, often_empty(), often_empty(), Unknown{}, location()};
  if (chance(15)) return result;
  constexpr std::array<std::int64_t, 5> k_integers = {0, -1, 42, INT64_MAX, INT64_MIN};
  switch (definition->type) {
    case ValueType::boolean:
      result.value = chance(50);
      break;
    case ValueType::integer:
      result.value = k_integers.at(number(k_integers.size()));
      break;
    case ValueType::text:
      result.value = text();
      break;
    case ValueType::text_set:
    case ValueType::text_list:
      result.value = texts();
      break;
  }
  return result;
}

std::vector<Attribute> Generator::attributes(bool of_relation) {
  std::vector<Attribute> rows;
  for (std::uint64_t left = number(6); left != 0; --left) rows.push_back(attribute(of_relation));
  return rows;
}

LabelSelector Generator::selector() {
  LabelSelector result;
  for (std::uint64_t left = number(3); left != 0; --left) {
    result.requirements.push_back({text(), value_of<LabelRequirement::Operator>(), texts()});
  }
  return result;
}

std::vector<NetworkRule> Generator::rules() {
  std::vector<NetworkRule> result(number(3));
  for (NetworkRule& rule : result) {
    for (std::uint64_t left = number(3); left != 0; --left) {
      NetworkPeer& peer = rule.peers.emplace_back();
      if (chance(50)) peer.pods = selector();
      if (chance(50)) peer.namespaces = selector();
      peer.ip_block = often_empty();
      peer.ip_except = texts();
      peer.host_pattern = often_empty();
    }
    for (std::uint64_t left = number(3); left != 0; --left) {
      const auto first = static_cast<std::uint32_t>(number(65536));
      rule.ports.push_back(chance(30) ? PortRange{} : PortRange{first, first, often_empty(), often_empty()});
    }
  }
  return result;
}

EntityFact Generator::entity() {
  EntityFact fact;
  fact.address = text();
  fact.kind = value_of<EntityKind>();
  fact.name = text();
  fact.namespace_name = often_empty();
  fact.namespace_declared = chance(80);
  fact.attributes = attributes(false);
  for (std::uint64_t left = number(4); left != 0; --left) fact.labels.emplace_back(text(), text());
  for (std::uint64_t left = number(3); left != 0; --left) fact.aliases.push_back({value_of<AliasKind>(), text()});
  fact.location = location();
  return fact;
}

SettingFact Generator::setting() {
  return {text(),
          often_empty(),
          value_of<SettingChannel>(),
          value_of<SettingSource>(),
          often_empty(),
          often_empty(),
          often_empty(),
          often_empty(),
          often_empty(),
          chance(20),
          chance(20),
          location()};
}

MentionFact Generator::mention() {
  const auto port = static_cast<std::uint32_t>(chance(50) ? 0 : number(65536));
  return {text(),        often_empty(), often_empty(), often_empty(), often_empty(), port,
          often_empty(), often_empty(), often_empty(), often_empty(), often_empty(), location()};
}

NetworkPolicyFact Generator::policy() {
  return {text(), often_empty(), selector(), selector(), chance(50), chance(50), rules(), rules(), location()};
}

SbomFact Generator::sbom() {
  SbomFact fact{often_empty(), often_empty(), often_empty(), texts(), texts(), value_of<SbomSource>(), chance(80), {}, location()};
  for (std::uint64_t left = number(4); left != 0; --left) {
    fact.libraries.push_back({text(), text(), often_empty(), often_empty(), often_empty(), often_empty(),
                              static_cast<std::uint32_t>(number(100)), static_cast<std::uint32_t>(number(100)),
                              value_of<ComponentType>(), value_of<ComponentScope>(), value_of<Directness>()});
  }
  return fact;
}

ReportFact Generator::report() {
  ReportFact fact{text(), often_empty(), often_empty(), often_empty(), texts(), texts(), chance(80), often_empty(), chance(80),
                  {},     location()};
  for (std::uint64_t left = number(4); left != 0; --left) {
    ReportedFinding row;
    row.category = value_of<FindingCategory>();
    row.status = value_of<ToolStatus>();
    row.reachability = value_of<Reachability>();
    for (Symbol* each : {&row.id, &row.title, &row.severity, &row.score, &row.package, &row.package_version, &row.file,
                         &row.resource, &row.image, &row.digest, &row.url})
      *each = often_empty();
    for (TextList* each : {&row.aliases, &row.cwes, &row.vectors, &row.fixed_in}) *each = texts();
    for (std::uint32_t* each : {&row.file_line, &row.line, &row.column}) *each = static_cast<std::uint32_t>(number(100));
    fact.findings.push_back(std::move(row));
  }
  return fact;
}

Fact Generator::fact() {
  switch (number(std::variant_size_v<Fact>)) {
    case 0:
      return entity();
    case 1:
      return setting();
    case 2:
      return mention();
    case 3:
      return ReferenceFact{
          text(), value_of<RelationKind>(), text(), attributes(true), often_empty(), chance(20), chance(20), texts(), location()};
    case 4:
      return SelectorFact{text(), value_of<RelationKind>(), often_empty(), selector(), location()};
    case 5:
      return policy();
    case 6:
      return sbom();
    case 7:
      return report();
    default:
      return UnreadFact{text(), location()};
  }
}

std::shared_ptr<const Input> Generator::input(std::size_t facts) {
  auto result = std::make_shared<Input>();
  result->path = m_path;
  result->digest = base::sha256_hex(m_path.view());
  for (std::size_t left = facts; left != 0; --left) result->facts.push_back(fact());
  return result;
}

Snapshot Generator::snapshot(const GeneratedSize& size) {
  Snapshot result;
  for (std::size_t at = 0; at < size.units; ++at) {
    Unit& unit = result.units.emplace_back();
    unit.id = {Symbol("app-" + std::to_string(1000 + at)), often_empty(), text(), value_of<InputKind>()};
    unit.completeness = value_of<Completeness>();
    for (std::size_t file = 0; file < size.inputs; ++file) {
      m_path = Symbol("deploy/" + std::to_string(100000 + file) + ".yaml");
      unit.inputs.push_back(input(size.facts));
    }
  }
  for (std::size_t left = number(4); left != 0; --left) {
    const auto tenths = static_cast<std::int32_t>(number(1001));
    result.admitted.push_back(
        {base::sha256_hex(std::to_string(left)), "O-" + std::to_string(number(9)), "2031-01-31T00:00:00Z", tenths});
  }
  std::sort(result.admitted.begin(), result.admitted.end(),
            [](const AdmittedFinding& a, const AdmittedFinding& b) { return a.fingerprint < b.fingerprint; });
  return result;
}

}  // namespace postern::baseline
