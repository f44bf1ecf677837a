// SPDX-License-Identifier: Apache-2.0
// From the ports of names to the ports of pods.
#include "derive/pod_ports.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace postern::derive {
namespace {

using model::Entity;
using model::PortRange;
using model::Symbol;
using model::TextList;
namespace attribute = model::attribute;

std::optional<std::uint32_t> number_of(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
  return status == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// One port of an endpoint, as its attribute writes it: `NAME:PORT->TARGET/PROTOCOL`.
struct Mapping {
  std::string_view port;
  std::string_view target;
  std::string_view protocol;
};

Mapping mapping_of(std::string_view text) {
  constexpr std::string_view k_arrow = "->";
  const std::size_t arrow = std::min(text.find(k_arrow), text.size());
  const std::string_view own = text.substr(0, arrow);
  const std::string_view rest = text.substr(std::min(arrow + k_arrow.size(), text.size()));
  const std::size_t colon = own.rfind(':');
  const std::size_t slash = std::min(rest.rfind('/'), rest.size());
  return {colon == std::string_view::npos ? own : own.substr(colon + 1), rest.substr(0, slash),
          rest.substr(std::min(slash + 1, rest.size()))};
}

/// A name without an address of its own maps nothing: callers reach the pods at the port that they ask for.
void add_asked(const TextList& asked, PodPorts& ports) {
  for (const Symbol port : asked) {
    if (const auto number = number_of(port.view())) {
      ports.add(*number, {});
    } else {
      ports.add_unknown();
    }
  }
}

bool is_protocol(Symbol text) { return text.view() == "TCP" || text.view() == "UDP" || text.view() == "SCTP"; }

bool covers(const PortRange& range, std::uint32_t number, Symbol protocol) {
  // Other policies than the platform's own write protocols in their own way, as numbers too.
  const bool comparable = is_protocol(protocol) && is_protocol(range.protocol);
  if (comparable && range.protocol != protocol) return false;
  return !range.name.empty() || (range.first <= number && number <= range.last);
}

}  // namespace

void PodPorts::merge(const PodPorts& other) {
  m_unknown |= other.m_unknown;
  m_ports.insert(other.m_ports.begin(), other.m_ports.end());
}

bool PodPorts::may_pass(const model::NetworkRule& rule) const {
  if (rule.ports.empty() || m_unknown || m_ports.empty()) return true;
  return std::any_of(rule.ports.begin(), rule.ports.end(), [&](const PortRange& range) {
    return std::any_of(m_ports.begin(), m_ports.end(), [&](const auto& port) { return covers(range, port.first, port.second); });
  });
}

PodPorts ports_behind(const Entity& endpoint, const TextList& asked) {
  PodPorts ports;
  if (endpoint.attributes.is_true(attribute::headless) && !asked.empty()) {
    add_asked(asked, ports);
    return ports;
  }
  std::size_t known = 0;
  for (const Symbol text : endpoint.attributes.list(attribute::ports)) {
    const Mapping mapping = mapping_of(text.view());
    if (!asked.empty() && std::find(asked.begin(), asked.end(), Symbol(mapping.port)) == asked.end()) continue;
    ++known;
    if (const auto number = number_of(mapping.target)) {
      ports.add(*number, Symbol(mapping.protocol));
    } else {
      ports.add_unknown();
    }
  }
  // A port that the endpoint does not declare leads to who knows where.
  if (known == 0 || known < asked.size()) ports.add_unknown();
  return ports;
}

PodPorts ports_of(const model::ArchitectureGraph& graph, const model::Relation& relation) {
  PodPorts ports;
  const TextList& asked = relation.attributes.list(attribute::relation_ports);
  const TextList& names = relation.attributes.list(attribute::via);
  if (asked.empty()) return ports;
  if (names.empty()) add_asked(asked, ports);
  for (const Symbol name : names) {
    const model::EntityId& target = graph.entity(relation.target).id;
    const auto endpoint = graph.find(model::EntityId{target.application, target.target, name});
    if (endpoint) {
      ports.merge(ports_behind(graph.entity(*endpoint), asked));
    } else {
      ports.add_unknown();
    }
  }
  return ports;
}

}  // namespace postern::derive
