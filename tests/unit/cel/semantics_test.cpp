// SPDX-License-Identifier: Apache-2.0
// Errors, unknowns, limits and host data: what the conformance suite does not cover.
#include <thread>

#include "cel/timezone.h"
#include "support.h"

using namespace postern::cel;
using namespace postern::cel::test;

namespace {

/// u, v: unknown; e: an error; t, f: booleans.
std::string with_unknowns(std::string_view expression) {
  Environment environment;
  for (const char* name : {"u", "v", "e", "t", "f"}) environment.add_variable(name);
  return outcome_of(expression, environment,
                    {Value::unknown(postern::base::Symbol("u.path")), Value::unknown(postern::base::Symbol("v.path")),
                     Value::error(ErrorCode::invalid_argument, "bad"), Value::boolean(true), Value::boolean(false)});
}

}  // namespace

TEST_CASE("logical operators absorb unknowns and errors in any order") {
  CHECK(with_unknowns("u || t") == "true");
  CHECK(with_unknowns("t || u") == "true");
  CHECK(with_unknowns("u && f") == "false");
  CHECK(with_unknowns("f && u") == "false");
  CHECK(with_unknowns("e || t") == "true");
  CHECK(with_unknowns("e && f") == "false");
  CHECK(with_unknowns("u || f") == "unknown(u.path)");
  CHECK(with_unknowns("u && t") == "unknown(u.path)");
  CHECK(with_unknowns("e || f") == "error(bad)");
  CHECK(with_unknowns("u || v") == "unknown(u.path, v.path)");
  CHECK(with_unknowns("v && u") == "unknown(u.path, v.path)");
  CHECK(with_unknowns("u || e") == "unknown(u.path)");
  CHECK(with_unknowns("e || u") == "unknown(u.path)");
  CHECK(with_unknowns("e && u") == "unknown(u.path)");
  CHECK(with_unknowns("f || e || u || t") == "true");
  CHECK(with_unknowns("1 || t") == "true");
  CHECK(with_unknowns("1 || f").find("error(no such overload") == 0);
}

TEST_CASE("strict operations pass unknowns on, which win over errors") {
  CHECK(with_unknowns("u == 1") == "unknown(u.path)");
  CHECK(with_unknowns("u + v") == "unknown(u.path, v.path)");
  CHECK(with_unknowns("e + u") == "unknown(u.path)");
  CHECK(with_unknowns("size(u)") == "unknown(u.path)");
  CHECK(with_unknowns("[1, u, e]") == "unknown(u.path)");
  CHECK(with_unknowns("{'a': u}") == "unknown(u.path)");
  CHECK(with_unknowns("u.field") == "unknown(u.path)");
  CHECK(with_unknowns("has(u.field)") == "unknown(u.path)");
  CHECK(with_unknowns("u ? 1 : 2") == "unknown(u.path)");
  CHECK(with_unknowns("t ? 1 : u") == "1");
  CHECK(with_unknowns("!u") == "unknown(u.path)");
  CHECK(with_unknowns("u in [1]") == "unknown(u.path)");
}

TEST_CASE("aggregates absorb like the logical operators") {
  CHECK(with_unknowns("[1, 2, 3].exists(x, x == 2 || u)") == "true");
  CHECK(with_unknowns("[1, 2, 3].exists(x, x == 3 ? t : u)") == "true");
  CHECK(with_unknowns("[1, 2].exists(x, u)") == "unknown(u.path)");
  CHECK(with_unknowns("[1, 2].all(x, x == 2 ? f : u)") == "false");
  CHECK(with_unknowns("[1, 2].all(x, x == 2 ? f : e)") == "false");
  CHECK(with_unknowns("[1, 2].all(x, x == 1 ? u : v)") == "unknown(u.path, v.path)");
  CHECK(with_unknowns("[1, 2].all(x, x == 1 ? e : u)") == "unknown(u.path)");
  CHECK(with_unknowns("[1, 2].exists_one(x, x == 1 ? e : t)") == "error(bad)");
  CHECK(with_unknowns("[1, 2].filter(x, x == 1 ? u : t)") == "unknown(u.path)");
  CHECK(with_unknowns("[1, 2].map(x, x == 1 ? e : u)") == "unknown(u.path)");
  CHECK(with_unknowns("u.exists(x, x)") == "unknown(u.path)");
  CHECK(with_unknowns("[].all(x, u)") == "true");
}

TEST_CASE("a bound value that fails does so where it is used") {
  CHECK(with_unknowns("cel.bind(x, e, t || x)") == "true");
  CHECK(with_unknowns("cel.bind(x, e, f || x)") == "error(bad)");
}

