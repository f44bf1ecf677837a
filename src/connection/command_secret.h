// SPDX-License-Identifier: Apache-2.0
// Secrets in command lines that are written as a list of words.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "connection/secret_value.h"

namespace postern::connection {

/// A secret and the word of the command line that holds it; the place's offsets are those in the word.
struct WordSecret {
  std::size_t word = 0;
  SecretPlace place;
};

/// What options and arguments of well-known programs give away. `words` are the command and the arguments of one container in
/// order; secrets within a word that is a script are found by `redact_text` instead. Linear in the size of `words`. Options:
/// curl(1), mysql(1), redis-cli, sshpass(1), openssl(1), mongosh, sqlcmd, ldapsearch(1), docker login, and others of their kind.
[[nodiscard]] std::vector<WordSecret> secrets_of_command(std::span<const std::string> words);

}  // namespace postern::connection
