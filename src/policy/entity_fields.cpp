// SPDX-License-Identifier: Apache-2.0
// The fields of Entity: what every entity has, then every attribute of the model's table that does not belong to a container alone.
#include <algorithm>
#include <array>
#include <memory>

#include "policy/attribute_value.h"
#include "policy/pooled.h"
#include "policy/record_list.h"
#include "policy/state_view.h"

namespace postern::policy {
namespace {

using cel::Value;
using Row = FieldRow<EntityRecord>;

class LabelMapping final : public cel::Mapping, public Pooled<LabelMapping> {
 public:
  explicit LabelMapping(const model::Labels& labels) : m_labels(labels) {}
  [[nodiscard]] std::size_t size() const override { return m_labels.size(); }
  [[nodiscard]] Value key_at(std::size_t index) const override { return Value::string(m_labels[index].first); }
  [[nodiscard]] Value value_at(std::size_t index) const override { return Value::string(m_labels[index].second); }
  [[nodiscard]] std::optional<Value> find(const Value& key) const override {
    if (!key.is(cel::Kind::string)) return std::nullopt;
    for (const model::Label& label : m_labels) {
      if (label.first.view() == key.as_text()) return Value::string(label.second);
    }
    return std::nullopt;
  }

 private:
  const model::Labels& m_labels;
};

Value data_of(const EntityRecord& record) {
  const model::Attribute* row = record.entity().attributes.find(model::attribute::data_classes);
  if (row != nullptr && std::holds_alternative<model::Unknown>(row->value)) {
    return to_cel(row, model::attribute::data_classes, record.entity().id.address.view());
  }
  return list_of(record.state().data(record.index()));
}

Value declared_of(const EntityRecord& record) {
  std::vector<Value> paths;
  for (const model::Attribute& row : record.entity().attributes.all()) {
    if (row.definition->origin == model::AttributeOrigin::declared) paths.push_back(Value::own_string(path_of(row)));
  }
  return Value::own_list(std::move(paths));
}

/// Kubernetes mounts the token unless the pod, or else its service account, says no.
Value token_of(const EntityRecord& record) {
  const auto& definition = model::attribute::automount_service_account_token;
  const model::Entity& entity = record.entity();
  if (const model::Attribute* row = entity.attributes.find(definition)) return to_cel(row, definition, entity.id.address.view());
  const model::ArchitectureGraph& graph = record.state().graph();
  for (const model::RelationIndex index : graph.outgoing(record.index())) {
    const model::Relation& relation = graph.relation(index);
    if (relation.kind != model::RelationKind::assumes) continue;
    const model::Entity& identity = graph.entity(relation.target);
    if (const model::Attribute* row = identity.attributes.find(definition))
      return to_cel(row, definition, identity.id.address.view());
  }
  return to_cel(nullptr, definition, entity.id.address.view());
}

/// `CONTAINER.VARIABLE` of workloads, the bare key of configuration objects.
Value plaintext_secrets_of(const EntityRecord& record) {
  std::vector<Value> names;
  for (const model::Attribute& row : record.entity().attributes.of(model::attribute::plaintext_secrets)) {
    const auto* variables = std::get_if<model::TextList>(&row.value);
    if (variables == nullptr) return to_cel(row.value, record.entity().id.address.view(), path_of(row));
    for (const base::Symbol name : *variables) {
      names.push_back(row.scope.empty() ? Value::string(name) : Value::own_string(row.scope.str() + "." + name.str()));
    }
  }
  return Value::own_list(std::move(names));
}

/// Settings of a container that a pod may set for all its containers.
bool is_pod_wide(const model::AttributeDefinition& definition) {
  namespace a = model::attribute;
  return &definition == &a::run_as_user || &definition == &a::run_as_group || &definition == &a::run_as_non_root ||
         &definition == &a::seccomp_profile;
}

std::vector<Row> structural_rows() {
  return {
      {"id", "string", "Application, target and address; stable",
       [](const EntityRecord& r) { return Value::own_string(to_string(r.entity().id)); }},
      {"address", "string", "NAMESPACE/NAME, NAMESPACE/PLURAL/NAME, external/HOST or unresolved/NAME",
       [](const EntityRecord& r) { return Value::string(r.entity().id.address); }},
      {"application", "string", "Application that it belongs to",
       [](const EntityRecord& r) { return Value::string(r.entity().id.application); }},
      {"target", "string", "Cluster, account or region that it runs in",
       [](const EntityRecord& r) { return Value::string(r.entity().id.target); }},
      {"name", "string", "What people call it", [](const EntityRecord& r) { return Value::string(r.entity().name); }},
      {"namespace", "string", "Namespace; empty where there is none",
       [](const EntityRecord& r) { return Value::string(r.entity().namespace_name); }},
      {"kind", "string",
       "service, job, function, datastore, cache, queue, bucket, endpoint, gateway, third_party, external, secret...",
       [](const EntityRecord& r) { return Value::string(std::string_view(to_string(r.entity().kind))); }},
      {"workload", "bool", "Runs code or holds data",
       [](const EntityRecord& r) { return Value::boolean(is_workload(r.entity().kind)); }},
      {"store", "bool", "Holds data for others: datastore, cache, queue or bucket",
       [](const EntityRecord& r) { return Value::boolean(is_store(r.entity().kind)); }},
      {"labels", "map(string, string)", "Labels of what runs",
       [](const EntityRecord& r) { return Value::own_map(std::make_unique<LabelMapping>(r.entity().labels)); }},
      {"containers", "list(Container)", "Containers, by name, init containers and sidecars included",
       [](const EntityRecord& r) { return list_of(r.state().containers(r.index())); }},
      {"data", "list(Data)", "Classes of data that it holds or handles", data_of},
      {"settings", "map(string, string)", "Keys of a configuration object with their redacted text",
       [](const EntityRecord& r) {
         return text_map(r.entity().attributes.of(model::attribute::data), {}, r.entity().id.address.view());
       }},
      {"operations", "map(string, string)",
       "Operations of an interface by METHOD PATH: who may call, `none` where nobody must prove who they are",
       [](const EntityRecord& r) {
         return text_map(r.entity().attributes.of(model::attribute::operation), {}, r.entity().id.address.view());
       }},
      {"columns", "map(string, string)", "Columns of a store by TABLE.COLUMN: type and constraints",
       [](const EntityRecord& r) {
         return text_map(r.entity().attributes.of(model::attribute::column), {}, r.entity().id.address.view());
       }},
      {"declared", "list(string)", "Paths of the attributes that are written down: replicas, server.image...", declared_of},
      {"plaintext_secrets", "list(string)", "Secrets in clear text: CONTAINER.VARIABLE, or the key of a configuration object",
       plaintext_secrets_of, &model::attribute::plaintext_secrets},
      {"automount_service_account_token", "bool",
       "Whether the account's token is mounted: as the workload says, else as its service account says, else true", token_of,
       &model::attribute::automount_service_account_token},
  };
}

FieldTable<EntityRecord> make_fields() {
  std::vector<Row> rows = structural_rows();
  for (const model::AttributeDefinition* definition : model::all_attributes()) {
    const bool foreign = definition->subject == model::AttributeSubject::relation ||
                         (definition->subject == model::AttributeSubject::container && !is_pod_wide(*definition));
    const auto same = [&](const Row& row) { return row.name == definition->name; };
    if (foreign || std::any_of(rows.begin(), rows.end(), same)) continue;
    rows.push_back(
        {definition->name, std::string(cel_type_of(definition->type)), std::string(definition->description), nullptr, definition});
  }
  return rows;
}

}  // namespace

const FieldTable<EntityRecord>& EntityRecord::fields() {
  static const FieldTable<EntityRecord> k_fields = make_fields();
  return k_fields;
}

const cel::ObjectType& EntityRecord::type() const {
  if (m_state->is_for_queries()) return query_type();
  static const cel::ObjectType k_type = object_type_of("Entity", fields());
  return k_type;
}

const model::Entity& EntityRecord::entity() const { return m_state->graph().entity(m_index); }

cel::Value EntityRecord::get(std::size_t slot) const {
  const Row& row = m_state->is_for_queries() ? query_fields()[slot] : fields()[slot];
  if (row.get != nullptr) return row.get(*this);
  const model::Entity& self = entity();
  return to_cel(self.attributes.find(*row.attribute), *row.attribute, self.id.address.view());
}

bool EntityRecord::equals(const cel::Record& other) const {
  return &other.type() == &type() && static_cast<const EntityRecord&>(other).entity().id == entity().id;
}

std::optional<std::string> EntityRecord::text() const { return entity().id.address.str(); }

}  // namespace postern::policy
