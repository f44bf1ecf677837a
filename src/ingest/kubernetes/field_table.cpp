// SPDX-License-Identifier: Apache-2.0
// Applies a table of fields to a mapping.
#include <ingest/codes.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/quantity.h>

namespace postern::ingest::kubernetes {
namespace {

using Value = std::optional<model::AttributeValue>;

template <class T>
Value value_of(const std::optional<T>& read) {
  return read ? Value(model::AttributeValue(*read)) : std::nullopt;
}

Value read_plain(const ObjectReader& reader, const Node& mapping, const FieldRow& row) {
  switch (row.definition->type) {
    case model::ValueType::boolean:
      return value_of(reader.boolean(mapping, row.key));
    case model::ValueType::integer:
      return value_of(reader.integer(mapping, row.key));
    case model::ValueType::text:
      if (const auto text = reader.text_or_integer(mapping, row.key)) return Value(Symbol(*text));
      return std::nullopt;
    case model::ValueType::text_set:
      if (auto texts = reader.sorted_texts(mapping, row.key); !texts.empty()) return Value(std::move(texts));
      return std::nullopt;
    case model::ValueType::text_list:
      if (auto texts = reader.texts(mapping, row.key); !texts.empty()) return Value(std::move(texts));
      return std::nullopt;
  }
  return std::nullopt;
}

Value read_quantity(const ObjectReader& reader, const Node& value, const FieldRow& row) {
  if (value.is_null()) return std::nullopt;
  if (!value.is_scalar()) {
    reader.wrong_type(value, row.key, "a quantity");
    return std::nullopt;
  }
  const auto parsed = row.measure == Measure::thousandths ? parse_thousandths(value.text()) : parse_whole(value.text());
  if (!parsed) {
    reader.error(code::k_bad_quantity, value,
                 "'" + std::string(row.key) + "' is \"" + std::string(value.text().substr(0, 40)) + "\", expected a quantity",
                 "write it as 500m, 0.5, 128Mi or 1G");
  }
  return value_of(parsed);
}

}  // namespace

void read_fields(const ObjectReader& reader, const Node& mapping, std::span<const FieldRow> table, Rows& rows, Symbol scope) {
  for (const FieldRow& row : table) {
    const Node field = mapping[row.key];
    if (!field) continue;
    Value value = row.measure == Measure::plain ? read_plain(reader, mapping, row) : read_quantity(reader, field, row);
    if (value) add_row(rows, *row.definition, std::move(*value), field.location(), scope);
  }
}

}  // namespace postern::ingest::kubernetes
