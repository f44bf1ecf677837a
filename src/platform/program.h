// SPDX-License-Identifier: Apache-2.0
// Runs another program on inputs that nobody vouches for: without network, secrets, other programs, and with limits.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::platform {

/// What is to be run. Nothing of this process's environment is handed on.
struct Program {
  std::string path;  ///< of the executable, absolute
  std::vector<std::string> arguments;
  std::vector<std::pair<std::string, std::string>> environment;
  std::string folder;  ///< in which it runs
};

/// What it may use up.
struct ProgramLimits {
  std::chrono::milliseconds time{120'000};         ///< of the clock; of processors as well, in whole seconds
  std::uint64_t memory = std::uint64_t{2} << 30U;  ///< writable bytes of a process
  std::size_t output = std::size_t{64} << 20U;
  std::uint64_t file_bytes = std::uint64_t{256} << 20U;  ///< of a file that it writes
};

/// How a program ended.
enum class ProgramEnd : std::uint8_t {
  finished,    ///< by itself; `code` says how
  killed,      ///< by a signal, a limit of the system for example
  too_slow,    ///< its time was over
  too_much,    ///< it wrote more than it may
  not_started  ///< it does not exist, or its walls could not be put up
};

struct ProgramResult {
  ProgramEnd end = ProgramEnd::not_started;
  int code = 0;        ///< exit code when finished; errno when not started
  std::string output;  ///< of standard output
  std::string errors;  ///< the beginning of standard error
};

/// Runs a program and waits for it. It can open no socket (a filter of system calls that it and its children cannot take off; in
/// addition a network namespace of its own where the system allows that), gain no privileges, and read nothing from standard input.
/// Linux on x86-64 and ARM64; elsewhere nothing is started.
[[nodiscard]] ProgramResult run_program(const Program& program, const ProgramLimits& limits);

/// The executable of this name in one of the absolute folders of `search_path` (as in PATH). Relative folders are passed over, so
/// that no source can bring a program along.
[[nodiscard]] std::optional<std::string> find_program(std::string_view name, std::string_view search_path);

}  // namespace postern::platform
