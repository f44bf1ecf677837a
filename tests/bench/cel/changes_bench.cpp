// SPDX-License-Identifier: Apache-2.0
// Many changes under the rules of the shipped packs, filled up to fifty: bench_changes CHANGES THREADS ROUNDS; one JSON line.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>
#include <random>
#include <stdexcept>

#include "policy/evaluate.h"

#ifdef POSTERN_USES_MIMALLOC
#include <mimalloc.h>
#endif

namespace postern::bench {
namespace {

using base::Symbol;
using Clock = std::chrono::steady_clock;
namespace attribute = model::attribute;

constexpr std::size_t k_rules = 50;
constexpr std::size_t k_changes_an_entity = 8;

class Dice {
 public:
  std::size_t below(std::size_t limit) { return m_engine() % limit; }
  template <std::size_t Size>
  Symbol pick(const char* const (&words)[Size]) {
    return Symbol(words[below(Size)]);
  }

 private:
  std::mt19937 m_engine{1};
};

model::TextList texts(std::initializer_list<Symbol> words) { return {words}; }

/// An entity as manifests make them: two containers, an exposure, an owner now and then.
model::Entity entity(std::size_t number, Dice& dice) {
  const char* const exposures[] = {"internet", "internal", "cluster", "cluster", "cluster", "none"};
  const char* const tiers[] = {"mission-critical", "high", "medium", "low"};
  const char* const classes[] = {"PII", "PCI", "LOG"};
  constexpr model::EntityKind k_kinds[] = {model::EntityKind::service, model::EntityKind::service, model::EntityKind::job,
                                           model::EntityKind::datastore, model::EntityKind::identity};
  model::Entity result;
  const std::string name = "service-" + std::to_string(number);
  result.id = {Symbol("app"), Symbol("cluster"), Symbol("shop/" + name)};
  result.kind = k_kinds[dice.below(std::size(k_kinds))];
  result.name = Symbol(name);
  result.namespace_name = Symbol("shop");
  model::Attributes& attributes = result.attributes;
  attributes.set(attribute::exposure, dice.pick(exposures));
  attributes.set(attribute::tier, dice.pick(tiers));
  attributes.set(attribute::least_replicas, static_cast<std::int64_t>(dice.below(4)));
  if (dice.below(3) == 0) attributes.set(attribute::data_classes, texts({dice.pick(classes)}));
  if (dice.below(2) == 0) attributes.set(attribute::owner, Symbol("team-" + std::to_string(dice.below(40))));
  for (const char* container : {"main", "proxy"}) {
    attributes.set(attribute::image, Symbol("registry.example/app:" + std::to_string(dice.below(20))), {}, Symbol(container));
    attributes.set(attribute::run_as_non_root, dice.below(4) != 0, {}, Symbol(container));
    attributes.set(attribute::memory_limit, Symbol("256Mi"), {}, Symbol(container));
  }
  return result;
}

/// One changed attribute; variables and images change most, as they do in practice.
model::AttributeChange change(std::size_t number, Dice& dice) {
  model::AttributeChange row;
  row.scope = Symbol(dice.below(2) == 0 ? "main" : "proxy");
  const auto set = [&](const model::AttributeDefinition& definition, model::AttributeValue before, model::AttributeValue after) {
    row.definition = &definition;
    row.before = std::move(before);
    row.after = std::move(after);
  };
  const char* const exposures[] = {"internet", "internal", "cluster"};
  switch (dice.below(12)) {
    case 0:
      set(attribute::exposure, Symbol("cluster"), dice.pick(exposures));
      break;
    case 1:
      set(attribute::run_as_non_root, true, dice.below(50) != 0);
      break;
    case 2:
      set(attribute::least_replicas, std::int64_t{3}, static_cast<std::int64_t>(dice.below(50) + 1));
      break;
    case 3:
      set(attribute::ingress_rules, texts({Symbol("from pods app=web")}),
          texts({dice.below(50) == 0 ? Symbol("from anywhere") : Symbol("from pods app=api")}));
      break;
    case 4:
      set(attribute::memory_limit, Symbol("256Mi"), Symbol("512Mi"));
      break;
    case 5:
    case 6:
    case 7:
      set(attribute::environment, Symbol("a"), Symbol("value-" + std::to_string(dice.below(100))));
      row.key = Symbol("VARIABLE_" + std::to_string(number));
      break;
    default:
      set(attribute::image, Symbol("registry.example/app:1"), Symbol("registry.example/app:" + std::to_string(dice.below(20))));
  }
  return row;
}

struct World {
  model::ArchitectureGraph baseline;
  model::ArchitectureGraph candidate;
  model::Delta delta;
};

World world_of(std::size_t changes) {
  Dice dice;
  model::GraphFragment fragment;
  for (std::size_t i = 0; i * k_changes_an_entity < changes; ++i) fragment.entities.push_back(entity(i, dice));
  World world{model::ArchitectureGraph(fragment), model::ArchitectureGraph(fragment), {}};
  std::size_t left = changes;
  for (model::EntityIndex i = 0; i < world.candidate.entities().size(); ++i) {
    model::EntityChange row{model::ChangeKind::modified, world.candidate.entity(i).id, i, i, {}};
    for (std::size_t j = 0; j < k_changes_an_entity && left > 0; ++j, --left) row.attributes.push_back(change(j, dice));
    world.delta.entities.push_back(std::move(row));
  }
  return world;
}

/// Rules of the house, each with a constant guard, as rules about changes are written.
std::string house_rules(std::size_t count) {
  std::string text = "apiVersion: postern/v1\nkind: PolicyPack\nmetadata: {name: house, version: 1.0.0}\nrules:\n";
  const char* const attributes[] = {"image", "environment", "memory_limit", "exposure", "replicas", "owner", "ports"};
  for (std::size_t i = 0; i < count; ++i) {
    text += "  - id: HOUSE-" + std::to_string(i) + "\n    title: House rule\n    subject: change\n    when: change.attribute == '" +
            attributes[i % std::size(attributes)] + "' && change.after == 'value-" + std::to_string(i) +
            "' && change.entity.exposure == 'internet'\n    on_unknown: report\n    enforcement: soft\n    severity: 1.0\n" +
            "    message: change.summary\n    remediation: Undo it.\n";
  }
  return text;
}

policy::PackSet fifty_rules() {
  base::DiagnosticSink sink;
  policy::PackSet set = policy::load_packs(policy::shipped_pack_files(), policy::PackOrigin::shipped, sink);
  for (policy::Pack& pack : set.packs) {
    std::erase_if(pack.rules, [](const policy::Rule& rule) { return rule.subject != model::SubjectKind::change; });
  }
  // However many rules are shipped, some of the fifty are a house's own.
  constexpr std::size_t k_most_shipped = k_rules - 10;
  for (policy::Pack& pack : set.packs) {
    while (set.rule_count() > k_most_shipped && !pack.rules.empty()) pack.rules.pop_back();
  }
  const std::vector<policy::PackFile> house = {{"house/pack.yaml", house_rules(k_rules - set.rule_count())}};
  return policy::join_packs(std::move(set), policy::load_packs(house, policy::PackOrigin::custom, sink));
}

int run(std::size_t changes, unsigned threads, int rounds) {
  const World world = world_of(changes);
  const policy::PackSet packs = fifty_rules();
  const model::Environment environment{"production", model::EnvironmentClass::production, {}};
  double best = 0;
  double best_cpu = 0;
  policy::Evaluation evaluation;
  for (int round = 0; round < rounds; ++round) {
    const auto start = Clock::now();
    const std::clock_t cpu_start = std::clock();
    evaluation = policy::evaluate(packs, {world.baseline}, {world.candidate}, world.delta, environment, {.threads = threads});
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    const double cpu = static_cast<double>(std::clock() - cpu_start) / CLOCKS_PER_SEC;
    best = round == 0 ? seconds : std::min(best, seconds);
    best_cpu = round == 0 ? cpu : std::min(best_cpu, cpu);
  }
  std::cout << nlohmann::json{{"changes", world.delta.change_count()},
                              {"rules", packs.rule_count()},
                              {"threads", threads},
                              {"seconds", best},
                              {"cpu", best_cpu},
                              {"judged", evaluation.judged_subjects},
                              {"findings", evaluation.findings.size()}}
            << std::endl;
  return 0;
}

}  // namespace
}  // namespace postern::bench

int main(int count, char** arguments) {
#ifdef POSTERN_USES_MIMALLOC
  mi_option_enable(mi_option_large_os_pages);  // as src/main.cpp does
#endif
  if (count != 4) {
    std::cerr << "usage: bench_changes CHANGES THREADS ROUNDS\n";
    return 2;
  }
  try {
    return postern::bench::run(std::stoul(arguments[1]), static_cast<unsigned>(std::stoul(arguments[2])), std::stoi(arguments[3]));
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
