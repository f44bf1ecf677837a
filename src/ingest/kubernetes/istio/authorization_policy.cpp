// SPDX-License-Identifier: Apache-2.0
// AuthorizationPolicy: who may send which requests, and how open that is.
#include <connection/redact.h>
#include <ingest/codes.h>
#include <ingest/kubernetes/istio/kinds.h>
#include <ingest/kubernetes/istio/scope.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/metadata.h>
#include <postern/model/denial.h>

#include <algorithm>
#include <array>
#include <map>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

/// Ascending.
enum class Openness : std::uint8_t { nobody, named, authenticated, some_requests, everybody };
constexpr std::array<std::string_view, 5> k_openness = {"nobody", "named", "authenticated", "some_requests", "everybody"};
constexpr std::array<std::string_view, 4> k_actions = {"ALLOW", "AUDIT", "CUSTOM", "DENY"};

/// What a list of a source may hold: identities, where `*` means whoever proves to be somebody, or addresses.
enum class Holds : std::uint8_t { identities, addresses };
struct SourceRow {
  std::string_view key;
  Holds holds;
};
constexpr std::array k_sources = {
    SourceRow{"ipBlocks", Holds::addresses},           SourceRow{"namespaces", Holds::identities},
    SourceRow{"principals", Holds::identities},        SourceRow{"remoteIpBlocks", Holds::addresses},
    SourceRow{"requestPrincipals", Holds::identities}, SourceRow{"serviceAccounts", Holds::identities},
};

Openness openness_of(const std::vector<Symbol>& values, Holds holds) {
  const auto is_any = [&](Symbol value) {
    return holds == Holds::identities ? value.view() == "*" : value.view() == "0.0.0.0/0" || value.view() == "::/0";
  };
  if (std::none_of(values.begin(), values.end(), is_any)) return Openness::named;
  return holds == Holds::identities ? Openness::authenticated : Openness::everybody;
}

