// SPDX-License-Identifier: Apache-2.0
// What a workload is for, and how much depends on it, where nobody has said so.
#include <postern/model/data_class.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classify/steps.h"
#include "connection/knowledge_table.h"
#include "connection/name_tokens.h"

namespace postern::classify {
namespace {

using model::ArchitectureGraph;
using model::Entity;
using model::EntityIndex;
using model::Symbol;
namespace attribute = model::attribute;

/// So many others that call or use a workload make it important, whatever it is called. A count, not a share: others that have
/// nothing to do with it change nothing.
constexpr std::size_t k_many_dependents = 5;

struct Functions {
  struct Row {
    std::string_view function;
    std::string_view criticality;
  };
  std::vector<Row> rows;
  connection::RunSet words;
  connection::RunSet weighty;  ///< of rows that are not low
};

const Functions& functions() {
  static const Functions table = [] {
    Functions made;
    for (const connection::TableRow& row : connection::read_knowledge("business-functions.tsv", 3)) {
      for (const std::string_view word : connection::words_of(row[2])) {
        made.words.add(word, made.rows.size());
        if (row[1] != "low" && row[1] != "never") made.weighty.add(word, made.rows.size());
      }
      made.rows.push_back({row[0], row[1]});
    }
    return made;
  }();
  return table;
}

/// Words that names are glued to without a sign between them: `paymentservice`.
constexpr std::array<std::string_view, 5> k_glued = {"service", "svc", "server", "api", "app"};

std::string_view without_glue(std::string_view token) {
  for (const std::string_view word : k_glued) {
    if (token.size() > word.size() + 1 && token.ends_with(word)) return token.substr(0, token.size() - word.size());
  }
  return token;
}

const Functions::Row* function_of(const Entity& entity) {
  auto tokens = connection::name_tokens(entity.name.view(), connection::Plural::singular);
  for (std::string& token : tokens) token = std::string(without_glue(token));
  const Functions& table = functions();
  const std::span<const std::string> all = tokens;
  if (const auto row = table.words.first_row(all); row && table.rows[*row].criticality == "never") return &table.rows[*row];
  // The end of a name says what something is: `payments-exporter` exports, `opentelemetry-demo-cart` is a cart.
  for (std::size_t begin = all.size(); begin-- > 0;) {
    const auto row = table.words.first_row(all.subspan(begin));
    if (row && table.rows[*row].criticality == "low") return &table.rows[*row];
    if (row) break;
  }
  const auto row = table.weighty.first_row(all);
  return row ? &table.rows[*row] : nullptr;
}

std::size_t dependents_of(const ArchitectureGraph& graph, EntityIndex index) {
  std::size_t count = 0;
  for (const model::RelationIndex in : graph.incoming(index)) {
    const model::Relation& relation = graph.relation(in);
    if (model::family_of(relation.kind) == model::RelationFamily::network && model::is_workload(graph.entity(relation.source).kind))
      ++count;
  }
  return count;
}

/// The first of its classes of data whose holders are important; empty without one.
std::string_view weighty_data(const Entity& entity) {
  const model::TextList& classes = entity.attributes.list(attribute::data_classes);
  const auto found =
      std::find_if(classes.begin(), classes.end(), [](Symbol each) { return model::is_sensitive_class(each.view()); });
  return found == classes.end() ? std::string_view() : found->view();
}

/// Why a workload counts as important; empty where nothing says so. What only watches or tests others never does.
std::string reason_of(const ArchitectureGraph& graph, EntityIndex index, const Functions::Row* function) {
  const Entity& entity = graph.entity(index);
  const bool watches = entity.attributes.text(attribute::role).view() == "monitoring";
  if (watches || (function != nullptr && (function->criticality == "low" || function->criticality == "never"))) return {};
  if (function != nullptr && function->criticality == "high") return "its name says " + std::string(function->function);
  if (const std::string_view data = weighty_data(entity); !data.empty()) return "it holds " + std::string(data);
  const std::size_t dependents = dependents_of(graph, index);
  if (dependents >= k_many_dependents) return std::to_string(dependents) + " others rely on it";
  return {};
}

}  // namespace

void classify_business(ArchitectureGraph& graph) {
  for (EntityIndex index = 0; index < graph.entities().size(); ++index) {
    if (!model::is_workload(graph.entity(index).kind)) continue;
    const Functions::Row* function = function_of(graph.entity(index));
    const std::string reason = reason_of(graph, index, function);
    model::Attributes& attributes = graph.entity_for_derivation(index).attributes;
    if (function != nullptr) attributes.set(attribute::business_function, Symbol(function->function));
    if (reason.empty() || !attributes.text(attribute::tier).empty()) continue;
    attributes.set(attribute::criticality, Symbol("high"));
    attributes.set(attribute::criticality_reason, Symbol(reason));
  }
}

}  // namespace postern::classify
