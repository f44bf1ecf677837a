// SPDX-License-Identifier: Apache-2.0
// Tagged JSON to CEL values and back, and the evaluation of one row between.
#include "app/lab/cel_row.h"

#include <charconv>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <vector>

#include "app/system_time_zones.h"
#include "cel/program.h"
#include "cel/text.h"
#include "cel/time.h"

namespace postern::app {
namespace {

using Json = nlohmann::json;
using cel::Kind;
using cel::Value;

constexpr int k_deepest = 100;
constexpr std::size_t k_most_values = 100'000;
constexpr std::string_view k_base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Something in the row is not as it should be; caught in cel_row.
struct BadRow : std::runtime_error {
  using std::runtime_error::runtime_error;
};

std::string to_base64(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i)
      group = (group << 8U) | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i) text += at + i <= bytes.size() ? k_base64[(group >> (18 - 6 * i)) & 0x3FU] : '=';
  }
  return text;
}

std::string from_base64(std::string_view text) {
  std::string bytes;
  std::uint32_t group = 0;
  unsigned bits = 0;
  for (const char c : text) {
    if (c == '=') break;
    const std::size_t digit = k_base64.find(c);
    if (digit == std::string_view::npos) throw BadRow("bytes are not base64");
    group = (group << 6U) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(static_cast<unsigned char>((group >> bits) & 0xFFU));
  }
  return bytes;
}

template <class Number>
Number number(const Json& json) {
  const std::string text = json.is_string() ? json.get<std::string>() : json.dump();
  Number value{};
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) throw BadRow("'" + text + "' is not such a number");
  return value;
}

