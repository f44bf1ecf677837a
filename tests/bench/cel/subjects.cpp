// SPDX-License-Identifier: Apache-2.0
// Turns JSON into CEL values.
#include "bench/cel/subjects.h"

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace postern::bench {
namespace {

using cel::Value;
using nlohmann::json;

using Fields = std::map<std::string, std::string>;  ///< name to type

/// The part of a path that stands for all elements of a list.
std::string below(const std::string& path, const std::string& name) { return path.empty() ? name : path + "_" + name; }

bool is_object(const std::string& name, const json& value) { return value.is_object() && name != "labels"; }

std::string type_text(const std::string& path, const std::string& name, const json& value) {
  if (value.is_boolean()) return "bool";
  if (value.is_number_integer()) return "int";
  if (value.is_string()) return "string";
  if (value.is_object()) return is_object(name, value) ? below(path, name) : "map(string, string)";
  if (value.is_array()) return value.empty() ? "" : "list(" + type_text(path, name, value.front()) + ")";
  throw std::runtime_error("no type for " + value.dump());
}

void collect(const std::string& path, const json& object, std::map<std::string, Fields>& types) {
  for (const auto& [name, value] : object.items()) {
    std::string& known = types[path][name];
    if (std::string text = type_text(path, name, value); !text.empty()) known = std::move(text);
    if (is_object(name, value)) collect(below(path, name), value, types);
    if (!value.is_array()) continue;
    for (const json& element : value)
      if (element.is_object()) collect(below(path, name), element, types);
  }
}

class SlotRecord final : public cel::Record {
 public:
  SlotRecord(const cel::ObjectType& type, std::vector<Value> values) : m_type(type), m_values(std::move(values)) {}
  [[nodiscard]] const cel::ObjectType& type() const override { return m_type; }
  [[nodiscard]] Value get(std::size_t slot) const override { return m_values[slot].borrowed(); }

 private:
  const cel::ObjectType& m_type;
  std::vector<Value> m_values;
};

class Converter {
 public:
  Converter(Form form, const Schema& schema) : m_form(form), m_schema(schema) {}

  Value object(const std::string& path, const std::string& name, const json& value) {
    const std::string own = below(path, name);
    if (m_form == Form::records && is_object(name, value)) {
      const cel::ObjectType& type = m_schema.type(own);
      std::vector<Value> values;
      for (const cel::ObjectType::Field& field : type.fields()) {
        const std::string& key = field.name;
        values.push_back(value.contains(key) ? convert(own, key, value[key]) : Value::absent());
      }
      return Value::own_record(std::make_unique<SlotRecord>(type, std::move(values)));
    }
    std::vector<std::pair<Value, Value>> entries;
    for (const auto& [key, entry] : value.items()) entries.emplace_back(Value::string(base::Symbol(key)), convert(own, key, entry));
    return Value::own_map(std::move(entries));
  }

 private:
  Value convert(const std::string& path, const std::string& name, const json& value) {
    if (value.is_boolean()) return Value::boolean(value.get<bool>());
    if (value.is_number_integer()) return Value::integer(value.get<std::int64_t>());
    if (value.is_string()) return Value::string(base::Symbol(value.get_ref<const std::string&>()));  // as in the product
    if (value.is_object()) return object(path, name, value);
    std::vector<Value> elements;
    for (const json& element : value) elements.push_back(convert(path, name, element));
    return Value::own_list(std::move(elements));
  }

  Form m_form;
  const Schema& m_schema;
};

}  // namespace

Schema::Schema(const std::vector<json>& subjects) {
  std::map<std::string, Fields> types;
  for (const json& subject : subjects) collect("", subject, types);
  for (const auto& [path, fields] : types) {
    if (path.empty()) continue;
    std::vector<cel::ObjectType::Field> rows;
    for (const auto& [name, text] : fields) rows.push_back({name, cel::Type::parse(text.empty() ? "dyn" : text).value(), ""});
    m_types.emplace_back(path, std::move(rows));
  }
}

const cel::ObjectType& Schema::type(const std::string& path) const {
  for (const cel::ObjectType& type : m_types)
    if (type.name().str() == path) return type;
  throw std::runtime_error("no type " + path);
}

void Schema::declare(cel::Environment& environment) const {
  for (const cel::ObjectType& type : m_types) environment.add_object_type(type);
}

std::vector<Value> activation_of(const json& subject, Form form, const Schema& schema) {
  Converter converter(form, schema);
  return {converter.object("", "entity", subject["entity"]), converter.object("", "env", subject["env"])};
}

}  // namespace postern::bench
