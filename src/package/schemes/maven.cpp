// SPDX-License-Identifier: Apache-2.0
// Versions of Maven: the version order specification of the POM reference, and ComparableVersion of Maven 3 where that is silent.
#include <array>
#include <cstdint>
#include <vector>

#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

/// Known qualifiers in their order; what is not known comes after all of them, by its letters.
enum Rank : std::uint8_t { k_alpha, k_beta, k_milestone, k_rc, k_snapshot, k_release, k_sp, k_unknown };

enum class Kind : std::uint8_t { number, qualifier, padding_number };

struct Token {
  char prefix = 0;  ///< `.`, `-`, or nothing for the first one
  Kind kind = Kind::number;
  Rank rank = k_unknown;
  std::string_view text;  ///< digits without leading zeros (none for zero), or the letters of an unknown qualifier
};

struct QualifierRow {
  std::string_view name;
  Rank rank;
};

constexpr std::array k_qualifiers = {
    QualifierRow{"alpha", k_alpha}, QualifierRow{"beta", k_beta},     QualifierRow{"milestone", k_milestone},
    QualifierRow{"rc", k_rc},       QualifierRow{"cr", k_rc},         QualifierRow{"snapshot", k_snapshot},
    QualifierRow{"ga", k_release},  QualifierRow{"final", k_release}, QualifierRow{"release", k_release},
    QualifierRow{"sp", k_sp},
};

/// Short forms, which hold only where a digit follows directly.
constexpr std::array k_short_qualifiers = {QualifierRow{"a", k_alpha}, QualifierRow{"b", k_beta}, QualifierRow{"m", k_milestone}};

template <typename Rows>
Rank rank_in(const Rows& rows, std::string_view text) {
  for (const QualifierRow& row : rows) {
    if (row.name.size() == text.size() && compare_folded(row.name, text) == 0) return row.rank;
  }
  return k_unknown;
}

Token make_token(char prefix, std::string_view text, bool digit_follows) {
  if (text.empty() || is_digit(text.front())) return {prefix, Kind::number, k_unknown, without_leading_zeros(text)};
  Rank rank = rank_in(k_qualifiers, text);
  if (rank == k_unknown && digit_follows) rank = rank_in(k_short_qualifiers, text);
  return {prefix, Kind::qualifier, rank, rank == k_unknown ? text : std::string_view()};
}

/// Zero and the names of a release mean nothing where they stand last, or last before a hyphen.
bool is_null(const Token& token) { return token.kind == Kind::number ? token.text.empty() : token.rank == k_release; }

/// Leaves out the tokens that mean nothing, from the end and before each hyphen that stays.
void trim(std::vector<Token>& tokens) {
  std::vector<Token> kept;
  kept.reserve(tokens.size());
  bool trimming = true;
  for (std::size_t at = tokens.size(); at-- > 0;) {
    if (trimming && at > 0 && is_null(tokens[at])) continue;
    kept.push_back(tokens[at]);
    trimming = tokens[at].prefix == '-';
  }
  tokens.assign(kept.rbegin(), kept.rend());
}

std::vector<Token> parse(std::string_view text) {
  std::vector<Token> tokens;
  char prefix = 0;
  for (bool more = true; more;) {
    const std::size_t end = text.find_first_of(".-");
    std::string_view field = text.substr(0, end);
    do {
      const bool digits = !field.empty() && is_digit(field.front());
      const std::string_view run = take_while(field, [&](char c) { return is_digit(c) == digits; });
      tokens.push_back(make_token(prefix, run, !field.empty()));
      prefix = '-';
    } while (!field.empty());
    more = end != std::string_view::npos;
    if (more) {
      prefix = text[end];
      text.remove_prefix(end + 1);
    }
  }
  trim(tokens);
  return tokens;
}

/// What the shorter version is filled up with opposite to `token`.
Token padding_for(const Token& token) {
  const bool as_number = token.prefix == '.' && token.rank != k_sp;
  return {token.prefix, as_number ? Kind::padding_number : Kind::qualifier, as_number ? k_unknown : k_release, {}};
}

/// `.qualifier` < `-qualifier` < `-number` < `.number`
int prefix_weight(const Token& token) {
  const bool qualifier = token.kind == Kind::qualifier;
  return token.prefix == '.' ? (qualifier ? 0 : 3) : (qualifier ? 1 : 2);
}

std::strong_ordering compare_tokens(const Token& a, const Token& b) {
  if (a.prefix != b.prefix) return prefix_weight(a) <=> prefix_weight(b);
  const bool a_number = a.kind != Kind::qualifier;
  const bool b_number = b.kind != Kind::qualifier;
  if (a_number && b_number) return compare_numbers(a.text, b.text);
  if (a.kind == Kind::number) return std::strong_ordering::greater;
  if (b.kind == Kind::number) return std::strong_ordering::less;
  if (a.rank != b.rank) return a.rank <=> b.rank;
  // A padding stands before every unknown qualifier.
  if (a_number != b_number) return b_number <=> a_number;
  return compare_folded(a.text, b.text);
}

}  // namespace

Order compare_maven(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return std::nullopt;
  const std::vector<Token> left = parse(a);
  const std::vector<Token> right = parse(b);
  for (std::size_t at = 0; at < std::max(left.size(), right.size()); ++at) {
    const Token one = at < left.size() ? left[at] : padding_for(right[at]);
    const Token other = at < right.size() ? right[at] : padding_for(left[at]);
    const std::strong_ordering order = compare_tokens(one, other);
    if (order != 0) return order;
  }
  return std::strong_ordering::equal;
}

}  // namespace postern::package
