// SPDX-License-Identifier: Apache-2.0
// Evaluates templates as far as their parameters, conditions and references tell.
#include <ingest/cloudformation/evaluator.h>
#include <ingest/terraform/functions.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace postern::ingest::cloudformation {
namespace {

using cloud::Member;
using cloud::Reference;
using cloud::Resource;
using cloud::Value;
using document::Node;

constexpr int k_deepest = 60;
constexpr std::size_t k_most_values = 200'000;
constexpr std::size_t k_longest_text = 1U << 20U;

bool is_function(std::string_view name) {
  constexpr std::array<std::string_view, 22> k_names = {
      "And",    "Base64", "Cidr",        "Condition",    "Equals",    "FindInMap",  "ForEach", "GetAZs",
      "GetAtt", "If",     "ImportValue", "Join",         "Length",    "Not",        "Or",      "Ref",
      "Select", "Split",  "Sub",         "ToJsonString", "Transform", "Rain::Embed"};
  return std::find(k_names.begin(), k_names.end(), name) != k_names.end();
}

Value merged(const Value& below, const Value& above, int level) {
  if (!below.is_map() || !above.is_map() || level > 4) return above.is_null() ? below : above;
  std::vector<Member> members(below.members().begin(), below.members().end());
  for (const Member& member : above.members())
    members.emplace_back(member.first, merged(below[member.first], member.second, level + 1));
  return Value::map(std::move(members));
}

Value parameter_value(const Node& parameter) {
  const std::string_view type = parameter["Type"].text();
  const Node fallback = parameter["Default"];
  if (!fallback) return Value::unknown();
  // The default is the name under which the parameter store keeps the value, so that is all that is known of it.
  if (type.starts_with("AWS::SSM::")) return Value::unknown().with_reference({std::string(fallback.text()), {}, true});
  const Value value = Value::text(std::string(fallback.text())).at(fallback.location()).as_default();
  if (!type.starts_with("List<") && type != "CommaDelimitedList") return value;
  std::vector<Value> items;
  for (const std::string_view part : base::split(fallback.text(), ',')) items.push_back(Value::text(std::string(base::trim(part))));
  return Value::list(std::move(items)).as_default();
}

Value negated(const Value& value) {
  const auto truth = value.as_boolean();
  const Value result = truth ? Value::boolean(!*truth) : Value::unknown();
  return value.by_default() ? result.as_default() : result;
}

}  // namespace

Evaluator::Evaluator(const Node& root) : m_roots{root}, m_left(std::numeric_limits<std::size_t>::max()) {}

Evaluator::Evaluator(std::vector<Node> roots, Variables& variables)
    : m_roots(std::move(roots)), m_variables(&variables), m_left(k_most_values) {}

std::optional<Evaluator::Call> Evaluator::call_of(const Node& node) {
  const std::string_view tag = node.tag();
  if (tag.size() > 1 && tag.front() == '!' && is_function(tag.substr(1))) return Call{std::string(tag.substr(1)), node, true};
  if (!node.is_mapping() || node.size() != 1) return std::nullopt;
  const document::Entry entry = *node.entries().begin();
  const std::string_view key = entry.key.text();
  if (key == "Ref" || key == "Condition") {
    if (!entry.value.is_scalar()) return std::nullopt;
    return Call{std::string(key), entry.value};
  }
  if (!key.starts_with("Fn::")) return std::nullopt;
  return Call{std::string(key.substr(4)), entry.value};
}

Node Evaluator::follow(const Node& node) const { return m_variables == nullptr ? node : m_variables->follow(node); }

std::string Evaluator::text_of(const Node& node) {
  if (m_variables == nullptr || !node.is_scalar()) return std::string(node.text());
  return std::string(m_variables->text(node).as_text());
}

Node Evaluator::section(std::string_view name, std::string_view key) const {
  for (const Node& root : m_roots) {
    if (const Node found = follow(follow(root[name])[key])) return found;
  }
  return {};
}

bool Evaluator::declares(const std::string& name) const {
  return m_variables != nullptr ? !name.empty() && !name.starts_with("AWS::") : static_cast<bool>(section("Resources", name));
}

std::vector<Resource> Evaluator::resources() {
  std::vector<Resource> found;
  std::set<std::string> seen;
  for (const Node& root : m_roots) {
    const Node declared = follow(root["Resources"]);
    for (const document::Entry entry : declared.entries()) {
      const Node node = follow(entry.value);
      if (!node["Type"].as_string() || !seen.emplace(entry.key.text()).second) continue;
      if (auto resource = read({entry.key, node})) found.push_back(std::move(*resource));
    }
  }
  return found;
}

