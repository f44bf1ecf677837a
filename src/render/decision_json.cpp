// SPDX-License-Identifier: Apache-2.0
// Writing and reading decisions, with the id that holds the content together.
#include "render/decision_json.h"

#include <postern/base/digest.h>
#include <postern/document/document.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "render/codes.h"
#include "render/json_reader.h"
#include "render/json_writer.h"

namespace postern::render {
namespace {

Json json_without_id(const model::Decision& decision) {
  JsonWriter writer;
  fields(writer, decision);
  return writer.take();
}

void check_top(const model::Decision& decision, document::Node root, base::DiagnosticSink& sink) {
  const auto is_missing = [&](std::size_t index) { return index >= decision.findings.size(); };
  if (std::none_of(decision.top.begin(), decision.top.end(), is_missing)) return;
  sink.error(std::string(k_no_such_finding), root["top"].location(), "an index here is beyond the findings of the decision");
}

void check_id(const model::Decision& decision, document::Node root, base::DiagnosticSink& sink) {
  const document::Node id = root["digests"]["decision"];
  if (id.text() == decision_id(decision)) return;
  sink.error(std::string(k_other_id), id.location(), "the content does not have this digest: it was changed after it was written",
             "use the decision as the gate wrote it");
}

}  // namespace

std::string decision_id(const model::Decision& decision) { return base::sha256_hex(json_text(json_without_id(decision))); }

std::string decision_json(const model::Decision& decision) {
  Json json = json_without_id(decision);
  json["digests"]["decision"] = base::sha256_hex(json_text(json));
  return json_text(json);
}

std::optional<model::Decision> read_decision(std::string_view text, std::string_view file, base::DiagnosticSink& sink) {
  base::DiagnosticSink trouble;
  const auto documents = document::read_documents(std::string(text), document::Format::json, base::Symbol(file), {}, trouble);
  model::Decision decision;
  if (documents.size() == 1) {
    const document::Node root = documents.front().root();
    JsonReader reader(root, trouble);
    fields(reader, decision);
    reader.finish();
    if (!trouble.has_errors()) check_top(decision, root, trouble);
    if (!trouble.has_errors()) check_id(decision, root, trouble);
  }
  const bool is_whole = documents.size() == 1 && !trouble.has_errors();
  sink.merge(std::move(trouble));
  return is_whole ? std::optional(std::move(decision)) : std::nullopt;
}

}  // namespace postern::render
