// SPDX-License-Identifier: Apache-2.0
// What each code of reading a risk model means.
#include "risk/codes.h"

namespace postern::risk {
namespace {

constexpr base::CodeRow k_codes[] = {
    {k_not_a_model, "not a risk model",
     "A file with overrides of the risk model has another shape than expected. It is one YAML mapping of tables, each a mapping of "
     "names to numbers, like the model that Postern ships."},
    {k_unknown_name, "unknown name in a risk model",
     "A table, constant or entry that the risk model does not have. A misspelt override would otherwise be ignored without a "
     "word."},
    {k_bad_number, "value of a risk model out of range",
     "A value of the risk model is no number or outside its limits. Chances lie above 0 and at most at 1, damages below 1."},
    {k_not_monotone, "risk model would turn scores the wrong way round",
     "With these values an added control would raise a score, or something unknown would lower one. The order of the values in a "
     "table "
     "must keep both from happening."},
    {k_no_version, "override of the risk model without a version",
     "The version of the tables goes into every decision, so that scores of different tables are never compared unknowingly. Name "
     "a "
     "version and raise it with every change."},
};

}  // namespace

std::span<const base::CodeRow> codes() noexcept { return k_codes; }

}  // namespace postern::risk
