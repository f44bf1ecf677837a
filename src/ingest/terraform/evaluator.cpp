// SPDX-License-Identifier: Apache-2.0
// Instances of modules, resources and calls.
#include <ingest/codes.h>
#include <ingest/project.h>
#include <ingest/terraform/address.h>
#include <ingest/terraform/evaluator.h>
#include <ingest/terraform/instance.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::terraform {

using cloud::Member;
using cloud::Reference;
using cloud::Resource;
using cloud::Value;
using hcl::Body;
using hcl::Expression;
using hcl::ExpressionKind;

namespace {

constexpr int k_deepest_module = 24;
constexpr int k_deepest_block = 16;
constexpr std::size_t k_most_instances = 5'000;
constexpr std::size_t k_longest_condition = 160;

bool is_meta(std::string_view name) {
  constexpr std::array<std::string_view, 8> k_names = {"count",     "for_each",    "depends_on", "provider",
                                                       "lifecycle", "provisioner", "connection", "providers"};
  return std::find(k_names.begin(), k_names.end(), name) != k_names.end();
}

bool is_local(std::string_view source) {
  return source.starts_with("./") || source.starts_with("../") || source == "." || source == "..";
}

std::string quoted_key(const Instances& instances, std::size_t index) {
  if (instances.kind == Instances::Kind::counted) return "[" + instances.keys[index] + "]";
  if (instances.kind != Instances::Kind::keyed) return {};
  std::string text = "[\"";
  for (const char c : instances.keys[index]) {
    if (c == '"' || c == '\\') text += '\\';
    text += c;
  }
  return text + "\"]";
}

std::string condition_text(std::string_view argument, const Expression& expression, std::string_view remark) {
  std::string text = std::string(argument) + " = " + source_text(expression);
  if (text.size() > k_longest_condition) text = text.substr(0, k_longest_condition) + "...";
  return text + std::string(remark);
}

/// A text as `azd` and others leave it to be filled in later.
bool is_placeholder(const Value& value) { return value.is_text() && value.as_text().find("${") != std::string_view::npos; }

}  // namespace

void Instance::read_providers() {
  for (const auto& [name, block] : m_module.providers) {
    Scope scope;
    scope.file = block.file;
    const std::string alias = literal_of(block.body->find("alias"));
    const Expression* region = block.body->find("region");
    if (region == nullptr) continue;
    const Value value = evaluate(*region, scope);
    const std::string key = alias.empty() ? name : name + "." + alias;
    regions[key] = value.is_text() ? std::string(value.as_text()) : std::string();
  }
}

std::string Instance::region_of(const DeclaredResource& resource) const {
  const std::string local = resource.type.substr(0, resource.type.find('_'));
  std::string key = local;
  if (const Expression* provider = resource.declaration.body->find("provider")) key = source_text(*provider);
  const auto at = regions.find(key);
  return at == regions.end() ? std::string() : at->second;
}

Value Instance::variable(const std::string& name) {
  const auto known = m_variables.find(name);
  if (known != m_variables.end()) return known->second;
  const auto declared = m_module.variables.find(name);
  if (declared == m_module.variables.end()) return Value::unknown();
  if (!m_busy.insert("var." + name).second) return Value::unknown();
  Scope scope;
  scope.file = declared->second.file;
  const Body& body = *declared->second.body;
  const auto given = inputs.find(name);
  const Expression* fallback = body.find("default");
  Value value = Value::unknown();
  const Expression* nullable = body.find("nullable");
  const bool takes_default =
      given != inputs.end() && given->second.is_null() && fallback != nullptr && nullable != nullptr && nullable->text == "false";
  if (given != inputs.end() && !takes_default) {
    value = is_root && is_placeholder(given->second) ? Value::unknown() : given->second;
  } else if (fallback != nullptr) {
    value = evaluate(*fallback, scope);
    if (is_root) value = value.as_default();
  }
  value = with_type_defaults(value, body.find("type"), scope, 0);
  if (const Expression* sensitive = body.find("sensitive");
      sensitive != nullptr && sensitive->text == "true" && given != inputs.end())
    value = value.as_sensitive();
  m_busy.erase("var." + name);
  return m_variables.emplace(name, std::move(value)).first->second;
}

