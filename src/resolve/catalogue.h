// SPDX-License-Identifier: Apache-2.0
// What catalogues say about services, stores and interfaces: whom each entry describes, and what it hands over.
#pragma once
#include <postern/model/graph.h>

#include <optional>

namespace postern::resolve {

/// Whether an entity is an entry of a catalogue that describes another one.
[[nodiscard]] bool is_catalogue_entry(const model::Entity& entity);
/// Whether it holds rules about paths.
[[nodiscard]] bool is_path_rules(const model::Entity& entity);

/// The entity that an entry describes: by the name of the workload or the file of the interface that the entry names, else by its
/// own name. Nothing where none or several fit.
[[nodiscard]] std::optional<model::EntityIndex> described_by(const model::ArchitectureGraph& graph, model::EntityIndex entry);

/// Hands owner, lifecycle, system and tier over. What the entity says itself stays, except for a higher tier; a contradiction is a
/// note (P2009).
void hand_over_catalogue(const model::Entity& entry, model::Entity& entity, base::DiagnosticSink& diagnostics);

/// Gives what has no owner the one of the last rule about the file in which it is declared first.
void own_by_path(model::GraphFragment& fragment, const model::Entity& rules);

}  // namespace postern::resolve
