// SPDX-License-Identifier: Apache-2.0
// Evaluates the expressions of templates. Their grammar is a part of that of HCL, but for the quotation marks.
#include <ingest/arm/template.h>
#include <ingest/cloud/collector.h>
#include <ingest/hcl/parser.h>
#include <ingest/terraform/functions.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace postern::ingest::arm {
namespace {

using cloud::Member;
using cloud::Resource;
using cloud::Value;
using document::Node;
using hcl::Expression;
using hcl::ExpressionKind;

constexpr int k_deepest = 50;

/// 'it''s' -> "it's"
std::string with_double_quotes(std::string_view text) {
  std::string result;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'' && quoted && i + 1 < text.size() && text[i + 1] == '\'') {
      result += '\'';
      ++i;
    } else if (c == '\'') {
      quoted = !quoted;
      result += '"';
    } else if (quoted && (c == '"' || c == '\\')) {
      result += '\\';
      result += c;
    } else if (quoted && (c == '$' || c == '%') && i + 1 < text.size() && text[i + 1] == '{') {
      result += c;
      result += c;
    } else {
      result += c;
    }
  }
  return result;
}

class Template {
 public:
  explicit Template(const Node& root) : m_root(root) {}

  void read(cloud::Collector& collector) {
    std::vector<Found> found;
    collect(m_root["resources"], {}, {}, 0, found);
    for (const Found& resource : found) collector.add(made(resource));
  }

 private:
  struct Found {
    Node node;
    std::string type;
    std::string name;
    std::string address;
  };

  /// A list, or with symbolic names a mapping; children stand within their parents, with the rest of their type.
  void collect(const Node& resources, const std::string& parent_type, const std::string& parent_name, int depth,
               std::vector<Found>& found) {
    if (depth > 8) return;
    const auto add = [&](const Node& node, std::string_view symbol) {
      if (!node["type"].as_string()) return;
      if (node["existing"].as_boolean().value_or(false)) return;
      const std::string own(node["type"].text());
      const std::string type = parent_type.empty() || own.find('.') != std::string::npos ? own : parent_type + "/" + own;
      const Value name = evaluate(node["name"], 0);
      std::string text = name.is_scalar() ? std::string(name.as_text()) : shape_of(node["name"].text());
      if (!parent_name.empty() && text.find('/') == std::string::npos) text = parent_name + "/" + text;
      const std::string address = type + "/" + (text.empty() ? std::string(symbol) : text);
      if (std::none_of(found.begin(), found.end(), [&](const Found& other) { return other.address == address; })) {
        found.push_back({node, type, text, address});
      }
      collect(node["resources"], type, text, depth + 1, found);
    };
    for (const Node item : resources.items()) add(item, {});
    for (const document::Entry entry : resources.entries()) add(entry.value, entry.key.text());
  }

  /// An expression that is not known still tells resources apart: by its words.
  static std::string shape_of(std::string_view expression) {
    std::string text;
    for (const char c : expression) {
      const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      if (word) {
        text += c;
      } else if (!text.empty() && text.back() != '.') {
        text += '.';
      }
    }
    while (text.ends_with('.')) text.pop_back();
    return text;
  }

  Resource made(const Found& found) {
    Resource resource;
    resource.address = found.address;
    resource.type = found.type;
    resource.label = found.name.substr(found.name.rfind('/') + 1);
    resource.location = found.node.location();
    std::vector<Member> members;
    for (const document::Entry entry : found.node.entries()) {
      const std::string_view key = entry.key.text();
      constexpr std::array<std::string_view, 8> k_meta = {"type", "apiVersion", "dependsOn", "condition",
                                                          "copy", "resources",  "comments",  "metadata"};
      if (std::find(k_meta.begin(), k_meta.end(), key) != k_meta.end()) continue;
      Value value = evaluate(entry.value, 0);
      if (!value.is_null()) members.emplace_back(std::string(key), std::move(value));
    }
    if (const std::size_t slash = found.address.rfind('/');
        slash != std::string::npos && found.name.find('/') != std::string::npos) {
      // A child is part of what its name begins with.
      const std::string parent = found.type.substr(0, found.type.rfind('/')) + "/" + found.name.substr(0, found.name.rfind('/'));
      members.emplace_back("parent", Value::unknown().with_reference({parent, {}, true}).at(resource.location));
    }
    resource.arguments = Value::map(std::move(members)).at(resource.location);
    if (const Node condition = found.node["condition"]) {
      const Value holds = evaluate(condition, 0);
      if (!holds.as_boolean()) resource.condition = std::string(condition.text());
      if (holds.as_boolean() == false) resource.condition = std::string(condition.text()) + " (not by default)";
    }
    if (found.node["copy"]) resource.condition = "copy " + std::string(found.node["copy"]["count"].text());
    return resource;
  }