std::optional<Resource> Evaluator::read(const document::Entry& entry) {
  const Node node = entry.value;
  Resource resource;
  resource.address = std::string(entry.key.text());
  resource.label = resource.address;
  resource.type = std::string(node["Type"].text());
  resource.location = entry.key.location();
  if (const Node name = node["Condition"]; name.as_string()) {
    const Value holds = condition(std::string(name.text()), 0);
    const auto truth = holds.as_boolean();
    if (truth && !*truth && !holds.by_default()) return std::nullopt;
    if (!truth) resource.condition = std::string(name.text());
    if (truth && !*truth) resource.condition = std::string(name.text()) + " (not by default)";
  }
  Value properties = evaluate(node["Properties"], 0);
  if (resource.type.starts_with("AWS::Serverless::")) properties = with_globals(resource.type, properties);
  if (const Node policy = node["DeletionPolicy"]; policy.as_string() && policy.text() != "Delete" && properties.is_map()) {
    std::vector<Member> members(properties.members().begin(), properties.members().end());
    members.emplace_back("DeletionPolicy", Value::text(std::string(policy.text())).at(policy.location()));
    properties = Value::map(std::move(members)).at(properties.location());
  }
  resource.arguments = properties.is_map() ? properties : Value::map({});
  return resource;
}

/// What `Globals` of SAM say for all functions, or all interfaces.
Value Evaluator::with_globals(const std::string& type, const Value& properties) {
  const std::string name = type.substr(type.rfind(':') + 1);
  const Value globals = evaluate(section("Globals", name), 0);
  if (!globals.is_map()) return properties;
  return merged(globals, properties, 0).at(properties.location());
}

Value Evaluator::evaluate(const Node& raw, int depth) {
  if (depth > k_deepest || m_left == 0) return Value::unknown();
  --m_left;
  const Node node = follow(raw);
  if (const auto call = call_of(node)) return function(*call, depth).at(node.location());
  if (node.is_sequence()) {
    std::vector<Value> items;
    for (const Node item : node.items()) {
      Value value = evaluate(item, depth + 1);
      if (!value.is_null()) items.push_back(std::move(value));
    }
    return Value::list(std::move(items)).at(node.location());
  }
  if (node.is_mapping()) {
    std::vector<Member> members;
    for (const document::Entry entry : node.entries()) {
      Value value = evaluate(entry.value, depth + 1);
      if (!value.is_null()) members.emplace_back(std::string(entry.key.text()), std::move(value));
    }
    return Value::map(std::move(members)).at(node.location());
  }
  if (m_variables != nullptr && node.text().find("${") != std::string_view::npos)
    return m_variables->text(node).at(node.location());
  return cloud::value_of(node);
}

/// The argument at a position of a function.
Value Evaluator::argument(const Call& call, std::size_t index, int depth) { return evaluate(call.argument.at(index), depth + 1); }

Value Evaluator::function(const Call& call, int depth) {
  const Node& argument_node = call.argument;
  if (call.name == "Ref") return reference(text_of(argument_node));
  if (call.name == "GetAtt") return attribute(argument_node);
  if (call.name == "Sub") return substitute(call, depth);
  if (call.name == "Join") return join(call, depth);
  if (call.name == "If") return choose(call, depth);
  if (call.name == "FindInMap") return find_in_map(call, depth);
  if (call.name == "Select") return select(call, depth);
  if (call.name == "Split") {
    const std::array<Value, 2> arguments = {argument(call, 0, depth), argument(call, 1, depth)};
    return terraform::call_function("split", arguments);
  }
  if (call.name == "Condition") return condition(text_of(argument_node), depth + 1);
  if (call.name == "Equals") return terraform::apply_operator("==", argument(call, 0, depth), argument(call, 1, depth));
  if (call.name == "Not") return negated(argument(call, 0, depth));
  if (call.name == "And" || call.name == "Or") return combined(call, depth);
  if (call.name == "Base64" || call.name == "ToJsonString") {
    if (call.tagged) return argument_node.is_scalar() ? cloud::value_of(argument_node) : Value::unknown();
    return evaluate(argument_node, depth + 1);
  }
  return Value::unknown();
}

Value Evaluator::reference(const std::string& name) {
  if (name == "AWS::NoValue") return Value::null();
  if (name == "AWS::Partition") return Value::text("aws");
  if (name == "AWS::URLSuffix") return Value::text("amazonaws.com");
  if (const Node parameter = section("Parameters", name)) return parameter_value(parameter);
  if (declares(name)) return Value::unknown().with_reference({name, {}, true});
  return Value::unknown();
}

Value Evaluator::attribute(const Node& node) {
  std::string name;
  std::string rest;
  if (node.is_sequence()) {
    name = text_of(node.at(0));
    rest = text_of(node.at(1));
  } else {
    const std::string text = text_of(node);
    name = text.substr(0, text.find('.'));
    rest = text.find('.') == std::string::npos ? "" : text.substr(text.find('.') + 1);
  }
  if (!declares(name)) return Value::unknown();
  return Value::unknown().with_reference({name, rest, true});
}

