// SPDX-License-Identifier: Apache-2.0
// Threats by STRIDE: a table of questions for flows and one for services.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <optional>

#include "render/review_parts.h"

namespace postern::render {
namespace {

using model::Decision;
using model::ReportedFlow;
using model::ReportedService;

struct Said {
  Known known;
  std::string text;
};

std::string name_of(const model::EntityId& id) { return id.address.str(); }

bool is_strict(const std::string& authentication) { return authentication.find("mutual TLS STRICT") != std::string::npos; }

template <typename Subject>
struct Row {
  std::string_view category;
  std::optional<Said> (*ask)(const Subject& subject);
};

std::optional<Said> spoofed_caller(const ReportedFlow& flow) {
  if (flow.leaves) return std::nullopt;
  if (!flow.authentication.empty()) return Said{Known::good, "the mesh asks who calls: " + flow.authentication};
  return Said{Known::unknown, "nothing that was read says that " + name_of(flow.target) + " asks who calls"};
}

std::optional<Said> spoofed_target(const ReportedFlow& flow) {
  if (!flow.leaves) return std::nullopt;
  if (flow.transport == "encrypted") return Said{Known::good, "TLS names the other side, where certificates are checked"};
  return Said{flow.transport == "plaintext" ? Known::open : Known::unknown,
              "whether the other side is " + name_of(flow.target) + " is checked by nothing that was read"};
}

std::optional<Said> changed_on_the_way(const ReportedFlow& flow) {
  if (flow.transport == "encrypted" || is_strict(flow.authentication)) return Said{Known::good, "the transport is encrypted"};
  if (flow.transport == "plaintext") return Said{Known::open, "the transport is plaintext: what is sent can be read and changed"};
  return Said{Known::unknown, "whether the transport is encrypted is not said"};
}

std::optional<Said> denied_deed(const ReportedFlow& flow) {
  if (!model::is_store(flow.target_kind) || flow.data_classes.empty()) return std::nullopt;
  return Said{Known::unknown, "who wrote what must be told from the store's own log: is it on, and does " + name_of(flow.source) +
                                  " use an account of its own?"};
}

std::optional<Said> disclosed_data(const ReportedFlow& flow) {
  if (flow.data_classes.empty()) return std::nullopt;
  const std::string data = base::join(flow.data_classes, ", ");
  if (flow.leaves) return Said{Known::open, data + " is within reach of the sender: which of it is sent, and by which agreement?"};
  return Said{Known::open, name_of(flow.target) + " holds " + data + ": which of it does " + name_of(flow.source) + " need?"};
}

constexpr std::array k_flow_rows = {
    Row<ReportedFlow>{"Spoofing", spoofed_caller},
    Row<ReportedFlow>{"Spoofing", spoofed_target},
    Row<ReportedFlow>{"Tampering", changed_on_the_way},
    Row<ReportedFlow>{"Repudiation", denied_deed},
    Row<ReportedFlow>{"Information disclosure", disclosed_data},
};

std::optional<Said> anybody_calls(const ReportedService& service) {
  if (service.exposure != "internet") return std::nullopt;
  if (!service.authentication.empty()) return Said{Known::good, "the mesh asks who calls: " + service.authentication};
  return Said{Known::unknown, "it can be reached from the internet, and nothing that was read says that it asks who calls"};
}

std::optional<Said> read_through_it(const ReportedService& service) {
  if (service.data_reach.empty()) return std::nullopt;
  const std::string data = base::join(service.data_reach, ", ");
  if (service.exposure == "internet") return Said{Known::open, "from the internet, through it, " + data + " is within reach"};
  return Said{Known::unknown, "through it " + data + " is within reach: is all of it needed?"};
}

std::optional<Said> flooded(const ReportedService& service) {
  if (service.exposure != "internet") return std::nullopt;
  return Said{Known::unknown, "limits on requests at the way in cannot be seen in manifests: where are they?"};
}

std::optional<Said> called_from_inside(const ReportedService& service) {
  if (service.ingress_isolated) return Said{Known::good, "a network policy restricts who may call it"};
  return Said{Known::open, "no network policy restricts who may call it: every workload that is taken over may"};
}

constexpr std::array k_service_rows = {
    Row<ReportedService>{"Spoofing", anybody_calls},
    Row<ReportedService>{"Information disclosure", read_through_it},
    Row<ReportedService>{"Denial of service", flooded},
    Row<ReportedService>{"Elevation of privilege", called_from_inside},
};

/// Rules of new or worse findings about the flow from `source` to `target`, or about `source` alone.
std::vector<std::string> rules_about(const Decision& decision, const model::EntityId& source, const model::EntityId* target) {
  std::vector<std::string> rules;
  for (const model::Finding& finding : decision.findings) {
    if (!model::is_risky(finding)) continue;
    const auto& relation = finding.subject.relation;
    const bool is_about_flow = relation && target != nullptr && relation->source == source && relation->target == *target;
    const bool is_about_service = !relation && target == nullptr && finding.subject.entity == source;
    if (is_about_flow || is_about_service) rules.push_back(finding.rule);
  }
  std::sort(rules.begin(), rules.end());
  rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
  return rules;
}

}  // namespace

std::string_view known_word(Known known) {
  constexpr std::array<std::string_view, 3> k_words = {"ok", "open", "to answer"};
  return k_words.at(static_cast<std::size_t>(known));
}

std::vector<Threat> threats_of(const Decision& decision) {
  std::vector<Threat> threats;
  for (const ReportedFlow& flow : decision.flows) {
    if (flow.change == model::ChangeKind::removed) continue;
    const std::string subject = name_of(flow.source) + " -> " + name_of(flow.target);
    const auto rules = rules_about(decision, flow.source, &flow.target);
    for (const auto& row : k_flow_rows) {
      if (auto said = row.ask(flow)) threats.push_back({row.category, subject, said->known, said->text, flow.location, rules});
    }
  }
  for (const ReportedService& service : decision.services) {
    const auto rules = rules_about(decision, service.id, nullptr);
    for (const auto& row : k_service_rows) {
      if (auto said = row.ask(service))
        threats.push_back({row.category, name_of(service.id), said->known, said->text, service.location, rules});
    }
  }
  return threats;
}

}  // namespace postern::render