  Value evaluate(const Node& node, int depth) {
    if (depth > k_deepest) return Value::unknown();
    if (node.is_sequence()) {
      std::vector<Value> items;
      for (const Node item : node.items()) items.push_back(evaluate(item, depth + 1));
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
    const auto text = node.as_string();
    if (!text || !text->starts_with('[') || !text->ends_with(']') || text->starts_with("[[")) return cloud::value_of(node);
    std::vector<hcl::SyntaxError> errors;
    const hcl::ExpressionPointer expression = hcl::parse_expression(with_double_quotes(text->substr(1, text->size() - 2)), errors);
    if (expression == nullptr || !errors.empty()) return Value::unknown().at(node.location());
    return evaluate(*expression, depth + 1).at(node.location());
  }

  Value evaluate(const Expression& expression, int depth) {
    if (depth > k_deepest) return Value::unknown();
    switch (expression.kind) {
      case ExpressionKind::literal:
        if (expression.quoted) return Value::text(expression.text);
        if (expression.text == "true" || expression.text == "false") return Value::boolean(expression.text == "true");
        return expression.text == "null" ? Value::null() : Value::number_text(expression.text);
      case ExpressionKind::template_:
        if (expression.parts.empty()) return Value::text({});
        return expression.parts.size() == 1 ? evaluate(*expression.parts.front(), depth + 1) : Value::unknown();
      case ExpressionKind::unary: {
        const auto number = evaluate(*expression.parts.front(), depth + 1).as_number();
        return number && expression.text == "-" ? Value::number(-*number) : Value::unknown();
      }
      case ExpressionKind::attribute: {
        const Value base = evaluate(*expression.parts.front(), depth + 1);
        if (const Value* found = base.find(expression.text)) return base.by_default() ? found->as_default() : *found;
        return Value::unknown().with_references(base.references());
      }
      case ExpressionKind::index: {
        const Value base = evaluate(*expression.parts[0], depth + 1);
        const Value key = evaluate(*expression.parts[1], depth + 1);
        if (const Value* found = base.find(key.as_text())) return *found;
        const auto number = key.as_integer();
        if (number && *number >= 0 && static_cast<std::size_t>(*number) < base.items().size())
          return base.items()[static_cast<std::size_t>(*number)];
        return Value::unknown().with_references(base.references());
      }
      case ExpressionKind::call:
        return call(expression, depth);
      default:
        return Value::unknown();
    }
  }

  Value call(const Expression& expression, int depth) {
    const std::string name = base::to_lower(expression.text);
    std::vector<Value> arguments;
    for (const auto& part : expression.parts) arguments.push_back(evaluate(*part, depth + 1));
    const auto first_text = [&] { return arguments.empty() ? std::string() : std::string(arguments.front().as_text()); };
    if (name == "parameters") return parameter(first_text(), depth);
    if (name == "variables") return variable(first_text(), depth);
    if (name == "resourceid" || name == "reference" || name == "listkeys") return resource_id(arguments);
    if (name == "concat") return concat(arguments);
    if (name == "format") return format(arguments);
    if (name == "if" && arguments.size() == 3) {
      if (const auto truth = arguments[0].as_boolean()) return arguments[*truth ? 1 : 2];
      return arguments[1].same(arguments[2]) ? arguments[1] : Value::unknown();
    }
    if (name == "equals" && arguments.size() == 2) return terraform::apply_operator("==", arguments[0], arguments[1]);
    if (name == "and" && arguments.size() == 2) return terraform::apply_operator("&&", arguments[0], arguments[1]);
    if (name == "or" && arguments.size() == 2) return terraform::apply_operator("||", arguments[0], arguments[1]);
    if (name == "not" && arguments.size() == 1 && arguments[0].as_boolean()) return Value::boolean(!*arguments[0].as_boolean());
    if (name == "empty" && arguments.size() == 1 && arguments[0].wholly_known())
      return Value::boolean(arguments[0].as_text().empty() && arguments[0].items().empty() && arguments[0].members().empty());
    if (name == "true" || name == "false") return Value::boolean(name == "true");
    if (name == "createarray") return Value::list(std::move(arguments));
    if (name == "tolower" && arguments.size() == 1) return terraform::call_function("lower", arguments);
    if (name == "toupper" && arguments.size() == 1) return terraform::call_function("upper", arguments);
    if (name == "string" && arguments.size() == 1) return terraform::call_function("tostring", arguments);
    std::vector<cloud::Reference> references;
    for (const Value& argument : arguments) {
      const auto all = argument.all_references();
      references.insert(references.end(), all.begin(), all.end());
    }
    return Value::unknown().with_references(references).within_text();
  }

  Value parameter(const std::string& name, int depth) {
    const Node fallback = m_root["parameters"][name]["defaultValue"];
    if (!fallback || !m_busy.insert("p" + name).second) return Value::unknown();
    Value value = evaluate(fallback, depth + 1).as_default();
    m_busy.erase("p" + name);
    const std::string type = base::to_lower(m_root["parameters"][name]["type"].text());
    return type.starts_with("secure") ? value.as_sensitive() : value;
  }

  Value variable(const std::string& name, int depth) {
    const Node node = m_root["variables"][name];
    if (!node || !m_busy.insert("v" + name).second) return Value::unknown();
    Value value = evaluate(node, depth + 1);
    m_busy.erase("v" + name);
    return value;
  }

  /// resourceId(['SUBSCRIPTION'], ['GROUP'], TYPE, NAME, NAME...): the type holds a slash.
  Value resource_id(const std::vector<Value>& arguments) const {
    if (arguments.size() == 1 && !arguments[0].references().empty())
      return Value::unknown().with_references(arguments[0].references());
    const auto type = std::find_if(arguments.begin(), arguments.end(),
                                   [](const Value& value) { return value.as_text().find('/') != std::string_view::npos; });
    if (type == arguments.end())
      return arguments.empty() ? Value::unknown() : Value::unknown().with_references(arguments[0].references());
    std::string name;
    for (auto at = type + 1; at != arguments.end() && at->is_scalar(); ++at)
      name += (name.empty() ? "" : "/") + std::string(at->as_text());
    if (name.empty()) return Value::unknown();
    return Value::unknown().with_reference({std::string(type->as_text()) + "/" + name, {}, true});
  }

  static Value concat(const std::vector<Value>& arguments) {
    const bool lists = std::all_of(arguments.begin(), arguments.end(), [](const Value& value) { return value.is_list(); });
    if (lists) return terraform::call_function("concat", arguments);
    std::string text;
    for (const Value& value : arguments) {
      if (!value.is_scalar()) return terraform::resting_on(Value::unknown(), arguments).within_text();
      text += value.as_text();
    }
    return terraform::resting_on(Value::text(std::move(text)), arguments).within_text();
  }

  static Value format(const std::vector<Value>& arguments) {
    if (arguments.empty()) return Value::unknown();
    std::string text(arguments.front().as_text());
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      const std::string place = "{" + std::to_string(i - 1) + "}";
      std::size_t at = text.find(place);
      if (at == std::string::npos) continue;
      if (!arguments[i].is_scalar()) return terraform::resting_on(Value::unknown(), arguments).within_text();
      for (; at != std::string::npos && text.size() < 100'000; at = text.find(place, at + arguments[i].as_text().size()))
        text.replace(at, place.size(), arguments[i].as_text());
    }
    return terraform::resting_on(Value::text(std::move(text)), arguments).within_text();
  }

  Node m_root;
  std::set<std::string> m_busy;
};

}  // namespace

bool is_template(const Node& root) {
  const std::string_view schema = root["$schema"].text();
  return schema.find("eploymentTemplate.json") != std::string_view::npos && root["resources"];
}

void extract_template(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink&) {
  cloud::Collector collector;
  Template(root).read(collector);
  collector.finish([&](std::size_t, model::Fact fact) { facts.push_back(std::move(fact)); });
}

}  // namespace postern::ingest::arm
