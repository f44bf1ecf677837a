// SPDX-License-Identifier: Apache-2.0
// Requests that a policy of a mesh refuses, as text: written by a reader, compared by rules.
#pragma once
#include <postern/base/symbol.h>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::model {

using base::Symbol;

/// A conjunction of lists, any value of each of which fits: `from.principals`, `to.paths`, `to.notPaths`, `when.KEY`,
/// `when.not:KEY`. Lists are sorted and never empty; without any list every request is meant.
struct Denial {
  std::map<std::string, std::vector<std::string>, std::less<>> lists;
  friend bool operator==(const Denial&, const Denial&) = default;
};

/// `from.principals=a,b to.paths=/admin*`; `*` for every request. Spaces, commas, equals and percent signs inside of a name or
/// value are written as `%20`, `%2C`, `%3D`, `%25`.
[[nodiscard]] std::string to_string(const Denial& denial);
/// Back from that text; nothing for any other text.
[[nodiscard]] std::optional<Denial> denial_from(std::string_view text);

/// The parts of `before` (one value of each list) that no denial of `after` refuses for certain. Values are compared as the mesh
/// compares them: `x*` and `*x` mean what begins or ends so. Sorted, each once. A denial with more than a thousand parts is
/// compared as a whole.
[[nodiscard]] std::vector<std::string> dropped_denials(std::span<const Symbol> before, std::span<const Symbol> after);

}  // namespace postern::model
