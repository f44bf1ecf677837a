// SPDX-License-Identifier: Apache-2.0
// Variables of Compose: files of variables, and how variables in texts are filled in.
// Source: Compose specification, "Interpolation"; Docker, "Syntax for environment files".
#pragma once
#include <postern/base/diagnostic.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::compose_file {

/// One line of a file of variables.
struct Assignment {
  std::string name;
  std::optional<std::string> value;  ///< nothing: taken from where Compose is started
  std::uint32_t line = 0;
};

/// What variables have values. What is not in it may still be set where Compose is started, so it counts as unknown.
class Variables {
 public:
  void set(std::string name, std::string value) { m_values[std::move(name)] = std::move(value); }
  [[nodiscard]] const std::string* find(std::string_view name) const;

  /// What became of a text.
  struct Filled {
    std::string text;
    std::vector<std::string> unknown;   ///< names of variables that have no value; they stay as `${NAME}`
    std::vector<std::string> required;  ///< those of them without which Compose refuses to start
    bool malformed = false;             ///< a brace is not closed, or a name is none; the text stays as it is
  };
  /// Fills in `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?text}`, `${NAME?text}`, `${NAME:+other}` and
  /// `${NAME+other}`, nested ones too; `$$` is a dollar. Bounded: what grows beyond a MiB, or nests deeper than 16, is malformed.
  [[nodiscard]] Filled fill(std::string_view text) const;

 private:
  std::map<std::string, std::string, std::less<>> m_values;
};

/// How values of a file of variables are read: `filled` by variables that the file or `known` gives, or `raw`.
enum class Filling : std::uint8_t { filled, raw };

/// The assignments of a file, in order. Lines that are none are passed over.
[[nodiscard]] std::vector<Assignment> read_assignments(std::string_view text, const Variables& known, Filling filling);

}  // namespace postern::ingest::compose_file
