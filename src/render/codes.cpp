// SPDX-License-Identifier: Apache-2.0
// What each code of reading a decision means.
#include "render/codes.h"

namespace postern::render {
namespace {

constexpr base::CodeRow k_codes[] = {
    {k_unknown_key, "unknown key in a decision",
     "A decision holds a key that this version does not know. What it says would be left out of the reports without a word, so the "
     "decision is refused."},
    {k_missing_key, "key missing in a decision",
     "A decision lacks a key that every decision has: it was cut, edited, or written by another version. Write it anew."},
    {k_wrong_type, "value of a wrong type in a decision",
     "A value of a decision is not of the type that `postern schema decision` names. Write the decision anew."},
    {k_other_version, "decision of another schema version",
     "The decision was written by a version of Postern whose decisions have another shape. Read it with that version."},
    {k_other_id, "decision was changed after it was written",
     "The id of a decision is the digest of everything else in it, and here it is not. The file was edited, or damaged on its way. "
     "Reports of it would show what was never decided."},
    {k_no_such_finding, "decision names a finding that it does not hold",
     "The list of the most important findings counts beyond the findings. The decision was cut or edited."},
};

}  // namespace

std::span<const base::CodeRow> codes() noexcept { return k_codes; }

}  // namespace postern::render
