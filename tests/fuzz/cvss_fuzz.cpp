// SPDX-License-Identifier: Apache-2.0
// Fuzzes CVSS vectors: a score lies between 0 and 10 on a tenth, or there is a sentence that says why there is none.
#include <cvss/cvss.h>
#include <postern/base/error.h>
#include <postern/base/text.h>

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace {

using namespace postern;

void check_score(double score) {
  POSTERN_ASSERT(score >= 0 && score <= 10);
  POSTERN_ASSERT(std::fabs(score * 10 - std::round(score * 10)) < 1e-6);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes are chars here
  for (const std::string_view line : base::split(text, '\n')) {
    const cvss::Scoring scoring = cvss::score(line);
    POSTERN_ASSERT(scoring.scores.has_value() == scoring.refusal.empty());
    if (!scoring.scores) continue;
    for (const double score :
         {scoring.scores->base, scoring.scores->temporal, scoring.scores->environmental, scoring.scores->overall}) {
      check_score(score);
    }
  }
  return 0;
}