/// `optional(TYPE, DEFAULT)` inside of the type of a variable.
Value Instance::with_type_defaults(const Value& value, const Expression* type, const Scope& scope, int level) {
  if (type == nullptr || type->kind != ExpressionKind::call || type->parts.empty() || level > k_deepest_block) return value;
  const Expression& inner = *type->parts.front();
  const auto again = [&](Value result) {
    result = result.with_references(value.references());
    return value.by_default() ? result.as_default() : result;
  };
  if (type->text == "object" && inner.kind == ExpressionKind::object && value.is_map()) {
    std::vector<Member> members(value.members().begin(), value.members().end());
    for (std::size_t i = 0; i + 1 < inner.parts.size(); i += 2) {
      const std::string& key = inner.parts[i]->text;
      const Expression* field = inner.parts[i + 1].get();
      const bool optional = field->kind == ExpressionKind::call && field->text == "optional" && !field->parts.empty();
      const Expression* field_type = optional ? field->parts.front().get() : field;
      const Value* given = value.find(key);
      if (given != nullptr && !given->is_null()) {
        members.emplace_back(key, with_type_defaults(*given, field_type, scope, level + 1));
      } else if (optional) {
        Value fallback = field->parts.size() > 1 ? evaluate(*field->parts[1], scope) : Value::null();
        members.emplace_back(key, with_type_defaults(fallback, field_type, scope, level + 1));
      }
    }
    return again(Value::map(std::move(members)));
  }
  if (type->text == "map" && value.is_map()) {
    std::vector<Member> members;
    for (const Member& member : value.members())
      members.emplace_back(member.first, with_type_defaults(member.second, &inner, scope, level + 1));
    return again(Value::map(std::move(members)));
  }
  if ((type->text == "list" || type->text == "set") && value.is_list()) {
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(with_type_defaults(item, &inner, scope, level + 1));
    return again(Value::list(std::move(items)));
  }
  return value;
}

Value Instance::local(const std::string& name) {
  const auto known = m_locals.find(name);
  if (known != m_locals.end()) return known->second;
  const auto declared = m_module.locals.find(name);
  if (declared == m_module.locals.end() || !m_busy.insert("local." + name).second) return Value::unknown();
  Scope scope;
  scope.file = declared->second.file;
  Value value = evaluate(*declared->second.value, scope);
  m_busy.erase("local." + name);
  return m_locals.emplace(name, std::move(value)).first->second;
}

Value Instance::output(const std::string& name) {
  const auto known = m_outputs.find(name);
  if (known != m_outputs.end()) return known->second;
  const auto declared = m_module.outputs.find(name);
  if (declared == m_module.outputs.end() || !m_busy.insert("output." + name).second) return Value::unknown();
  Scope scope;
  scope.file = declared->second.file;
  const Expression* expression = declared->second.body->find("value");
  Value value = expression == nullptr ? Value::unknown() : evaluate(*expression, scope);
  m_busy.erase("output." + name);
  return m_outputs.emplace(name, std::move(value)).first->second;
}

const Instances& Instance::instances_of(const std::string& key, const Declaration& declaration) {
  const auto known = m_instances.find(key);
  if (known != m_instances.end()) return known->second;
  Instances result;
  const Expression* count = declaration.body->find("count");
  const Expression* each = declaration.body->find("for_each");
  if ((count == nullptr && each == nullptr) || !m_busy.insert("instances " + key).second) {
    if (count != nullptr || each != nullptr)
      return m_instances.emplace(key, Instances{Instances::Kind::unknown, {}, {}, "unknown"}).first->second;
    return m_instances.emplace(key, std::move(result)).first->second;
  }
  Scope scope;
  scope.file = declaration.file;
  const Expression& expression = count != nullptr ? *count : *each;
  const std::string_view word = count != nullptr ? "count" : "for_each";
  const Value value = evaluate(expression, scope);
  const auto number = count != nullptr ? value.as_integer() : std::nullopt;
  const bool known_each = count == nullptr && (value.is_map() || value.is_list());
  result.kind = Instances::Kind::unknown;
  if (number && *number >= 0 && static_cast<std::size_t>(*number) <= k_most_instances) {
    result.kind = Instances::Kind::counted;
    for (std::int64_t i = 0; i < *number; ++i) result.keys.push_back(std::to_string(i));
  } else if (known_each && value.members().size() + value.items().size() <= k_most_instances) {
    result.kind = Instances::Kind::keyed;
    for (const Member& member : value.members()) {
      result.keys.push_back(member.first);
      result.values.push_back(member.second);
    }
    for (const Value& item : value.items()) {
      if (!item.is_scalar()) result.kind = Instances::Kind::unknown;
      result.keys.emplace_back(item.as_text());
      result.values.push_back(item);
    }
  }
  if (result.kind == Instances::Kind::unknown) {
    result = {Instances::Kind::unknown, {}, {}, condition_text(word, expression, "")};
  } else if (result.keys.empty() && value.by_default()) {
    // Whoever applies it may want it: absent by default is not absent.
    result = {Instances::Kind::unknown, {}, {}, condition_text(word, expression, " (none by default)")};
  } else if (result.kind == Instances::Kind::counted && result.keys.size() == 1 && value.by_default()) {
    result = {Instances::Kind::unknown, {}, {}, condition_text(word, expression, " (one by default)")};
  }
  m_busy.erase("instances " + key);
  return m_instances.emplace(key, std::move(result)).first->second;
}

