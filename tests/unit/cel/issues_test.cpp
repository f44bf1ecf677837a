// SPDX-License-Identifier: Apache-2.0
// What compile() finds wrong, and where it points.
#include "support.h"

using namespace postern::cel;
using namespace postern::cel::test;

namespace {

const ObjectType& data_type() {
  static const ObjectType k_type("Data", {{"category", TypeKind::string, ""}, {"name", TypeKind::string, ""}});
  return k_type;
}
const ObjectType& entity_type() {
  static const ObjectType k_type("Entity", {{"name", TypeKind::string, ""},
                                            {"region", TypeKind::string, ""},
                                            {"replicas", TypeKind::integer, ""},
                                            {"labels", Type::map(TypeKind::string, TypeKind::string), ""},
                                            {"data", Type::list(Type::object("Data")), ""},
                                            {"owner", Type::object("Entity"), ""}});
  return k_type;
}

void declare(Environment& environment) {
  environment.add_object_type(data_type());
  environment.add_object_type(entity_type());
  environment.add_variable("entity", Type::object("Entity"));
  environment.add_variable("count", TypeKind::integer);
  environment.add_function("adequate(string) -> bool", "Whether a jurisdiction is adequate.", "",
                           [](CallContext&, Arguments a) { return Value::boolean(a[0].as_text() == "EU"); });
  environment.add_function("peers(Entity) -> list(Entity)", "Entities beside.", "",
                           [](CallContext&, Arguments) { return Value::own_list(std::vector<Value>{}); });
}

std::string found(std::string_view expression) {
  Environment environment;
  declare(environment);
  return issues_of(expression, environment);
}

}  // namespace

TEST_CASE("an unknown variable is pointed at, with a suggestion") {
  CHECK(found("entity.name == 'a' &&\n  entitty.region == 'EU'") ==
        "2:3: unknown variable 'entitty' (did you mean 'entity'?)\n"
        "  |   entitty.region == 'EU'\n"
        "  |   ^");
}

TEST_CASE("the caret stands under the place in text with characters of several bytes") {
  CHECK(found("'\u00e9\u00e9' == entity.nam") ==
        "1:18: type 'Entity' has no field 'nam' (did you mean 'name'?)\n"
        "  | '\u00e9\u00e9' == entity.nam\n"
        "  |                ^");
}

TEST_CASE("unknown fields are found wherever the type is known") {
  for (const char* expression :
       {"entity.regoin == 'EU'", "entity.owner.owner.regoin == ''", "peers(entity).exists(p, p.regoin == '')",
        "peers(entity)[0].regoin == ''", "[entity].map(e, e.owner).all(e, e.regoin == '')", "has(entity.regoin)",
        "cel.bind(e, entity, e.regoin == '')", "(count > 1 ? entity : entity.owner).regoin == ''",
        "entity.?regoin.orValue('') == ''"}) {
    CAPTURE(expression);
    CHECK(found(expression).find("type 'Entity' has no field 'regoin' (did you mean 'region'?)") != std::string::npos);
  }
  CHECK(found("entity.data.exists(d, d.categroy == 'PII')").find("did you mean 'category'?") != std::string::npos);
  CHECK(found("entity.labels.anything == ''").empty());
}

TEST_CASE("a field far from any other shows what there is") {
  CHECK(found("entity.zzzzzzzz").find("its fields are data, labels, name, owner, region, replicas") != std::string::npos);
}

TEST_CASE("unknown functions and wrong arguments") {
  CHECK(found("adequat('EU')").find("1:1: unknown function 'adequat' (did you mean 'adequate'?)") == 0);
  CHECK(found("entity.name.startWith('a')").find("did you mean 'startsWith'?") != std::string::npos);
  CHECK(found("adequate(1)").find("function 'adequate' does not take (int) (it takes: adequate(string) -> bool)") !=
        std::string::npos);
  CHECK(found("count == 'a'").find("1:7: operator '==' does not take (int, string)") == 0);
  CHECK(found("count && true").find("'&&' needs bool on both sides, this is int") != std::string::npos);
  CHECK(found("count.all(c, true)").find("'all' needs a list or map, this is int") != std::string::npos);
  CHECK(found("size == 1").find("'size' is a function: write size(...)") != std::string::npos);
  CHECK(found("adequate").find("'adequate' is a function") != std::string::npos);
  CHECK(found("startsWith('a', 'b')").find("it is called like this: string.startsWith(string) -> bool") != std::string::npos);
}

TEST_CASE("several issues come in the order of the text") {
  const std::string text = found("entity.a1 == 'x' && unknwn && entity.b1 == 'y'");
  CHECK(text.find("'a1'") < text.find("'unknwn'"));
  CHECK(text.find("'unknwn'") < text.find("'b1'"));
}

TEST_CASE("syntax errors say what was found and expected") {
  CHECK(found("") == "1:1: found the end of the expression, expected a value, a name or '('\n  | \n  | ^");
  CHECK(found("1 +").find("1:4: found the end of the expression") == 0);
  CHECK(found("a = b").find("1:3: unexpected character '=' (equality is written '==')") == 0);
  CHECK(found("a & b").find("logical operators are written") != std::string::npos);
  CHECK(found("(1").find("1:1: this '(' is not closed") == 0);
  CHECK(found("[1, 2").find("this '[' is not closed") != std::string::npos);
  CHECK(found("'abc").find("1:1: the string is not closed") == 0);
  CHECK(found("'a\\q'").find("1:3: unknown escape sequence") == 0);
  CHECK(found("'\\ud800'").find("not a Unicode character") != std::string::npos);
  CHECK(found("9223372036854775808").find("too large for an integer") != std::string::npos);
  CHECK(found("1 2").find("1:3: found '2', expected the end of the expression") == 0);
  CHECK(found("for").find("'for' is a reserved word") != std::string::npos);
  CHECK(found("[1].map(1, 2)").find("a macro's variable must be a plain name") != std::string::npos);
  CHECK(found("has(count)").find("the argument of 'has' must select a field") != std::string::npos);
  CHECK(found("\xff").find("not well-formed UTF-8") != std::string::npos);
  CHECK(found("Entity{name: 'a'}").find("unknown type 'Entity'") != std::string::npos);
}

TEST_CASE("a malformed constant pattern is found when compiling") {
  CHECK(found("entity.name.matches('(')").find("1:21: malformed regular expression") == 0);
  CHECK(found("entity.name.matches('((a{1000}){1000}){1000}')").find("regular expression") != std::string::npos);
}

TEST_CASE("limits of the text are kept") {
  CHECK(found(std::string(200'000, 'a')).find("more than the limit of 100000") != std::string::npos);
  CHECK(found(std::string(2'000, '(') + "1" + std::string(2'000, ')')).find("nested too deeply") != std::string::npos);
  std::string sum = "1";
  for (int i = 0; i < 3'000; ++i) sum += "+1";
  CHECK(found(sum).find("nested too deeply") != std::string::npos);
  std::string disjunction = "count == 0";
  for (int i = 1; i < 3'000; ++i) disjunction += " || count == " + std::to_string(i);
  CHECK(found(disjunction).empty());
  CHECK(found(std::string(50'000, '!') + "true").empty());
  CHECK(found(std::string(50'000, '[')).find("nested too deeply") != std::string::npos);
}
