// SPDX-License-Identifier: Apache-2.0
// Small architectures, written down by hand, and packs of one rule.
#pragma once
#include <postern/model/graph.h>

#include <string>
#include <vector>

#include "policy/evaluate.h"

namespace postern::policy::sample {

using base::Symbol;
using model::EntityKind;
using model::RelationKind;
using model::TextList;
namespace attribute = model::attribute;

inline TextList texts(std::initializer_list<const char*> words) {
  TextList list;
  for (const char* word : words) list.emplace_back(word);
  return list;
}

/// Builds a graph name by name.
class Builder {
 public:
  /// Adds an entity `shop/NAME`; `line` is where it is declared.
  model::Entity& add(EntityKind kind, const std::string& address, std::uint32_t line = 1) {
    model::Entity entity;
    entity.id = {Symbol("app"), Symbol("cluster"), Symbol(address)};
    entity.kind = kind;
    entity.name = Symbol(address.substr(address.rfind('/') + 1));
    entity.namespace_name = Symbol("shop");
    entity.locations = {{Symbol("shop.yaml"), line, 1}};
    m_fragment.entities.push_back(std::move(entity));
    return m_fragment.entities.back();
  }
  model::Relation& relate(const std::string& source, RelationKind kind, const std::string& target, const char* note = "") {
    model::Relation relation;
    relation.source = index_of(source);
    relation.target = index_of(target);
    relation.kind = kind;
    relation.evidence = {{{Symbol("shop.yaml"), 7, 3}, Symbol(note)}};
    m_fragment.relations.push_back(std::move(relation));
    return m_fragment.relations.back();
  }
  [[nodiscard]] model::ArchitectureGraph build() const { return model::ArchitectureGraph(m_fragment); }

 private:
  [[nodiscard]] model::EntityIndex index_of(const std::string& address) const {
    for (std::size_t i = 0; i < m_fragment.entities.size(); ++i) {
      if (m_fragment.entities[i].id.address.view() == address) return static_cast<model::EntityIndex>(i);
    }
    throw std::runtime_error("no entity " + address);
  }
  model::GraphFragment m_fragment;
};

/// The sample that the examples of functions hold on: see reference.cpp.
inline model::ArchitectureGraph shop() {
  Builder b;
  model::Entity& web = b.add(EntityKind::service, "shop/web", 10);
  web.attributes.set(attribute::owner, Symbol("team-web"));
  web.attributes.set(attribute::tier, Symbol("high"));
  web.attributes.set(attribute::exposure, Symbol("internet"));
  web.attributes.set(attribute::entry_paths, texts({"internal > node > shop/web", "internet > shop/services/web > shop/web"}));
  web.attributes.set(attribute::data_reach, texts({"PII"}));
  web.attributes.set(attribute::image, Symbol("registry.example:5000/shop/web:1.2@sha256:ab"), {Symbol("shop.yaml"), 12, 9},
                     Symbol("main"));
  web.attributes.set(attribute::run_as_non_root, true, {Symbol("shop.yaml"), 13, 9});
  web.labels = {{Symbol("app"), Symbol("web")}};
  model::Entity& store = b.add(EntityKind::datastore, "shop/customers-db", 30);
  store.attributes.set(attribute::attack_path, Symbol("internet > shop/services/web > shop/web > shop/customers-db"), {}, {},
                       Symbol("shop/services/web"));
  store.attributes.set(attribute::data_classes, texts({"PII"}), {Symbol("shop.yaml"), 33, 5});
  store.attributes.set(attribute::jurisdictions, texts({"DE"}));
  store.attributes.set(attribute::exposure, Symbol("cluster"));
  b.add(EntityKind::network_policy, "shop/networkpolicies/customers-db", 50);
  b.add(EntityKind::secret, "shop/secrets/web-token", 60);
  b.relate("shop/web", RelationKind::uses, "shop/customers-db", "environment variable DATABASE_URL");
  b.relate("shop/networkpolicies/customers-db", RelationKind::protects, "shop/customers-db");
  b.relate("shop/web", RelationKind::mounts, "shop/secrets/web-token");
  return b.build();
}

/// A pack `test` with these rules (each with its list dash, indented by two).
inline std::vector<PackFile> pack_files(const std::string& rules) {
  return {{"packs/test/pack.yaml",
           "apiVersion: postern/v1\nkind: PolicyPack\nmetadata: {name: test, version: 1.0.0}\nrules:\n" + rules}};
}

/// A rule on one line a key.
inline std::string rule(const std::string& id, const std::string& subject, const std::string& when, const std::string& more = "",
                        const std::string& on_unknown = "report", const std::string& severity = "5.0") {
  const std::string message = subject == "relation" ? "source.name" : subject == "change" ? "change.entity.name" : "entity.name";
  return "  - id: " + id + "\n    title: Title of " + id + "\n    subject: " + subject + "\n    when: |\n      " + when +
         "\n    on_unknown: " + on_unknown + "\n    enforcement: soft\n    severity: " + severity + "\n    message: " + message +
         "\n    remediation: Mend it.\n" + more;
}

inline PackSet packs_of(const std::string& rules) {
  base::DiagnosticSink sink;
  return load_packs(pack_files(rules), PackOrigin::custom, sink);
}

inline const model::Environment& production() {
  static const model::Environment k_environment{"production", model::EnvironmentClass::production, {}};
  return k_environment;
}

}  // namespace postern::policy::sample