TEST_CASE("overflow and bad arithmetic are errors") {
  CHECK(outcome_of("9223372036854775807 + 1") == "error(arithmetic overflow)");
  CHECK(outcome_of("-(-9223372036854775808)") == "error(arithmetic overflow)");
  CHECK(outcome_of("-9223372036854775808 / -1") == "error(arithmetic overflow)");
  CHECK(outcome_of("-9223372036854775808 % -1") == "error(arithmetic overflow)");
  CHECK(outcome_of("0u - 1u") == "error(arithmetic overflow)");
  CHECK(outcome_of("1 / 0") == "error(division by zero)");
  CHECK(outcome_of("1.0 / 0.0") == "Infinity");
  CHECK(outcome_of("dyn(1) == 1u && dyn(1u) == 1.0 && dyn(-1) < 1u") == "true");
  CHECK(outcome_of("double('NaN') == double('NaN')") == "false");
  CHECK(outcome_of("size('h\u00e9\U0001F431') == 3") == "true");
}

TEST_CASE("errors know where they arose") {
  Environment environment;
  const Compilation compilation = compile("1 == 1 && [1, 2][5] == 1", environment);
  REQUIRE(compilation.program);
  const Value value = compilation.program->evaluate({});
  REQUIRE(value.is_error());
  CHECK(value.error_code() == ErrorCode::out_of_range);
  CHECK(value.error_offset() == 16);
}

