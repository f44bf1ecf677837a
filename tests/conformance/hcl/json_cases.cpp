// SPDX-License-Identifier: Apache-2.0
// HCL -> JSON as a well-known converter does it: blocks below their labels, constants as they are, everything else as the text of
// the expression. Ours evaluates instead of quoting, so of an expression only is compared that it is one.
#include <ingest/hcl/parser.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "suites.h"

namespace postern::conformance {
namespace {

namespace hcl = ingest::hcl;
using ingest::cloud::Value;
using nlohmann::json;

/// The text without the doubled signs by which ${ and %{ are written as they are.
std::string unescaped(std::string text) {
  for (const std::string_view escape : {"$${", "%%{"}) {
    for (std::size_t at = text.find(escape); at != std::string::npos; at = text.find(escape, at + 1)) text.erase(at, 1);
  }
  return text;
}

bool holds_expression(const std::string& text) {
  for (const std::string_view mark : {"${", "%{"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) {
      if (at == 0 || text[at - 1] != mark.front()) return true;
    }
  }
  return false;
}

class Comparison {
 public:
  explicit Comparison(bool simplify) : m_simplify(simplify) {}
  std::vector<std::string> wrong;

  void body(const hcl::Body& body, const json& expected, const std::string& path) {
    json::size_type members = 0;
    for (const hcl::Attribute& attribute : body.attributes) {
      ++members;
      if (!expected.contains(attribute.name)) {
        wrong.push_back(path + "." + attribute.name + " is not expected");
        continue;
      }
      value(*attribute.value, expected.at(attribute.name), path + "." + attribute.name);
    }
    std::map<std::string, std::vector<const hcl::Block*>> blocks;
    for (const hcl::Block& block : body.blocks) blocks[block.type].push_back(&block);
    for (const auto& [type, all] : blocks) {
      ++members;
      std::map<std::string, std::size_t> seen;
      for (const hcl::Block* block : all) labelled(*block, expected.value(type, json()), path + "." + type, seen);
    }
    if (members != expected.size()) wrong.push_back(path + " has another number of members");
  }

 private:
  void labelled(const hcl::Block& block, const json& expected, const std::string& path, std::map<std::string, std::size_t>& seen) {
    const json* at = &expected;
    std::string name = path;
    for (const std::string& label : block.labels) {
      name += "." + label;
      if (!at->is_object() || !at->contains(label)) return wrong.push_back(name + " is not expected");
      at = &at->at(label);
    }
    const std::size_t index = seen[name]++;
    if (!at->is_array() || index >= at->size()) return wrong.push_back(name + " is not expected so often");
    body(block.body, at->at(index), name);
  }

  void value(const hcl::Expression& expression, const json& expected, const std::string& path) {
    if (expression.kind == hcl::ExpressionKind::object && expected.is_object()) {
      if (expression.parts.size() != 2 * expected.size()) wrong.push_back(path + " has another number of members");
      for (std::size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
        const Value key = value_of(*expression.parts[i]);
        if (!key.is_scalar() || !expected.contains(std::string(key.as_text()))) continue;  // the key is an expression itself
        value(*expression.parts[i + 1], expected.at(std::string(key.as_text())), path + "." + std::string(key.as_text()));
      }
      return;
    }
    const bool quoted = expected.is_string() && holds_expression(expected.get<std::string>());
    if (quoted && !m_simplify) {
      if (expression.kind == hcl::ExpressionKind::literal) wrong.push_back(path + " is an expression");
      return;
    }
    const Value found = value_of(expression);
    if (quoted) {
      if (!found.is_unknown()) wrong.push_back(path + " cannot be known");
      return;
    }
    compare(found, expected, path);
  }

  void compare(const Value& found, const json& expected, const std::string& path) {
    bool same = false;
    if (expected.is_string()) same = found.as_text() == unescaped(expected.get<std::string>());
    if (expected.is_number()) same = found.as_number() == expected.get<double>();
    if (expected.is_boolean()) same = found.as_boolean() == expected.get<bool>();
    if (expected.is_array()) {
      same = found.items().size() == expected.size();
      for (std::size_t i = 0; same && i < expected.size(); ++i) compare(found.items()[i], expected.at(i), path);
    }
    if (!same) wrong.push_back(path + ": expected " + expected.dump() + ", found <" + std::string(found.as_text()) + ">");
  }

  bool m_simplify;
};

}  // namespace

int run_json_cases(const std::filesystem::path& file) {
  std::istringstream lines(content_of(file));
  int run = 0;
  int passed = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    const json row = json::parse(line);
    ++run;
    std::vector<hcl::SyntaxError> errors;
    const hcl::Body body = hcl::parse_file(row.at("hcl").get<std::string>() + "\n", errors);
    Comparison comparison(row.value("options", "").find("Simplify") != std::string::npos);
    if (!errors.empty()) comparison.wrong.push_back("cannot be read: " + errors.front().message);
    comparison.body(body, row.at("json"), "");
    for (const std::string& text : comparison.wrong)
      std::printf("%s: %s\n", row.at("name").get<std::string>().c_str(), text.c_str());
    passed += comparison.wrong.empty() ? 1 : 0;
  }
  std::printf("figures: HCL to JSON | %d | %d | 0 | none\n", run, passed);
  return run > 0 && passed == run ? 0 : 1;
}

}  // namespace postern::conformance
