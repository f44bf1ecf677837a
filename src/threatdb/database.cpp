// SPDX-License-Identifier: Apache-2.0
// Look-ups: from a package to what is said about it, to the weaknesses behind that, to what is known of their use.
#include "threatdb/database.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <filesystem>
#include <span>
#include <type_traits>
#include <utility>

#include "threatdb/content_hash.h"
#include "threatdb/encoding.h"
#include "threatdb/evaluation.h"
#include "threatdb/index.h"
#include "threatdb/record_codec.h"

namespace postern::threatdb {

using package::Affected;

const char* to_string(Reason reason) noexcept {
  constexpr const char* k_names[] = {"in-range", "listed", "commit", "outside", "no-version", "not-comparable"};
  return k_names[static_cast<std::size_t>(reason)];
}

const Severity* Match::best_severity() const {
  const Severity* best = nullptr;
  for (const Severity& each : severities) {
    if (!each.version) continue;
    const bool is_better =
        best == nullptr || *each.version > *best->version || (*each.version == *best->version && each.score > best->score);
    if (is_better) best = &each;
  }
  return best;
}

struct Database::State {
  std::unique_ptr<Index> index;
  IndexInfo info;
};

namespace {

/// What one row of a package's block says.
struct Entry {
  BlockReference record = 0;
  BlockReference weakness = 0;
  std::string_view piece;
};

/// Runs what reads blocks, and names the file when a block holds something else than it should.
template <typename Work>
auto guarded(const Index& index, const Work& work) -> std::invoke_result_t<Work> {
  try {
    return work();
  } catch (const Damage& damage) {
    index.damaged(damage.what);
  }
}

std::optional<std::string_view> find_package(const Index& index, const PackageIdentity& package) {
  thread_local std::string key;
  key.clear();
  append_key(key, package.ecosystem, package.name);
  return index.find(Section::package_slots, Section::packages, content_hash(key),
                    [&](std::string_view payload) { return Decoder(payload).text() == key; });
}

template <typename Visit>
void for_each_entry(std::string_view payload, const Visit& visit) {
  Decoder in(payload);
  (void)in.text();
  for (std::size_t i = in.count(); i > 0; --i) {
    Entry entry;
    entry.record = static_cast<BlockReference>(in.number());
    entry.weakness = static_cast<BlockReference>(in.number());
    entry.piece = in.text();
    visit(entry);
  }
}

void append_severities(const std::vector<SeverityRow>& rows, std::string_view advisory, std::vector<Severity>& severities) {
  for (const SeverityRow& row : rows) {
    const bool is_known = std::any_of(severities.begin(), severities.end(),
                                      [&](const Severity& each) { return each.text == row.score && each.advisory == advisory; });
    if (is_known) continue;
    Severity severity{advisory, row.type, row.score, {}, 0};
    if (row.type.starts_with("CVSS")) {
      if (const cvss::Scoring scoring = cvss::score(row.score); scoring.scores) {
        severity.version = scoring.scores->version;
        severity.score = scoring.scores->overall;
      }
    }
    severities.push_back(severity);
  }
}

template <typename T>
void append_new(const std::vector<T>& more, std::vector<T>& list) {
  for (const T& each : more) {
    if (std::find(list.begin(), list.end(), each) == list.end()) list.push_back(each);
  }
}

/// Takes what an advisory says as a whole into a match.
void take_head(const Advisory& advisory, Match& match) {
  append_new(advisory.upstream, match.upstream);
  append_severities(advisory.severities, advisory.id, match.severities);
  if (match.severity_word.empty()) match.severity_word = advisory.severity_word;
  if (match.summary.empty()) match.summary = advisory.summary;
  if (advisory.published != k_never && (match.published == k_never || advisory.published < match.published))
    match.published = advisory.published;
  if (advisory.modified > 0) match.modified = std::max(match.modified, advisory.modified);
}

/// What one piece adds to the match of its weakness.
void take_evaluation(const AffectedPackage& affected, const Evaluation& evaluation, std::string_view advisory,
                     std::optional<package::Scheme> scheme, std::string_view version, Match& match) {
  auto at = std::find_if(match.advisories.begin(), match.advisories.end(), [&](const auto& each) { return each.id == advisory; });
  if (at == match.advisories.end()) {
    match.advisories.push_back({advisory, evaluation.affected, evaluation.reason, {}, affected.ecosystem});
    at = match.advisories.end() - 1;
  } else if (evaluation.affected == Affected::yes || (evaluation.affected == Affected::unknown && at->affected == Affected::no)) {
    at->affected = evaluation.affected;
    at->reason = evaluation.reason;
    at->ecosystem = affected.ecosystem;
  }
  if (evaluation.affected != Affected::no) {
    append_fixed(affected, scheme, version, at->fixed);
    append_severities(affected.severities, advisory, match.severities);
    if (match.severity_word.empty()) match.severity_word = affected.severity_word;
    for (const AffectedSymbols& symbols : affected.symbols) {
      const bool is_known = std::any_of(match.symbols.begin(), match.symbols.end(), [&](const AffectedSymbols& each) {
        return each.path == symbols.path && each.names == symbols.names;
      });
      if (!is_known) match.symbols.push_back(symbols);
    }
  }
}

/// The verdict over all advisories: yes where one says yes, unknown where one does not know, else no.
void settle(std::optional<package::Scheme> scheme, Match& match) {
  std::sort(match.advisories.begin(), match.advisories.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  const auto rank = [](Affected affected) { return affected == Affected::yes ? 2 : affected == Affected::unknown ? 1 : 0; };
  const auto worst = std::max_element(match.advisories.begin(), match.advisories.end(),
                                      [&](const auto& a, const auto& b) { return rank(a.affected) < rank(b.affected); });
  match.affected = worst->affected;
  match.reason = worst->reason;
  for (AdvisoryMatch& each : match.advisories) {
    sort_versions(scheme, each.fixed);
    if (each.affected == match.affected) match.fixed.insert(match.fixed.end(), each.fixed.begin(), each.fixed.end());
  }
  sort_versions(scheme, match.fixed);
}

}  // namespace

Database Database::open(const std::string& folder) {
  const std::string path = folder + "/" + k_index_name;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored))
    throw SourceError("there is no threat database in " + folder, "`postern threatdb import` or `update` makes one");
  return Database(std::make_unique<Index>(path));
}

