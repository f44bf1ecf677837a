// SPDX-License-Identifier: Apache-2.0
// The table of the codes P41xx.
#include "baseline/codes.h"

namespace postern::baseline {
namespace {

constexpr base::CodeRow k_rows[] = {
    {k_not_a_snapshot, "not a snapshot",
     "The file is not a snapshot that Postern recorded. Record one with `postern map PATH --format snapshot > FILE`, or name the "
     "folder itself as the source."},
    {k_newer_version, "snapshot of a newer Postern",
     "The snapshot has a newer schema version than this Postern knows. Reading a part of it could hide what changed, so nothing of "
     "it is used. Use the version of Postern that recorded it or a newer one, or record the baseline again with this one."},
    {k_corrupt, "baseline corrupt",
     "The digest in the first line of the snapshot is not that of the rest: it was edited, merged, cut or damaged after it was "
     "recorded. A baseline that nobody recorded is no measure, so nothing of it is used. Record it again."},
    {k_unknown_attribute, "unknown attribute in a snapshot",
     "The snapshot names an attribute that this Postern does not know. A newer Postern recorded it: use that version or a newer "
     "one, or record the baseline again with this one."},
    {k_unknown_key, "unknown key in a snapshot",
     "The snapshot says something that this Postern does not know. A newer Postern recorded it, or it was written by hand: use the "
     "version that recorded it, or record the baseline again. `postern schema snapshot` prints what may stand where."},
    {k_missing_key, "key missing in a snapshot",
     "Something that every snapshot says is not there. Record the baseline again. `postern schema snapshot` prints what must be "
     "said."},
    {k_wrong_type, "value of the wrong type in a snapshot",
     "The key is known, but its value is of another type than it takes. Record the baseline again."},
    {k_wrong_value, "value out of range in a snapshot",
     "The key takes one of a few values, or a number within limits. A newer Postern may know more values: use the version that "
     "recorded the snapshot, or record the baseline again."},
    {k_repeated, "recorded twice in a snapshot", "A unit, or a file of a unit, stands there twice. Record the baseline again."},
    {k_wrong_order, "snapshot out of order",
     "Units are sorted by application, source root, target and kind, and the files of a unit by path. Record the baseline again."},
    {k_too_many_errors, "too many errors in a snapshot",
     "Reading was given up after many errors; what follows was not looked at. Record the baseline again."},
};

}  // namespace

std::span<const base::CodeRow> codes() noexcept { return k_rows; }

}  // namespace postern::baseline