TEST_CASE("the budget stops an evaluation, and nothing absorbs that") {
  const EvaluationLimits small{1'000};
  const std::string loop = "lists.range(100).all(x, lists.range(100).all(y, x + y >= 0))";
  CHECK(outcome_of(loop) == "true");
  CHECK(outcome_of(loop, {}, {}, small) == "error(the evaluation took more steps than it may)");
  CHECK(outcome_of("(" + loop + ") || true", {}, {}, small) == "error(the evaluation took more steps than it may)");
  CHECK(outcome_of("[1].exists(z, " + loop + ") || true", {}, {}, small) == "error(the evaluation took more steps than it may)");
}

TEST_CASE("doubling texts, lists and comparisons end at the budget") {
  std::string begin;
  for (int i = 0; i < 60; ++i)
    begin += "cel.bind(x" + std::to_string(i + 1) + ", x" + std::to_string(i) + " + x" + std::to_string(i) + ", ";
  const std::string end = "size(x60)" + std::string(61, ')');
  CHECK(outcome_of("cel.bind(x0, '0123456789', " + begin + end).find("error(") == 0);
  CHECK(outcome_of("cel.bind(x0, [1], " + begin + end).find("error(") == 0);
  begin.clear();
  for (int i = 0; i < 60; ++i)
    begin += "cel.bind(x" + std::to_string(i + 1) + ", [x" + std::to_string(i) + ", x" + std::to_string(i) + "], ";
  CHECK(outcome_of("cel.bind(x0, [1], " + begin + "x60 == x60" + std::string(61, ')')) ==
        "error(the evaluation took more steps than it may)");
}

TEST_CASE("values cannot nest without end") {
  std::string text = "cel.block([[1]";
  for (int i = 0; i < 500; ++i) text += ", [cel.index(" + std::to_string(i) + ")]";
  CHECK(outcome_of(text + "], cel.index(500))").find("nested too deeply") != std::string::npos);
}

TEST_CASE("regular expressions run in linear time with a limited program") {
  CHECK(holds("'foobar'.matches('o+b')"));
  CHECK(outcome_of("'a'.matches('((a{900}){900}){900}')").find("error(") == 0);
  CHECK(outcome_of("'" + std::string(5'000, 'a') + "'.matches('(a*)*b')") == "false");
  CHECK(outcome_of("['a+', 'b'].exists(p, 'xaay'.matches(p))") == "true");
}

TEST_CASE("host records, lists and functions") {
  const ObjectType type("Node",
                        {{"name", TypeKind::string, ""}, {"next", Type::object("Node"), ""}, {"secret", TypeKind::string, ""}});
  Environment environment;
  environment.add_object_type(type);
  environment.add_variable("node", Type::object("Node"));
  environment.add_variable("nodes", Type::list(Type::object("Node")));
  environment.add_function("hostNumber(Node) -> int", "The host's number.", "",
                           [](CallContext& context, Arguments) { return Value::integer(*context.host<int>()); });
  const TestRecord last(type, {Value::string("last"), Value::absent(), Value::unknown(postern::base::Symbol("last.secret"))});
  const TestRecord first(type, {Value::string("first"), Value::record(last), Value::absent()});
  const std::vector<Value> activation = {Value::record(first), Value::own_list({Value::record(first), Value::record(last)})};
  const auto outcome = [&](std::string_view expression) {
    return outcome_of(expression, environment, activation, {}, Checking::strict);
  };

  CHECK(outcome("node.next.name") == "\"last\"");
  CHECK(outcome("nodes.filter(n, has(n.next)).map(n, n.name)") == "[\"first\"]");
  CHECK(outcome("has(node.next.next)") == "false");
  CHECK(outcome("node.secret").find("no such field or key 'secret'") != std::string::npos);
  CHECK(outcome("node.next.secret == 'x'") == "unknown(last.secret)");
  CHECK(outcome("has(node.next.secret)") == "unknown(last.secret)");
  CHECK(outcome("node.next.?next.?name.orValue('none')") == "\"none\"");
  CHECK(outcome("node == nodes[0] && node != nodes[1] && node in nodes") == "true");
  CHECK(outcome("type(node) == type(nodes[1])") == "true");

  const int number = 7;
  const Compilation compilation = compile("hostNumber(node) == 7", environment);
  REQUIRE(compilation.program);
  CHECK(compilation.program->evaluate(activation, {}, &number).is_true());
}

TEST_CASE("a program says what it uses and what guards it") {
  const ObjectType type("Relation", {{"kind", TypeKind::string, ""}, {"port", TypeKind::integer, ""}});
  Environment environment;
  environment.add_object_type(type);
  environment.add_variable("relation", Type::object("Relation"));
  environment.add_variable("target", {});
  const Compilation compilation =
      compile("relation.kind in ['reads', 'writes'] && (80 == relation.port && size(target.data) > 0) || false", environment);
  REQUIRE(compilation.program);
  CHECK(compilation.program->guards().empty());
  const Compilation guarded =
      compile("relation.kind in ['reads', 'writes'] && (80 == relation.port && size(target.data) > 0)", environment);
  REQUIRE(guarded.program);
  const Program& program = *guarded.program;
  REQUIRE(program.guards().size() == 2);
  CHECK(program.guards()[0].path == "relation.kind");
  CHECK(program.guards()[0].allowed.size() == 2);
  CHECK(program.guards()[1].path == "relation.port");
  CHECK(to_text(program.guards()[1].allowed.at(0)) == "80");
  CHECK(program.uses().variables == std::vector<std::string>{"relation", "target"});
  CHECK(program.uses().functions == std::vector<std::string>{"size"});
  CHECK(program.uses().fields == std::vector<std::string>{"data", "kind", "port"});
  CHECK(program.result_type().text() == "bool");
}

TEST_CASE("explain records what the parts came to") {
  Environment environment;
  environment.add_variable("a", TypeKind::integer);
  const Compilation compilation = compile("a > 1 &&\n a + 1 == 4", environment);
  REQUIRE(compilation.program);
  std::vector<Observation> observations;
  const std::vector<Value> activation = {Value::integer(3)};
  CHECK(compilation.program->explain(activation, observations).is_true());
  std::string text;
  for (const Observation& seen : observations)
    text += std::to_string(seen.position.line) + ":" + std::to_string(seen.position.column) + " " + seen.expression + " = " +
            to_text(seen.value) + "\n";
  CHECK(text == "1:1 a = 3\n1:3 a > 1 = true\n2:2 a = 3\n2:4 a + 1 = 4\n2:8 a + 1 == 4 = true\n1:7 a > 1 &&\n a + 1 == 4 = true\n");
}

TEST_CASE("one program serves several threads") {
  Environment environment;
  environment.add_variable("n", TypeKind::integer);
  const Compilation compilation = compile("['a', 'b', 'c'].map(x, x + string(n)).join(',')", environment);
  REQUIRE(compilation.program);
  std::vector<std::thread> threads;
  std::vector<int> good(4, 0);
  for (std::size_t t = 0; t < good.size(); ++t)
    threads.emplace_back([&, t] {
      const std::vector<Value> activation = {Value::integer(static_cast<std::int64_t>(t))};
      const std::string digit = std::to_string(t);
      for (int i = 0; i < 500; ++i)
        good[t] += compilation.program->evaluate(activation).as_text() == "a" + digit + ",b" + digit + ",c" + digit ? 1 : 0;
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(good == std::vector<int>(4, 500));
}

TEST_CASE("maps keep their order and find keys across number types") {
  CHECK(outcome_of("{'b': 1, 'a': 2}") == "{\"b\": 1, \"a\": 2}");
  CHECK(outcome_of("{1: 'i', 2u: 'u'}[1u] + {1: 'i', 2u: 'u'}[2]") == "\"iu\"");
  CHECK(outcome_of("lists.range(20).transformMap(i, v, v * v)[dyn(7.0)]") == "49");
  CHECK(outcome_of("lists.range(20).transformMapEntry(i, v, {v % 5: i})").find("error(the key 0 is there twice)") == 0);
  CHECK(outcome_of("{'b': 1, 'a': 2} == {'a': 2, 'b': 1}") == "true");
}

TEST_CASE("text functions at their edges") {
  CHECK(outcome_of("'abc'.replace('', '-')") == "\"-a-b-c-\"");
  CHECK(outcome_of("'abc'.replace('', '-', 2)") == "\"-a-bc\"");
  CHECK(outcome_of("'\u00e9x'.split('')") == "[\"\u00e9\", \"x\"]");
  CHECK(outcome_of("''.split('')") == "[]");
  CHECK(outcome_of("''.split(',')") == "[\"\"]");
  CHECK(outcome_of("'a,b,c'.split(',', 1)") == "[\"a,b,c\"]");
  CHECK(outcome_of("'%d'.format([1, 2])") == "\"1\"");
  CHECK(outcome_of("'%'.format([1])").find("error(") == 0);
  CHECK(outcome_of("'%.2000f'.format([1.0])").find("error(") == 0);
  CHECK(outcome_of("timestamp('2024-02-30T00:00:00Z')").find("error(") == 0);
  CHECK(outcome_of("string(timestamp('2024-02-29T12:00:00.120+02:00'))") == "\"2024-02-29T10:00:00.12Z\"");
  CHECK(outcome_of("string(duration('-1.5s'))") == "\"-1.5s\"");
  CHECK(outcome_of("duration('1h 5m')").find("error(") == 0);
  CHECK(outcome_of("timestamp(0).getHours('Nowhere/Land')").find("unknown time zone") != std::string::npos);
  CHECK(outcome_of("timestamp(0).getHours('../../etc/passwd')").find("unknown time zone") != std::string::npos);
}

TEST_CASE("named time zones come from the host, as compiled zones or rules") {
  const auto big_endian = [](std::uint64_t value, int width) {
    std::string bytes;
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8)
      bytes += static_cast<char>(static_cast<unsigned char>(value >> static_cast<unsigned>(shift)));
    return bytes;
  };
  const auto header = [&](std::uint64_t times, std::uint64_t types) {
    return "TZif2" + std::string(15, '\0') + big_endian(0, 4) + big_endian(0, 4) + big_endian(0, 4) + big_endian(times, 4) +
           big_endian(types, 4) + big_endian(4, 4);
  };
  // One change at 1000 seconds, from +0 to +1 h; from then on the rule of Central Europe.
  const std::string empty = header(0, 1) + big_endian(0, 6) + std::string(4, '\0');
  const std::string zone = header(1, 2) + big_endian(1000, 8) + std::string(1, '\1') + big_endian(0, 4) + std::string(2, '\0') +
                           big_endian(3600, 4) + std::string(2, '\0') + std::string(4, '\0');
  const std::string file = empty + zone + "\nCET-1CEST,M3.5.0,M10.5.0/3\n";
  const auto zones = make_time_zones([&](std::string_view name) {
    return name == "Test/Zone" ? std::optional(file) : (name == "Test/Short" ? std::optional(file.substr(0, 70)) : std::nullopt);
  });
  Environment environment;
  environment.set_time_zones(*zones);
  CHECK(outcome_of("timestamp(999).getHours('Test/Zone')", environment) == "0");
  CHECK(outcome_of("timestamp(1000).getHours('Test/Zone')", environment) == "1");
  CHECK(outcome_of("timestamp('2024-03-31T00:59:59Z').getHours('Test/Zone')", environment) == "1");
  CHECK(outcome_of("timestamp('2024-03-31T01:00:00Z').getHours('Test/Zone')", environment) == "3");
  CHECK(outcome_of("timestamp('2024-10-27T00:59:59Z').getHours('Test/Zone')", environment) == "2");
  CHECK(outcome_of("timestamp('2024-10-27T01:00:00Z').getHours('Test/Zone')", environment) == "2");
  CHECK(outcome_of("timestamp('2024-10-27T02:00:00Z').getHours('Test/Zone')", environment) == "3");
  CHECK(outcome_of("timestamp(0).getHours('Test/Short')", environment).find("unknown time zone") != std::string::npos);
  CHECK(outcome_of("timestamp(0).getHours('Test/Missing')", environment).find("unknown time zone") != std::string::npos);
}

TEST_CASE("many heavy patterns are refused together, equal ones count once") {
  std::string same = "true";
  std::string different = "true";
  for (int i = 0; i < 200; ++i) {
    same += " && !''.matches('(a{30}){30}')";
    different += " && !''.matches('(a{30}){30}" + std::to_string(i) + "')";
  }
  CHECK(outcome_of(same) == "true");
  CHECK(issues_of(different).find("too complex altogether") != std::string::npos);
}
