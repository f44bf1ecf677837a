// SPDX-License-Identifier: Apache-2.0
// Statements of several sources -> one weakness each.
#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "enrich/severity.h"
#include "enrich/statement.h"

namespace postern::enrich {
namespace {

using model::Symbol;
using model::Weakness;

/// Sets of statements that are about one weakness.
class Sets {
 public:
  explicit Sets(std::size_t size) : m_parent(size) { std::iota(m_parent.begin(), m_parent.end(), std::size_t{0}); }
  std::size_t find(std::size_t at) {
    while (m_parent[at] != at) at = m_parent[at] = m_parent[m_parent[at]];
    return at;
  }
  void unite(std::size_t a, std::size_t b) { m_parent[std::max(find(a), find(b))] = std::min(find(a), find(b)); }

 private:
  std::vector<std::size_t> m_parent;
};

/// Secrets and code in one file may be told by rules of different names; what is weak in a package has a name of its own.
bool is_about_place(const Statement& statement) { return statement.package.empty() && !statement.file.empty(); }

Sets sets_of(const std::vector<Statement>& statements) {
  Sets sets(statements.size());
  std::map<std::tuple<model::EntityId, Symbol, Symbol, Symbol>, std::size_t> by_name;
  std::map<std::tuple<model::EntityId, Symbol, std::uint32_t, std::string>, std::size_t> by_place;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& each = statements[i];
    const Symbol file = each.package.empty() ? each.file : Symbol();
    for (const Symbol name : each.names) {
      const auto [at, fresh] = by_name.try_emplace({each.subject, each.package, file, name}, i);
      if (!fresh) sets.unite(at->second, i);
    }
    if (!is_about_place(each) || each.file_line == 0) continue;
    std::vector<std::string> marks;
    for (const Symbol cwe : each.cwes) marks.push_back(cwe.str());
    if (each.category == model::FindingCategory::secret) marks.emplace_back("secret");
    for (std::string& mark : marks) {
      const auto [at, fresh] = by_place.try_emplace({each.subject, each.file, each.file_line, std::move(mark)}, i);
      if (!fresh) sets.unite(at->second, i);
    }
  }
  return sets;
}

/// CVE, then GHSA, then by text.
bool counts_before(Symbol a, Symbol b) {
  const auto rank = [](Symbol name) { return name.view().starts_with("CVE-") ? 0 : name.view().starts_with("GHSA-") ? 1 : 2; };
  return std::pair(rank(a), a.view()) < std::pair(rank(b), b.view());
}

void settle(std::vector<Symbol>& texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

template <typename T>
void take_larger(std::optional<T>& value, const std::optional<T>& other) {
  if (other && (!value || *value < *other)) value = other;
}

void add(Weakness& weakness, const Statement& each) {
  weakness.aliases.insert(weakness.aliases.end(), each.names.begin(), each.names.end());
  if (weakness.title.empty()) weakness.title = each.title;
  if (weakness.file.empty()) weakness.file = each.file;
  if (!each.version.empty()) weakness.versions.push_back(each.version);
  weakness.fixed_in.insert(weakness.fixed_in.end(), each.fixed_in.begin(), each.fixed_in.end());
  weakness.cwes.insert(weakness.cwes.end(), each.cwes.begin(), each.cwes.end());
  take_larger(weakness.epss, each.epss);
  if (!each.known_exploited_since.empty()) weakness.known_exploited_since = each.known_exploited_since;
  weakness.in_ransomware |= each.in_ransomware;
  if (weakness.published.empty() || (!each.published.empty() && each.published < weakness.published))
    weakness.published = each.published;
  weakness.witnesses.push_back(each.witness);
  if (each.evidence) weakness.evidence.push_back(*each.evidence);
  weakness.is_certain |= each.is_certain;
  // What one tool sees called is called, whatever another one does not see.
  const auto order = [](model::Reachability value) { return value == model::Reachability::unknown ? 9 : static_cast<int>(value); };
  if (order(each.reachability) < order(weakness.reachability)) weakness.reachability = each.reachability;
  const auto none = model::CodeUse::unknown;
  if (each.code != none) weakness.code = weakness.code == none ? each.code : std::max(weakness.code, each.code);
}

Symbol severity_of(const model::Witness& witness) {
  return witness.score ? severity_of_score(*witness.score) : severity_of_word(witness.severity.view());
}

int rank_of(Symbol severity) {
  constexpr std::array<std::string_view, 5> k_words = {"none", "low", "medium", "high", "critical"};
  const auto at = std::find(k_words.begin(), k_words.end(), severity.view());
  return at == k_words.end() ? -1 : static_cast<int>(at - k_words.begin());
}

/// Vectors count over bare numbers, numbers over words; among equals the worse.
void rate(Weakness& weakness) {
  std::optional<Rated> best;
  std::optional<double> number;
  std::set<Symbol> severities;
  Symbol worst;
  for (const model::Witness& witness : weakness.witnesses) {
    if (const auto each = rated(witness.vector.view())) {
      if (!best || std::tie(each->rank, each->score) > std::tie(best->rank, best->score)) best = each;
      weakness.maturity = std::max(weakness.maturity == model::ExploitMaturity::unknown ? each->maturity : weakness.maturity,
                                   each->maturity == model::ExploitMaturity::unknown ? weakness.maturity : each->maturity);
    }
    take_larger(number, witness.score);
    const Symbol severity = severity_of(witness);
    if (!severity.empty()) severities.insert(severity);
    if (rank_of(severity) > rank_of(worst)) worst = severity;
  }
  weakness.severities_differ = severities.size() > 1;
  if (best) weakness.vector = best->vector;
  weakness.score = best ? std::optional(best->score) : number;
  weakness.severity = weakness.score ? severity_of_score(*weakness.score) : worst;
  if (!weakness.known_exploited_since.empty()) weakness.maturity = model::ExploitMaturity::known_exploited;
}

/// `v1.2.3` beside `1.2.3`: sources write versions of Go in both ways.
void drop_marked_twins(std::vector<Symbol>& versions) {
  const std::vector<Symbol> all = versions;
  std::erase_if(versions, [&](Symbol each) {
    return each.view().starts_with('v') && std::ranges::binary_search(all, Symbol(each.view().substr(1)));
  });
}

void finish(Weakness& weakness) {
  if (weakness.reachability == model::Reachability::called) weakness.code = model::CodeUse::called;
  settle(weakness.aliases);
  const auto first = std::min_element(weakness.aliases.begin(), weakness.aliases.end(), counts_before);
  weakness.id = *first;
  weakness.aliases.erase(first);
  settle(weakness.versions);
  settle(weakness.fixed_in);
  drop_marked_twins(weakness.fixed_in);
  settle(weakness.cwes);
  const auto order = [](const model::Witness& witness) {
    return std::tuple(witness.source, witness.id, witness.location.file, witness.location.line, witness.location.column);
  };
  std::sort(weakness.witnesses.begin(), weakness.witnesses.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
  const auto same = [&](const auto& a, const auto& b) { return order(a) == order(b); };
  weakness.witnesses.erase(std::unique(weakness.witnesses.begin(), weakness.witnesses.end(), same), weakness.witnesses.end());
  std::sort(weakness.evidence.begin(), weakness.evidence.end());
  weakness.evidence.erase(std::unique(weakness.evidence.begin(), weakness.evidence.end()), weakness.evidence.end());
  rate(weakness);
}

}  // namespace

std::vector<Weakness> join(std::vector<Statement> statements) {
  std::erase_if(statements, [](const Statement& each) { return each.names.empty(); });
  std::stable_sort(statements.begin(), statements.end(), [](const Statement& a, const Statement& b) {
    return std::tie(a.subject, a.package, a.file, a.names.front(), a.witness.source) <
           std::tie(b.subject, b.package, b.file, b.names.front(), b.witness.source);
  });
  Sets sets = sets_of(statements);
  std::map<std::size_t, Weakness> joined;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& each = statements[i];
    const auto [at, fresh] = joined.try_emplace(sets.find(i));
    Weakness& weakness = at->second;
    if (fresh) {
      weakness.subject = each.subject;
      weakness.category = each.category;
      weakness.package = each.package;
      weakness.is_certain = false;
    }
    add(weakness, each);
  }
  std::vector<Weakness> list;
  list.reserve(joined.size());
  for (auto& [set, weakness] : joined) {
    finish(weakness);
    list.push_back(std::move(weakness));
  }
  std::sort(list.begin(), list.end(), model::is_before);
  return list;
}

void close(std::vector<Weakness>& weaknesses, const std::vector<Closing>& closings) {
  std::map<model::EntityId, std::vector<const Closing*>> by_subject;
  for (const Closing& closing : closings) by_subject[closing.subject].push_back(&closing);
  for (Weakness& weakness : weaknesses) {
    const auto at = by_subject.find(weakness.subject);
    if (at == by_subject.end()) continue;
    for (const Closing* closing : at->second) {
      const auto is_name = [&](Symbol name) {
        return name == weakness.id || std::binary_search(weakness.aliases.begin(), weakness.aliases.end(), name);
      };
      const bool same = std::any_of(closing->names.begin(), closing->names.end(), is_name);
      if (!same || (!closing->package.empty() && closing->package != weakness.package)) continue;
      if (closing->is_trusted) weakness.status = closing->status;
      const std::string note = closing->by + (closing->is_trusted ? "" : " (not trusted, changes nothing)");
      if (weakness.status_by.find(note) == std::string::npos) weakness.status_by += (weakness.status_by.empty() ? "" : "; ") + note;
    }
  }
}

}  // namespace postern::enrich
