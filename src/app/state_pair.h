// SPDX-License-Identifier: Apache-2.0
// Two sources that are compared without being judged: what `diff` and `policy try` begin with.
#pragma once
#include "app/options.h"
#include "app/pipeline.h"

namespace postern::app {

/// Two linked, classified and derived states and their difference.
struct StatePair {
  LinkedState baseline;
  LinkedState candidate;
  model::Delta delta;
  model::Environment environment;
  bool whole = true;  ///< everything could be read
};

/// Reads the two sources of `options.paths`; what could not be read is told. Throws as the reading of sources does.
[[nodiscard]] StatePair read_state_pair(const Options& options);

}  // namespace postern::app
