// SPDX-License-Identifier: Apache-2.0
// Evaluates templates as far as their parameters, conditions and references tell.
#include <ingest/cloudformation/template.h>
#include <ingest/terraform/functions.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace postern::ingest::cloudformation {
namespace {

using cloud::Member;
using cloud::Reference;
using cloud::Resource;
using cloud::Value;
using document::Node;

constexpr int k_deepest = 60;
constexpr std::size_t k_longest_text = 1U << 20U;

/// The intrinsic function that a node is: its name without `Fn::`, and its argument. Written as a tag or as a mapping of one.
struct Call {
  std::string name;
  Node argument;
  bool tagged = false;  ///< the argument is the node itself, without its tag
};

bool is_function(std::string_view name) {
  constexpr std::array<std::string_view, 22> k_names = {
      "And",    "Base64", "Cidr",        "Condition",    "Equals",    "FindInMap",  "ForEach", "GetAZs",
      "GetAtt", "If",     "ImportValue", "Join",         "Length",    "Not",        "Or",      "Ref",
      "Select", "Split",  "Sub",         "ToJsonString", "Transform", "Rain::Embed"};
  return std::find(k_names.begin(), k_names.end(), name) != k_names.end();
}

std::optional<Call> call_of(const Node& node) {
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

class Template {
 public:
  explicit Template(const Node& root) : m_root(root), m_resources(root["Resources"]) {}

  std::vector<Resource> resources() {
    std::vector<Resource> found;
    for (const document::Entry entry : m_resources.entries()) {
      if (!entry.value["Type"].as_string()) continue;
      if (auto resource = read(entry)) found.push_back(std::move(*resource));
    }
    add_events(found);
    return found;
  }

 private:
  std::optional<Resource> read(const document::Entry& entry) {
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
  Value with_globals(const std::string& type, const Value& properties) {
    const std::string section = type.substr(type.rfind(':') + 1);
    const Value globals = evaluate(m_root["Globals"][section], 0);
    if (!globals.is_map()) return properties;
    return merged(globals, properties, 0).at(properties.location());
  }

  static Value merged(const Value& below, const Value& above, int level) {
    if (!below.is_map() || !above.is_map() || level > 4) return above.is_null() ? below : above;
    std::vector<Member> members(below.members().begin(), below.members().end());
    for (const Member& member : above.members())
      members.emplace_back(member.first, merged(below[member.first], member.second, level + 1));
    return Value::map(std::move(members));
  }

  /// Events of SAM functions that let requests in: a route of the interface that they name, or of the one that SAM makes for them.
  void add_events(std::vector<Resource>& resources) const {
    std::map<std::string, Resource> made;
    std::vector<Resource> routes;
    for (const Resource& resource : resources) {
      if (resource.type != "AWS::Serverless::Function") continue;
      for (const Member& event : resource.arguments["Events"].members()) {
        const std::string_view type = event.second["Type"].as_text();
        if (type != "Api" && type != "HttpApi") continue;
        const Value& properties = event.second["Properties"];
        const Value& named = properties[type == "Api" ? "RestApiId" : "ApiId"];
        const std::string implicit = type == "Api" ? "ServerlessRestApi" : "ServerlessHttpApi";
        Resource route;
        route.address = resource.address + "." + event.first;
        route.label = event.first;
        route.type = "AWS::ApiGateway::Method";
        route.location = event.second.location();
        const Value function = Value::unknown().with_reference({resource.address, {}, true}).at(route.location);
        const Value interface = named.is_null() ? Value::unknown().with_reference({implicit, {}, true}).at(route.location) : named;
        route.arguments = Value::map(
            {{"RestApiId", interface}, {"Target", function}, {"Path", properties["Path"]}, {"HttpMethod", properties["Method"]}});
        routes.push_back(std::move(route));
        if (!named.is_null()) continue;
        Resource& gateway = made[implicit];
        gateway.address = implicit;
        gateway.label = implicit;
        gateway.type = "AWS::Serverless::" + std::string(type == "Api" ? "Api" : "HttpApi");
        gateway.arguments = Value::map({});
        if (gateway.location.line == 0) gateway.location = event.second.location();
      }
    }
    for (auto& [name, gateway] : made) resources.push_back(std::move(gateway));
    for (Resource& route : routes) resources.push_back(std::move(route));
  }

  Value evaluate(const Node& node, int depth) {
    if (depth > k_deepest) return Value::unknown();
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
    return cloud::value_of(node);
  }

  /// The argument at a position of a function.
  Value argument(const Call& call, std::size_t index, int depth) { return evaluate(call.argument.at(index), depth + 1); }

  Value function(const Call& call, int depth) {
    const Node& argument_node = call.argument;
    if (call.name == "Ref") return reference(std::string(argument_node.text()));
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
    if (call.name == "Condition") return condition(std::string(argument_node.text()), depth + 1);
    if (call.name == "Equals") return terraform::apply_operator("==", argument(call, 0, depth), argument(call, 1, depth));
    if (call.name == "Not") return negated(argument(call, 0, depth));
    if (call.name == "And" || call.name == "Or") return combined(call, depth);
    if (call.name == "Base64" || call.name == "ToJsonString") {
      if (call.tagged) return argument_node.is_scalar() ? cloud::value_of(argument_node) : Value::unknown();
      return evaluate(argument_node, depth + 1);
    }
    return Value::unknown();
  }

  Value reference(const std::string& name) {
    if (name == "AWS::NoValue") return Value::null();
    if (name == "AWS::Partition") return Value::text("aws");
    if (name == "AWS::URLSuffix") return Value::text("amazonaws.com");
    if (const Node parameter = m_root["Parameters"][name]) return parameter_value(parameter);
    if (m_resources[name]) return Value::unknown().with_reference({name, {}, true});
    return Value::unknown();
  }

  static Value parameter_value(const Node& parameter) {
    const std::string_view type = parameter["Type"].text();
    const Node fallback = parameter["Default"];
    if (!fallback) return Value::unknown();
    // The default is the name under which the parameter store keeps the value, so that is all that is known of it.
    if (type.starts_with("AWS::SSM::")) return Value::unknown().with_reference({std::string(fallback.text()), {}, true});
    const Value value = Value::text(std::string(fallback.text())).at(fallback.location()).as_default();
    if (!type.starts_with("List<") && type != "CommaDelimitedList") return value;
    std::vector<Value> items;
    for (const std::string_view part : base::split(fallback.text(), ','))
      items.push_back(Value::text(std::string(base::trim(part))));
    return Value::list(std::move(items)).as_default();
  }

  Value attribute(const Node& node) {
    std::string name;
    std::string rest;
    if (node.is_sequence()) {
      name = std::string(node.at(0).text());
      rest = std::string(node.at(1).text());
    } else {
      const std::string_view text = node.text();
      name = std::string(text.substr(0, text.find('.')));
      rest = text.find('.') == std::string_view::npos ? "" : std::string(text.substr(text.find('.') + 1));
    }
    if (!m_resources[name]) return Value::unknown();
    return Value::unknown().with_reference({name, rest, true});
  }

  Value substitute(const Call& call, int depth) {
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

  Value part_of_text(const std::string& name, const Node& names, int depth) {
    if (const Node given = names[name]) return evaluate(given, depth + 1);
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) return reference(name);
    if (!m_resources[name.substr(0, dot)]) return Value::unknown();
    return Value::unknown().with_reference({name.substr(0, dot), name.substr(dot + 1), true});
  }

  Value join(const Call& call, int depth) {
    const Value separator = argument(call, 0, depth);
    const Value items = argument(call, 1, depth);
    const std::array<Value, 2> arguments = {separator, items};
    if (items.is_list() && items.items().size() == 1) return items.items().front();
    return terraform::call_function("join", arguments);
  }

  Value choose(const Call& call, int depth) {
    const Value holds = condition(std::string(call.argument.at(0).text()), depth + 1);
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

  Value find_in_map(const Call& call, int depth) {
    const Value name = argument(call, 0, depth);
    const Value first = argument(call, 1, depth);
    const Value second = argument(call, 2, depth);
    if (!name.is_text()) return Value::unknown();
    if (!first.is_scalar() || !second.is_scalar())
      return Value::unknown().with_reference({"mapping " + std::string(name.as_text()), {}, true});
    const Node found = m_root["Mappings"][name.as_text()][first.as_text()][second.as_text()];
    if (!found) return Value::unknown();
    const Value value = evaluate(found, depth + 1);
    return first.by_default() || second.by_default() ? value.as_default() : value;
  }

  Value select(const Call& call, int depth) {
    const Value index = argument(call, 0, depth);
    const Value items = argument(call, 1, depth);
    const auto number = index.as_integer();
    if (!number || !items.is_list()) return Value::unknown().with_references(items.all_references());
    if (*number < 0 || static_cast<std::size_t>(*number) >= items.items().size()) return Value::unknown();
    return items.items()[static_cast<std::size_t>(*number)];
  }

  static Value negated(const Value& value) {
    const auto truth = value.as_boolean();
    const Value result = truth ? Value::boolean(!*truth) : Value::unknown();
    return value.by_default() ? result.as_default() : result;
  }

  Value combined(const Call& call, int depth) {
    Value result = Value::boolean(call.name == "And");
    for (const Node item : call.argument.items())
      result = terraform::apply_operator(call.name == "And" ? "&&" : "||", result, evaluate(item, depth + 1));
    return result;
  }

  Value condition(const std::string& name, int depth) {
    const auto known = m_conditions.find(name);
    if (known != m_conditions.end()) return known->second;
    const Node node = m_root["Conditions"][name];
    if (!node || depth > k_deepest || !m_busy.insert(name).second) return Value::unknown();
    Value value = evaluate(node, depth + 1);
    m_busy.erase(name);
    return m_conditions.emplace(name, std::move(value)).first->second;
  }

  Node m_root;
  Node m_resources;
  std::map<std::string, Value> m_conditions;
  std::set<std::string> m_busy;
};

}  // namespace

bool is_template(const Node& root) {
  const Node resources = root["Resources"];
  if (!resources.is_mapping()) return false;
  if (root["AWSTemplateFormatVersion"]) return true;
  for (const document::Entry entry : resources.entries()) {
    const std::string_view type = entry.value["Type"].text();
    if (type.starts_with("AWS::") || type.starts_with("Custom::") || type.starts_with("Alexa::")) return true;
  }
  return false;
}

std::vector<Resource> resources_of(const Node& root) { return Template(root).resources(); }

}  // namespace postern::ingest::cloudformation
