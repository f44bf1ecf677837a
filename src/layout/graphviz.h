// SPDX-License-Identifier: Apache-2.0
// Places for boxes and lines, found by Graphviz' dot. The library is loaded when it is first asked for, never before.
#pragma once
#include <postern/model/layout.h>

#include <chrono>

namespace postern::layout {

/// Far above what a picture that people can read takes (under a second); on a machine that is busy beyond measure a report goes
/// without its picture rather than without an end.
inline constexpr std::chrono::milliseconds k_time_limit{20'000};

/// Lays out in a child process: neither a crash nor an endless run of the library reaches this one. Requests above 2,000 boxes or
/// 8,000 lines are refused (`too_slow`) before anything is tried. Lengths depend on no font.
[[nodiscard]] model::LayoutAnswer lay_out_with_graphviz(const model::LayoutRequest& request,
                                                        std::chrono::milliseconds limit = k_time_limit);

}  // namespace postern::layout
