// SPDX-License-Identifier: Apache-2.0
// Configurations that nobody mounts -> the services that they belong to.
#pragma once
#include <vector>

#include "resolve/link_index.h"

namespace postern::resolve {

/// A configuration, and the workload that reads it.
struct Attachment {
  EntityIndex workload = 0;
  EntityIndex configuration = 0;
};

/// Finds for every configuration with the label of a service the workload of that name. Where nothing of that name runs, a service
/// is added; where several do, it belongs to none.
[[nodiscard]] std::vector<Attachment> attach_configurations(LinkIndex& index);

}  // namespace postern::resolve
