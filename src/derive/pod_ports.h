// SPDX-License-Identifier: Apache-2.0
// At which ports of a workload traffic arrives: policies speak of those, callers of the ports of the name in front of it.
#pragma once
#include <postern/model/graph.h>

#include <cstdint>
#include <set>
#include <utility>

namespace postern::derive {

/// Ports of pods, as far as they are known. Nothing added means "not known", and what is not known may be any port.
class PodPorts {
 public:
  /// An empty protocol may be any.
  void add(std::uint32_t number, model::Symbol protocol) { m_ports.emplace(number, protocol); }
  void add_unknown() { m_unknown = true; }
  void merge(const PodPorts& other);
  /// Whether the rule may let traffic to one of the ports through. A port that it names may be any: names of ports are not kept.
  [[nodiscard]] bool may_pass(const model::NetworkRule& rule) const;

 private:
  bool m_unknown = false;
  std::set<std::pair<std::uint32_t, model::Symbol>> m_ports;
};

/// Where requests to the ports `asked` of an endpoint arrive; to all of its ports where `asked` is empty.
[[nodiscard]] PodPorts ports_behind(const model::Entity& endpoint, const model::TextList& asked);
/// Where the requests of a network relation arrive at its target, through the endpoints on the way.
[[nodiscard]] PodPorts ports_of(const model::ArchitectureGraph& graph, const model::Relation& relation);

}  // namespace postern::derive
