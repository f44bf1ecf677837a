// SPDX-License-Identifier: Apache-2.0
// Puts an organisation's decisions over the rules of packs, and writes down what got weaker.
#include "policy/rule_settings.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace postern::policy {
namespace {

struct Place {
  Pack& pack;
  std::size_t rule;
};

std::optional<Place> find_place(PackSet& packs, std::string_view id) {
  for (Pack& pack : packs.packs) {
    for (std::size_t i = 0; i < pack.rules.size(); ++i) {
      if (pack.rules[i].id == id) return Place{pack, i};
    }
  }
  return std::nullopt;
}

[[noreturn]] void refuse_unknown(const PackSet& packs, const RuleSetting& setting) {
  std::vector<std::string_view> known;
  for (const Pack& pack : packs.packs) {
    for (const Rule& rule : pack.rules) known.push_back(rule.id);
  }
  const auto near = base::did_you_mean(setting.rule, known);
  throw UsageError(setting.origin + ": there is no rule '" + setting.rule + "' among the packs in use",
                   near ? "did you mean '" + *near + "'?" : "`postern policy list` shows all of them");
}

std::string number_text(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 1);
  return {text.data(), end.ptr};
}

/// Collects in words what a setting takes away.
class Weaker {
 public:
  void note(const std::string& what, const std::string& now, const std::string& before) {
    m_words.push_back(what + " " + now + " instead of " + before);
  }
  [[nodiscard]] const std::vector<std::string>& words() const noexcept { return m_words; }

 private:
  std::vector<std::string> m_words;
};

void set_severity(Rule& rule, double severity, Weaker& weaker) {
  constexpr double k_highest = 10;
  if (rule.severity_program && severity < k_highest) {
    weaker.note("severity", number_text(severity), "what the rule computes");
  } else if (!rule.severity_program && severity < rule.severity) {
    weaker.note("severity", number_text(severity), number_text(rule.severity));
  }
  rule.severity = severity;
  rule.severity_program.reset();
}

void set_enforcement(Rule& rule, model::Enforcement wanted, Weaker& weaker) {
  if (wanted < rule.enforcement) weaker.note("enforcement", model::to_string(wanted), model::to_string(rule.enforcement));
  rule.enforcement = wanted;
}

void set_block_at(Rule& rule, model::Band wanted, Weaker& weaker) {
  if (wanted > rule.block_at)
    weaker.note("block_at", std::string(model::to_string(wanted)), std::string(model::to_string(rule.block_at)));
  rule.block_at = wanted;
}

void disable(PackSet& packs, const Place& place, const RuleSetting& setting) {
  const Rule& rule = place.pack.rules[place.rule];
  packs.weakenings.push_back(
      {"rule-disabled", "the rule " + rule.id + " of " + place.pack.name + " is not used: " + *setting.disabled, setting.origin});
  place.pack.disabled.push_back({rule.id, rule.title, *setting.disabled, setting.origin});
  place.pack.rules.erase(place.pack.rules.begin() + static_cast<std::ptrdiff_t>(place.rule));
}

}  // namespace

void check_settings(const PackSet& packs, std::span<const RuleSetting> settings) {
  for (const RuleSetting& setting : settings)
    if (packs.find_rule(setting.rule) == nullptr) refuse_unknown(packs, setting);
}

void apply_settings(PackSet& packs, std::span<const RuleSetting> settings) {
  for (const RuleSetting& setting : settings) {
    const std::optional<Place> place = find_place(packs, setting.rule);
    if (!place) continue;
    if (setting.disabled) {
      disable(packs, *place, setting);
      continue;
    }
    Rule& rule = place->pack.rules[place->rule];
    Weaker weaker;
    if (setting.severity) set_severity(rule, *setting.severity, weaker);
    if (setting.enforcement) set_enforcement(rule, *setting.enforcement, weaker);
    if (setting.block_at) set_block_at(rule, *setting.block_at, weaker);
    if (weaker.words().empty()) continue;
    packs.weakenings.push_back({"rule-weakened",
                                "the rule " + rule.id + " of " + place->pack.name + " has " + base::join(weaker.words(), ", "),
                                setting.origin});
  }
}

}  // namespace postern::policy