Scope Instance::scope_of(const Declaration& declaration, const Instances& instances, std::size_t index) const {
  Scope scope;
  scope.file = declaration.file;
  std::vector<Member> each;
  switch (instances.kind) {
    case Instances::Kind::single:
      break;
    case Instances::Kind::counted:
      scope.names.emplace("count", Value::map({{"index", Value::number(static_cast<double>(index))}}));
      break;
    case Instances::Kind::keyed:
      scope.names.emplace("each", Value::map({{"key", Value::text(instances.keys[index])}, {"value", instances.values[index]}}));
      break;
    case Instances::Kind::unknown:
      scope.names.emplace("count", Value::map({{"index", Value::unknown()}}));
      scope.names.emplace("each", Value::map({{"key", Value::unknown()}, {"value", Value::unknown()}}));
      break;
  }
  return scope;
}

Value Instance::object_at(const std::string& address) const {
  return Value::unknown().with_reference({m_prefix + address, {}, true});
}

Value Instance::resource_object(const std::string& key) {
  const auto declared = m_module.resources.find(key);
  if (declared == m_module.resources.end()) return object_at(key);
  const Instances& instances = instances_of(key, declared->second.declaration);
  const auto all = [&](auto make) {
    for (std::size_t i = 0; i < instances.keys.size(); ++i) make(i, object_at(key + quoted_key(instances, i)));
  };
  if (instances.kind == Instances::Kind::counted) {
    std::vector<Value> items;
    all([&](std::size_t, Value value) { items.push_back(std::move(value)); });
    return Value::list(std::move(items));
  }
  if (instances.kind == Instances::Kind::keyed) {
    std::vector<Member> members;
    all([&](std::size_t i, Value value) { members.emplace_back(instances.keys[i], std::move(value)); });
    return Value::map(std::move(members));
  }
  return object_at(key);
}

Value Instance::module_object(const std::string& name) {
  const auto declared = m_module.calls.find(name);
  const std::string key = "module." + name;
  if (declared == m_module.calls.end()) return object_at(key);
  const Instances& instances = instances_of(key, declared->second);
  if (instances.kind == Instances::Kind::counted) {
    std::vector<Value> items;
    for (std::size_t i = 0; i < instances.keys.size(); ++i) items.push_back(object_at(key + quoted_key(instances, i)));
    return Value::list(std::move(items));
  }
  if (instances.kind == Instances::Kind::keyed) {
    std::vector<Member> members;
    for (std::size_t i = 0; i < instances.keys.size(); ++i)
      members.emplace_back(instances.keys[i], object_at(key + quoted_key(instances, i)));
    return Value::map(std::move(members));
  }
  return object_at(key);
}

/// The names of an object of Kubernetes, which others live in or select; they rest on the object.
Value Instance::metadata_of(const Body& body, const Scope& scope, const Reference& object) {
  const Value unknown = Value::unknown().with_reference({object.address, "metadata", true});
  const auto block = std::find_if(body.blocks.begin(), body.blocks.end(), [](const hcl::Block& b) { return b.type == "metadata"; });
  if (block == body.blocks.end() || block->body.find("name") == nullptr) return unknown;
  std::vector<Member> members;
  const Value content = body_value(block->body, scope, 1);
  for (const Member& member : content.members())
    members.emplace_back(member.first, member.second.with_reference({object.address, "metadata." + member.first, true}));
  return Value::list({Value::map(std::move(members))});
}

