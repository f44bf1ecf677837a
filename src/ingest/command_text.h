// SPDX-License-Identifier: Apache-2.0
// Settings that are literal values and words of a command line, redacted at the door.
#pragma once
#include <connection/command_secret.h>
#include <connection/redact.h>
#include <postern/model/fact.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest {

/// Puts what may be kept of a value into the fact: its text, or that there is a secret.
void take_redacted(model::SettingFact& fact, const connection::Redacted& redacted);

/// Redacts the value of a named literal setting into `fact` (whose `name` is set). Gives the text that the attribute of such a
/// setting shows.
[[nodiscard]] base::Symbol take_literal(model::SettingFact& fact, std::string_view value);

/// The words of one command and its arguments, in order: a secret may be given away by words before it.
class CommandText {
 public:
  /// Escapes of the words are taken away.
  explicit CommandText(std::span<const std::string_view> words);

  /// Redacts the word at `index` into `fact`; `previous` is the word before it in the same list as it is written, empty for the
  /// first. Appends the names of the secrets in it.
  void redact(std::size_t index, std::string_view previous, model::SettingFact& fact, std::vector<base::Symbol>& secrets) const;

 private:
  [[nodiscard]] std::span<const connection::WordSecret> secrets_of(std::size_t word) const;

  std::vector<std::string> m_words;
  std::vector<connection::WordSecret> m_secrets;  ///< by word
};

}  // namespace postern::ingest
