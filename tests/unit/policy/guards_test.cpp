// SPDX-License-Identifier: Apache-2.0
// Skipping subjects by constant guards changes nothing, and neither does the number of threads: on random architectures.
#include <doctest/doctest.h>
#include <postern/base/text.h>

#include <random>

#include "policy/guard_index.h"
#include "unit/policy/sample.h"

using namespace postern;
using namespace postern::policy;
using sample::Builder;
using sample::Symbol;
namespace attribute = model::attribute;

namespace {

constexpr int k_rounds = 60;

class Dice {
 public:
  explicit Dice(unsigned seed) : m_engine(seed) {}
  int below(int limit) { return static_cast<int>(m_engine() % static_cast<unsigned>(limit)); }

 private:
  std::mt19937 m_engine;
};

/// Entities of several kinds, with exposures that are sometimes unknown or not declared, and relations between them.
model::ArchitectureGraph random_state(Dice& dice) {
  Builder b;
  const int count = 5 + dice.below(20);
  const char* exposures[] = {"internet", "internal", "cluster", "none"};
  for (int i = 0; i < count; ++i) {
    model::Entity& entity = b.add(static_cast<model::EntityKind>(dice.below(12)), "shop/e" + std::to_string(i));
    const int exposure = dice.below(6);
    if (exposure < 4) entity.attributes.set(attribute::exposure, Symbol(exposures[exposure]));
    if (exposure == 4) entity.attributes.set(attribute::exposure, model::Unknown{});
    if (dice.below(2) == 0) entity.attributes.set(attribute::host_network, dice.below(2) == 0);
    if (dice.below(3) == 0) entity.attributes.set(attribute::replicas, std::int64_t{dice.below(4)});
  }
  for (int i = 0; i < count; ++i) {
    const int source = dice.below(count);
    const int target = dice.below(count);
    if (source == target) continue;
    b.relate("shop/e" + std::to_string(source), static_cast<model::RelationKind>(dice.below(6)), "shop/e" + std::to_string(target));
  }
  return b.build();
}

/// A delta that pairs some entities of both states.
model::Delta random_delta(Dice& dice, const model::ArchitectureGraph& before, const model::ArchitectureGraph& after) {
  model::Delta delta;
  for (model::EntityIndex i = 0; i < after.entities().size(); ++i) {
    const auto old = before.find(after.entity(i).id);
    if (!old || dice.below(2) == 0) continue;
    model::EntityChange change{model::ChangeKind::modified, after.entity(i).id, old, i, {}};
    change.attributes.push_back({&attribute::exposure, {}, {}, Symbol("cluster"), Symbol("internet"), {}, {}});
    if (dice.below(2) == 0) change.attributes.push_back({&attribute::replicas, {}, {}, std::nullopt, std::int64_t{2}, {}, {}});
    delta.entities.push_back(std::move(change));
  }
  return delta;
}

const char* const k_rules =
    "entity|entity.kind == 'service'\n"
    "entity|entity.kind in ['service', 'job', 'nothing'] && entity.exposure == 'internet'\n"
    "entity|entity.exposure == 'internet' && entity.replicas > 1\n"
    "entity|entity.host_network == true && entity.exposure in ['internet', 'internal']\n"
    "entity|entity.name == 'e3'\n"
    "entity|entity.exposure != 'internet' || entity.kind == 'job'\n"
    "relation|relation.kind in ['calls', 'uses'] && target.exposure == 'internet'\n"
    "relation|source.kind == 'service' && relation.dangling == false\n"
    "change|change.attribute == 'exposure' && change.entity.kind == 'service'\n"
    "change|change.kind == 'added' && change.attribute in ['replicas', 'image']\n"
    "change|change.attribute == 'replicas' && change.entity.replicas > 1\n";

PackSet packs() {
  std::string rules;
  int number = 0;
  for (const std::string_view line : base::split(std::string_view(k_rules), '\n')) {
    if (line.empty()) continue;
    const auto bar = line.find('|');
    const char* on_unknown[] = {"fire", "report", "indeterminate"};
    rules += sample::rule("R" + std::to_string(number), std::string(line.substr(0, bar)), std::string(line.substr(bar + 1)), "",
                          on_unknown[number % 3]);
    ++number;
  }
  return sample::packs_of(rules);
}

/// Everything that an evaluation said, as text.
std::string text_of(const Evaluation& evaluation) {
  std::string text;
  for (const model::Finding& finding : evaluation.findings) {
    text += finding.rule + " " + finding.fingerprint + " " + to_string(finding.state) + " " + finding.message +
            (finding.undecided ? " undecided" : "") + "\n";
  }
  for (const model::RuleProblem& problem : evaluation.problems) {
    text += problem.rule + " " + std::to_string(problem.undecided_subjects) + " " + std::to_string(problem.failed_subjects) + " " +
            problem.first_message + (problem.makes_indeterminate ? " indeterminate" : "") + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("guards and threads change nothing") {
  const PackSet set = packs();
  std::size_t findings = 0;
  std::uint64_t skipped = 0;
  for (unsigned round = 0; round < k_rounds; ++round) {
    Dice dice(round);
    const auto before = random_state(dice);
    const auto after = random_state(dice);
    const auto delta = random_delta(dice, before, after);
    const auto run = [&](unsigned threads, Candidates candidates) {
      return evaluate(set, {before}, {after}, delta, sample::production(), {threads, candidates});
    };
    const Evaluation plain = run(1, Candidates::everything);
    const Evaluation guarded = run(1, Candidates::guarded);
    CHECK(text_of(plain) == text_of(guarded));
    CHECK(text_of(run(3, Candidates::guarded)) == text_of(guarded));
    findings += plain.findings.size();
    skipped += plain.judged_subjects - guarded.judged_subjects;
  }
  CHECK(findings > 1000);
  CHECK(skipped > 1000);
}

TEST_CASE("the engine finds the guards that rules are written with") {
  const PackSet set = packs();
  CHECK(set.find_rule("R1")->when->guards().size() == 2);
  CHECK(set.find_rule("R8")->when->guards().size() == 2);
}
