// SPDX-License-Identifier: Apache-2.0
// The functions over an architecture: a row each. Records know their state, so a function needs nothing but its arguments.
#include "policy/functions.h"

#include <postern/base/text.h>
#include <postern/model/data_class.h>
#include <postern/model/denial.h>

#include <algorithm>
#include <array>
#include <set>

#include "package/purl.h"
#include "package/version.h"
#include "policy/attribute_value.h"
#include "policy/state_view.h"
#include "policy/way_checks.h"

namespace postern::policy {
namespace {

using cel::Arguments;
using cel::CallContext;
using cel::Value;
namespace attribute = model::attribute;

Value sensitive(CallContext&, Arguments arguments) { return Value::boolean(model::is_sensitive_class(arguments[0].as_text())); }

/// The entity of an argument; nullptr when a dynamic value turned out to be something else.
const EntityRecord* entity_in(const Value& value) {
  return value.is(cel::Kind::record) ? dynamic_cast<const EntityRecord*>(&value.as_record()) : nullptr;
}

Value no_entity() { return Value::error(cel::ErrorCode::no_such_overload, "the argument is no Entity"); }

/// Calls `body` with the entity of the only argument.
template <Value (*Body)(CallContext&, const EntityRecord&)>
Value on_entity(CallContext& context, Arguments arguments) {
  const EntityRecord* record = entity_in(arguments[0]);
  return record == nullptr ? no_entity() : Body(context, *record);
}

Value read(const EntityRecord& record, const model::AttributeDefinition& definition) {
  const model::Entity& entity = record.entity();
  return to_cel(entity.attributes.find(definition), definition, entity.id.address.view());
}

/// The same, but what is not declared is unknown: for what exists whether or not somebody wrote it down.
Value read_or_unknown(const EntityRecord& record, const model::AttributeDefinition& definition) {
  const model::Entity& entity = record.entity();
  const model::Attribute* row = entity.attributes.find(definition);
  if (row == nullptr) return to_cel(model::AttributeValue(model::Unknown{}), entity.id.address.view(), definition.name);
  return to_cel(row, definition, entity.id.address.view());
}

Value exposed_to_internet(CallContext&, const EntityRecord& record) {
  const Value exposure = read(record, attribute::exposure);
  return exposure.is(cel::Kind::string) ? Value::boolean(exposure.as_text() == "internet") : exposure;
}

/// The ways of `entry_paths` that begin in the internet; others begin in the private network.
Value paths_from_internet(CallContext& context, const EntityRecord& record) {
  const Value exposed = exposed_to_internet(context, record);
  if (exposed.is_special()) return exposed;
  const model::Attribute* row = record.entity().attributes.find(attribute::entry_paths);
  const auto* paths = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
  if (row != nullptr && paths == nullptr) return read(record, attribute::entry_paths);
  std::vector<Value> values;
  if (paths != nullptr && exposed.is_true() && context.charge(paths->size())) {
    for (const base::Symbol path : *paths) {
      if (path.view().starts_with("internet")) values.push_back(Value::string(path));
    }
  }
  return Value::own_list(std::move(values));
}

Value checks_on_ways_of(CallContext& context, const EntityRecord& record) {
  std::vector<Value> values;
  for (std::string& phrase : checks_on_ways(record.state().graph(), record.index())) {
    values.push_back(Value::own_string(std::move(phrase)));
  }
  context.charge(values.size());
  return Value::own_list(std::move(values));
}

/// The rows of `attack_path`, nearest entry first.
Value attack_paths_of(CallContext& context, const EntityRecord& record) {
  std::vector<Value> values;
  const auto rows = record.entity().attributes.of(attribute::attack_path);
  context.charge(rows.size());
  for (const model::Attribute& row : rows) {
    if (const auto* chain = std::get_if<base::Symbol>(&row.value)) values.push_back(Value::string(*chain));
  }
  return Value::own_list(std::move(values));
}

/// The rows of `escalation`, by goal.
Value escalations_of(CallContext& context, const EntityRecord& record) {
  std::vector<Value> values;
  const auto rows = record.entity().attributes.of(attribute::escalation);
  context.charge(rows.size());
  for (const model::Attribute& row : rows) {
    if (const auto* chain = std::get_if<base::Symbol>(&row.value)) values.push_back(Value::string(*chain));
  }
  return Value::own_list(std::move(values));
}

const model::TextList& denials_of(const EntityRecord& record) { return record.entity().attributes.list(attribute::denials); }

Value dropped_denials_of(CallContext& context, Arguments arguments) {
  const EntityRecord* before = entity_in(arguments[0]);
  const EntityRecord* after = entity_in(arguments[1]);
  if (before == nullptr || after == nullptr) return no_entity();
  std::vector<Value> values;
  context.charge(denials_of(*before).size() + denials_of(*after).size());
  for (std::string& text : model::dropped_denials(denials_of(*before), denials_of(*after))) {
    values.push_back(Value::own_string(std::move(text)));
  }
  return Value::own_list(std::move(values));
}

Value jurisdictions_of(CallContext&, const EntityRecord& record) { return read_or_unknown(record, attribute::jurisdictions); }

Value third_party(CallContext&, const EntityRecord& record) {
  const model::EntityKind kind = record.entity().kind;
  return Value::boolean(kind == model::EntityKind::third_party || kind == model::EntityKind::external);
}

Value owner_of(CallContext&, const EntityRecord& record) { return read(record, attribute::owner); }

Value tier_of(CallContext&, const EntityRecord& record) {
  const model::Symbol tier = model::tier_of(record.entity().attributes);
  return Value::string(tier.empty() ? std::string_view("unknown") : tier.view());
}

Value is_store_entity(CallContext&, const EntityRecord& record) { return Value::boolean(is_store(record.entity().kind)); }
Value is_workload_entity(CallContext&, const EntityRecord& record) { return Value::boolean(is_workload(record.entity().kind)); }

/// Own classes and those in reach, each once, sorted.
Value data_reach_of(CallContext& context, const EntityRecord& record) {
  std::set<base::Symbol> classes;
  const model::Attributes& attributes = record.entity().attributes;
  for (const auto* definition : {&attribute::data_classes, &attribute::data_reach}) {
    const model::Attribute* row = attributes.find(*definition);
    if (row == nullptr) continue;
    const auto* texts = std::get_if<model::TextList>(&row->value);
    if (texts == nullptr) return to_cel(row, *definition, record.entity().id.address.view());
    context.charge(texts->size());
    classes.insert(texts->begin(), texts->end());
  }
  std::vector<Value> values;
  for (const base::Symbol name : classes) values.push_back(Value::string(name));
  return Value::own_list(std::move(values));
}

/// One of the alternatives is to prove nothing.
bool is_open(std::string_view callers) {
  const auto alternatives = [&] {
    std::vector<std::string_view> all;
    constexpr std::string_view k_or = " or ";
    for (std::size_t at = callers.find(k_or); at != std::string_view::npos; at = callers.find(k_or)) {
      all.push_back(callers.substr(0, at));
      callers.remove_prefix(at + k_or.size());
    }
    all.push_back(callers);
    return all;
  }();
  return std::find(alternatives.begin(), alternatives.end(), "none") != alternatives.end();
}

/// `METHOD PATH: CLASS, CLASS` for the operations that anybody may call and that give classified data.
Value returned_openly(CallContext& context, const EntityRecord& record) {
  const model::Attributes& attributes = record.entity().attributes;
  std::vector<Value> values;
  for (const model::Attribute& row : attributes.of(attribute::operation)) {
    context.charge(1);
    const auto* callers = std::get_if<base::Symbol>(&row.value);
    if (callers == nullptr || !is_open(callers->view())) continue;
    const model::TextList& classes = attributes.list(attribute::field_classes, {}, base::Symbol("out " + row.key.str()));
    std::string names;
    for (const base::Symbol name : classes) {
      if (model::is_sensitive_class(name.view())) names += (names.empty() ? ": " : ", ") + name.str();
    }
    if (!names.empty()) values.push_back(Value::own_string(row.key.str() + names));
  }
  return Value::own_list(std::move(values));
}

enum class Direction : std::uint8_t { outgoing, incoming };

/// Entities at the other end of the relations that `wanted` accepts, each once, in the order of the relations.
template <typename Wanted>
Value neighbours(CallContext& context, const EntityRecord& record, Direction direction, Wanted wanted) {
  const model::ArchitectureGraph& graph = record.state().graph();
  std::vector<Value> values;
  std::set<model::EntityIndex> seen;
  const auto edges = direction == Direction::outgoing ? graph.outgoing(record.index()) : graph.incoming(record.index());
  if (!context.charge(edges.size())) return Value::own_list(std::move(values));
  for (const model::RelationIndex index : edges) {
    const model::Relation& relation = graph.relation(index);
    const model::EntityIndex other = direction == Direction::outgoing ? relation.target : relation.source;
    if (wanted(relation, graph.entity(other)) && seen.insert(other).second) {
      values.push_back(Value::record(record.state().entity(other)));
    }
  }
  return Value::own_list(std::move(values));
}

bool is_network(const model::Relation& relation, const model::Entity&) {
  return family_of(relation.kind) == model::RelationFamily::network;
}

Value depends_on(CallContext& context, const EntityRecord& record) {
  return neighbours(context, record, Direction::outgoing, is_network);
}

Value used_by(CallContext& context, const EntityRecord& record) {
  return neighbours(context, record, Direction::incoming, is_network);
}

Value protected_by(CallContext& context, const EntityRecord& record) {
  return neighbours(context, record, Direction::incoming, [](const model::Relation& relation, const model::Entity& source) {
    return relation.kind == model::RelationKind::protects && source.kind == model::EntityKind::network_policy;
  });
}

Value routes_to(CallContext& context, const EntityRecord& record) {
  return neighbours(context, record, Direction::outgoing, [](const model::Relation& relation, const model::Entity&) {
    return relation.kind == model::RelationKind::routes_to;
  });
}

Value secrets_of(CallContext& context, const EntityRecord& record) {
  return neighbours(context, record, Direction::outgoing, [](const model::Relation& relation, const model::Entity& target) {
    return relation.kind == model::RelationKind::mounts && target.kind == model::EntityKind::secret;
  });
}

/// Breadth first over network relations, outside hosts included as ends only.
Value reaches(CallContext& context, Arguments arguments) {
  const EntityRecord* from = entity_in(arguments[0]);
  const EntityRecord* to = entity_in(arguments[1]);
  if (from == nullptr || to == nullptr) return no_entity();
  const model::ArchitectureGraph& graph = from->state().graph();
  const auto goal = graph.find(to->entity().id);
  if (!goal) return Value::boolean(false);
  std::vector<bool> seen(graph.entities().size());
  std::vector<model::EntityIndex> queue = {from->index()};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const auto edges = graph.outgoing(queue[next]);
    if (!context.charge(edges.size() + 1)) return Value::boolean(false);
    for (const model::RelationIndex index : edges) {
      const model::Relation& relation = graph.relation(index);
      if (family_of(relation.kind) != model::RelationFamily::network) continue;
      if (relation.target == *goal) return Value::boolean(true);
      if (seen[relation.target]) continue;
      seen[relation.target] = true;
      queue.push_back(relation.target);
    }
  }
  return Value::boolean(false);
}

/// Countries of the European Economic Area (ISO 3166-1), and the Union itself.
constexpr std::array<std::string_view, 32> k_economic_area = {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EEA", "ES", "EU",
                                                              "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI",  "LT", "LU",
                                                              "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI",  "SK"};
/// Adequacy decisions under GDPR Art. 45 without conditions on the importer. Canada and the United States are not here: theirs
/// hold for some importers only, which a region does not tell.
constexpr std::array<std::string_view, 15> k_adequate = {"AD", "AR", "BR", "CH", "FO", "GB", "GG", "IL",
                                                         "IM", "JE", "JP", "KR", "NZ", "UK", "UY"};

template <std::size_t Size>
bool is_among(const std::array<std::string_view, Size>& codes, const Value& value) {
  return std::find(codes.begin(), codes.end(), value.as_text()) != codes.end();
}

Value in_economic_area(CallContext&, Arguments arguments) { return Value::boolean(is_among(k_economic_area, arguments[0])); }

Value adequate(CallContext&, Arguments arguments) {
  return Value::boolean(is_among(k_economic_area, arguments[0]) || is_among(k_adequate, arguments[0]));
}

Value compare_version_texts(CallContext& context, Arguments arguments) {
  context.charge((arguments[0].as_text().size() + arguments[1].as_text().size()) / 16);
  return Value::integer(compare_versions(arguments[0].as_text(), arguments[1].as_text()));
}

/// Without a version, or with one that moves on.
Value image_floats(CallContext&, Arguments arguments) {
  const std::string_view image = arguments[0].as_text();
  if (image.find("@sha256:") != std::string_view::npos) return Value::boolean(false);
  const std::size_t slash = image.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? image : image.substr(slash + 1);
  const std::size_t colon = name.find(':');
  return Value::boolean(colon == std::string_view::npos || name.substr(colon + 1) == "latest");
}

/// Versions that cannot be compared are not older.
Value is_older(CallContext&, Arguments arguments) {
  const auto purl = package::parse_purl(arguments[0].as_text());
  const auto scheme = purl ? package::scheme_of(purl->type) : std::nullopt;
  const auto order = package::compare(scheme.value_or(package::Scheme::generic), arguments[1].as_text(), arguments[2].as_text());
  return Value::boolean(order && *order < 0);
}

constexpr cel::FunctionRow k_functions[] = {
    {"adequate(string) -> bool", adequate,
     "The European Union regards the protection of personal data there as adequate without further conditions (GDPR Art. 45), or "
     "the country is in the European Economic Area",
     "adequate('JP') && adequate('DE') && !adequate('US')"},
    {"attackPaths(Entity) -> list(string)", on_entity<attack_paths_of>,
     "The shortest way from each entry to a store, secret or outside host, entity by entity: `internet > gateway > web > "
     "orders-db`",
     "attackPaths(target)[0].startsWith('internet > ')"},
    {"checksOnWays(Entity) -> list(string)", on_entity<checks_on_ways_of>,
     "Who asks for an identity on the ways in from the internet, and the ways on which nobody does; empty where no way has a check",
     "checksOnWays(source).size() == 0"},
    {"compareVersions(string, string) -> int", compare_version_texts, "-1, 0 or 1: order of two versions, numbers as numbers",
     "compareVersions('v1.10.0', '1.9.2') == 1"},
    {"dataReach(Entity) -> list(string)", on_entity<data_reach_of>,
     "Classes of data that the entity holds or handles itself or that can be reached from it", "dataReach(source) == ['PII']"},
    {"dependsOn(Entity) -> list(Entity)", on_entity<depends_on>, "What the entity calls, uses or sends to directly",
     "dependsOn(source).exists(e, e.name == 'customers-db')"},
    {"droppedDenials(Entity, Entity) -> list(string)", dropped_denials_of,
     "Requests that the policies of the mesh refuse for the first entity and do not for certain refuse for the second one",
     "droppedDenials(source, source).size() == 0"},
    {"escalations(Entity) -> list(string)", on_entity<escalations_of>,
     "How an account, or a workload with its token, can get at more than it was given: power > account > power",
     "escalations(source).size() == 0"},
    {"exposedToInternet(Entity) -> bool", on_entity<exposed_to_internet>, "Can be reached from the internet",
     "exposedToInternet(source) && !exposedToInternet(target)"},
    {"inEconomicArea(string) -> bool", in_economic_area, "The country is in the European Economic Area, or is the Union itself",
     "inEconomicArea('DE') && !inEconomicArea('CH')"},
    {"isStore(Entity) -> bool", on_entity<is_store_entity>, "Holds data for others: datastore, cache, queue or bucket",
     "isStore(target) && !isStore(source)"},
    {"isWorkload(Entity) -> bool", on_entity<is_workload_entity>, "Runs code or holds data", "isWorkload(source)"},
    {"imageFloats(string) -> bool", image_floats, "The reference names no version: no tag, or `latest`, and no digest",
     "imageFloats('shop/cart') && imageFloats('registry.sample:5000/cart:latest') && !imageFloats('shop/cart:1.2')"},
    {"isOlder(string, string, string) -> bool", is_older,
     "Of the package (a package URL tells the ecosystem) the first version is older than the second; false where they cannot be "
     "compared",
     "isOlder('pkg:pypi/requests', '2.9.0', '2.10.0') && !isOlder('pkg:deb/debian/curl', '8.0', '8.0~rc1')"},
    {"jurisdictions(Entity) -> list(string)", on_entity<jurisdictions_of>,
     "Countries and unions whose law applies; unknown where no configuration says it", "jurisdictions(target) == ['DE']"},
    {"owner(Entity) -> string", on_entity<owner_of>, "Who owns it; empty when nobody is named", "owner(source) == 'team-web'"},
    {"pathsFromInternet(Entity) -> list(string)", on_entity<paths_from_internet>, "Ways in from the internet, entity by entity",
     "size(pathsFromInternet(source)) == 1"},
    {"protectedBy(Entity) -> list(Entity)", on_entity<protected_by>, "Network policies that select it",
     "protectedBy(target)[0].name == 'customers-db'"},
    {"reaches(Entity, Entity) -> bool", reaches, "The second can be reached from the first over network relations",
     "reaches(source, target) && !reaches(target, source)"},
    {"returnedOpenly(Entity) -> list(string)", on_entity<returned_openly>,
     "Operations of an interface that give sensitive data to callers who need not prove who they are: `GET /users: PII`",
     "returnedOpenly(source).size() == 0"},
    {"routesTo(Entity) -> list(Entity)", on_entity<routes_to>,
     "What a gateway or endpoint hands requests to; of kind unresolved or external where nobody declares it here",
     "routesTo(source).size() == 0"},
    {"secretsOf(Entity) -> list(Entity)", on_entity<secrets_of>, "Secret objects that it consumes or mounts",
     "secretsOf(source).map(s, s.name) == ['web-token']"},
    {"sensitive(string) -> bool", sensitive,
     "The class of data is personal, payment, health, financial, a government id, a special category or a credential",
     "sensitive('PII') && sensitive('PCI') && !sensitive('business')"},
    {"thirdParty(Entity) -> bool", on_entity<third_party>, "Belongs to somebody else: a known vendor or another outside host",
     "!thirdParty(source)"},
    {"tier(Entity) -> string", on_entity<tier_of>,
     "mission-critical, high, normal, low or unknown: as declared, else high where function, data or position say so",
     "tier(source) == 'high'"},
    {"usedBy(Entity) -> list(Entity)", on_entity<used_by>, "What calls, uses or sends to it directly",
     "usedBy(target).map(e, e.name) == ['web']"},
};

}  // namespace

std::span<const cel::FunctionRow> functions() { return k_functions; }

}  // namespace postern::policy
