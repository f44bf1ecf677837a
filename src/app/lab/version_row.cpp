// SPDX-License-Identifier: Apache-2.0
// `postern lab version`: the order of two versions.
#include "app/lab/version_row.h"

#include <nlohmann/json.hpp>

#include "app/lab/row_text.h"
#include "package/version.h"

namespace postern::app::lab {
namespace {

Json answer(const Json& row) {
  const std::string* ecosystem = text_member(row, "ecosystem");
  const std::string* a = text_member(row, "a");
  const std::string* b = text_member(row, "b");
  if (ecosystem == nullptr || a == nullptr || b == nullptr) {
    return refusal(R"(expected {"ecosystem": "..", "a": "..", "b": ".."})");
  }
  const auto scheme = package::scheme_of(*ecosystem);
  if (!scheme) return refusal("not a known ecosystem: " + *ecosystem);
  const auto order = package::compare(*scheme, *a, *b);
  if (order) return Json{{"order", *order < 0 ? "<" : (*order > 0 ? ">" : "=")}};
  const std::string& wrong = package::is_version(*scheme, *a) ? *b : *a;
  return refusal("not a version of " + *ecosystem + ": " + wrong);
}

}  // namespace

std::string version_row(std::string_view json_line) { return answer_line(json_line, answer); }

}  // namespace postern::app::lab
