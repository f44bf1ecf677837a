// SPDX-License-Identifier: Apache-2.0
// Projects and networks of Compose.
#include <postern/model/compose_project.h>

#include <algorithm>

namespace postern::model {
namespace {

const TextList* networks_of(const Entity& entity) {
  const Attribute* row = entity.attributes.find(attribute::networks);
  return row == nullptr ? nullptr : std::get_if<TextList>(&row->value);
}

}  // namespace

std::optional<Symbol> project_of(const Entity& entity) {
  if (!is_workload(entity.kind)) return std::nullopt;
  for (const auto& [key, value] : entity.labels) {
    if (key.view() == k_project_label) return value;
  }
  return std::nullopt;
}

bool share_network(const Entity& one, const Entity& other) {
  const TextList* mine = networks_of(one);
  const TextList* theirs = networks_of(other);
  if (mine == nullptr || theirs == nullptr) return project_of(one) == project_of(other);
  const bool same_project = one.id.application == other.id.application && project_of(one) == project_of(other);
  return std::any_of(mine->begin(), mine->end(), [&](Symbol network) {
    const bool shared = network.view().find(k_shared_network) != std::string_view::npos;
    return (same_project || shared) && std::find(theirs->begin(), theirs->end(), network) != theirs->end();
  });
}

}  // namespace postern::model
