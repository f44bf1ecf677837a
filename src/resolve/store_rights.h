// SPDX-License-Identifier: Apache-2.0
// Who reads a store and who writes it, as far as its grants tell.
#pragma once
#include <postern/model/graph.h>

namespace postern::resolve {

/// Where a workload uses a store whose scripts grant rights to roles, and its role is known, the relation becomes `reads` or
/// `writes`, with the grant as evidence. A workload's role is the user that its variables name (`DB_USER`), else the role that is
/// called as the workload is, but for words such as `app` or `rw`. Others keep `uses`: whatever a store holds, they may read and
/// write.
void settle_store_rights(model::GraphFragment& fragment);

}  // namespace postern::resolve
