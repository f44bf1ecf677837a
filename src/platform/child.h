// SPDX-License-Identifier: Apache-2.0
// Work that may crash or never end, done in a child process with a time limit.
#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace postern::platform {

/// How a child ended: with its answer, by itself without one (a crash, an error), or because its time was over.
enum class ChildEnd : std::uint8_t { answered, failed, too_slow };
struct ChildAnswer {
  ChildEnd end = ChildEnd::failed;
  std::string text;  ///< what `work` returned; empty unless it answered
};

/// Runs `work` in a fork of this process and hands back what it returns. The child writes nothing on standard output and standard
/// error and runs no destructors of this process. To be called while this process has no other thread.
[[nodiscard]] ChildAnswer in_child(const std::function<std::string()>& work, std::chrono::milliseconds limit);

}  // namespace postern::platform
