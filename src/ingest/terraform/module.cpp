// SPDX-License-Identifier: Apache-2.0
// Sorts blocks by their types, in both spellings of the language.
#include <ingest/codes.h>
#include <ingest/hcl/parser.h>
#include <ingest/terraform/module.h>

#include <array>
#include <utility>

namespace postern::ingest::terraform {
namespace {

using document::Node;
using hcl::Body;
using hcl::Expression;
using hcl::ExpressionKind;
using hcl::ExpressionPointer;

void tell(const std::vector<hcl::SyntaxError>& errors, base::Symbol file, base::DiagnosticSink& sink) {
  constexpr std::size_t k_most = 5;
  for (std::size_t i = 0; i < errors.size() && i < k_most; ++i) {
    sink.error(std::string(code::k_hcl_syntax), {file, errors[i].line, errors[i].column}, errors[i].message,
               "correct the file; `terraform validate` finds the same place");
  }
}

ExpressionPointer literal(std::string text, bool quoted, const Node& node) {
  auto result = std::make_unique<Expression>();
  result->kind = ExpressionKind::literal;
  result->text = std::move(text);
  result->quoted = quoted;
  result->line = node.location().line;
  result->column = node.location().column;
  return result;
}

/// Texts hold templates; objects and lists are what they are.
ExpressionPointer expression_of(const Node& node) {
  if (const auto text = node.as_string()) {
    if (text->find("${") == std::string_view::npos && text->find("%{") == std::string_view::npos)
      return literal(std::string(*text), true, node);
    std::vector<hcl::SyntaxError> errors;
    ExpressionPointer result = hcl::parse_template(*text, errors);
    return result != nullptr && errors.empty() ? std::move(result) : literal(std::string(*text), true, node);
  }
  if (node.is_scalar()) return literal(node.is_null() ? "null" : std::string(node.text()), false, node);
  auto result = std::make_unique<Expression>();
  result->kind = node.is_sequence() ? ExpressionKind::tuple : ExpressionKind::object;
  result->line = node.location().line;
  result->column = node.location().column;
  for (const Node item : node.items()) result->parts.push_back(expression_of(item));
  for (const document::Entry entry : node.entries()) {
    result->parts.push_back(literal(std::string(entry.key.text()), true, entry.key));
    result->parts.push_back(expression_of(entry.value));
  }
  return result;
}

void add_block(Body& into, std::string_view type, std::vector<std::string> labels, const Node& content) {
  if (content.is_sequence()) {
    for (const Node item : content.items()) add_block(into, type, labels, item);
    return;
  }
  hcl::Block block;
  block.type = std::string(type);
  block.labels = std::move(labels);
  block.line = content.location().line;
  block.column = content.location().column;
  for (const document::Entry entry : content.entries()) {
    hcl::Attribute attribute;
    attribute.name = std::string(entry.key.text());
    attribute.line = entry.value.location().line;
    attribute.column = entry.value.location().column;
    attribute.value = expression_of(entry.value);
    block.body.attributes.push_back(std::move(attribute));
  }
  into.blocks.push_back(std::move(block));
}

std::size_t labels_of(std::string_view type) {
  if (type == "resource" || type == "data") return 2;
  return type == "locals" || type == "terraform" || type == "moved" || type == "import" || type == "removed" ? 0 : 1;
}

void add_blocks(Body& into, std::string_view type, std::vector<std::string> labels, const Node& content) {
  if (labels.size() == labels_of(type)) return add_block(into, type, std::move(labels), content);
  for (const document::Entry entry : content.entries()) {
    std::vector<std::string> more = labels;
    more.emplace_back(entry.key.text());
    add_blocks(into, type, std::move(more), entry.value);
  }
}

}  // namespace

bool is_json_file(std::string_view path) { return path.ends_with(".json"); }

std::string literal_of(const Expression* expression) {
  if (expression == nullptr) return {};
  if (expression->kind == ExpressionKind::literal && expression->quoted) return expression->text;
  const bool one = expression->kind == ExpressionKind::template_ && expression->parts.size() == 1;
  return one ? literal_of(expression->parts.front().get()) : std::string();
}

std::unique_ptr<Body> body_of_json(std::string_view text, base::Symbol file, const document::Limits& limits,
                                   base::DiagnosticSink& sink) {
  auto body = std::make_unique<Body>();
  for (const document::Document& document :
       document::read_documents(std::string(text), document::Format::json, file, limits, sink)) {
    for (const document::Entry entry : document.root().entries()) add_blocks(*body, entry.key.text(), {}, entry.value);
  }
  return body;
}

bool Module::add_file(std::string_view text, base::Symbol file, const document::Limits& limits, base::DiagnosticSink& sink) {
  std::unique_ptr<Body> body;
  bool whole = true;
  if (is_json_file(file.view())) {
    const std::size_t errors = sink.error_count();
    body = body_of_json(text, file, limits, sink);
    whole = sink.error_count() == errors;
  } else {
    std::vector<hcl::SyntaxError> errors;
    body = std::make_unique<Body>(hcl::parse_file(text, errors));
    tell(errors, file, sink);
    whole = errors.empty();
  }
  sort_out(*body, file, sink);
  m_bodies.push_back(std::move(body));
  return whole;
}

void Module::sort_out(const Body& body, base::Symbol file, base::DiagnosticSink&) {
  for (const hcl::Block& block : body.blocks) {
    const Declaration declaration{&block.body, file, block.line, block.column};
    const auto label = [&](std::size_t index) { return index < block.labels.size() ? block.labels[index] : std::string(); };
    if (block.type == "resource" || block.type == "data") {
      const bool data = block.type == "data";
      const std::string key = (data ? "data." : "") + label(0) + "." + label(1);
      if (!label(1).empty()) resources.emplace(key, DeclaredResource{label(0), label(1), data, declaration});
    } else if (block.type == "module") {
      calls.emplace(label(0), declaration);
    } else if (block.type == "variable") {
      variables.emplace(label(0), declaration);
    } else if (block.type == "output") {
      outputs.emplace(label(0), declaration);
    } else if (block.type == "locals") {
      for (const hcl::Attribute& attribute : block.body.attributes)
        locals.emplace(attribute.name, Definition{attribute.value.get(), file});
    } else if (block.type == "provider") {
      providers.emplace_back(label(0), declaration);
    } else if (block.type == "moved") {
      moves.push_back(declaration);
    }
  }
}

}  // namespace postern::ingest::terraform