Database::Database(std::unique_ptr<Index> index) : m_state(std::make_unique<State>()) {
  m_state->index = std::move(index);
  guarded(*m_state->index, [&] { m_state->info = decode_info(m_state->index->block(Section::information, 0)); });
}

Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

const IndexInfo& Database::info() const noexcept { return m_state->info; }
std::string_view Database::digest() const noexcept { return m_state->index->digest(); }
const Index& Database::index() const noexcept { return *m_state->index; }

namespace {

/// One row of a package's block, and what it means for the version.
struct Judged {
  Entry entry;
  Evaluation evaluation;
};

/// All rows about a release, those of one weakness together.
void judge(std::string_view block, std::string_view release, std::optional<package::Scheme> scheme, std::string_view version,
           std::vector<Judged>& judged) {
  thread_local AffectedPackage affected;
  judged.clear();
  for_each_entry(block, [&](const Entry& entry) {
    const PackageName name = decode_package_name(entry.piece);
    if (!is_same_release(split_ecosystem(name.ecosystem).release, release)) return;
    decode_affected(entry.piece, affected);
    judged.push_back({entry, evaluate(affected, scheme, version)});
  });
  if (judged.size() < 2) return;
  std::stable_sort(judged.begin(), judged.end(), [](const Judged& a, const Judged& b) {
    return std::pair(a.entry.weakness, a.entry.record) < std::pair(b.entry.weakness, b.entry.record);
  });
}

/// What all rows about one weakness say.
Match match_of(const Index& index, std::span<const Judged> rows, std::optional<package::Scheme> scheme, std::string_view version) {
  thread_local AffectedPackage affected;
  thread_local Head head;
  Match match;
  for (const Judged& row : rows) {
    decode_affected(row.entry.piece, affected);
    decode_head(index.block(Section::records, row.entry.record), head);
    take_evaluation(affected, row.evaluation, head.advisory.id, scheme, version, match);
    take_head(head.advisory, match);
  }
  settle(scheme, match);
  return match;
}

void take_names(const Index& index, BlockReference weakness, Match& match) {
  Decoder in(index.block(Section::weaknesses, weakness));
  in.texts(match.ids);
  if (match.ids.empty()) throw Damage{"a weakness has no name"};
  match.canonical_id = match.ids.front();
}

void take_use(const Database& database, Match& match) {
  const auto take = [&](std::string_view id) {
    if (!id.starts_with("CVE-")) return;
    if (!match.exploited) match.exploited = database.exploited(id);
    const auto probability = database.probability(id);
    if (probability && (!match.probability || probability->probability > match.probability->probability))
      match.probability = probability;
  };
  for (const std::string_view id : match.ids) take(id);
  for (const std::string_view id : match.upstream) take(id);
}

}  // namespace

