// SPDX-License-Identifier: Apache-2.0
// The tables of what facts are written as: one row a member, one row a type of fact.
#include "baseline/fact_codec.h"

#include <array>

namespace postern::baseline {

using document::Node;
using namespace model;
using enum Presence;

template <>
struct Fields<Attribute> {
  static constexpr std::array k_rows = {
      field<&Attribute::definition>("name", required), field<&Attribute::scope>("scope", optional),
      field<&Attribute::key>("key", optional),         field<&Attribute::value>("value", required),
      field<&Attribute::location>("at", optional),
  };
  static std::span<const Field<Attribute>> rows() { return k_rows; }
};

namespace {

/// Whether a value is of the type that its definition names, or unknown.
bool fits(const AttributeValue& value, ValueType type) {
  switch (type) {
    case ValueType::boolean:
      return std::holds_alternative<bool>(value);
    case ValueType::integer:
      return std::holds_alternative<std::int64_t>(value);
    case ValueType::text:
      return std::holds_alternative<Symbol>(value);
    case ValueType::text_set:
    case ValueType::text_list:
      return std::holds_alternative<TextList>(value);
  }
  return false;
}

}  // namespace

/// As any struct, and the value must fit its definition.
template <>
struct Codec<Attribute> {
  static void write(Writing& writing, const Attribute& value) {
    writing.out += '{';
    write_fields(writing, value);
    writing.out += '}';
  }
  static void read(Reading& reading, const Node& node, Attribute& value) {
    const std::size_t errors = reading.errors();
    read_fields(reading, node, value);
    if (reading.errors() != errors || std::holds_alternative<Unknown>(value.value)) return;
    if (fits(value.value, value.definition->type)) return;
    reading.wrong_type(node["value"], "a " + std::string(to_string(value.definition->type)) + " for the attribute " +
                                          quoted(value.definition->name));
  }
};

template <>
struct Fields<Alias> {
  static constexpr std::array k_rows = {field<&Alias::kind>("kind", required), field<&Alias::text>("text", required)};
  static std::span<const Field<Alias>> rows() { return k_rows; }
};

template <>
struct Fields<LabelRequirement> {
  static constexpr std::array k_rows = {
      field<&LabelRequirement::key>("key", required),
      field<&LabelRequirement::operation>("operator", optional),
      field<&LabelRequirement::values>("values", optional),
  };
  static std::span<const Field<LabelRequirement>> rows() { return k_rows; }
};

/// The terms of a selector as a list.
template <>
struct Codec<LabelSelector> {
  static void write(Writing& writing, const LabelSelector& value) {
    Codec<std::vector<LabelRequirement>>::write(writing, value.requirements);
  }
  static void read(Reading& reading, const Node& node, LabelSelector& value) {
    Codec<std::vector<LabelRequirement>>::read(reading, node, value.requirements);
  }
  static bool is_standard(const LabelSelector& value, const LabelSelector&) { return value.requirements.empty(); }
};

template <>
struct Fields<PortRange> {
  static constexpr std::array k_rows = {
      field<&PortRange::first>("first", optional),
      field<&PortRange::last>("last", optional),
      field<&PortRange::name>("name", optional),
      field<&PortRange::protocol>("protocol", optional),
  };
  static std::span<const Field<PortRange>> rows() { return k_rows; }
};

template <>
struct Fields<NetworkPeer> {
  static constexpr std::array k_rows = {
      field<&NetworkPeer::pods>("pods", optional),
      field<&NetworkPeer::namespaces>("namespaces", optional),
      field<&NetworkPeer::ip_block>("ip_block", optional),
      field<&NetworkPeer::ip_except>("ip_except", optional),
      field<&NetworkPeer::host_pattern>("host_pattern", optional),
  };
  static std::span<const Field<NetworkPeer>> rows() { return k_rows; }
};

template <>
struct Fields<NetworkRule> {
  static constexpr std::array k_rows = {field<&NetworkRule::peers>("peers", optional),
                                        field<&NetworkRule::ports>("ports", optional)};
  static std::span<const Field<NetworkRule>> rows() { return k_rows; }
};

template <>
struct Fields<EntityFact> {
  static constexpr std::string_view k_name = "entity";
  static constexpr std::array k_rows = {
      field<&EntityFact::address>("address", required),
      field<&EntityFact::kind>("kind", required),
      field<&EntityFact::name>("name", optional),
      field<&EntityFact::namespace_name>("namespace", optional),
      field<&EntityFact::namespace_declared>("namespace_declared", optional),
      field<&EntityFact::location>("at", optional),
      field<&EntityFact::labels>("labels", optional),
      field<&EntityFact::aliases>("aliases", optional),
      field<&EntityFact::attributes>("attributes", optional),
  };
  static std::span<const Field<EntityFact>> rows() { return k_rows; }
};

template <>
struct Fields<SettingFact> {
  static constexpr std::string_view k_name = "setting";
  static constexpr std::array k_rows = {
      field<&SettingFact::owner>("owner", required),       field<&SettingFact::scope>("scope", optional),
      field<&SettingFact::channel>("channel", required),   field<&SettingFact::source>("source", required),
      field<&SettingFact::name>("name", optional),         field<&SettingFact::text>("text", optional),
      field<&SettingFact::object>("object", optional),     field<&SettingFact::key>("key", optional),
      field<&SettingFact::secret>("secret", optional),     field<&SettingFact::opaque>("opaque", optional),
      field<&SettingFact::optional>("optional", optional), field<&SettingFact::location>("at", optional),
  };
  static std::span<const Field<SettingFact>> rows() { return k_rows; }
};

template <>
struct Fields<MentionFact> {
  static constexpr std::string_view k_name = "mention";
  static constexpr std::array k_rows = {
      field<&MentionFact::owner>("owner", required),
      field<&MentionFact::scope>("scope", optional),
      field<&MentionFact::name>("name", optional),
      field<&MentionFact::scheme>("scheme", optional),
      field<&MentionFact::host>("host", optional),
      field<&MentionFact::port>("port", optional),
      field<&MentionFact::path>("path", optional),
      field<&MentionFact::technology>("technology", optional),
      field<&MentionFact::transport>("transport", optional),
      field<&MentionFact::confidence>("confidence", optional),
      field<&MentionFact::forwarding>("forwarding", optional),
      field<&MentionFact::location>("at", optional),
  };
  static std::span<const Field<MentionFact>> rows() { return k_rows; }
};

template <>
struct Fields<ReferenceFact> {
  static constexpr std::string_view k_name = "reference";
  static constexpr std::array k_rows = {
      field<&ReferenceFact::source>("source", required),         field<&ReferenceFact::kind>("kind", required),
      field<&ReferenceFact::target>("target", required),         field<&ReferenceFact::note>("note", optional),
      field<&ReferenceFact::optional>("optional", optional),     field<&ReferenceFact::incoming>("incoming", optional),
      field<&ReferenceFact::grants>("grants", optional),         field<&ReferenceFact::location>("at", optional),
      field<&ReferenceFact::attributes>("attributes", optional),
  };
  static std::span<const Field<ReferenceFact>> rows() { return k_rows; }
};

template <>
struct Fields<SelectorFact> {
  static constexpr std::string_view k_name = "selector";
  static constexpr std::array k_rows = {
      field<&SelectorFact::subject>("subject", required),
      field<&SelectorFact::kind>("kind", required),
      field<&SelectorFact::namespace_name>("namespace", optional),
      field<&SelectorFact::selector>("selector", required),
      field<&SelectorFact::location>("at", optional),
  };
  static std::span<const Field<SelectorFact>> rows() { return k_rows; }
};

template <>
struct Fields<NetworkPolicyFact> {
  static constexpr std::string_view k_name = "network_policy";
  static constexpr std::array k_rows = {
      field<&NetworkPolicyFact::address>("address", required),
      field<&NetworkPolicyFact::namespace_name>("namespace", optional),
      field<&NetworkPolicyFact::namespaces>("namespaces", optional),
      field<&NetworkPolicyFact::selector>("selector", required),
      field<&NetworkPolicyFact::restricts_ingress>("restricts_ingress", required),
      field<&NetworkPolicyFact::restricts_egress>("restricts_egress", required),
      field<&NetworkPolicyFact::location>("at", optional),
      field<&NetworkPolicyFact::ingress>("ingress", optional),
      field<&NetworkPolicyFact::egress>("egress", optional),
  };
  static std::span<const Field<NetworkPolicyFact>> rows() { return k_rows; }
};

template <>
struct Fields<UnreadFact> {
  static constexpr std::string_view k_name = "unread";
  static constexpr std::array k_rows = {field<&UnreadFact::kind>("kind", required), field<&UnreadFact::location>("at", optional)};
  static std::span<const Field<UnreadFact>> rows() { return k_rows; }
};

template <>
struct Fields<Library> {
  static constexpr std::array k_rows = {
      field<&Library::purl>("purl", required),
      field<&Library::name>("name", optional),
      field<&Library::version>("version", optional),
      field<&Library::licences>("licences", optional),
      field<&Library::type>("type", optional),
      field<&Library::scope>("scope", optional),
      field<&Library::directness>("directness", optional),
      field<&Library::qualifiers>("qualifiers", optional),
      field<&Library::introduced_by>("introduced_by", optional),
      field<&Library::line>("line", optional),
      field<&Library::column>("column", optional),
  };
  static std::span<const Field<Library>> rows() { return k_rows; }
};

template <>
struct Fields<SbomFact> {
  static constexpr std::string_view k_name = "sbom";
  static constexpr std::array k_rows = {
      field<&SbomFact::name>("name", optional),           field<&SbomFact::version>("version", optional),
      field<&SbomFact::purl>("purl", optional),           field<&SbomFact::images>("images", optional),
      field<&SbomFact::digests>("digests", optional),     field<&SbomFact::complete>("complete", optional),
      field<&SbomFact::source>("source", optional),       field<&SbomFact::location>("at", optional),
      field<&SbomFact::libraries>("libraries", optional),
  };
  static std::span<const Field<SbomFact>> rows() { return k_rows; }
};

template <>
struct Fields<ReportedFinding> {
  static constexpr std::array k_rows = {
      field<&ReportedFinding::category>("category", required),
      field<&ReportedFinding::status>("status", optional),
      field<&ReportedFinding::reachability>("reachability", optional),
      field<&ReportedFinding::id>("id", optional),
      field<&ReportedFinding::aliases>("aliases", optional),
      field<&ReportedFinding::cwes>("cwes", optional),
      field<&ReportedFinding::title>("title", optional),
      field<&ReportedFinding::severity>("severity", optional),
      field<&ReportedFinding::score>("score", optional),
      field<&ReportedFinding::vectors>("vectors", optional),
      field<&ReportedFinding::package>("package", optional),
      field<&ReportedFinding::package_version>("package_version", optional),
      field<&ReportedFinding::fixed_in>("fixed_in", optional),
      field<&ReportedFinding::file>("file", optional),
      field<&ReportedFinding::file_line>("file_line", optional),
      field<&ReportedFinding::resource>("resource", optional),
      field<&ReportedFinding::image>("image", optional),
      field<&ReportedFinding::digest>("digest", optional),
      field<&ReportedFinding::url>("url", optional),
      field<&ReportedFinding::line>("line", optional),
      field<&ReportedFinding::column>("column", optional),
  };
  static std::span<const Field<ReportedFinding>> rows() { return k_rows; }
};

template <>
struct Fields<ReportFact> {
  static constexpr std::string_view k_name = "report";
  static constexpr std::array k_rows = {
      field<&ReportFact::tool>("tool", required),           field<&ReportFact::product>("product", optional),
      field<&ReportFact::version>("version", optional),     field<&ReportFact::subject>("subject", optional),
      field<&ReportFact::images>("images", optional),       field<&ReportFact::digests>("digests", optional),
      field<&ReportFact::succeeded>("succeeded", optional), field<&ReportFact::reason>("reason", optional),
      field<&ReportFact::complete>("complete", optional),   field<&ReportFact::location>("at", optional),
      field<&ReportFact::findings>("findings", optional),
  };
  static std::span<const Field<ReportFact>> rows() { return k_rows; }
};

namespace {

constexpr std::string_view k_type_key = "fact";

/// One type of fact: the word for it, the name space of its attributes, and how its members are written and read.
struct FactType {
  std::string_view name;
  AttributesOf attributes_of;
  void (*write)(Writing&, const Fact&);
  void (*read)(Reading&, const Node&, Fact&);
};

template <class T>
constexpr FactType fact_type(AttributesOf attributes_of = AttributesOf::entity) {
  return {Fields<T>::k_name, attributes_of,
          [](Writing& writing, const Fact& fact) { write_fields(writing, std::get<T>(fact), false); },
          [](Reading& reading, const Node& node, Fact& fact) { read_fields(reading, node, fact.emplace<T>(), k_type_key); }};
}

/// In the order of the variant: a fact's index is its row.
constexpr std::array<FactType, std::variant_size_v<Fact>> k_types = {
    fact_type<EntityFact>(),   fact_type<SettingFact>(),
    fact_type<MentionFact>(),  fact_type<ReferenceFact>(AttributesOf::relation),
    fact_type<SelectorFact>(), fact_type<NetworkPolicyFact>(),
    fact_type<UnreadFact>(),   fact_type<SbomFact>(),
    fact_type<ReportFact>(),
};

constexpr auto k_type_names = [] {
  std::array<std::string_view, k_types.size()> names{};
  for (std::size_t at = 0; at < names.size(); ++at) names[at] = k_types[at].name;
  return names;
}();

}  // namespace

void Codec<Fact>::write(Writing& writing, const Fact& value) {
  const FactType& type = k_types.at(value.index());
  writing.out += '{';
  append_json_text(writing.out, k_type_key);
  writing.out += ':';
  append_json_text(writing.out, type.name);
  type.write(writing, value);
  writing.out += '}';
}

void Codec<Fact>::read(Reading& reading, const Node& node, Fact& value) {
  if (!node.is_mapping()) return reading.wrong_type(node, "a fact");
  const Node type = node[k_type_key];
  if (!type) return reading.error(k_missing_key, node, "the key 'fact' is missing");
  const auto at = read_word(reading, type, "type of fact", k_type_names);
  if (!at) return;
  reading.attributes_of = k_types.at(*at).attributes_of;
  k_types.at(*at).read(reading, node, value);
}

}  // namespace postern::baseline
