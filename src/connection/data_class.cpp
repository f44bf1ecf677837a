// SPDX-License-Identifier: Apache-2.0
// Classifies fields and stores by their names with knowledge/data-classes.tsv, data-contexts.tsv and data-stores.tsv.
#include "connection/data_class.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "connection/field_context.h"
#include "connection/field_words.h"
#include "connection/knowledge_table.h"
#include "connection/name_tokens.h"
#include "connection/run_index.h"

namespace postern::connection {
namespace {

using Tokens = std::vector<std::string>;

/// Heads and beginnings that make a field tell something about a datum instead of holding it (email_verified, is_active,
/// name_length).
constexpr std::array<std::string_view, 98> k_meta_heads{
    "id",         "type",       "status",    "count",     "format",      "length",     "enabled",    "verified", "confirmed",
    "required",   "flag",       "mode",      "policy",    "template",    "label",      "version",    "expires",  "expiry",
    "ttl",        "reset",      "request",   "sent",      "provider",    "column",     "field",      "index",    "sort",
    "size",       "limit",      "estimated", "validated", "valid",       "skipped",    "dirty",      "uuid",     "class",
    "visible",    "visibility", "by",        "attempt",   "changed",     "updated",    "created",    "expired",  "setting",
    "validation", "allowed",    "disabled",  "option",    "placeholder", "frequency",  "preference", "domain",   "pattern",
    "regex",      "set",        "group",     "hidden",    "sequence",    "order",      "optional",   "opt",      "url",
    "uri",        "theme",      "lifespan",  "lifetime",  "digit",       "constraint", "flg",        "expire",   "strategy",
    "handler",    "interval",   "timeout",   "threshold", "algorithm",   "rule",       "schema",     "charset",  "encoding",
    "layout",     "locked",     "blocked",   "quota",     "style",       "color",      "colour",     "icon",     "separator",
    "priority",   "scope",      "private",   "public",    "algo",        "check",      "invalid",    "enum"};
/// The same for points in time; behaviour and health data are often exactly that.
constexpr std::array<std::string_view, 5> k_time_heads{"at", "date", "time", "on", "datetime"};
constexpr std::array<std::string_view, 37> k_meta_beginnings{
    "is",     "has",     "allow", "enable", "use",       "require", "show",    "hide",     "can",    "should",
    "max",    "min",     "num",   "send",   "no",        "force",   "default", "verify",   "notify", "enforce",
    "sync",   "must",    "need",  "skip",   "ignore",    "include", "exclude", "validate", "change", "update",
    "delete", "disable", "never", "keep",   "truncated", "do",      "verified"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

int number_of(std::string_view text) {
  int number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  POSTERN_ASSERT(result.ec == std::errc{});
  return number;
}

bool matches_any(std::span<const std::string> tokens, const std::vector<Tokens>& runs) {
  return std::any_of(runs.begin(), runs.end(), [&](const Tokens& run) { return find_run(tokens, run) != std::string_view::npos; });
}

struct ClassRow {
  FieldClass result;
  std::vector<Tokens> patterns;
  std::vector<Tokens> vetoes;
  std::vector<std::string_view> needs;
  std::vector<std::string_view> excludes;
};

const std::vector<ClassRow>& class_rows() {
  static const std::vector<ClassRow> rows = [] {
    std::vector<ClassRow> read;
    for (const TableRow& cells : read_knowledge("data-classes.tsv", 8)) {
      read.push_back({{cells[0], cells[1], number_of(cells[2]), cells[3] == "y", 0},
                      patterns_of(cells[4]),
                      patterns_of(cells[5]),
                      words_of(cells[6]),
                      words_of(cells[7])});
    }
    return read;
  }();
  return rows;
}

/// Where a pattern fits the name; `start == npos` when it does not.
struct Fit {
  std::size_t start = std::string_view::npos;
  std::size_t length = 0;
};

bool is_number(std::string_view token) {
  return std::all_of(token.begin(), token.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The tokens that are neither counted copies ("address_2") nor a storage form ("token_digest", "ssn_encrypted").
std::size_t end_of_head(std::span<const std::string> tokens) {
  std::size_t end = tokens.size();
  while (end > 1 && is_number(tokens[end - 1])) --end;
  return end;
}

bool only_tells_about(std::span<const std::string> tokens, const Fit& fit, std::string_view data_class) {
  const std::size_t end = end_of_head(tokens);
  const bool covers_head = fit.start + fit.length >= end;
  const bool about_time = data_class == "BEHAVIOUR" || data_class == "PHI";
  if (!covers_head && contains(k_meta_heads, tokens[end - 1])) return true;
  if (!covers_head && !about_time && contains(k_time_heads, tokens[end - 1])) return true;
  // otp_required_for_login says something about logging in
  const auto purpose = std::find(tokens.begin(), tokens.end(), "for");
  if (purpose != tokens.end() && purpose != tokens.begin() && fit.start > static_cast<std::size_t>(purpose - tokens.begin()))
    return true;
  return fit.start != 0 && contains(k_meta_beginnings, tokens[0]) && tokens[0] != "default";
}

/// `hospital_name` in a table of patients: the name of what stands before it, which is nobody that is known.
bool names_something_else(std::span<const std::string> tokens, const Fit& fit, const Groups& own, const ClassRow& row) {
  constexpr std::size_t k_shortest_noun = 4;  // shorter ones are short forms and prefixes of tables
  if (row.needs.empty() || row.result.subtype != "person_name" || tokens[fit.start] != "name" || fit.start == 0) return false;
  return tokens[fit.start - 1].size() >= k_shortest_noun && !any_in({"person"}, own);
}

struct Candidate {
  const ClassRow* row = nullptr;
  Fit fit;
};

/// All words that the tables know: none of them is taken apart.
bool is_known_word(std::string_view word) {
  static const std::unordered_set<std::string> words = [] {
    std::unordered_set<std::string> read;
    const auto add = [&](std::string_view cell) {
      for (const std::string_view pattern : words_of(cell)) {
        for (const std::string_view part : base::split(pattern, '+')) {
          read.insert(std::string(part));
          for (const std::string& token : name_tokens(part, Plural::singular)) read.insert(token);
        }
      }
    };
    for (const TableRow& cells : read_knowledge("data-classes.tsv", 8)) {
      add(cells[4]);
      add(cells[5]);
    }
    for (const TableRow& cells : read_knowledge("data-contexts.tsv", 2)) add(cells[1]);
    for (const TableRow& cells : read_knowledge("name-abbreviations.tsv", 3)) add(cells[2]);
    return read;
  }();
  return words.contains(std::string(word));
}

Tokens words_of_name(std::string_view name) { return field_words(name, is_known_word); }

/// The rows with a pattern in the name, in their order, each with its longest; of equally long ones the last: the head of an
/// English compound stands at its end.
std::vector<Candidate> candidates_for(std::span<const std::string> tokens) {
  static const RunIndex index = [] {
    RunIndex built;
    for (std::size_t row = 0; row < class_rows().size(); ++row) {
      for (const Tokens& pattern : class_rows()[row].patterns) built.add(pattern, row);
    }
    return built;
  }();
  std::vector<Candidate> found;
  index.find_all(tokens, [&](std::size_t row, std::size_t start, std::size_t length) {
    const ClassRow* wanted = &class_rows()[row];
    auto known = std::find_if(found.begin(), found.end(), [&](const Candidate& candidate) { return candidate.row == wanted; });
    if (known == found.end()) known = found.insert(found.end(), {wanted, {}});
    const bool longer = length > known->fit.length || (length == known->fit.length && start > known->fit.start);
    if (longer) known->fit = {start, length};
  });
  std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) { return a.row < b.row; });
  return found;
}

bool better(const Candidate& a, const Candidate& b) {
  const auto rank = [](const Candidate& c) { return std::pair(c.fit.length, c.fit.start + c.fit.length); };
  if (rank(a) != rank(b)) return rank(a) > rank(b);
  // A meaning that the context asks for beats a general one; then the more sensitive one.
  if (a.row->needs.empty() != b.row->needs.empty()) return !a.row->needs.empty();
  return a.row->result.sensitivity > b.row->result.sensitivity;
}

double confidence_of(const Candidate& candidate, std::span<const std::string> tokens) {
  double confidence = candidate.fit.length >= 2 || tokens.size() == 1 ? 0.9 : 0.8;
  if (candidate.fit.start + candidate.fit.length < end_of_head(tokens)) confidence -= 0.2;
  if (!candidate.row->needs.empty()) confidence -= 0.25;
  if (candidate.row->result.sensitivity < 30) confidence -= 0.15;
  return std::max(confidence, 0.2);
}

}  // namespace

FieldClass classify_field(std::string_view name, std::string_view context) {
  const Tokens tokens = words_of_name(name);
  FieldClass none;
  if (tokens.empty()) return none;
  const Groups about = groups_of(words_of_name(context));
  Candidate best;
  for (const Candidate& candidate : candidates_for(tokens)) {
    const ClassRow& row = *candidate.row;
    const Groups groups = groups_before(tokens, candidate.fit.start, about);
    if (!row.needs.empty() && !any_in(row.needs, groups)) continue;
    if (any_in(row.excludes, groups) || matches_any(tokens, row.vetoes)) continue;
    if (only_tells_about(tokens, candidate.fit, row.result.data_class)) continue;
    if (names_something_else(tokens, candidate.fit, groups_before(tokens, candidate.fit.start, {}), row)) continue;
    if (best.row == nullptr || better(candidate, best)) best = candidate;
  }
  if (best.row == nullptr) {
    none.confidence = context.empty() ? 0.5 : 0.7;
    return none;
  }
  FieldClass result = best.row->result;
  result.confidence = confidence_of(best, tokens);
  return result;
}

FieldClass classify_store_name(std::string_view name) {
  struct StoreRow {
    FieldClass result;
    std::vector<Tokens> runs;
  };
  static const std::vector<StoreRow> rows = [] {
    std::vector<StoreRow> read;
    for (const TableRow& cells : read_knowledge("data-stores.tsv", 6)) {
      const double confidence = number_of(cells[5]) / 100.0;
      read.push_back({{cells[0], cells[1], number_of(cells[2]), cells[3] == "y", confidence}, patterns_of(cells[4])});
    }
    return read;
  }();
  const Tokens tokens = words_of_name(name);
  FieldClass best;
  best.confidence = 0.3;
  for (const StoreRow& row : rows) {
    if (matches_any(tokens, row.runs) && (!best || row.result.sensitivity > best.sensitivity)) best = row.result;
  }
  return best;
}

}  // namespace postern::connection
