// SPDX-License-Identifier: Apache-2.0
// Libraries as entities of a graph that is linked already.
#pragma once
#include <unordered_set>
#include <vector>

#include "resolve/libraries/holdings.h"

namespace postern::resolve::libraries {

/// Collects what is to be added to a graph and adds it at once. The order of calls leaves no trace.
class EntityBuilder {
 public:
  explicit EntityBuilder(model::ArchitectureGraph& graph) : m_graph(graph) {}
  /// Says how many libraries the owner has, or that nobody knows; an owner that the graph lacks becomes an application.
  void add_owner(const model::EntityId& owner, const Holding& holding, std::size_t libraries);
  /// Adds a library below an owner that was added before.
  void add_library(const model::EntityId& owner, const Holding& holding, const Group& group);
  /// Puts everything into the graph.
  void finish();

 private:
  struct Contained {
    model::EntityId owner;
    model::Entity library;
  };
  model::ArchitectureGraph& m_graph;
  std::vector<model::Entity> m_applications;
  std::vector<Contained> m_libraries;
};

}  // namespace postern::resolve::libraries
