// SPDX-License-Identifier: Apache-2.0
// Ports, mounts, sizes and command lines of Compose, in their short and long spellings.
#pragma once
#include <ingest/compose_file/value.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace postern::ingest::compose_file {

/// A published port, or a range of them. Numbers are 0 where nothing is said.
struct Port {
  std::uint32_t target = 0;  ///< first port of the container
  std::uint32_t target_last = 0;
  std::uint32_t published = 0;  ///< first port of the machine; 0: any free one
  std::uint32_t published_last = 0;
  std::string address;   ///< of the machine; empty: all of its interfaces
  std::string protocol;  ///< TCP, UDP, SCTP
  bool unknown = false;  ///< a variable without a value stands in it
  bool valid = true;
};
[[nodiscard]] Port read_port(const Value& item);
/// What tells two published ports apart.
[[nodiscard]] std::string port_identity(const Port& port);
/// Whether the address is one of the machine itself, so that nobody else reaches the port.
[[nodiscard]] bool is_local(const Port& port);

enum class MountKind : std::uint8_t { volume, bind, temporary, other };
/// One item of `volumes`.
struct Mount {
  MountKind kind = MountKind::volume;
  std::string source;  ///< name of a volume, or path of the machine; empty for a volume without a name
  std::string target;
  bool read_only = false;
};
[[nodiscard]] Mount read_mount(const Value& item);

/// Bytes: a number with b, k, kb, m, mb, g, gb, by 1024.
[[nodiscard]] std::optional<std::int64_t> read_bytes(const Value& value);
/// Thousandths of a processor: `0.5`.
[[nodiscard]] std::optional<std::int64_t> read_thousandths(const Value& value);

/// The words of a command that is written as one text, as a shell would split it.
[[nodiscard]] std::vector<std::string> split_words(std::string_view text);

}  // namespace postern::ingest::compose_file
