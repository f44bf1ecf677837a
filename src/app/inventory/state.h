// SPDX-License-Identifier: Apache-2.0
// One state that a question is asked of: read, looked at, linked as far as the question needs it, and forgotten.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/graph.h>
#include <postern/model/weakness.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/inventory/sources.h"
#include "app/pipeline.h"
#include "app/talk.h"

namespace postern::app {

/// An entity of some state in the words of answers: nothing of it needs the state any more.
struct InventoryEntity {
  model::EntityId id;
  model::EntityKind kind = model::EntityKind::service;
  std::string exposure;           ///< `internet`, `internal`, `cluster`..., or `unknown`
  std::vector<std::string> data;  ///< classes that it holds or reaches, sorted
  model::Symbol owner;            ///< empty: nobody is named
  model::Symbol tier;             ///< empty: not known
  model::EntryPath path;          ///< the easiest way in; without nodes where there is none
  std::int32_t score_tenths = 0;
  model::Band band = model::Band::low;
  base::Location location;  ///< where it is declared
  std::string source;       ///< the source that it stands in, as it was named
};

/// What was looked at, to be said whatever was found.
struct LookedAt {
  std::uint64_t sources = 0;
  std::uint64_t services = 0;            ///< entities that run code or hold data, and applications
  std::uint64_t components = 0;          ///< rows of bills of materials
  std::vector<InventoryEntity> unknown;  ///< whose libraries are not known, or not all of them
  std::vector<std::string> unread;       ///< sources that could not be read, with the reason
};

/// How far a state is worked out.
enum class Depth : std::uint8_t {
  counts,  ///< linked: what there is, and what has which libraries
  full     ///< derived as well: exposure, ways in, data in reach
};

/// A state while a question is asked of it.
struct InventoryState {
  const GateRequest& request;
  const ReadSource& source;
  const model::StateView& view;
  const LinkedState& linked;
  const std::vector<model::Component>& components;
};

/// One question. Both functions are called from several threads, for different states.
struct InventoryQuestion {
  /// How far the state with these facts has to be worked out.
  std::function<Depth(const model::StateView& view)> depth;
  /// Takes the answers of the state with this number. Called for states of depth `full` only.
  std::function<void(std::size_t number, const InventoryState& state, base::DiagnosticSink& sink)> answer;
};

/// Asks each state, several at the same time; at most one graph a thread is kept. What could not be read is told and counted.
[[nodiscard]] LookedAt ask_states(const GateRequest& request, const std::vector<StateSources>& states,
                                  const InventoryQuestion& question, Talk talk);

/// An entity of a state, without its risk.
[[nodiscard]] InventoryEntity described(const InventoryState& state, model::EntityIndex index);

/// The classes of data that an entity holds or reaches, sorted; `unknown` where they are not known.
[[nodiscard]] std::vector<std::string> data_of(const model::Entity& entity);

}  // namespace postern::app
