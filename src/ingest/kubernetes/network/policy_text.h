// SPDX-License-Identifier: Apache-2.0
// Writing down a network policy: its attributes in words and its fact.
#pragma once
#include <ingest/kubernetes/field_table.h>
#include <postern/model/fact.h>

#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::kubernetes {

/// `pods app=x in namespaces *; 10.0.0.0/8 except 10.1.0.0/16`; `nobody` for a peer that says nothing.
[[nodiscard]] std::string peer_text(const model::NetworkPeer& peer);
/// `from pods app=x; 10.0.0.0/8 ports 80/TCP, 8000-8010/TCP`; `from anywhere` without peers, no ports for every port.
[[nodiscard]] std::string rule_text(const model::NetworkRule& rule, std::string_view preposition);
/// The rules of a direction as an attribute.
void add_rules(const std::vector<model::NetworkRule>& rules, std::string_view preposition,
               const model::AttributeDefinition& definition, const Location& location, Rows& rows);
/// `Ingress`, `Egress`: the directions that a policy restricts.
void add_policy_types(const model::NetworkPolicyFact& fact, const Location& location, Rows& rows);

/// A number, a range `8000-8010` or `8000:8010`, or a name.
[[nodiscard]] model::PortRange port_range(std::string_view text, std::string_view protocol);

/// Says that the policy does more than what is evaluated: what is counted is never stronger than what it does.
void not_fully_evaluated(const ObjectReader& reader, const Node& where, std::string_view what);

}  // namespace postern::ingest::kubernetes