/// Values that a condition compares with, sorted: `request.headers[authorization]` with a token in clear text is a secret.
std::vector<Symbol> condition_values(const ObjectReader& reader, const Node& condition, std::string_view list) {
  constexpr std::string_view k_headers = "request.headers[";
  std::string_view name = condition["key"].text();
  if (name.starts_with(k_headers)) name = name.substr(k_headers.size(), name.size() - k_headers.size() - 1);
  std::vector<Symbol> values;
  for (const Symbol value : reader.sorted_texts(condition, list)) values.emplace_back(connection::redact(name, value.view()).text);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

/// All lists of a source must match; without one, or with exceptions only, nearly everybody does.
Openness read_source(const ObjectReader& reader, const Node& source, std::vector<std::string>& texts) {
  Openness openness = Openness::everybody;
  for (const SourceRow& row : k_sources) {
    const std::vector<Symbol> values = reader.sorted_texts(source, row.key);
    if (values.empty()) continue;
    openness = std::min(openness, openness_of(values, row.holds));
  }
  bool excepts = false;
  for (const document::Entry entry : source.entries()) {
    const std::string key(entry.key.text());
    if (!entry.value.is_sequence()) continue;
    excepts = excepts || key.starts_with("not");
    std::string text = key;
    for (const Symbol value : reader.sorted_texts(source, key)) text += " " + value.str();
    texts.push_back(std::move(text));
  }
  return openness == Openness::everybody && excepts ? Openness::some_requests : openness;
}

std::string operation_text(const ObjectReader& reader, const Node& operation) {
  std::vector<std::string> texts;
  for (const document::Entry entry : operation.entries()) {
    if (!entry.value.is_sequence()) {
      reader.wrong_type(entry.value, entry.key.text(), "a sequence");
      continue;
    }
    std::string text(entry.key.text());
    for (const Symbol value : reader.sorted_texts(operation, entry.key.text())) text += " " + value.str();
    texts.push_back(std::move(text));
  }
  return joined(std::move(texts));
}

/// One rule: how open it is; its words are appended to `texts`.
Openness read_rule(const ObjectReader& reader, const Node& rule, std::vector<Symbol>& texts) {
  std::vector<std::string> sources;
  std::vector<std::string> operations;
  std::vector<std::string> conditions;
  Openness from = rule["from"].size() == 0 ? Openness::everybody : Openness::nobody;
  reader.each_mapping(rule, "from", [&](const Node& item) {
    const Node source = reader.mapping(item, "source");
    std::vector<std::string> lists;
    from = std::max(from, source ? read_source(reader, source, lists) : Openness::everybody);
    sources.push_back(lists.empty() ? "anybody" : joined(std::move(lists), " and "));
  });
  reader.each_mapping(rule, "to", [&](const Node& item) {
    const Node operation = reader.mapping(item, "operation");
    operations.push_back(operation ? operation_text(reader, operation) : std::string());
  });
  reader.each_mapping(rule, "when", [&](const Node& item) {
    std::string text(reader.required_name(item, "key").value_or(""));
    for (const Symbol value : condition_values(reader, item, "values")) text += " " + value.str();
    for (const Symbol value : condition_values(reader, item, "notValues")) text += " not " + value.str();
    conditions.push_back(std::move(text));
  });
  const bool narrowed = std::any_of(operations.begin(), operations.end(), [](const std::string& text) { return !text.empty(); }) ||
                        !conditions.empty();
  std::string text = "from " + (sources.empty() ? "anybody" : joined(std::move(sources), "; "));
  if (!operations.empty()) text += " to " + joined(std::move(operations), "; ");
  if (!conditions.empty()) text += " when " + joined(std::move(conditions), " and ");
  texts.emplace_back(text);
  return from == Openness::everybody && narrowed ? Openness::some_requests : from;
}

using Lists = std::map<std::string, std::vector<std::string>, std::less<>>;

void add_list(Lists& lists, const std::string& key, const std::vector<Symbol>& values) {
  for (const Symbol value : values) lists[key].push_back(value.str());
}

/// The lists of every item of `list`, below `part` of it; one without any where there are no items.
std::vector<Lists> alternatives(const ObjectReader& reader, const Node& rule, std::string_view list, std::string_view part,
                                const std::string& prefix) {
  std::vector<Lists> found;
  for (const Node item : rule[list].items()) {
    Lists lists;
    for (const document::Entry entry : item[part].entries()) {
      if (!entry.value.is_sequence()) continue;
      add_list(lists, prefix + std::string(entry.key.text()), reader.sorted_texts(item[part], entry.key.text()));
    }
    found.push_back(std::move(lists));
  }
  if (found.empty()) found.emplace_back();
  return found;
}

/// What one rule of a policy that denies refuses: a text for each pair of a source and an operation. read_rule() has complained of
/// what is wrong in it.
void read_denials(const ObjectReader& reader, const Node& rule, std::vector<Symbol>& texts) {
  Lists conditions;
  for (const Node item : rule["when"].items()) {
    const std::string key(item["key"].text());
    add_list(conditions, "when." + key, condition_values(reader, item, "values"));
    add_list(conditions, "when.not:" + key, condition_values(reader, item, "notValues"));
  }
  const std::vector<Lists> operations = alternatives(reader, rule, "to", "operation", "to.");
  for (const Lists& source : alternatives(reader, rule, "from", "source", "from.")) {
    for (const Lists& operation : operations) {
      model::Denial denial{source};
      denial.lists.insert(operation.begin(), operation.end());
      denial.lists.insert(conditions.begin(), conditions.end());
      texts.emplace_back(model::to_string(denial));
    }
  }
}

std::string_view read_action(const ObjectReader& reader, Rows& rows) {
  const Node written = reader.spec()["action"];
  const std::string_view action = reader.name(reader.spec(), "action").value_or("ALLOW");
  if (std::find(k_actions.begin(), k_actions.end(), action) == k_actions.end()) {
    reader.wrong_type(written, "action", "ALLOW, DENY, AUDIT or CUSTOM", ObjectReader::Quote::shown);
  }
  add_row(rows, model::attribute::action, Symbol(action), written ? written.location() : reader.object().root.location());
  return action;
}

bool protects(std::string_view action, Openness openness) {
  if (action == "ALLOW") return openness != Openness::everybody;
  return (action == "DENY" || action == "CUSTOM") && openness != Openness::nobody;
}

}  // namespace

void read_istio_authorization_policy(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::access_policy);
  if (!has_readable_spec(reader)) return reader.emit(std::move(entity));
  Rows& rows = entity.attributes;
  const Node& spec = reader.spec();
  const std::string_view action = read_action(reader, rows);
  Openness openness = Openness::nobody;
  std::vector<Symbol> texts;
  reader.each_mapping(spec, "rules", [&](const Node& rule) { openness = std::max(openness, read_rule(reader, rule, texts)); });
  if (action == "DENY") {
    texts.clear();
    base::DiagnosticSink said;  // what is wrong was said above
    std::vector<model::Fact> none;
    const ObjectReader again(reader.object(), none, said);
    again.each_mapping(spec, "rules", [&](const Node& rule) { read_denials(again, rule, texts); });
  }
  const Node list = spec["rules"];
  const Location location = list ? list.location() : reader.object().root.location();
  add_set(rows, access_rules, std::move(texts), location);
  // A dry run only writes down what it would do.
  const bool enforced = annotation(reader, "istio.io/dry-run") != "true";
  if (enforced) add_row(rows, callers, Symbol(k_openness.at(static_cast<std::size_t>(openness))), location);
  const bool counts = enforced && protects(action, openness);
  const auto kind = counts ? model::RelationKind::protects : model::RelationKind::configures;
  if (!apply_to_targets(reader, kind, rows)) apply_to_workloads(reader, kind, RootSelector::everywhere, rows);
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
