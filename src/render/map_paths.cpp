// SPDX-License-Identifier: Apache-2.0
// Attack paths and single relations of a state, explained step by step.
#include "render/map_paths.h"

#include <postern/base/text.h>
#include <postern/model/privilege.h>

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>
#include <vector>

#include "render/json_output.h"
#include "render/json_writer.h"
#include "render/text_layout.h"
#include "render/words.h"

namespace postern::render {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::RelationIndex;

constexpr std::string_view k_step = " > ";

/// A path as it is shown.
struct PathRow {
  EntityIndex target;
  std::string_view entry;
  std::vector<std::string_view> steps;  ///< zone, then addresses
};

std::vector<std::string_view> steps_of(std::string_view chain) {
  std::vector<std::string_view> steps;
  for (;;) {
    const std::size_t end = chain.find(k_step);
    steps.push_back(chain.substr(0, end));
    if (end == std::string_view::npos) return steps;
    chain.remove_prefix(end + k_step.size());
  }
}

std::vector<std::string> data_of(const Entity& entity) {
  return model::strings_of(entity.attributes.list(model::attribute::data_classes));
}

/// Targets that hold data first, then the shorter ways.
std::vector<PathRow> paths_of(const ArchitectureGraph& graph) {
  std::vector<PathRow> rows;
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    for (const model::Attribute& row : graph.entity(index).attributes.of(model::attribute::attack_path)) {
      if (const auto* chain = std::get_if<model::Symbol>(&row.value))
        rows.push_back({index, row.key.view(), steps_of(chain->view())});
    }
  }
  const auto rank = [&](const PathRow& row) {
    return std::tuple(data_of(graph.entity(row.target)).empty(), row.target, row.steps.size(), row.entry);
  };
  std::sort(rows.begin(), rows.end(), [&](const PathRow& a, const PathRow& b) { return rank(a) < rank(b); });
  return rows;
}

/// A control that an attacker meets at an entity of a path.
struct ControlRow {
  const model::AttributeDefinition* attribute;
  std::string_view value;  ///< the value that it needs; empty: any
  std::string_view words;
};
constexpr std::array k_controls = {
    ControlRow{&model::attribute::load_balancer_source_ranges, "", "source ranges"},
    ControlRow{&model::attribute::gateway_source_ranges, "", "source ranges"},
    ControlRow{&model::attribute::authentication, "", "senders asked who they are"},
    ControlRow{&model::attribute::token_issuers, "", "tokens checked"},
    ControlRow{&model::attribute::mutual_tls, "STRICT", "mutual TLS"},
    ControlRow{&model::attribute::authorization, "nobody", "calls authorised"},
    ControlRow{&model::attribute::authorization, "named", "calls authorised"},
    ControlRow{&model::attribute::authorization, "authenticated", "callers authenticated"},
    ControlRow{&model::attribute::ingress_isolated, "true", "network policy"},
};

/// `tokens checked at shop/web`.
void add_controls(const Entity& entity, std::vector<std::string>& controls) {
  for (const ControlRow& row : k_controls) {
    const model::Attribute* attribute = entity.attributes.find(*row.attribute);
    if (attribute == nullptr || std::holds_alternative<model::Unknown>(attribute->value)) continue;
    if (!row.value.empty() && to_string(attribute->value) != row.value) continue;
    controls.push_back(std::string(row.words) + " at " + entity.id.address.str());
  }
}

/// Finds the relation that a step of a path follows.
class StepFinder {
 public:
  explicit StepFinder(const ArchitectureGraph& graph) : m_graph(graph) {
    for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
      m_by_address[graph.entity(index).id.address.view()].push_back(index);
    }
  }

  [[nodiscard]] const model::Relation* between(std::string_view source, std::string_view target) const {
    const auto at = m_by_address.find(source);
    if (at == m_by_address.end()) return nullptr;
    for (const EntityIndex index : at->second) {
      for (const RelationIndex out : m_graph.outgoing(index)) {
        const model::Relation& relation = m_graph.relation(out);
        if (m_graph.entity(relation.target).id.address.view() == target) return &relation;
      }
    }
    return nullptr;
  }

  /// What says that the one leads to the other: a relation, or a right that the token of the one has on the other.
  [[nodiscard]] std::vector<model::Evidence> evidence_between(std::string_view source, std::string_view target) const {
    if (const model::Relation* relation = between(source, target)) return relation->evidence;
    const auto from = m_by_address.find(source);
    const auto to = m_by_address.find(target);
    if (from == m_by_address.end() || to == m_by_address.end()) return {};
    const Entity& secret = m_graph.entity(to->second.front());
    if (secret.kind != model::EntityKind::secret) return {};
    std::vector<model::Evidence> evidence;
    for (const EntityIndex index : from->second) add_rights(m_graph.entity(index), secret, evidence);
    return evidence;
  }

  /// Controls on the way, from the entry to the target: authentication, network policies, source ranges.
  [[nodiscard]] std::vector<std::string> controls_on(const PathRow& row) const {
    std::vector<std::string> controls;
    for (const std::string_view step : row.steps) {
      const auto at = m_by_address.find(step);
      if (at != m_by_address.end()) add_controls(m_graph.entity(at->second.front()), controls);
    }
    return controls;
  }

 private:
  static void add_rights(const Entity& holder, const Entity& secret, std::vector<model::Evidence>& evidence) {
    const model::Privilege wanted{model::Power::read_secrets, secret.name, secret.namespace_name};
    for (const auto* definition : {&model::attribute::privileges, &model::attribute::inherited_privileges}) {
      const model::Attribute* row = holder.attributes.find(*definition);
      const auto* texts = row == nullptr ? nullptr : std::get_if<model::TextList>(&row->value);
      if (texts == nullptr) continue;
      for (const model::Symbol text : *texts) {
        const auto privilege = model::privilege_from(text.view());
        if (!privilege || !model::covers(*privilege, wanted)) continue;
        const model::Attribute* grants = holder.attributes.find(model::attribute::privilege_grants, {}, text);
        const auto* by = grants == nullptr ? nullptr : std::get_if<model::Symbol>(&grants->value);
        std::string note = "right: " + text.str();
        note += by == nullptr ? std::string(" (as every account has)") : " (" + by->str() + ")";
        evidence.push_back({grants == nullptr ? row->location : grants->location, model::Symbol(note)});
      }
    }
  }

  const ArchitectureGraph& m_graph;
  std::map<std::string_view, std::vector<EntityIndex>> m_by_address;
};

