// SPDX-License-Identifier: Apache-2.0
// Relations of an object as facts.
#include <connection/endpoint.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/links.h>
#include <postern/base/text.h>

#include <algorithm>

namespace postern::ingest::kubernetes {

void link(ObjectReader& reader, Link link) {
  model::ReferenceFact fact;
  fact.source = reader.object().address;
  fact.kind = link.kind;
  fact.target = link.target;
  fact.note = Symbol(link.note);
  fact.optional = link.optional;
  fact.incoming = link.incoming;
  fact.grants = std::move(link.grants);
  fact.location = link.location;
  if (link.port != 0) {
    add_set(fact.attributes, model::attribute::relation_ports, {Symbol(std::to_string(link.port))}, link.location);
  }
  if (!link.forwarding.empty()) {
    add_set(fact.attributes, model::attribute::forwarding, {Symbol(link.forwarding)}, link.location);
  }
  reader.emit(std::move(fact));
}

void mention_host(ObjectReader& reader, std::string_view host, std::uint32_t port, std::string_view note, const Location& location,
                  std::string_view forwarding) {
  std::string name = base::to_lower(host);
  if (name.ends_with('.')) name.pop_back();
  if (name.empty()) return;
  model::MentionFact fact;
  fact.owner = reader.object().address;
  fact.name = Symbol(note);
  fact.host = Symbol(name);
  fact.port = port;
  fact.confidence = Symbol(connection::to_string(connection::Confidence::host_port));
  fact.forwarding = Symbol(forwarding);
  fact.location = location;
  reader.emit(std::move(fact));
}

void select(ObjectReader& reader, model::RelationKind kind, Symbol namespace_name, model::LabelSelector selector,
            const Location& location) {
  reader.emit(model::SelectorFact{reader.object().address, kind, namespace_name, std::move(selector), location});
}

bool has_readable_spec(const ObjectReader& reader) {
  return !reader.object().root["spec"] || reader.mapping(reader.object().root, "spec");
}

std::string joined(std::vector<std::string> texts, std::string_view separator) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  std::string result;
  for (const std::string& text : texts) {
    if (!result.empty()) result += separator;
    result += text;
  }
  return result;
}

std::uint32_t port_number(const ObjectReader& reader, const Node& parent, std::string_view key) {
  return static_cast<std::uint32_t>(reader.port(parent, key).value_or(0));
}

}  // namespace postern::ingest::kubernetes
