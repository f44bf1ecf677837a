// SPDX-License-Identifier: Apache-2.0
// Which scripts of a source belong to one schema, in which order they are applied, and what the schema is called.
#pragma once
#include <ingest/project.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::sql {

/// What a script is for, by its name.
enum class ScriptRole : std::uint8_t {
  applied,  ///< part of the series
  undoing,  ///< takes a step of the series back
  test      ///< for tests only
};
[[nodiscard]] ScriptRole role_of(std::string_view path);

/// The scripts of one schema.
struct Series {
  std::string name;                ///< of the innermost folder that says more than "migrations"; `schema` where there is none
  std::string folder;              ///< that folder with its parents
  std::vector<std::size_t> files;  ///< indexes into the source's files, in the order in which they are applied
};

/// All series of a source: every `.sql` file that is applied is in exactly one. Names are unique; where two folders would give one
/// name, the names of their parents are put in front.
[[nodiscard]] std::vector<Series> find_series(const SourceFiles& files);

/// Whether `a` is applied before `b`: versions by their numbers, repeatable scripts last, else names with numbers compared as
/// numbers.
[[nodiscard]] bool applied_before(std::string_view a, std::string_view b);

/// Whether the path ends like a script.
[[nodiscard]] bool is_script(std::string_view path);

}  // namespace postern::ingest::sql
