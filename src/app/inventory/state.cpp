// SPDX-License-Identifier: Apache-2.0
// Reads states one by one on several threads and lets a question be asked of each.
#include "app/inventory/state.h"

#include <postern/base/error.h>
#include <postern/base/parallel.h>

#include <algorithm>
#include <array>
#include <set>

#include "app/baseline_choice.h"
#include "app/talk.h"
#include "compose/compose.h"
#include "derive/derive.h"
#include "policy/query.h"
#include "resolve/libraries/settle.h"

namespace postern::app {
namespace {

namespace attribute = model::attribute;

/// What one state contributes.
struct Part {
  LookedAt looked;
  std::vector<base::Diagnostic> told;
};

/// Of one state everything is told; of many, what kept them from being read.
void keep_diagnostics(const base::DiagnosticSink& sink, bool is_alone, Part& part) {
  for (const base::Diagnostic& each : sink.all()) {
    if (is_alone || each.severity == base::Severity::error) part.told.push_back(each);
  }
}

std::string description_of(const StateSources& sources) {
  std::string text;
  for (const acquire::SourceSpec& each : sources) text += (text.empty() ? "" : ", ") + each.text;
  return text;
}

void count(const InventoryState& state, LookedAt& looked) {
  looked.components += state.components.size();
  const auto entities = state.linked.graph.entities();
  for (model::EntityIndex i = 0; i < entities.size(); ++i) {
    if (policy::is_service_of_queries(entities[i])) ++looked.services;
    if (policy::has_unknown_libraries(entities[i])) looked.unknown.push_back(described(state, i));
  }
}

struct Asking {
  const GateRequest& request;
  const SourcePlace& place;
  const InventoryQuestion& question;
  bool is_alone;
};

void ask_one(const Asking& asking, std::size_t number, const StateSources& sources, Part& part) {
  SourceReader reader = reader_for(asking.request);
  const ReadSource source = reader.read(sources, asking.place);
  keep_diagnostics(source.diagnostics, asking.is_alone, part);
  const model::StateView view = compose::view_of(source.snapshot);
  const Depth depth = asking.question.depth(view);
  LinkedState linked = link(view, {}, asking.request.configuration.services);
  if (depth == Depth::full) derive::derive(linked.graph);
  const std::vector<model::Component> components =
      resolve::libraries::add_libraries({view, linked.graph, linked.diagnostics}, service_of_file(asking.request.configuration),
                                        resolve::libraries::LibraryDetail::counts);
  const InventoryState state{asking.request, source, view, linked, components};
  count(state, part.looked);
  base::DiagnosticSink sink;
  if (depth == Depth::full) asking.question.answer(number, state, sink);
  keep_diagnostics(linked.diagnostics, asking.is_alone, part);
  keep_diagnostics(sink, asking.is_alone, part);
  if (source.diagnostics.has_errors() || linked.diagnostics.has_errors())
    part.looked.unread.push_back(description_of(sources) + ": not everything could be read");
}

}  // namespace

LookedAt ask_states(const GateRequest& request, const std::vector<StateSources>& states, const InventoryQuestion& question,
                    Talk talk) {
  SourceReader reader = reader_for(request);
  const SourcePlace place = place_of(request, reader);
  const bool is_alone = states.size() == 1;
  // Many states: one thread each, so that none waits for another.
  GateRequest each = request;
  if (!is_alone) each.threads = 1;
  std::vector<Part> parts(states.size());
  const Asking asking{each, place, question, is_alone};
  base::for_each_index(states.size(), request.threads, [&](std::size_t i) {
    try {
      ask_one(asking, i, states[i], parts[i]);
    } catch (const SourceError& error) {
      if (is_alone) throw;
      parts[i].looked.unread.push_back(description_of(states[i]) + ": " + error.what());
    }
  });
  LookedAt all;
  all.sources = states.size();
  for (Part& part : parts) {
    tell(part.told, talk);
    all.services += part.looked.services;
    all.components += part.looked.components;
    std::move(part.looked.unknown.begin(), part.looked.unknown.end(), std::back_inserter(all.unknown));
    std::move(part.looked.unread.begin(), part.looked.unread.end(), std::back_inserter(all.unread));
  }
  return all;
}

std::vector<std::string> data_of(const model::Entity& entity) {
  std::set<std::string> classes;
  for (const auto* definition : {&attribute::data_classes, &attribute::data_reach}) {
    const model::Attribute* row = entity.attributes.find(*definition);
    if (row == nullptr) continue;
    const auto* texts = std::get_if<model::TextList>(&row->value);
    if (texts == nullptr) {
      classes.insert("unknown");
      continue;
    }
    for (const model::Symbol name : *texts) classes.insert(name.str());
  }
  return {classes.begin(), classes.end()};
}

InventoryEntity described(const InventoryState& state, model::EntityIndex index) {
  const model::Entity& entity = state.linked.graph.entity(index);
  InventoryEntity row;
  row.id = entity.id;
  row.kind = entity.kind;
  const model::Symbol exposure = entity.attributes.text(attribute::exposure);
  row.exposure = exposure.empty() ? "unknown" : exposure.str();
  row.data = data_of(entity);
  row.owner = entity.attributes.text(attribute::owner);
  row.tier = model::tier_of(entity.attributes);
  if (!entity.locations.empty()) row.location = entity.locations.front();
  row.source = state.source.judged.description;
  return row;
}

}  // namespace postern::app
