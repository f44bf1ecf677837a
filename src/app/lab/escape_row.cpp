// SPDX-License-Identifier: Apache-2.0
// `postern lab escape`: what a text looks like in a sink.
#include "app/lab/escape_row.h"

#include <postern/base/text.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "render/escape.h"

namespace postern::app::lab {
namespace {

using Json = nlohmann::ordered_json;

Json error_row(const std::string& message) { return Json{{"error", message}}; }

Json unknown_sink(const std::string& name) {
  std::vector<std::string_view> names;
  std::string message = "unknown sink '" + name + "'; known are";
  for (const render::SinkRow& row : render::sinks()) {
    message += (names.empty() ? " " : ", ") + std::string(row.name);
    names.push_back(row.name);
  }
  const auto nearest = base::did_you_mean(name, names);
  return error_row(nearest ? message + "; did you mean '" + *nearest + "'?" : message);
}

Json answer(const Json& row) {
  const bool is_row = row.is_object() && row.size() == 2 && row.contains("sink") && row.contains("text");
  if (!is_row || !row["sink"].is_string() || !row["text"].is_string()) {
    return error_row("expected {\"sink\": \"..\", \"text\": \"..\"}");
  }
  const auto name = row["sink"].get<std::string>();
  const render::SinkRow* sink = render::find_sink(name);
  return sink == nullptr ? unknown_sink(name) : Json{{"text", sink->escape(row["text"].get<std::string>())}};
}

}  // namespace

std::string escape_row(std::string_view line) {
  Json result;
  try {
    result = answer(Json::parse(line));
  } catch (const Json::exception& error) {
    result = error_row(std::string("not a row of JSON: ") + error.what());
  }
  return result.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace postern::app::lab
