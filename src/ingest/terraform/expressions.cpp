// SPDX-License-Identifier: Apache-2.0
// Evaluates expressions; what cannot be known stays unknown and keeps what it refers to.
#include <ingest/hcl/parser.h>
#include <ingest/project.h>
#include <ingest/terraform/address.h>
#include <ingest/terraform/functions.h>
#include <ingest/terraform/instance.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::terraform {

using base::Symbol;
using cloud::Member;
using cloud::Reference;
using cloud::Value;
using hcl::Expression;
using hcl::ExpressionKind;

namespace {

constexpr int k_deepest = 200;
constexpr std::size_t k_longest_text = 1U << 20U;
constexpr std::size_t k_most_items = 10'000;

/// Whether a value is a whole resource or module, of which something can be taken.
const Reference* object_of(const Value& value) {
  if (!value.is_unknown() || value.references().size() != 1) return nullptr;
  const Reference& reference = value.references().front();
  return reference.attribute.empty() && reference.whole ? &reference : nullptr;
}

/// Something of an unknown value is unknown, and comes from where that comes from.
Value further(const Value& base, const std::string& name) {
  std::vector<Reference> references(base.references().begin(), base.references().end());
  for (Reference& reference : references) reference.attribute += (reference.attribute.empty() ? "" : ".") + name;
  Value result = Value::unknown().with_references(references);
  return base.by_default() ? result.as_default() : result;
}

}  // namespace

const Value* Scope::find(std::string_view wanted) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->outer) {
    const auto at = scope->names.find(wanted);
    if (at != scope->names.end()) return &at->second;
  }
  return nullptr;
}

Value Instance::evaluate(const Expression& expression, const Scope& scope) {
  if (m_budget.steps == 0 || m_nesting >= k_deepest) {
    m_budget.exceeded = true;
    return Value::unknown();
  }
  --m_budget.steps;
  ++m_nesting;
  Value value = evaluate_kind(expression, scope);
  --m_nesting;
  return value.location().line == 0 ? value.at({scope.file, expression.line, expression.column}) : value;
}

Value Instance::evaluate_kind(const Expression& expression, const Scope& scope) {
  const auto part = [&](std::size_t i) { return evaluate(*expression.parts[i], scope); };
  switch (expression.kind) {
    case ExpressionKind::literal:
      return literal(expression);
    case ExpressionKind::template_:
      return text_template(expression, scope);
    case ExpressionKind::variable:
      return name(expression, scope);
    case ExpressionKind::attribute:
      return attribute(expression, scope);
    case ExpressionKind::index:
      return index(expression, scope);
    case ExpressionKind::splat:
      return splat(expression, scope);
    case ExpressionKind::item: {
      for (const Scope* at = &scope; at != nullptr; at = at->outer) {
        if (at->item != nullptr) return *at->item;
      }
      return Value::unknown();
    }
    case ExpressionKind::call:
      return call(expression, scope);
    case ExpressionKind::unary: {
      const Value operand = part(0);
      Value result = Value::unknown();
      if (expression.text == "!" && operand.as_boolean()) result = Value::boolean(!*operand.as_boolean());
      if (expression.text == "-" && operand.as_number()) result = Value::number(-*operand.as_number());
      return resting_on(std::move(result), std::span(&operand, 1)).within_text();
    }
    case ExpressionKind::binary:
      return apply_operator(expression.text, part(0), part(1));
    case ExpressionKind::conditional:
    case ExpressionKind::if_:
      return conditional(expression, scope);
    case ExpressionKind::tuple: {
      std::vector<Value> items;
      for (std::size_t i = 0; i < expression.parts.size(); ++i) items.push_back(part(i));
      return Value::list(std::move(items));
    }
    case ExpressionKind::object:
      return object(expression, scope);
    case ExpressionKind::for_:
      return for_all(expression, scope);
  }
  return Value::unknown();
}

Value Instance::literal(const Expression& expression) const {
  if (expression.quoted) return Value::text(expression.text);
  if (expression.text == "true" || expression.text == "false") return Value::boolean(expression.text == "true");
  if (expression.text == "null") return Value::null();
  const auto number = Value::number_text(expression.text).as_number();
  return number ? Value::number(*number) : Value::unknown();
}

