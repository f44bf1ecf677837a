// SPDX-License-Identifier: Apache-2.0
// The shared library of Graphviz, opened at run time.
#pragma once
#include <postern/model/layout.h>

#include <string>

namespace postern::layout {

/// Why the library cannot be used, in a sentence; empty when it can. Opens it.
[[nodiscard]] std::string graphviz_trouble();

/// Lays out in this process. To be called after graphviz_trouble() had nothing to say. Throws std::runtime_error when dot refuses.
[[nodiscard]] model::Layout run_dot(const model::LayoutRequest& request);

}  // namespace postern::layout
