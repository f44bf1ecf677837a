// SPDX-License-Identifier: Apache-2.0
// What programs tell about their parts: terms, counts, guards, comparisons.
#include <array>

#include "unit/cel/support.h"

using namespace postern::cel;

namespace {

Program program_of(std::string_view expression) {
  static const Environment* k_environment = [] {
    auto* environment = new Environment;  // leaked on purpose: programs point into it
    for (const char* name : {"a", "b", "c"}) environment->add_variable(name, Type::parse("bool").value());
    environment->add_variable("m", Type::parse("map(string, string)").value());
    return environment;
  }();
  Compilation compilation = compile(expression, *k_environment);
  REQUIRE(compilation.program);
  return std::move(*compilation.program);
}

std::string terms_text(std::string_view expression) {
  std::string text;
  for (const Term& term : program_of(expression).terms()) {
    constexpr std::array<const char*, 3> k_roles = {"whole", "and", "or"};
    text += (text.empty() ? "" : " | ") + std::string(k_roles.at(static_cast<std::size_t>(term.role))) + " " + term.expression;
    if (term.constant) text += *term.constant ? " = true" : " = false";
  }
  return text;
}

std::string guards_text(const std::vector<Guard>& guards) {
  std::string text;
  for (const Guard& guard : guards) {
    text += (text.empty() ? "" : " ") + guard.path;
    for (const Value& value : guard.allowed) text += ":" + to_text(value);
  }
  return text;
}

}  // namespace

TEST_CASE("terms are the whole and the operands of and and or, outer ones first") {
  CHECK(terms_text("a") == "whole a");
  CHECK(terms_text("a && (b || !c)") == "whole a && (b || !c) | and a | and b || !c | or b | or !c");
  CHECK(terms_text("m.exists(k, k == 'x' && a)") == "whole m.exists(k, k == 'x' && a) | and k == 'x' | and a");
}

TEST_CASE("what is plainly constant is told") {
  CHECK(terms_text("1 < 2") == "whole 1 < 2 = true");
  CHECK(terms_text("a && 1 > 2") == "whole a && 1 > 2 = false | and a | and 1 > 2 = false");
  CHECK(terms_text("a || !false") == "whole a || !false = true | or a | or !false = true");
}

TEST_CASE("counting sees every evaluation and changes no result") {
  const Program program = program_of("a && (b || m.exists(k, k == 'x'))");
  const Value map = Value::own_map({{Value::string("x"), Value::string("")}, {Value::string("y"), Value::string("")}});
  Tallies tallies;
  const auto run = [&](bool a, Value b) {
    const std::array<Value, 4> activation = {Value::boolean(a), std::move(b), Value::boolean(false), map};
    const Value counted = program.count(activation, tallies);
    CHECK(to_text(counted) == to_text(program.evaluate(activation)));
  };
  run(false, Value::boolean(true));
  run(true, Value::boolean(false));
  run(true, Value::unknown(postern::base::Symbol("b")));
  const std::vector<Term> terms = program.terms();
  const auto tally = [&](std::size_t term) { return tallies[terms[term].node]; };
  CHECK(tally(0).yes == 2);
  CHECK(tally(0).no == 1);
  CHECK(tally(1).no == 1);       // a
  CHECK(tally(3).no == 1);       // b
  CHECK(tally(3).unknown == 1);  // b
  CHECK(tally(4).yes == 2);      // the macro, which was not reached the first time
}

TEST_CASE("guards and comparisons") {
  CHECK(guards_text(program_of("a && !b && m.k == 'x' && m.l in ['y', 'z'] && (c || m.n == 'q')").guards()) ==
        "a:true b:false m.k:\"x\" m.l:\"y\":\"z\"");
  CHECK(guards_text(program_of("a || b").guards()).empty());
  CHECK(guards_text(program_of("a").guards()) == "a:true");
  CHECK(guards_text(program_of("a || (m.k != 'x' && 'y' == m.l)").uses().comparisons) == "m.k:\"x\" m.l:\"y\"");
}
