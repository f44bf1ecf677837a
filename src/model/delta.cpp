// SPDX-License-Identifier: Apache-2.0
// Counting and naming changes.
#include <postern/model/delta.h>

#include <array>

namespace postern::model {
namespace {

template <typename Changes>
std::size_t count(const Changes& changes) {
  std::size_t total = 0;
  for (const auto& change : changes) total += change.kind == ChangeKind::modified ? change.attributes.size() : 1;
  return total;
}

}  // namespace

const char* to_string(ChangeKind kind) {
  constexpr std::array k_names = {"added", "removed", "modified"};
  return k_names.at(static_cast<std::size_t>(kind));
}

std::string path_of(const AttributeChange& change) {
  return path_of(Attribute{change.definition, change.scope, change.key, Unknown{}, {}});
}

std::size_t Delta::change_count() const noexcept { return count(entities) + count(relations); }

}  // namespace postern::model