/// What is taken of a resource or a module: as its arguments or outputs say, else unknown; always with where it comes from.
Value Instance::property_of(const Reference& object, const std::string& name) {
  const Value unknown = Value::unknown().with_reference({object.address, name, true});
  if (!object.address.starts_with(m_prefix)) return unknown;  // of another module's; what it is nobody here knows
  const std::string inner = object.address.substr(m_prefix.size());
  const std::string memo = inner + "|" + name;
  if (const auto known = m_properties.find(memo); known != m_properties.end()) return known->second;
  const std::vector<std::string_view> parts = parts_of(inner);
  Value result = unknown;
  if (parts.front() == "module" && parts.size() == 2) {
    const std::string_view index = parts[1].substr(without_index(parts[1]).size());
    if (Instance* called = child(std::string(without_index(parts[1])), std::string(index))) result = called->output(name);
  } else if (const bool data = parts.front() == "data"; parts.size() == (data ? 3U : 2U)) {
    const std::string_view last = parts.back();
    const std::string key = inner.substr(0, inner.size() - last.size() + without_index(last).size());
    const auto declared = m_module.resources.find(key);
    if (declared != m_module.resources.end() && m_busy.insert("property " + memo).second) {
      const DeclaredResource& resource = declared->second;
      const Instances& instances = instances_of(key, resource.declaration);
      std::size_t index = 0;
      for (std::size_t i = 0; i < instances.keys.size(); ++i) {
        if (quoted_key(instances, i) == last.substr(without_index(last).size())) index = i;
      }
      const Scope scope = scope_of(resource.declaration, instances, index);
      if (const Expression* written = resource.declaration.body->find(name); written != nullptr && !is_meta(name)) {
        Value value = evaluate(*written, scope);
        // A known part keeps what it is; what it rests on is this resource, not what that rests on.
        if (value.is_scalar()) {
          const bool by_default = value.by_default();
          const bool sensitive = value.sensitive();
          Value plain = value.kind() == cloud::ValueKind::text ? Value::text(std::string(value.as_text())) : value;
          if (by_default) plain = plain.as_default();
          result = (sensitive ? plain.as_sensitive() : plain).with_reference({object.address, name, true});
        } else if (!value.is_unknown()) {
          result = value;
        }
      } else if (resource.is_data && resource.type == "aws_iam_policy_document" && (name == "json" || name == "minified_json")) {
        result = policy_document(*resource.declaration.body, scope);
      } else if (name == "metadata") {
        result = metadata_of(*resource.declaration.body, scope, object);
      }
      m_busy.erase("property " + memo);
    }
  }
  m_properties.emplace(memo, result);
  return result;
}

/// The document that the blocks `statement` make, as it would be in JSON.
Value Instance::policy_document(const Body& body, const Scope& scope) {
  const Value arguments = body_value(body, scope, 0);
  std::vector<Value> statements;
  for (const Value& block : arguments["statement"].items()) {
    std::vector<Member> members;
    const auto take = [&](std::string_view from, std::string_view to) {
      if (!block[from].is_null()) members.emplace_back(std::string(to), block[from]);
    };
    members.emplace_back("Effect", block["effect"].is_null() ? Value::text("Allow") : block["effect"]);
    take("actions", "Action");
    take("not_actions", "NotAction");
    take("resources", "Resource");
    take("not_resources", "NotResource");
    std::vector<Member> principals;
    for (const Value& principal : block["principals"].items())
      principals.emplace_back(std::string(principal["type"].as_text()), principal["identifiers"]);
    if (!principals.empty()) members.emplace_back("Principal", Value::map(std::move(principals)));
    std::vector<Member> conditions;
    for (const Value& condition_block : block["condition"].items()) {
      conditions.emplace_back(std::string(condition_block["test"].as_text()),
                              Value::map({{std::string(condition_block["variable"].as_text()), condition_block["values"]}}));
    }
    if (!conditions.empty()) members.emplace_back("Condition", Value::map(std::move(conditions)));
    statements.push_back(Value::map(std::move(members)));
  }
  return Value::map({{"Statement", Value::list(std::move(statements))}});
}

