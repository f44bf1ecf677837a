// SPDX-License-Identifier: Apache-2.0
// `--image SERVICE=REFERENCE@DIGEST`: what the build produced, where the manifests name something else.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "app/source_reading.h"

namespace postern::app {

/// Puts the given references in place of the main images of the workloads called so. A service that the candidate does not declare,
/// or whose main container cannot be told, is an error diagnostic (P2201).
void replace_images(ReadSource& candidate, const std::vector<std::pair<std::string, std::string>>& images);

}  // namespace postern::app
