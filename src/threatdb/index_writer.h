// SPDX-License-Identifier: Apache-2.0
// Writes a collection as an index file.
#pragma once
#include "threatdb/collection.h"

namespace postern::threatdb {

/// Appends the whole file to `file`, which is empty, and does not commit it. `info` brings the sources; the counts are filled in.
/// The same advisories and sources give the same bytes. Throws UsageError when it cannot be written or has more than an index can
/// hold (32 GiB a section).
void write_index(Collection& collection, IndexInfo& info, platform::ReplacedFile& file);

}  // namespace postern::threatdb