bool Database::knows(const PackageIdentity& package) const {
  return guarded(index(), [&] { return find_package(index(), package).has_value(); });
}

std::vector<Match> Database::find(const PackageIdentity& package, std::string_view version, Wanted wanted) const {
  return guarded(index(), [&] {
    std::vector<Match> matches;
    const auto block = find_package(index(), package);
    if (!block) return matches;
    const auto scheme = package::scheme_of(package.ecosystem);
    thread_local std::vector<Judged> judged;
    judge(*block, package.release, scheme, version, judged);
    for (std::size_t start = 0; start < judged.size();) {
      std::size_t end = start;
      bool is_wanted = wanted == Wanted::all;
      for (; end < judged.size() && judged[end].entry.weakness == judged[start].entry.weakness; ++end)
        is_wanted = is_wanted || judged[end].evaluation.affected != Affected::no;
      if (is_wanted) {
        Match match = match_of(index(), std::span(judged).subspan(start, end - start), scheme, version);
        take_names(index(), judged[start].entry.weakness, match);
        take_use(*this, match);
        matches.push_back(std::move(match));
      }
      start = end;
    }
    std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) { return a.canonical_id < b.canonical_id; });
    return matches;
  });
}

std::optional<WeaknessRecord> Database::find_weakness(std::string_view id) const {
  return guarded(index(), [&]() -> std::optional<WeaknessRecord> {
    const auto payload =
        index().find(Section::identifier_slots, Section::weaknesses, content_hash(base::to_lower(id)), [&](std::string_view each) {
          Decoder names(each);
          bool is_named = false;
          for (std::size_t i = names.count(); i > 0; --i) is_named = base::equals_ignoring_case(names.text(), id) || is_named;
          return is_named;
        });
    if (!payload) return {};
    WeaknessRecord found;
    Decoder in(*payload);
    in.texts(found.weakness.ids);
    if (found.weakness.ids.empty()) throw Damage{"a weakness has no name"};
    found.weakness.canonical_id = found.weakness.ids.front();
    bool all_withdrawn = true;
    for (std::size_t i = in.count(); i > 0; --i) {
      const auto reference = static_cast<BlockReference>(in.number());
      Head head;
      decode_head(index().block(Section::records, reference), head);
      AdvisoryRecord& record = found.advisories.emplace_back();
      record.advisory = head.advisory;
      take_head(record.advisory, found.weakness);
      all_withdrawn = all_withdrawn && head.advisory.withdrawn != k_never;
      if (head.advisory.withdrawn != k_never) found.weakness.withdrawn = head.advisory.withdrawn;
      std::vector<std::pair<std::string_view, std::string_view>> seen;
      for (const auto& [ecosystem, name] : head.packages) {
        const EcosystemParts parts = split_ecosystem(ecosystem);
        // One block has what is said about all releases and under all spellings.
        const auto block = find_package(index(), {std::string(parts.family), {}, std::string(name)});
        const auto key = std::pair(parts.family, name);
        if (!block || std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
        seen.push_back(key);
        for_each_entry(*block, [&](const Entry& entry) {
          const PackageName piece = decode_package_name(entry.piece);
          if (entry.record != reference || piece.name != name) return;
          decode_affected(entry.piece, record.advisory.affected.emplace_back());
        });
      }
    }
    if (!all_withdrawn) found.weakness.withdrawn = k_never;
    take_use(*this, found.weakness);
    return found;
  });
}

std::optional<KnownExploited> Database::exploited(std::string_view cve) const {
  return guarded(index(), [&]() -> std::optional<KnownExploited> {
    const auto row =
        index().find(Section::exploited_slots, Section::exploited, content_hash(base::to_lower(cve)),
                     [&](std::string_view payload) { return base::equals_ignoring_case(decode_exploited(payload).id, cve); });
    if (!row) return {};
    return decode_exploited(*row);
  });
}

std::optional<ExploitProbability> Database::probability(std::string_view cve) const {
  const ProbabilityRow* const row = index().find_probability(cve_key(cve));
  if (row == nullptr) return {};
  ExploitProbability found{std::string(cve), row->probability, {}};
  if (row->percentile >= 0) found.percentile = row->percentile;
  return found;
}

}  // namespace postern::threatdb