Value Instance::text_template(const Expression& expression, const Scope& scope) {
  if (expression.parts.empty()) return Value::text({});
  if (expression.parts.size() == 1 && expression.parts.front()->kind != ExpressionKind::for_ &&
      expression.parts.front()->kind != ExpressionKind::if_) {
    return evaluate(*expression.parts.front(), scope);
  }
  std::vector<Value> parts;
  for (const auto& part : expression.parts) parts.push_back(evaluate(*part, scope));
  return joined_text(parts);
}

Value Instance::joined_text(std::span<const Value> parts) {
  cloud::Draft draft;
  std::vector<Value> operands;
  bool known = true;
  for (const Value& part : parts) {
    known = known && part.is_scalar();
    draft.add(part);
    if (part.is_unknown() || part.is_scalar()) operands.push_back(part);
  }
  if (draft.text.size() > k_longest_text) return resting_on(Value::unknown(), operands).within_text();
  Value text = known ? Value::text(std::move(draft.text)) : Value::unknown().with_draft(std::move(draft));
  return resting_on(std::move(text), operands).within_text();
}

Value Instance::name(const Expression& expression, const Scope& scope) {
  if (const Value* known = scope.find(expression.text)) return *known;
  return Value::unknown();
}

Value Instance::attribute(const Expression& expression, const Scope& scope) {
  const Expression& base = *expression.parts.front();
  const std::string& last = expression.text;
  if (base.kind == ExpressionKind::variable && scope.find(base.text) == nullptr) {
    const std::string& root = base.text;
    if (root == "var") return variable(last);
    if (root == "local") return local(last);
    if (root == "module") return module_object(last);
    if (root == "path" || root == "terraform" || root == "self" || root == "each" || root == "count" || root == "data")
      return Value::unknown();
    return resource_object(root + "." + last);
  }
  const bool data = base.kind == ExpressionKind::attribute && base.parts.front()->kind == ExpressionKind::variable &&
                    base.parts.front()->text == "data" && scope.find("data") == nullptr;
  if (data) return resource_object("data." + base.text + "." + last);
  return member(evaluate(base, scope), last);
}

Value Instance::member(const Value& base, const std::string& wanted) {
  if (const Reference* object = object_of(base)) return property_of(*object, wanted);
  if (base.is_unknown()) return further(base, wanted);
  if (const Value* found = base.find(wanted)) return base.by_default() ? found->as_default() : *found;
  // Terraform lets a list of one block stand for the block, in older code.
  m_failed = true;
  return Value::unknown();
}

Value Instance::index(const Expression& expression, const Scope& scope) {
  const Value base = evaluate(*expression.parts[0], scope);
  const Value key = evaluate(*expression.parts[1], scope);
  if (base.is_unknown()) {
    if (object_of(base) != nullptr) return base;  // which one of several is not known, or its number is not
    return further(base, "[]");
  }
  if (base.is_map() && key.is_scalar()) return member(base, std::string(key.as_text()));
  const auto number = key.as_integer();
  if (base.is_list() && number) {
    if (*number >= 0 && static_cast<std::size_t>(*number) < base.items().size())
      return base.items()[static_cast<std::size_t>(*number)];
    m_failed = true;
    return Value::unknown();
  }
  return Value::unknown().with_references(base.all_references());
}

Value Instance::splat(const Expression& expression, const Scope& scope) {
  const Value base = evaluate(*expression.parts[0], scope);
  const auto each = [&](const Value& item) {
    Scope inner;
    inner.file = scope.file;
    inner.outer = &scope;
    inner.item = &item;
    return evaluate(*expression.parts[1], inner);
  };
  if (base.is_null()) return Value::list({});
  if (base.is_unknown()) {
    const Value item = each(base);
    return Value::unknown().with_references(item.all_references());
  }
  std::vector<Value> items;
  if (!base.is_list()) {
    items.push_back(each(base));
  } else {
    for (const Value& item : base.items()) items.push_back(each(item));
  }
  return Value::list(std::move(items));
}

