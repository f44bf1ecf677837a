// SPDX-License-Identifier: Apache-2.0
// `postern lab cvss`: the scores of a vector.
#include "app/lab/cvss_row.h"

#include <nlohmann/json.hpp>

#include "app/lab/row_text.h"
#include "cvss/cvss.h"

namespace postern::app::lab {
namespace {

Json answer(const Json& row) {
  const std::string* vector = text_member(row, "vector");
  if (vector == nullptr) return refusal(R"(expected {"vector": ".."})");
  const cvss::Scoring scoring = cvss::score(*vector);
  if (!scoring.scores) return refusal(scoring.refusal);
  const cvss::Scores& scores = *scoring.scores;
  Json result{{"version", cvss::to_string(scores.version)},
              {"base", scores.base},
              {"temporal", scores.temporal},
              {"environmental", scores.environmental},
              {"overall", scores.overall},
              {"severity", cvss::to_string(cvss::severity_of(scores.version, scores.overall))}};
  if (!scores.macrovector.empty()) {
    result["macrovector"] = scores.macrovector;
    result["nomenclature"] = scores.nomenclature;
  }
  return result;
}

}  // namespace

std::string cvss_row(std::string_view json_line) { return answer_line(json_line, answer); }

}  // namespace postern::app::lab
