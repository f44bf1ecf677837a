// SPDX-License-Identifier: Apache-2.0
// Classifies fields and stores by their names with knowledge/data-classes.tsv, data-contexts.tsv and data-stores.tsv.
#include "connection/data_class.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <span>
#include <vector>

#include "connection/knowledge_table.h"
#include "connection/name_tokens.h"

namespace postern::connection {
namespace {

using Tokens = std::vector<std::string>;

/// Heads and beginnings that make a field tell something about a datum instead of holding it (email_verified, is_active,
/// name_length).
constexpr std::array<std::string_view, 97> k_meta_heads{
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
    "priority",   "scope",      "private",   "public",    "algo",        "check",      "invalid"};
/// The same for points in time; behaviour and health data are often exactly that.
constexpr std::array<std::string_view, 5> k_time_heads{"at", "date", "time", "on", "datetime"};
constexpr std::array<std::string_view, 35> k_meta_beginnings{
    "is",     "has",     "allow",   "enable",   "use",     "require", "show",   "hide",    "can",   "should", "max",      "min",
    "num",    "send",    "no",      "force",    "default", "verify",  "notify", "enforce", "sync",  "must",   "need",     "skip",
    "ignore", "include", "exclude", "validate", "change",  "update",  "delete", "disable", "never", "keep",   "truncated"};

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Words that names shorten, in the form in which patterns are compared.
using Abbreviations = std::map<std::string_view, std::string_view, std::less<>>;
const Abbreviations& abbreviations(std::string_view where) {
  static const auto read = [](std::string_view wanted) {
    Abbreviations words;
    for (const TableRow& cells : read_knowledge("name-abbreviations.tsv", 3)) {
      if (cells[1] != wanted) continue;
      for (const std::string_view word : words_of(cells[2])) words.emplace(word, cells[0]);
    }
    return words;
  };
  static const Abbreviations k_anywhere = read("anywhere");
  static const Abbreviations k_later = read("later");
  return where == "anywhere" ? k_anywhere : k_later;
}

/// Patterns and names are compared in full words: `cust_acct_no` is customer, account, number. Some words are short forms only
/// behind another one (`no` in `no_show` is none).
Tokens full_words(Tokens tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Abbreviations& anywhere = abbreviations("anywhere");
    const Abbreviations& later = abbreviations("later");
    if (const auto word = anywhere.find(tokens[i]); word != anywhere.end()) {
      tokens[i] = word->second;
    } else if (const auto behind = later.find(tokens[i]); i > 0 && behind != later.end()) {
      tokens[i] = behind->second;
    }
  }
  return tokens;
}

Tokens words_of_name(std::string_view name) { return full_words(name_tokens(name, Plural::singular)); }

Tokens run_of(std::string_view pattern) {
  Tokens run;
  for (const std::string_view word : base::split(pattern, '+')) {
    for (std::string& token : name_tokens(word, Plural::singular)) run.push_back(std::move(token));
  }
  return full_words(std::move(run));
}

std::vector<Tokens> runs_of(std::string_view cell) {
  std::vector<Tokens> runs;
  for (const std::string_view word : words_of(cell)) runs.push_back(run_of(word));
  return runs;
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
                      runs_of(cells[4]),
                      runs_of(cells[5]),
                      words_of(cells[6]),
                      words_of(cells[7])});
    }
    return read;
  }();
  return rows;
}

using Groups = std::vector<std::string_view>;

/// The groups of data-contexts.tsv that a table's or object's name belongs to.
Groups groups_of(std::span<const std::string> context) {
  static const std::vector<std::pair<std::string_view, std::vector<Tokens>>> table = [] {
    std::vector<std::pair<std::string_view, std::vector<Tokens>>> read;
    for (const TableRow& cells : read_knowledge("data-contexts.tsv", 2)) read.emplace_back(cells[0], runs_of(cells[1]));
    return read;
  }();
  Groups groups;
  for (const auto& [group, runs] : table) {
    if (matches_any(context, runs)) groups.push_back(group);
  }
  return groups;
}

bool any_in(const Groups& wanted, const Groups& groups) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](std::string_view group) { return std::find(groups.begin(), groups.end(), group) != groups.end(); });
}

/// Where a pattern fits the name; `start == npos` when it does not.
struct Fit {
  std::size_t start = std::string_view::npos;
  std::size_t length = 0;
};

Fit best_fit(std::span<const std::string> tokens, const std::vector<Tokens>& patterns) {
  Fit best;
  for (const Tokens& pattern : patterns) {
    // The last occurrence: the head of an English compound stands at its end.
    for (std::size_t at = find_run(tokens, pattern); at != std::string_view::npos; at = find_run(tokens, pattern, at + 1)) {
      if (pattern.size() > best.length || (pattern.size() == best.length && at > best.start)) best = {at, pattern.size()};
    }
  }
  return best;
}

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

struct Candidate {
  const ClassRow* row = nullptr;
  Fit fit;
};

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
  const Groups groups = groups_of(words_of_name(context));
  Candidate best;
  for (const ClassRow& row : class_rows()) {
    const Candidate candidate{&row, best_fit(tokens, row.patterns)};
    if (candidate.fit.length == 0) continue;
    if (!row.needs.empty() && !any_in(row.needs, groups)) continue;
    if (any_in(row.excludes, groups) || matches_any(tokens, row.vetoes)) continue;
    if (only_tells_about(tokens, candidate.fit, row.result.data_class)) continue;
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
      read.push_back({{cells[0], cells[1], number_of(cells[2]), cells[3] == "y", confidence}, runs_of(cells[4])});
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