Value Instance::body_value(const Body& body, const Scope& scope, int level) {
  std::vector<Member> members;
  if (level > k_deepest_block) return Value::unknown();
  for (const hcl::Attribute& attribute : body.attributes) {
    if (level == 0 && is_meta(attribute.name)) continue;
    Value value = evaluate(*attribute.value, scope);
    if (value.is_null()) continue;
    if (value.is_scalar() || value.is_unknown()) value = value.at({scope.file, attribute.line, attribute.column});
    members.emplace_back(attribute.name, std::move(value));
  }
  std::map<std::string, std::vector<Value>> blocks;
  for (const hcl::Block& block : body.blocks) {
    if (level == 0 && is_meta(block.type)) continue;
    if (block.type == "dynamic") {
      add_dynamic(block, scope, level, blocks);
    } else {
      blocks[block.type].push_back(body_value(block.body, scope, level + 1).at({scope.file, block.line, block.column}));
    }
  }
  for (auto& [name, values] : blocks) members.emplace_back(name, Value::list(std::move(values)));
  return Value::map(std::move(members));
}

void Instance::add_dynamic(const hcl::Block& block, const Scope& scope, int level,
                           std::map<std::string, std::vector<Value>>& blocks) {
  const Expression* each = block.body.find("for_each");
  const auto content = std::find_if(block.body.blocks.begin(), block.body.blocks.end(),
                                    [](const hcl::Block& inner) { return inner.type == "content"; });
  if (each == nullptr || block.labels.empty() || content == block.body.blocks.end()) return;
  const Expression* named = block.body.find("iterator");
  const std::string iterator = named == nullptr ? block.labels.front() : source_text(*named);
  const auto add = [&](const Value& key, const Value& value) {
    Scope inner;
    inner.file = scope.file;
    inner.outer = &scope;
    inner.names.emplace(iterator, Value::map({{"key", key}, {"value", value}}));
    blocks[block.labels.front()].push_back(body_value(content->body, inner, level + 1).at({scope.file, block.line, block.column}));
  };
  const Value values = evaluate(*each, scope);
  if (values.is_unknown()) return add(Value::unknown(), Value::unknown().with_references(values.references()));
  for (const Value& item : values.items()) add(item, item);
  for (const Member& member : values.members()) add(Value::text(member.first), member.second);
}

void Instance::collect_resource(const std::string& key, const DeclaredResource& declared, std::vector<Resource>& resources) {
  const Instances& instances = instances_of(key, declared.declaration);
  const bool several = instances.kind == Instances::Kind::counted || instances.kind == Instances::Kind::keyed;
  const std::size_t number = several ? instances.keys.size() : 1;
  for (std::size_t i = 0; i < number; ++i) {
    if (resources.size() >= m_budget.resources) {
      m_budget.exceeded = true;
      return;
    }
    Resource resource;
    resource.address = m_prefix + key + (several ? quoted_key(instances, i) : std::string());
    resource.type = declared.type;
    resource.label = label_of(resource.address);
    resource.is_data = declared.is_data;
    resource.region = region_of(declared);
    resource.condition = instances.condition.empty() ? condition
                         : condition.empty()         ? instances.condition
                                                     : condition + "; " + instances.condition;
    resource.location = declared.declaration.location();
    const Scope scope = scope_of(declared.declaration, instances, i);
    resource.arguments = body_value(*declared.declaration.body, scope, 0).at(resource.location);
    resources.push_back(std::move(resource));
  }
}

Instance* Instance::child(const std::string& name, const std::string& key) {
  const std::string id = name + key;
  if (const auto known = m_children.find(id); known != m_children.end()) return known->second.get();
  const auto declared = m_module.calls.find(name);
  if (declared == m_module.calls.end() || depth >= k_deepest_module) return nullptr;
  const std::string source = literal_of(declared->second.body->find("source"));
  const auto folder = is_local(source) ? normal_path(m_folder + "/" + source) : std::nullopt;
  const Module* module = folder ? m_find(*folder) : nullptr;
  if (module == nullptr) return m_children.emplace(id, nullptr).first->second.get();
  const Instances& instances = instances_of("module." + name, declared->second);
  std::size_t index = 0;
  for (std::size_t i = 0; i < instances.keys.size(); ++i) {
    if (quoted_key(instances, i) == key) index = i;
  }
  auto made = std::make_unique<Instance>(*module, *folder, m_prefix + "module." + id + ".", m_find, m_files, m_sink, m_budget);
  Instance* const result = made.get();
  m_children.emplace(id, std::move(made));
  result->depth = depth + 1;
  result->condition = instances.condition.empty() ? condition : instances.condition;
  const Scope scope = scope_of(declared->second, instances, index);
  for (const hcl::Attribute& attribute : declared->second.body->attributes) {
    if (is_meta(attribute.name) || attribute.name == "source" || attribute.name == "version") continue;
    result->inputs.emplace(attribute.name, evaluate(*attribute.value, scope));
  }
  for (const auto& [provider, region] : regions) {
    if (provider.find('.') == std::string::npos) result->regions.emplace(provider, region);
  }
  if (const Expression* providers = declared->second.body->find("providers");
      providers != nullptr && providers->kind == ExpressionKind::object) {
    for (std::size_t i = 0; i + 1 < providers->parts.size(); i += 2) {
      const auto region = regions.find(source_text(*providers->parts[i + 1]));
      const Expression& name_expression = *providers->parts[i];
      const std::string inner = name_expression.quoted ? name_expression.text : source_text(name_expression);
      if (region != regions.end()) result->regions.insert_or_assign(inner, region->second);
    }
  }
  result->read_providers();
  return result;
}