Value Evaluator::substitute(const Call& call, int depth) {
  const bool list = call.argument.is_sequence();
  const std::string_view pattern = (list ? call.argument.at(0) : call.argument).text();
  const Node names = list ? call.argument.at(1) : Node();
  std::string text;
  std::vector<Value> parts;
  bool known = true;
  std::size_t count = 0;
  for (std::size_t at = 0; at < pattern.size();) {
    const std::size_t start = pattern.find("${", at);
    const std::size_t end = start == std::string_view::npos ? start : pattern.find('}', start);
    if (end == std::string_view::npos) {
      text += pattern.substr(at);
      count += 2;
      break;
    }
    text += pattern.substr(at, start - at);
    if (start != at) ++count;
    const std::string_view name = pattern.substr(start + 2, end - start - 2);
    at = end + 1;
    ++count;
    if (name.starts_with('!')) {  // ${!x} is the text ${x}
      text += "${" + std::string(name.substr(1)) + "}";
      continue;
    }
    Value value = part_of_text(std::string(base::trim(name)), names, depth);
    known = known && value.is_scalar() && text.size() < k_longest_text;
    if (known) text += value.as_text();
    parts.push_back(std::move(value));
  }
  if (parts.size() == 1 && count == 1) return parts.front();
  return terraform::resting_on(known ? Value::text(std::move(text)) : Value::unknown(), parts).within_text();
}

Value Evaluator::part_of_text(const std::string& name, const Node& names, int depth) {
  if (const Node given = names[name]) return evaluate(given, depth + 1);
  if (m_variables != nullptr) {
    if (auto value = m_variables->variable(name)) return *value;
  }
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return reference(name);
  if (!declares(name.substr(0, dot))) return Value::unknown();
  return Value::unknown().with_reference({name.substr(0, dot), name.substr(dot + 1), true});
}

Value Evaluator::join(const Call& call, int depth) {
  const Value separator = argument(call, 0, depth);
  const Value items = argument(call, 1, depth);
  const std::array<Value, 2> arguments = {separator, items};
  if (items.is_list() && items.items().size() == 1) return items.items().front();
  return terraform::call_function("join", arguments);
}

Value Evaluator::choose(const Call& call, int depth) {
  const Value holds = condition(text_of(call.argument.at(0)), depth + 1);
  if (const auto truth = holds.as_boolean()) {
    const Value value = argument(call, *truth ? 1 : 2, depth);
    return holds.by_default() && !value.is_null() ? value.as_default() : value;
  }
  const Value one = argument(call, 1, depth);
  const Value other = argument(call, 2, depth);
  if (one.same(other)) return one;
  std::vector<Reference> references = one.all_references();
  const std::vector<Reference> more = other.all_references();
  references.insert(references.end(), more.begin(), more.end());
  return Value::unknown().with_references(references);
}

Value Evaluator::find_in_map(const Call& call, int depth) {
  const Value name = argument(call, 0, depth);
  const Value first = argument(call, 1, depth);
  const Value second = argument(call, 2, depth);
  if (!name.is_text()) return Value::unknown();
  if (!first.is_scalar() || !second.is_scalar())
    return Value::unknown().with_reference({"mapping " + std::string(name.as_text()), {}, true});
  const Node found = section("Mappings", name.as_text())[first.as_text()][second.as_text()];
  if (!found) return Value::unknown();
  const Value value = evaluate(found, depth + 1);
  return first.by_default() || second.by_default() ? value.as_default() : value;
}

Value Evaluator::select(const Call& call, int depth) {
  const Value index = argument(call, 0, depth);
  const Value items = argument(call, 1, depth);
  const auto number = index.as_integer();
  if (!number || !items.is_list()) return Value::unknown().with_references(items.all_references());
  if (*number < 0 || static_cast<std::size_t>(*number) >= items.items().size()) return Value::unknown();
  return items.items()[static_cast<std::size_t>(*number)];
}

Value Evaluator::combined(const Call& call, int depth) {
  Value result = Value::boolean(call.name == "And");
  for (const Node item : call.argument.items())
    result = terraform::apply_operator(call.name == "And" ? "&&" : "||", result, evaluate(item, depth + 1));
  return result;
}

Value Evaluator::condition(const std::string& name, int depth) {
  const auto known = m_conditions.find(name);
  if (known != m_conditions.end()) return known->second;
  const Node node = section("Conditions", name);
  if (!node || depth > k_deepest || !m_busy.insert(name).second) return Value::unknown();
  Value value = evaluate(node, depth + 1);
  m_busy.erase(name);
  return m_conditions.emplace(name, std::move(value)).first->second;
}

}  // namespace postern::ingest::cloudformation