std::string words_of(const model::Evidence& evidence) {
  const std::string place = to_string(evidence.location);
  if (place.empty()) return evidence.note.str();
  return evidence.note.empty() ? place : place + ": " + evidence.note.str();
}

std::string kind_words(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

void write_relation(TextLayout& out, const ArchitectureGraph& graph, const model::Relation& relation,
                    const std::function<std::string_view(std::string_view)>& describe) {
  out.paragraph("", graph.entity(relation.source).id.address.str() + " " + kind_words(to_string(relation.kind)) + " " +
                        graph.entity(relation.target).id.address.str());
  for (const std::string& rule : model::strings_of(relation.attributes.list(model::attribute::link_rule))) {
    out.paragraph("  rule  ", rule + ": " + std::string(describe(rule)));
  }
  const auto via = model::strings_of(relation.attributes.list(model::attribute::via));
  if (!via.empty()) out.paragraph("  via   ", base::join(via, ", "));
  for (const model::Evidence& evidence : relation.evidence) out.paragraph("  at    ", words_of(evidence));
}

}  // namespace

std::string paths_text(const ArchitectureGraph& graph, const TextOptions& options) {
  const std::vector<PathRow> rows = paths_of(graph);
  const StepFinder finder(graph);
  TextLayout out(options);
  std::size_t targets = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (i == 0 || rows[i].target != rows[i - 1].target) ++targets;
  out.paragraph("", counted(rows.size(), "attack path") + " to " + counted(targets, "target"));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PathRow& row = rows[i];
    const Entity& target = graph.entity(row.target);
    if (i == 0 || rows[i - 1].target != row.target) {
      const std::string data = base::join(data_of(target), ", ");
      out.blank();
      out.line({{Tone::strong, target.id.address.str()},
                {Tone::faint, "  " + kind_words(to_string(target.kind)) + (data.empty() ? "" : ", holds " + data)}});
    }
    std::vector<std::string> steps(row.steps.begin(), row.steps.end());
    out.paragraph("  ", base::join(steps, " -> "));
    const std::vector<std::string> controls = finder.controls_on(row);
    out.paragraph("      controls  ", controls.empty() ? "none known" : base::join(controls, "; "));
    for (std::size_t step = 2; step < row.steps.size(); ++step) {
      const std::vector<model::Evidence> evidence = finder.evidence_between(row.steps[step - 1], row.steps[step]);
      if (evidence.empty()) continue;
      out.paragraph("      " + std::string(row.steps[step]) + "  ", words_of(evidence.front()));
    }
  }
  return out.take();
}

std::string paths_json(const ArchitectureGraph& graph) {
  const StepFinder finder(graph);
  Json paths = Json::array();
  for (const PathRow& row : paths_of(graph)) {
    const Entity& target = graph.entity(row.target);
    Json steps = Json::array();
    for (std::size_t step = 0; step < row.steps.size(); ++step) {
      Json evidence = Json::array();
      const auto said = step < 2 ? std::vector<model::Evidence>() : finder.evidence_between(row.steps[step - 1], row.steps[step]);
      for (const model::Evidence& each : said) {
        JsonWriter writer;
        fields(writer, each);
        evidence.push_back(writer.take());
      }
      steps.push_back({{"entity", std::string(row.steps[step])}, {"evidence", std::move(evidence)}});
    }
    paths.push_back({{"entry", std::string(row.entry)},
                     {"target", target.id.address.str()},
                     {"target_kind", model::to_string(target.kind)},
                     {"data_classes", data_of(target)},
                     {"controls", finder.controls_on(row)},
                     {"steps", std::move(steps)}});
  }
  return json_text({{"schema_version", 1}, {"paths", std::move(paths)}});
}

std::string why_text(const ArchitectureGraph& graph, EntityIndex a, EntityIndex b,
                     const std::function<std::string_view(std::string_view)>& describe, const TextOptions& options) {
  TextLayout out(options);
  bool found = false;
  for (const auto& [source, target] : {std::pair(a, b), std::pair(b, a)}) {
    for (const RelationIndex index : graph.outgoing(source)) {
      if (graph.relation(index).target != target) continue;
      if (found) out.blank();
      found = true;
      write_relation(out, graph, graph.relation(index), describe);
    }
    if (a == b) break;
  }
  if (found) return out.take();
  out.paragraph("", graph.entity(a).id.address.str() + " and " + graph.entity(b).id.address.str() +
                        " are not related: no setting, argument, selector or reference of the one names the other");
  for (const RelationIndex index : graph.outgoing(a)) {
    out.blank();
    write_relation(out, graph, graph.relation(index), describe);
  }
  return out.take();
}

}  // namespace postern::render