void Instance::collect_call(const std::string& name, const Declaration& call, std::vector<Resource>& resources) {
  const Instances& instances = instances_of("module." + name, call);
  const bool several = instances.kind == Instances::Kind::counted || instances.kind == Instances::Kind::keyed;
  const std::size_t number = several ? instances.keys.size() : 1;
  for (std::size_t i = 0; i < number; ++i) {
    const std::string key = several ? quoted_key(instances, i) : std::string();
    if (Instance* called = child(name, key)) {
      called->collect(resources);
      continue;
    }
    Resource resource;
    resource.address = m_prefix + "module." + name + key;
    resource.type = literal_of(call.body->find("source"));
    resource.label = name;
    resource.is_module = true;
    resource.condition = instances.condition.empty() ? condition : instances.condition;
    resource.location = call.location();
    const auto region = regions.find("aws");
    if (region != regions.end() && resource.type.ends_with("/aws")) resource.region = region->second;
    const Scope scope = scope_of(call, instances, i);
    resource.arguments = body_value(*call.body, scope, 0).at(resource.location);
    if (i == 0 && m_budget.told.insert(resource.location).second) {
      m_sink.note(std::string(code::k_module_not_expanded), resource.location,
                  "the content of module '" + name + "' (" + resource.type + ") is not here; it is one entity with its inputs",
                  "judge the plan to see what it creates: terraform show -json PLAN > plan.json");
    }
    resources.push_back(std::move(resource));
  }
}

void Instance::apply_moves(std::vector<Resource>& resources, std::size_t first) const {
  for (const Declaration& move : m_module.moves) {
    const Expression* from = move.body->find("from");
    const Expression* to = move.body->find("to");
    if (from == nullptr || to == nullptr) continue;
    const std::string old_address = m_prefix + source_text(*from);
    const std::string new_address = m_prefix + source_text(*to);
    for (std::size_t i = first; i < resources.size(); ++i) {
      Resource& resource = resources[i];
      if (!resource.address.starts_with(new_address)) continue;
      const std::string rest = resource.address.substr(new_address.size());
      if (rest.empty() || rest.front() == '.' || rest.front() == '[') resource.former.push_back(old_address + rest);
    }
  }
}

void Instance::collect(std::vector<Resource>& resources) {
  const std::size_t first = resources.size();
  for (const auto& [key, resource] : m_module.resources) collect_resource(key, resource, resources);
  for (const auto& [name, call] : m_module.calls) collect_call(name, call, resources);
  apply_moves(resources, first);
}

std::vector<Resource> evaluate(const Module& root, const std::string& folder, const VariableValues& values,
                               const ModuleFinder& find, const FileFinder& files, std::set<base::Location>& told,
                               base::DiagnosticSink& sink) {
  Budget budget;
  budget.told = std::move(told);
  Instance instance(root, folder, {}, find, files, sink, budget);
  instance.is_root = true;
  instance.inputs = values;
  instance.read_providers();
  std::vector<Resource> resources;
  instance.collect(resources);
  std::stable_sort(resources.begin(), resources.end(), [](const Resource& a, const Resource& b) { return a.address < b.address; });
  if (budget.exceeded) {
    sink.warning(std::string(code::k_too_much), resources.empty() ? base::Location{} : resources.front().location,
                 "the modules of '" + folder + "' make more than is followed; what is beyond is unknown", "judge the plan instead");
  }
  told = std::move(budget.told);
  return resources;
}

}  // namespace postern::ingest::terraform
