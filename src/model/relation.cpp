// SPDX-License-Identifier: Apache-2.0
// Names and families of relations.
#include <postern/model/relation.h>

#include <algorithm>
#include <array>

namespace postern::model {
namespace {

struct KindRow {
  RelationKind kind;
  std::string_view name;
  RelationFamily family;
};

constexpr std::array k_kinds = {KindRow{RelationKind::calls, "calls", RelationFamily::network},
                                KindRow{RelationKind::uses, "uses", RelationFamily::network},
                                KindRow{RelationKind::reads, "reads", RelationFamily::network},
                                KindRow{RelationKind::writes, "writes", RelationFamily::network},
                                KindRow{RelationKind::publishes, "publishes", RelationFamily::network},
                                KindRow{RelationKind::consumes, "consumes", RelationFamily::network},
                                KindRow{RelationKind::sends_to, "sends_to", RelationFamily::network},
                                KindRow{RelationKind::routes_to, "routes_to", RelationFamily::routing},
                                KindRow{RelationKind::exposes, "exposes", RelationFamily::routing},
                                KindRow{RelationKind::mounts, "mounts", RelationFamily::mount},
                                KindRow{RelationKind::assumes, "assumes", RelationFamily::identity},
                                KindRow{RelationKind::binds, "binds", RelationFamily::identity},
                                KindRow{RelationKind::runs_in, "runs_in", RelationFamily::placement},
                                KindRow{RelationKind::scales, "scales", RelationFamily::control},
                                KindRow{RelationKind::protects, "protects", RelationFamily::control},
                                KindRow{RelationKind::configures, "configures", RelationFamily::control},
                                KindRow{RelationKind::contains, "contains", RelationFamily::containment}};

constexpr std::array k_families = {"network", "routing", "mount", "identity", "placement", "control", "containment"};

}  // namespace

const char* to_string(RelationKind kind) { return k_kinds.at(static_cast<std::size_t>(kind)).name.data(); }

std::optional<RelationKind> relation_kind_from(std::string_view text) {
  const auto at = std::find_if(k_kinds.begin(), k_kinds.end(), [&](const KindRow& row) { return row.name == text; });
  if (at == k_kinds.end()) return std::nullopt;
  return at->kind;
}

RelationFamily family_of(RelationKind kind) { return k_kinds.at(static_cast<std::size_t>(kind)).family; }

const char* to_string(RelationFamily family) { return k_families.at(static_cast<std::size_t>(family)); }

std::string to_string(const RelationId& id) {
  return to_string(id.source) + " -" + to_string(id.family) + "-> " + to_string(id.target);
}

}  // namespace postern::model
