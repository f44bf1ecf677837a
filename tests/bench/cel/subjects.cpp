// SPDX-License-Identifier: Apache-2.0
// Turns JSON into CEL values.
#include "bench/cel/subjects.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <new>
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

/// Values that stand right behind the object that reads them.
class Slots {
 public:
  explicit Slots(const std::vector<Value>& values, void* memory) : m_first(static_cast<Value*>(memory)) {
    std::uninitialized_copy(values.begin(), values.end(), m_first);
  }
  [[nodiscard]] Value at(std::size_t index) const { return m_first[index].borrowed(); }

 private:
  Value* m_first;
};

class SlotRecord final : public cel::Record {
 public:
  SlotRecord(const cel::ObjectType& type, const std::vector<Value>& values) : m_type(type), m_slots(values, this + 1) {}
  [[nodiscard]] const cel::ObjectType& type() const override { return m_type; }
  [[nodiscard]] Value get(std::size_t slot) const override { return m_slots.at(slot); }

 private:
  const cel::ObjectType& m_type;
  Slots m_slots;
};

class SlotList final : public cel::Sequence {
 public:
  explicit SlotList(const std::vector<Value>& elements) : m_size(elements.size()), m_slots(elements, this + 1) {}
  [[nodiscard]] std::size_t size() const override { return m_size; }
  [[nodiscard]] Value at(std::size_t index) const override { return m_slots.at(index); }

 private:
  std::size_t m_size;
  Slots m_slots;
};

class Converter {
 public:
  Converter(Form form, const Schema& schema, Store& store) : m_form(form), m_schema(schema), m_store(store) {}

  Value object(const std::string& path, const std::string& name, const json& value) {
    const std::string own = below(path, name);
    if (m_form == Form::records && is_object(name, value)) {
      const cel::ObjectType& type = m_schema.type(own);
      std::vector<Value> values;
      for (const cel::ObjectType::Field& field : type.fields()) {
        const std::string& key = field.name;
        values.push_back(value.contains(key) ? convert(own, key, value[key]) : Value::absent());
      }
      return Value::record(*new (m_store.place<SlotRecord>(values.size(), &type)) SlotRecord(type, values));
    }
    std::vector<std::pair<Value, Value>> entries;
    for (const auto& [key, entry] : value.items()) entries.emplace_back(Value::string(base::Symbol(key)), convert(own, key, entry));
    return m_store.own(Value::own_map(std::move(entries)));
  }

 private:
  Value convert(const std::string& path, const std::string& name, const json& value) {
    if (value.is_boolean()) return Value::boolean(value.get<bool>());
    if (value.is_number_integer()) return Value::integer(value.get<std::int64_t>());
    if (value.is_string()) return Value::string(base::Symbol(value.get_ref<const std::string&>()));  // as in the product
    if (value.is_object()) return object(path, name, value);
    std::vector<Value> elements;
    for (const json& element : value) elements.push_back(convert(path, name, element));
    if (m_form == Form::maps) return m_store.own(Value::own_list(std::move(elements)));
    return Value::list(*new (m_store.place<SlotList>(elements.size(), nullptr)) SlotList(elements));
  }

  Form m_form;
  const Schema& m_schema;
  Store& m_store;
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

void* LargePages::do_allocate(std::size_t bytes, std::size_t alignment) {
  constexpr std::size_t k_page = std::size_t{2} << 20U;
  const std::size_t size = (bytes + k_page - 1) / k_page * k_page;
  void* memory = std::aligned_alloc(std::max(alignment, k_page), size);
  if (memory == nullptr) throw std::bad_alloc();
  madvise(memory, size, MADV_HUGEPAGE);  // advice: small pages serve as well
  return memory;
}

void LargePages::do_deallocate(void* memory, std::size_t, std::size_t) { std::free(memory); }

Variables activation_of(const json& subject, Form form, const Schema& schema, Store& store) {
  Converter converter(form, schema, store);
  return {converter.object("", "entity", subject["entity"]), converter.object("", "env", subject["env"])};
}

}  // namespace postern::bench
