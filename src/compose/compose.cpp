// SPDX-License-Identifier: Apache-2.0
// The candidate state: what the environment keeps of its baseline, plus what this run brings.
#include "compose/compose.h"

#include <postern/base/text.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace postern::compose {
namespace {

using base::Symbol;
using model::Input;
using model::Unit;
using model::UnitView;

bool same_place(const model::UnitId& a, const model::UnitId& b) {
  return a.application == b.application && a.target == b.target && a.kind == b.kind;
}

bool is_below(std::string_view path, std::string_view root) {
  return root.empty() || path == root || (path.size() > root.size() && path.starts_with(root) && path[root.size()] == '/');
}

/// Whether `ending` is a whole-component ending of `path`.
bool ends_with_path(std::string_view path, std::string_view ending) {
  return path.size() >= ending.size() && path.ends_with(ending) &&
         (path.size() == ending.size() || path[path.size() - ending.size() - 1] == '/');
}

/// The folders that hold inputs of a unit, with all their parents.
std::set<std::string_view> folders_of(const Unit& unit) {
  std::set<std::string_view> folders;
  for (const auto& input : unit.inputs) {
    std::string_view path = input->path.view();
    for (std::size_t at = path.rfind('/'); at != std::string_view::npos; at = path.rfind('/')) {
      path = path.substr(0, at);
      if (!folders.insert(path).second) break;
    }
  }
  return folders;
}

/// The folder of `baseline` that `root` means: the root itself, or the only folder with the longest common ending of its path.
std::optional<std::string_view> folder_meant_by(std::string_view root, const std::set<std::string_view>& folders) {
  for (std::string_view ending = root; !ending.empty();) {
    std::optional<std::string_view> found;
    for (const std::string_view folder : folders) {
      if (!ends_with_path(folder, ending)) continue;
      if (found) return std::nullopt;  // ambiguous: single objects are replaced instead
      found = folder;
    }
    if (found) return found;
    const std::size_t at = ending.find('/');
    if (at == std::string_view::npos) break;
    ending = ending.substr(at + 1);
  }
  return std::nullopt;
}

/// The path of an input below the root of its unit.
std::string_view path_in(const Unit& unit, const Input& input) {
  const std::string_view root = unit.id.source_root.view();
  const std::string_view path = input.path.view();
  return !root.empty() && path != root && is_below(path, root) ? path.substr(root.size() + 1) : path;
}

/// Which inputs of one baseline unit give way to one candidate unit under scope `units`.
class UnitReplacer {
 public:
  UnitReplacer(const Unit& candidate, const Unit& baseline) : m_baseline(baseline) {
    for (const auto& input : candidate.inputs) m_paths.insert(path_in(candidate, *input));
    const std::string_view root = candidate.id.source_root.view();
    m_root = root.empty() ? std::optional(root) : folder_meant_by(root, folders_of(baseline));
  }

  /// Whether `input` gives way as a whole.
  [[nodiscard]] bool replaces(const Input& input) const {
    return (m_root && is_below(input.path.view(), *m_root)) || m_paths.contains(path_in(m_baseline, input));
  }

  [[nodiscard]] std::string root_of(const Input& input) const {
    return m_root && is_below(input.path.view(), *m_root) ? std::string(*m_root) : input.path.str();
  }

 private:
  const Unit& m_baseline;
  std::unordered_set<std::string_view> m_paths;
  std::optional<std::string_view> m_root;
};

std::unordered_set<Symbol> addresses_declared_by(const Unit& unit) {
  std::unordered_set<Symbol> addresses;
  for (const auto& input : unit.inputs) {
    for (const model::Fact& fact : input->facts) {
      if (const auto* entity = std::get_if<model::EntityFact>(&fact)) addresses.insert(entity->address);
    }
  }
  return addresses;
}

std::uint64_t objects_replaced(const UnitView& view) {
  std::uint64_t count = 0;
  for (const Input* input : view.inputs) {
    for (const model::Fact& fact : input->facts) {
      const auto* entity = std::get_if<model::EntityFact>(&fact);
      if (entity != nullptr && view.replaced_addresses.contains(entity->address)) ++count;
    }
  }
  return count;
}

UnitView view_of_unit(const Unit& unit) {
  UnitView view{unit.id, {}, false, {}};
  view.inputs.reserve(unit.inputs.size());
  for (const auto& input : unit.inputs) view.inputs.push_back(input.get());
  return view;
}

/// What stays of `baseline` when `candidate` replaces its own inputs and objects in it.
UnitView remainder(const Unit& baseline, const Unit& candidate, Replacement& account) {
  const UnitReplacer replacer(candidate, baseline);
  UnitView view{baseline.id, {}, true, addresses_declared_by(candidate)};
  std::set<std::string> roots(account.replaced_roots.begin(), account.replaced_roots.end());
  for (const auto& input : baseline.inputs) {
    if (replacer.replaces(*input)) {
      roots.insert(replacer.root_of(*input));
      ++account.replaced_inputs;
    } else {
      view.inputs.push_back(input.get());
    }
  }
  account.replaced_roots.assign(roots.begin(), roots.end());
  account.replaced_objects += objects_replaced(view);
  return view;
}

}  // namespace

model::StateView view_of(const model::Snapshot& snapshot) {
  model::StateView state;
  for (const Unit& unit : snapshot.units) state.units.push_back(view_of_unit(unit));
  return state;
}

Composition compose(const model::Snapshot& baseline, const model::Snapshot& candidate, model::Scope scope) {
  Composition result;
  for (const Unit& unit : candidate.units) result.replacements.push_back({unit.id, {}, 0, 0});
  for (const Unit& unit : baseline.units) {
    const auto at = std::find_if(candidate.units.begin(), candidate.units.end(),
                                 [&](const Unit& other) { return same_place(other.id, unit.id); });
    if (at == candidate.units.end()) {
      result.state.units.push_back(view_of_unit(unit));
      result.state.units.back().is_retained = true;
      continue;
    }
    Replacement& account = result.replacements[static_cast<std::size_t>(at - candidate.units.begin())];
    if (scope == model::Scope::full) {
      account.replaced_roots.push_back(unit.id.source_root.str());
      account.replaced_inputs += unit.inputs.size();
    } else {
      result.state.units.push_back(remainder(unit, *at, account));
    }
  }
  for (const Unit& unit : candidate.units) result.state.units.push_back(view_of_unit(unit));
  std::stable_sort(result.state.units.begin(), result.state.units.end(),
                   [](const UnitView& a, const UnitView& b) { return a.id < b.id; });
  return result;
}

}  // namespace postern::compose
