// SPDX-License-Identifier: Apache-2.0
// Reads labels and selectors into their canonical order.
#include <connection/redact.h>
#include <ingest/codes.h>
#include <ingest/kubernetes/labels.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace postern::ingest::kubernetes {
namespace {

using Requirement = model::LabelRequirement;
using Operator = Requirement::Operator;

struct OperatorRow {
  std::string_view text;
  Operator operation;
};
constexpr std::array k_operators = {OperatorRow{"In", Operator::in}, OperatorRow{"NotIn", Operator::not_in},
                                    OperatorRow{"Exists", Operator::exists}, OperatorRow{"DoesNotExist", Operator::does_not_exist}};

/// A secret as a label is everybody's to read; only that it is there goes on, in labels and in what selects them.
Symbol value_of(std::string_view key, std::string_view value) {
  const connection::Redacted redacted = connection::redact(key.substr(key.rfind('/') + 1), value);
  return redacted.hard_coded() ? Symbol(redacted.text) : Symbol(value);
}

void sort_terms(model::LabelSelector& selector) {
  std::sort(selector.requirements.begin(), selector.requirements.end(), [](const Requirement& a, const Requirement& b) {
    return std::tie(a.key, a.operation, a.values) < std::tie(b.key, b.operation, b.values);
  });
}

void read_expression(const ObjectReader& reader, const Node& expression, model::LabelSelector& selector) {
  const auto key = reader.required_name(expression, "key");
  const auto written = reader.required_name(expression, "operator");
  if (!key || !written) return;
  const auto row =
      std::find_if(k_operators.begin(), k_operators.end(), [&](const OperatorRow& known) { return known.text == *written; });
  if (row == k_operators.end()) {
    reader.error(code::k_wrong_type, expression["operator"],
                 "'operator' is \"" + std::string(*written) + "\", expected In, NotIn, Exists or DoesNotExist");
    return;
  }
  std::vector<Symbol> values;
  for (const Symbol value : reader.sorted_texts(expression, "values")) values.push_back(value_of(*key, value.view()));
  std::sort(values.begin(), values.end());
  selector.requirements.push_back({Symbol(*key), row->operation, std::move(values)});
}

}  // namespace

model::Labels read_labels(const ObjectReader& reader, const Node& metadata) {
  model::Labels labels;
  labels.reserve(metadata["labels"].size());
  reader.each_text(metadata, "labels", [&](std::string_view key, std::string_view value, const Node&) {
    labels.emplace_back(Symbol(key), value_of(key, value));
  });
  std::sort(labels.begin(), labels.end());
  return labels;
}

model::LabelSelector read_plain_selector(const ObjectReader& reader, const Node& parent, std::string_view key) {
  model::LabelSelector selector;
  reader.each_text(parent, key, [&](std::string_view label, std::string_view value, const Node&) {
    selector.requirements.push_back({Symbol(label), Operator::in, {value_of(label, value)}});
  });
  sort_terms(selector);
  return selector;
}

model::LabelSelector read_selector(const ObjectReader& reader, const Node& selector) {
  model::LabelSelector result = read_plain_selector(reader, selector, "matchLabels");
  reader.each_mapping(selector, "matchExpressions", [&](const Node& expression) { read_expression(reader, expression, result); });
  sort_terms(result);
  return result;
}

std::vector<Symbol> selector_texts(const model::LabelSelector& selector) {
  if (selector.requirements.empty()) return {Symbol("*")};
  std::vector<Symbol> texts;
  texts.reserve(selector.requirements.size());
  for (const Requirement& requirement : selector.requirements) texts.emplace_back(to_string(model::LabelSelector{{requirement}}));
  return texts;
}

}  // namespace postern::ingest::kubernetes
