// SPDX-License-Identifier: Apache-2.0
// Any bytes as an expression: compile, evaluate, explain and print within tight limits.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cel/program.h"

using namespace postern::cel;

namespace {

const Environment& environment() {
  static const ObjectType k_type(
      "Node", {{"name", TypeKind::string, ""}, {"next", Type::object("Node"), ""}, {"size", TypeKind::integer, ""}});
  static const Environment* const k_environment = [] {
    auto* made = new Environment();
    made->add_object_type(k_type);
    made->add_variable("x");
    made->add_variable("node", Type::object("Node"));
    made->add_variable("list", Type::list(TypeKind::integer));
    made->add_variable("text", TypeKind::string);
    return made;
  }();
  return *k_environment;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::vector<Value> activation = {Value::unknown(postern::base::Symbol("x")), Value::null(),
                                         Value::own_list({Value::integer(1), Value::integer(2)}), Value::string("some text")};
  for (const Checking checking : {Checking::strict, Checking::off}) {
    CompileOptions options;
    options.checking = checking;
    const Compilation compilation = compile(text, environment(), options);
    for (const Issue& issue : compilation.issues) static_cast<void>(format_issue(text, issue));
    if (!compilation.program) continue;
    std::vector<Observation> observations;
    static_cast<void>(to_text(compilation.program->evaluate(activation, {20'000})));
    static_cast<void>(to_text(compilation.program->explain(activation, observations, {20'000})));
  }
  return 0;
}
