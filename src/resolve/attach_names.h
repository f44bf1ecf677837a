// SPDX-License-Identifier: Apache-2.0
// How folders, titles and things are compared by name.
#pragma once
#include <postern/model/entity.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::resolve {

/// Lower case, letters and digits only.
[[nodiscard]] std::string plain_name(std::string_view name);
/// The plain name without words that say what kind of thing it is (db, postgres; service, api, backend); empty when nothing is
/// left.
[[nodiscard]] std::string store_core(std::string_view name);
[[nodiscard]] std::string service_core(std::string_view name);

/// The folders above a file, innermost first, each by its name alone.
[[nodiscard]] std::vector<std::string_view> folders_above(std::string_view path);
/// How many leading folders two files share.
[[nodiscard]] std::size_t shared_folders(std::string_view a, std::string_view b);
/// The most that any declaration of `entity` shares with `path`.
[[nodiscard]] std::size_t nearness(const model::Entity& entity, std::string_view path);
/// Whether some declaration of `entity` stands in a folder above `path`, or in its own.
[[nodiscard]] bool is_declared_above(const model::Entity& entity, std::string_view path);

/// Whether `path` is what `place` names, or lies below it; `place` is relative to the folder of the file `from`.
[[nodiscard]] bool lies_in(std::string_view path, std::string_view from, std::string_view place);

/// Something that may be meant, and how well it fits: the least `distance`, then the greatest `nearness`.
struct Candidate {
  model::Symbol address;
  std::uint32_t index = 0;
  std::size_t distance = 0;
  std::size_t nearness = 0;
};
/// The best of the candidates; nullptr where there is none or two different ones are equally good.
[[nodiscard]] const Candidate* only_best(std::span<const Candidate> candidates);

}  // namespace postern::resolve
