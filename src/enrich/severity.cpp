// SPDX-License-Identifier: Apache-2.0
// Words, numbers and vectors -> one scale.
#include "enrich/severity.h"

#include <postern/base/text.h>

#include <array>
#include <tuple>

#include "cvss/cvss.h"

namespace postern::enrich {
namespace {

using model::ExploitMaturity;
using model::Symbol;

struct Word {
  std::string_view word;
  std::string_view severity;
};
constexpr std::array k_words = {
    Word{"blocker", "critical"},   Word{"critical", "critical"},
    Word{"urgent", "critical"},    Word{"very high", "critical"},
    Word{"danger", "high"},        Word{"error", "high"},
    Word{"high", "high"},          Word{"important", "high"},
    Word{"major", "high"},         Word{"severe", "high"},
    Word{"medium", "medium"},      Word{"minor", "low"},
    Word{"moderate", "medium"},    Word{"warning", "medium"},
    Word{"warn", "medium"},        Word{"hint", "none"},
    Word{"info", "none"},          Word{"information", "none"},
    Word{"informational", "none"}, Word{"low", "low"},
    Word{"negligible", "low"},     Word{"none", "none"},
    Word{"note", "low"},           Word{"style", "none"},
    Word{"very low", "low"},       Word{"critical severity", "critical"},
    Word{"high severity", "high"}, Word{"medium severity", "medium"},
    Word{"low severity", "low"},
};

struct Threat {
  std::string_view metric;
  ExploitMaturity maturity;
};
/// Exploit code maturity of 3.x and exploit maturity of 4.0. A vector tells it where somebody scored it, which advisories hardly
/// do.
constexpr std::array k_threats = {
    Threat{"/E:U", ExploitMaturity::none},       Threat{"/E:P", ExploitMaturity::proof_of_concept},
    Threat{"/E:F", ExploitMaturity::weaponised}, Threat{"/E:H", ExploitMaturity::weaponised},
    Threat{"/E:A", ExploitMaturity::weaponised}, Threat{"/E:POC", ExploitMaturity::proof_of_concept},
};

ExploitMaturity maturity_in(std::string_view vector) {
  ExploitMaturity found = ExploitMaturity::unknown;
  for (const Threat& threat : k_threats) {
    const std::size_t at = vector.find(threat.metric);
    if (at == std::string_view::npos) continue;
    const std::size_t end = at + threat.metric.size();
    if (end == vector.size() || vector[end] == '/') found = threat.maturity;
  }
  return found;
}

}  // namespace

Symbol severity_of_word(std::string_view word) {
  const std::string text = base::to_lower(base::trim(word));
  for (const Word& row : k_words) {
    if (row.word == text) return Symbol(row.severity);
  }
  return {};
}

Symbol severity_of_score(double score) {
  if (score >= 9.0) return Symbol("critical");
  if (score >= 7.0) return Symbol("high");
  if (score >= 4.0) return Symbol("medium");
  return Symbol(score > 0.0 ? "low" : "none");
}

std::optional<Rated> rated(std::string_view vector) {
  const cvss::Scoring scoring = cvss::score(vector);
  if (!scoring.scores) return std::nullopt;
  return Rated{Symbol(vector), scoring.scores->base, static_cast<int>(scoring.scores->version), maturity_in(vector)};
}

std::optional<Rated> best_of(std::span<const Symbol> vectors) {
  std::optional<Rated> best;
  for (const Symbol vector : vectors) {
    const auto each = rated(vector.view());
    if (each && (!best || std::tie(each->rank, each->score) > std::tie(best->rank, best->score))) best = each;
  }
  return best;
}

}  // namespace postern::enrich
