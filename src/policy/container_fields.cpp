// SPDX-License-Identifier: Apache-2.0
// The fields of Container (settings of the pod hold where the container sets none) and of Data.
#include <array>

#include "policy/attribute_value.h"
#include "policy/image_reference.h"
#include "policy/state_view.h"

namespace postern::policy {
namespace {

using cel::Value;
using Row = FieldRow<ContainerRecord>;

std::string_view image_of(const ContainerRecord& record) {
  const model::Attribute* row = record.entity().attributes.find(model::attribute::image, record.name());
  const base::Symbol* text = row == nullptr ? nullptr : std::get_if<base::Symbol>(&row->value);
  return text == nullptr ? std::string_view() : text->view();
}

Value is_declared(const ContainerRecord& record) {
  std::vector<Value> names;
  for (const model::Attribute& row : record.entity().attributes.all()) {
    if (row.scope == record.name() && row.definition->origin == model::AttributeOrigin::declared) {
      names.push_back(Value::string(row.definition->name));
    }
  }
  return Value::own_list(std::move(names));
}

std::vector<Row> structural_rows() {
  return {
      {"name", "string", "Name of the container", [](const ContainerRecord& r) { return Value::string(r.name()); }},
      {"image_name", "string", "Image without tag and digest",
       [](const ContainerRecord& r) { return Value::string(split_image(image_of(r)).name); }},
      {"registry", "string", "Host of the image's registry; docker.io where the image names none",
       [](const ContainerRecord& r) { return Value::string(split_image(image_of(r)).registry); }},
      {"tag", "string", "Tag of the image; empty where there is none",
       [](const ContainerRecord& r) { return Value::string(split_image(image_of(r)).tag); }},
      {"digest", "string", "Digest of the image; empty where there is none",
       [](const ContainerRecord& r) { return Value::string(split_image(image_of(r)).digest); }},
      {"declared", "list(string)", "Names of the attributes that the container itself declares", is_declared},
      {"environment", "map(string, string)",
       "Variables that are no address, redacted; references as secret:NAME/KEY, configmap:NAME/KEY",
       [](const ContainerRecord& r) {
         return text_map(r.entity().attributes.of(model::attribute::environment), r.name(), r.entity().id.address.view());
       }},
  };
}

FieldTable<ContainerRecord> make_fields() {
  std::vector<Row> rows = structural_rows();
  for (const model::AttributeDefinition* definition : model::all_attributes()) {
    const bool of_container = definition->subject == model::AttributeSubject::container || definition == &model::attribute::ports;
    if (!of_container || definition == &model::attribute::environment) continue;
    rows.push_back(
        {definition->name, std::string(cel_type_of(definition->type)), std::string(definition->description), nullptr, definition});
  }
  return rows;
}

/// `PII` of `PII:email`.
std::string_view category_of(std::string_view name) { return name.substr(0, name.find_first_of(":/@ ")); }

}  // namespace

const FieldTable<ContainerRecord>& ContainerRecord::fields() {
  static const FieldTable<ContainerRecord> k_fields = make_fields();
  return k_fields;
}

const cel::ObjectType& ContainerRecord::type() const {
  static const cel::ObjectType k_type = object_type_of("Container", fields());
  return k_type;
}

const model::Entity& ContainerRecord::entity() const { return m_state->graph().entity(m_index); }

cel::Value ContainerRecord::get(std::size_t slot) const {
  const Row& row = fields()[slot];
  if (row.get != nullptr) return row.get(*this);
  const model::Attributes& attributes = entity().attributes;
  const model::Attribute* own = attributes.find(*row.attribute, m_name);
  const bool may_be_pod_wide = row.attribute->subject == model::AttributeSubject::container;
  const model::Attribute* effective = own == nullptr && may_be_pod_wide ? attributes.find(*row.attribute) : own;
  return to_cel(effective, *row.attribute, entity().id.address.view());
}

const FieldTable<DataRecord>& DataRecord::fields() {
  static const FieldTable<DataRecord> k_fields = {
      {"name", "string", "The class as it was found: PII, PII:email...",
       [](const DataRecord& r) { return Value::string(r.name()); }},
      {"category", "string", "The class without its details: PII, PCI, PHI, CREDENTIAL...",
       [](const DataRecord& r) { return Value::string(category_of(r.name().view())); }},
      {"source", "string", "Where that is said: file and line",
       [](const DataRecord& r) { return Value::own_string(to_string(r.location())); }},
  };
  return k_fields;
}

const cel::ObjectType& DataRecord::type() const {
  static const cel::ObjectType k_type = object_type_of("Data", fields());
  return k_type;
}

cel::Value DataRecord::get(std::size_t slot) const { return fields()[slot].get(*this); }

}  // namespace postern::policy
