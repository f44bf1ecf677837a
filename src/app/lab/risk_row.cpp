// SPDX-License-Identifier: Apache-2.0
// `postern lab risk`: scores and drifts as JSON.
#include "app/lab/risk_row.h"

#include <postern/document/document.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/lab/risk_factors_reader.h"
#include "risk/drift.h"
#include "risk/scorer.h"

namespace postern::app::lab {
namespace {

using Json = nlohmann::ordered_json;

/// Rounded to decimals by the decimal value of the double, as printing does.
double rounded(double value, int decimals) {
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals).ptr;
  double result = 0;
  std::from_chars(buffer, end, result);
  return result;
}

double points(std::int32_t tenths) { return tenths / 10.0; }

Json assessment_json(const model::RiskAssessment& assessment) {
  Json json{{"score", points(assessment.score_tenths)},
            {"band", to_string(assessment.band)},
            {"T", rounded(assessment.threat, 2)},
            {"P", rounded(assessment.probability, 3)},
            {"I", rounded(assessment.impact, 3)}};
  Json lost = Json::object();  // built apart: an ordered object moves its members when it grows
  Json because = Json::object();
  for (const model::RiskFactorShare& share : assessment.shares) {
    const std::string name(to_string(share.factor));
    lost[name] = points(-share.tenths_lost);
    because[name] = share.explanation;
  }
  Json sources = Json::object();
  for (const model::ImpactSource& source : assessment.impact_sources) {
    sources[std::string(to_string(source.source))] = points(source.tenths);
  }
  json["lost"] = std::move(lost);
  json["because"] = std::move(because);
  json["impact_sources"] = std::move(sources);
  json["unknown"] = assessment.unknown;
  json["above_band_floor"] = points(assessment.tenths_above_band_floor);
  if (assessment.tenths_to_next_band) json["to_next_band"] = points(*assessment.tenths_to_next_band);
  json["model"] = {{"version", assessment.model_version}, {"digest", assessment.model_digest}};
  return json;
}

Json drift_json(const model::RiskDrift& drift) {
  Json json{{"before", drift.before}, {"after", drift.after}, {"text", drift.text}};
  Json exact = Json::object();
  Json printed = Json::object();
  for (const model::RiskDriftShare& share : drift.shares) {
    const std::string name(to_string(share.factor));
    exact[name] = share.points;
    printed[name] = points(share.tenths);
  }
  json["drift"] = std::move(exact);
  json["printed"] = std::move(printed);
  return json;
}

Json answer_drift(document::Node row, std::string& error) {
  if (row.size() != 2 || !row["before"] || !row["after"]) {
    error = "a row of drift has exactly 'before' and 'after'";
    return {};
  }
  const auto before = read_risk_factors(row["before"], error);
  const auto after = before ? read_risk_factors(row["after"], error) : std::nullopt;
  return after ? drift_json(risk::drift(risk::standard_model(), *before, *after)) : Json();
}

Json answer(document::Node row, std::string& error) {
  if (row["before"] || row["after"]) return answer_drift(row, error);
  const auto factors = read_risk_factors(row, error);
  return factors ? assessment_json(risk::assess(risk::standard_model(), *factors)) : Json();
}

}  // namespace

std::string risk_row(std::string_view line) {
  base::DiagnosticSink sink;
  const auto documents = document::read_documents(std::string(line), document::Format::json, base::Symbol("row"), {}, sink);
  std::string error;
  Json result;
  if (documents.size() == 1) result = answer(documents.front().root(), error);
  if (documents.size() != 1) error = sink.all().empty() ? "no JSON value in this line" : sink.all().front().message;
  if (!error.empty()) result = Json{{"error", error}};
  return result.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace postern::app::lab