/// What a file among the inputs says: of `templatefile` with the given values in it. Nothing where the file is not there.
std::optional<Value> Instance::content_of_file(const Expression& expression, const Scope& scope) {
  const bool is_template = expression.text == "templatefile" && expression.parts.size() == 2;
  const bool plain = expression.text == "file" && expression.parts.size() == 1;
  if (!is_template && !plain) return std::nullopt;
  // Where modules lie is no fact about what they make: the folder is known here only.
  Scope located;
  located.file = scope.file;
  located.outer = &scope;
  std::vector<Member> folders = {{"module", Value::text(".")}};
  if (depth == 0) folders.insert(folders.end(), {{"root", Value::text(".")}, {"cwd", Value::text(".")}});
  located.names.emplace("path", Value::map(std::move(folders)));
  const Value name = evaluate(*expression.parts.front(), located);
  const auto path = name.is_text() ? normal_path(m_folder + "/" + std::string(name.as_text())) : std::nullopt;
  const auto text = path ? m_files(*path) : std::nullopt;
  if (!text || text->size() > k_longest_text) return std::nullopt;
  if (plain) return Value::text(std::string(*text));
  const auto [at, fresh] = m_templates.emplace(*path, nullptr);
  if (fresh) {
    std::vector<hcl::SyntaxError> errors;
    at->second = hcl::parse_template(*text, errors);
  }
  const Value given = evaluate(*expression.parts[1], scope);
  if (at->second == nullptr || !given.is_map()) return std::nullopt;
  Scope inside;
  inside.file = Symbol(*path);
  for (const Member& member : given.members()) inside.names.emplace(member.first, member.second);
  return evaluate(*at->second, inside);
}

Value Instance::call(const Expression& expression, const Scope& scope) {
  if (const auto content = content_of_file(expression, scope)) return *content;
  if (expression.text == "try" || expression.text == "can") {
    const bool before = std::exchange(m_failed, false);
    for (const auto& part : expression.parts) {
      m_failed = false;
      Value value = evaluate(*part, scope);
      const bool worked = !m_failed;
      if (expression.text == "can") {
        m_failed = before;
        return value.is_unknown() && worked ? Value::unknown() : Value::boolean(worked);
      }
      if (!worked) continue;
      m_failed = before;
      return value;
    }
    m_failed = true;
    return Value::unknown();
  }
  std::vector<Value> arguments;
  for (const auto& part : expression.parts) arguments.push_back(evaluate(*part, scope));
  if (expression.expand && !arguments.empty()) {
    const Value spread = arguments.back();
    arguments.pop_back();
    if (!spread.is_list()) return Value::unknown().with_references(spread.all_references());
    arguments.insert(arguments.end(), spread.items().begin(), spread.items().end());
  }
  return call_function(expression.text, arguments);
}

Value Instance::conditional(const Expression& expression, const Scope& scope) {
  const Value condition_value = evaluate(*expression.parts[0], scope);
  const auto truth = condition_value.as_boolean();
  if (truth) {
    const Value result = evaluate(*expression.parts[*truth ? 1 : 2], scope);
    return condition_value.by_default() ? result.as_default() : result;
  }
  const bool before = m_failed;
  const std::array<Value, 2> both = {evaluate(*expression.parts[1], scope), evaluate(*expression.parts[2], scope)};
  m_failed = before;
  if (both[0].same(both[1])) return both[0];
  std::vector<Reference> references = both[0].all_references();
  const std::vector<Reference> others = both[1].all_references();
  references.insert(references.end(), others.begin(), others.end());
  return Value::unknown().with_references(references);
}

Value Instance::object(const Expression& expression, const Scope& scope) {
  std::vector<Member> members;
  for (std::size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
    const Value key = evaluate(*expression.parts[i], scope);
    if (!key.is_scalar()) continue;  // which key it is nobody knows
    Value value = evaluate(*expression.parts[i + 1], scope);
    members.emplace_back(std::string(key.as_text()), std::move(value));
  }
  return Value::map(std::move(members));
}

