// SPDX-License-Identifier: Apache-2.0
// Addresses in command lines of programs whose options are known: psql -h db, nc -z cache 6379.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connection/endpoint.h"

namespace postern::connection {

/// An address and the word of the command line that says it.
struct WordEndpoint {
  Endpoint endpoint;
  std::size_t word;  ///< index of the argument
};

/// What well-known clients are told to connect to. `words` are the command and the arguments of one container in order; a word may
/// be a whole script for a shell. Programs that are not known, listening sockets and hosts behind references give nothing. Linear
/// in the size of `words`. Options: psql(1), mysql(1), redis-cli, mongosh, cqlsh, clickhouse-client, ldapsearch(1), nc(1),
/// telnet(1).
[[nodiscard]] std::vector<WordEndpoint> endpoints_of_command(std::span<const std::string> words);

/// The same for a shell script; `word` is the index of the line (from 0) where the command begins. Comments are passed over, lines
/// that end in a backslash go on in the next. Linear in the size of `script`.
[[nodiscard]] std::vector<WordEndpoint> endpoints_of_script(std::string_view script);

}  // namespace postern::connection