double real(const Json& json) {
  const std::string text = json.is_string() ? json.get<std::string>() : json.dump();
  if (text == "NaN" || text == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (text == "Infinity" || text == "inf") return std::numeric_limits<double>::infinity();
  if (text == "-Infinity" || text == "-inf") return -std::numeric_limits<double>::infinity();
  return number<double>(json);
}

Value checked(Value value) {
  if (value.is_error()) throw BadRow(value.error_message());
  return value;
}

Value read_value(const Json& json, int depth);

Value read_time(const std::string& tag, const Json& json) {
  const auto seconds = json.at("seconds").get<std::int64_t>();
  const auto nanoseconds = json.at("nanos").get<std::int64_t>();
  return checked(tag == "timestamp" ? cel::make_timestamp(seconds, nanoseconds) : cel::make_duration(seconds, nanoseconds));
}

Value read_list(const Json& json, int depth) {
  std::vector<Value> elements;
  for (const Json& element : json) elements.push_back(read_value(element, depth + 1));
  return checked(Value::own_list(std::move(elements)));
}

Value read_map(const Json& json, int depth) {
  std::vector<std::pair<Value, Value>> entries;
  for (const Json& entry : json) entries.emplace_back(read_value(entry.at(0), depth + 1), read_value(entry.at(1), depth + 1));
  return checked(Value::own_map(std::move(entries)));
}

Value read_value(const Json& json, int depth) {
  if (depth > k_deepest) throw BadRow("a value is nested too deeply");
  const auto tag = json.at("t").get<std::string>();
  if (tag == "null") return Value::null();
  const Json& content = json.at("v");
  if (tag == "bool") return Value::boolean(content.get<bool>());
  if (tag == "int") return Value::integer(number<std::int64_t>(content));
  if (tag == "uint") return Value::unsigned_integer(number<std::uint64_t>(content));
  if (tag == "double") return Value::real(real(content));
  if (tag == "string") return Value::own_string(content.get<std::string>());
  if (tag == "bytes") return Value::own_bytes(from_base64(content.get<std::string>()));
  if (tag == "type") return Value::type(base::Symbol(content.get<std::string>()));
  if (tag == "timestamp" || tag == "duration") return read_time(tag, content);
  if (tag == "list") return read_list(content, depth);
  if (tag == "map") return read_map(content, depth);
  throw BadRow("values of type '" + tag + "' are not supported");
}

class Writer {
 public:
  Json write(const Value& value) {
    if (++m_count > k_most_values) throw BadRow("the value is too large to print");
    switch (value.kind()) {
      case Kind::null:
        return {{"t", "null"}};
      case Kind::boolean:
        return {{"t", "bool"}, {"v", value.is_true()}};
      case Kind::integer:
        return {{"t", "int"}, {"v", std::to_string(value.as_integer())}};
      case Kind::unsigned_integer:
        return {{"t", "uint"}, {"v", std::to_string(value.as_unsigned())}};
      case Kind::real:
        return {{"t", "double"}, {"v", real_form(value.as_real())}};
      case Kind::string:
        return {{"t", "string"}, {"v", std::string(value.as_text())}};
      case Kind::bytes:
        return {{"t", "bytes"}, {"v", to_base64(value.as_text())}};
      case Kind::timestamp:
        return time("timestamp", value);
      case Kind::duration:
        return time("duration", value);
      case Kind::type:
        return {{"t", "type"}, {"v", value.as_type().str()}};
      case Kind::list:
        return list(value.as_list());
      case Kind::map:
        return map(value.as_map());
      case Kind::optional:
        return optional(value);
      default:
        return {{"t", value.type_name().str()}, {"v", cel::to_text(value)}};
    }
  }

 private:
  /// "1.0" for whole numbers, as the suite writes them.
  static std::string real_form(double value) {
    std::string text = cel::real_text(value);
    if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
    return text;
  }
  static Json time(const char* tag, const Value& value) {
    const cel::TimeParts parts = value.as_time();
    return {{"t", tag}, {"v", {{"seconds", parts.seconds}, {"nanos", parts.nanoseconds}}}};
  }
  Json list(const cel::Sequence& list) {
    Json elements = Json::array();
    for (std::size_t i = 0; i < list.size(); ++i) elements.push_back(write(list.at(i)));
    return {{"t", "list"}, {"v", std::move(elements)}};
  }
  Json map(const cel::Mapping& map) {
    Json entries = Json::array();
    for (std::size_t i = 0; i < map.size(); ++i) entries.push_back(Json::array({write(map.key_at(i)), write(map.value_at(i))}));
    return {{"t", "map"}, {"v", std::move(entries)}};
  }
  Json optional(const Value& value) {
    Json result = {{"t", "optional"}};
    if (value.as_optional() != nullptr) result["v"] = write(*value.as_optional());
    return result;
  }

  std::size_t m_count = 0;
};

cel::Type read_type(const Json& json) {
  const auto text = json.get<std::string>();
  std::optional<cel::Type> type = cel::Type::parse(text);
  if (!type) throw BadRow("malformed type '" + text + "'");
  return std::move(*type);
}

void declare_function(cel::Environment& environment, const std::string& name, const Json& overload) {
  cel::Function function;
  function.name = name;
  function.style = overload.value("instance", false) ? cel::CallStyle::member : cel::CallStyle::global;
  for (const Json& parameter : overload.at("params")) function.parameters.push_back(read_type(parameter));
  function.result = read_type(overload.at("result"));
  environment.add_function(std::move(function));
}

/// Declares what the row declares; gives the values of the variables by slot.
std::vector<Value> declare(cel::Environment& environment, const Json& row) {
  std::map<std::size_t, Value> values;
  if (row.contains("container")) environment.set_container(row.at("container").get<std::string>());
  if (row.contains("type_env")) {
    for (const Json& declaration : row.at("type_env")) {
      const auto name = declaration.at("name").get<std::string>();
      if (declaration.contains("type")) environment.add_variable(name, read_type(declaration.at("type")));
      if (!declaration.contains("overloads")) continue;
      for (const Json& overload : declaration.at("overloads")) declare_function(environment, name, overload);
    }
  }
  if (row.contains("bindings")) {
    for (const auto& [name, value] : row.at("bindings").items()) {
      const auto known = environment.slot_of(name);
      values[known ? *known : environment.add_variable(name)] = read_value(value, 0);
    }
  }
  std::vector<Value> activation(environment.variables().size(), Value::error(cel::ErrorCode::no_such_variable));
  for (auto& [slot, value] : values) activation[slot] = std::move(value);
  return activation;
}

Json failure(const std::string& message) { return {{"error", message}}; }

Json outcome(const Value& value, const cel::Type& type) {
  if (value.is_error()) return failure(value.error_message());
  if (value.is_unknown()) {
    Json paths = Json::array();
    for (const base::Symbol path : value.unknown_paths()) paths.push_back(path.str());
    return {{"unknown", std::move(paths)}};
  }
  return {{"value", Writer().write(value)}, {"type", type.text()}};
}

Json evaluate(const Json& row) {
  if (!row.is_object()) throw BadRow("the line is not a JSON object");
  cel::Environment environment;
  environment.set_time_zones(system_time_zones());
  const std::vector<Value> activation = declare(environment, row);
  cel::CompileOptions options;
  if (row.value("disable_check", false)) options.checking = cel::Checking::off;
  if (row.value("disable_macros", false)) options.macros = cel::Macros::off;
  const auto expression = row.at("expr").get<std::string>();
  const cel::Compilation compilation = cel::compile(expression, environment, options);
  if (!compilation.program) return failure(cel::format_issue(expression, compilation.issues.front()));
  if (row.value("check_only", false)) return {{"type", compilation.program->result_type().text()}};
  return outcome(compilation.program->evaluate(activation), compilation.program->result_type());
}

}  // namespace

std::string cel_row(std::string_view json_line) {
  Json result;
  try {
    result = evaluate(Json::parse(json_line));
  } catch (const std::exception& error) {  // nlohmann's exceptions and BadRow: the line is at fault
    result = failure(error.what());
  }
  return result.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace postern::app