Value Instance::for_all(const Expression& expression, const Scope& scope) {
  const Value collection = evaluate(*expression.parts[0], scope);
  const Expression* value_expression = expression.parts[1].get();
  const Expression* key_expression = expression.parts[2].get();
  const Expression* condition_expression = expression.parts[3].get();
  const auto unknown_for = [&](const Value& key, const Value& item) {
    Scope inner;
    inner.file = scope.file;
    inner.outer = &scope;
    if (!expression.text.empty()) inner.names.insert_or_assign(expression.text, key);
    inner.names.insert_or_assign(expression.second, item);
    return inner;
  };
  if (collection.is_unknown()) {
    const Scope inner = unknown_for(Value::unknown(), collection);
    return Value::unknown().with_references(evaluate(*value_expression, inner).all_references());
  }
  std::vector<Value> items;
  std::vector<Member> members;
  std::map<std::string, std::vector<Value>> groups;
  bool known = true;
  std::vector<Reference> lost;
  const auto visit = [&](const Value& key, const Value& item) {
    const Scope inner = unknown_for(key, item);
    if (condition_expression != nullptr) {
      const auto holds = evaluate(*condition_expression, inner).as_boolean();
      if (!holds) known = false;
      if (!holds.value_or(false)) return;
    }
    Value value = evaluate(*value_expression, inner);
    if (!expression.quoted) {
      items.push_back(std::move(value));
      return;
    }
    const Value name_value = evaluate(*key_expression, inner);
    if (!name_value.is_scalar()) {
      const auto references = value.all_references();
      lost.insert(lost.end(), references.begin(), references.end());
      known = false;
    } else if (expression.expand) {
      groups[std::string(name_value.as_text())].push_back(std::move(value));
    } else {
      members.emplace_back(std::string(name_value.as_text()), std::move(value));
    }
  };
  std::size_t position = 0;
  for (const Value& item : collection.items()) {
    if (position >= k_most_items) break;
    visit(Value::number(static_cast<double>(position++)), item);
  }
  for (const Member& entry : collection.members()) visit(Value::text(entry.first), entry.second);
  const auto finish = [&](Value result) { return collection.by_default() ? result.as_default() : result; };
  if (!known) {
    for (const Value& item : items) {
      const auto references = item.all_references();
      lost.insert(lost.end(), references.begin(), references.end());
    }
    for (const Member& entry : members) {
      const auto references = entry.second.all_references();
      lost.insert(lost.end(), references.begin(), references.end());
    }
    return finish(Value::unknown().with_references(lost));
  }
  for (auto& [key, values] : groups) members.emplace_back(key, Value::list(std::move(values)));
  if (expression.is_text) return finish(joined_text(items));
  return finish(expression.quoted ? Value::map(std::move(members)) : Value::list(std::move(items)));
}

std::string source_text(const Expression& expression) {
  const auto part = [&](std::size_t i) {
    return expression.parts[i] == nullptr ? std::string() : source_text(*expression.parts[i]);
  };
  const auto list = [&](std::string_view open, std::string_view close) {
    std::string text(open);
    for (std::size_t i = 0; i < expression.parts.size(); ++i) text += (i == 0 ? "" : ", ") + part(i);
    return text + std::string(close);
  };
  switch (expression.kind) {
    case ExpressionKind::literal:
      return expression.quoted ? "\"" + expression.text + "\"" : expression.text;
    case ExpressionKind::template_:
      if (expression.parts.size() == 1) return part(0);
      return expression.parts.empty() ? "\"\"" : "\"...\"";
    case ExpressionKind::variable:
      return expression.text;
    case ExpressionKind::attribute:
      return part(0) + "." + expression.text;
    case ExpressionKind::index:
      return part(0) + "[" + part(1) + "]";
    case ExpressionKind::splat:
      return part(0) + "[*]" + part(1);
    case ExpressionKind::item:
      return {};
    case ExpressionKind::call:
      return list(expression.text + "(", ")");
    case ExpressionKind::unary:
      return expression.text + part(0);
    case ExpressionKind::binary:
      return part(0) + " " + expression.text + " " + part(1);
    case ExpressionKind::conditional:
      return part(0) + " ? " + part(1) + " : " + part(2);
    case ExpressionKind::tuple:
      return list("[", "]");
    case ExpressionKind::object:
      return "{...}";
    case ExpressionKind::for_:
      return "for " + expression.second + " in " + part(0);
    case ExpressionKind::if_:
      return "if " + part(0);
  }
  return {};
}

}  // namespace postern::ingest::terraform
