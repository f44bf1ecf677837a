// SPDX-License-Identifier: Apache-2.0
// VERS, the version range specifier of package URLs: reading, containment, canonical form.
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "package/ranges/notations.h"
#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

constexpr std::string_view k_prefix = "vers:";

struct OperatorRow {
  Comparator comparator;
  std::string_view text;
};

/// Longer ones first where one begins with another.
constexpr std::array k_operators = {
    OperatorRow{Comparator::greater_or_equal, ">="}, OperatorRow{Comparator::less_or_equal, "<="},
    OperatorRow{Comparator::not_equal, "!="},        OperatorRow{Comparator::less, "<"},
    OperatorRow{Comparator::greater, ">"},           OperatorRow{Comparator::equal, ""},
};

std::string_view text_of(Comparator comparator) {
  for (const OperatorRow& row : k_operators) {
    if (row.comparator == comparator) return row.text;
  }
  return {};
}

/// Bytes that mean something else in VERS, or do not stand in a URI as they are.
bool must_be_escaped(char c) {
  return c <= ' ' || c >= '\x7f' || std::string_view("%|<>=!*,:/?#[]@\"'\\^`{}&;$").find(c) != std::string_view::npos;
}

int hexadecimal(char c) {
  if (is_digit(c)) return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  for (const char c : text) {
    if (!must_be_escaped(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += k_digits[byte >> 4U];
    out += k_digits[byte & 15U];
  }
}

/// Decodes once; nothing where an escape is broken, in lower case, or stands for a byte that needs none.
std::optional<std::string> unescaped(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      result += text[at];
      continue;
    }
    const int high = at + 2 < text.size() ? hexadecimal(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? hexadecimal(text[at + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    const char byte = static_cast<char>(high * 16 + low);
    if (is_digit(byte) || is_letter(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~') return std::nullopt;
    result += byte;
    at += 2;
  }
  return result;
}

/// Empty, or the sentence that says what is wrong.
std::string read_constraint(std::string_view piece, Constraints& out) {
  if (piece == "*") {
    out.push_back({Comparator::any, {}});
    return {};
  }
  const auto row =
      std::find_if(k_operators.begin(), k_operators.end(), [&](const OperatorRow& each) { return piece.starts_with(each.text); });
  const std::string_view text = piece.substr(row->text.size());
  if (text.empty()) return "a constraint has no version";
  if (text.find_first_of("<>=!*") != std::string_view::npos) return "not a constraint: '" + std::string(piece.substr(0, 60)) + "'";
  std::optional<std::string> version = unescaped(text);
  if (!version) return "percent-encoding in a version is not canonical";
  out.push_back({row->comparator, std::move(*version)});
  return {};
}

std::string read_constraints(std::string_view text, Constraints& out) {
  if (text.empty()) return "there are no constraints";
  if (text.front() == '|' || text.back() == '|') return "a pipe at the beginning or the end";
  for (bool more = true; more;) {
    const std::size_t bar = text.find('|');
    std::string wrong = read_constraint(text.substr(0, bar), out);
    if (!wrong.empty()) return wrong;
    more = bar != std::string_view::npos;
    if (more) text.remove_prefix(bar + 1);
  }
  const bool any = std::any_of(out.begin(), out.end(), [](const Constraint& each) { return each.comparator == Comparator::any; });
  return any && out.size() > 1 ? "'*' stands alone" : "";
}

/// By version; as they are where one is none under the scheme.
void sort_constraints(Scheme scheme, Constraints& constraints) {
  const auto readable = [&](const Constraint& each) {
    return each.comparator == Comparator::any || is_version(scheme, each.version);
  };
  if (!std::all_of(constraints.begin(), constraints.end(), readable)) return;
  std::stable_sort(constraints.begin(), constraints.end(), [&](const Constraint& a, const Constraint& b) {
    return compare_natively(scheme, a.version, b.version) == std::strong_ordering::less;
  });
}

bool is_upper(const Constraint& constraint) {
  return constraint.comparator == Comparator::less || constraint.comparator == Comparator::less_or_equal;
}

bool is_lower(const Constraint& constraint) {
  return constraint.comparator == Comparator::greater || constraint.comparator == Comparator::greater_or_equal;
}

struct SchemeNameRow {
  Scheme scheme;
  std::string_view name;
};

/// Names of VERS that differ from ours.
constexpr std::array k_names = {
    SchemeNameRow{Scheme::alpine, "apk"},
    SchemeNameRow{Scheme::debian, "deb"},
    SchemeNameRow{Scheme::packagist, "composer"},
    SchemeNameRow{Scheme::rubygems, "gem"},
};

std::string_view vers_name(Scheme scheme) {
  const auto at = std::find_if(k_names.begin(), k_names.end(), [&](const SchemeNameRow& row) { return row.scheme == scheme; });
  return at == k_names.end() ? to_string(scheme) : at->name;
}

/// Whether the next end above the version closes a span that is open there, by walking the ends in their order.
bool lies_between(Scheme scheme, const Constraints& ends, std::string_view version) {
  const auto position = [&](const Constraint& each) { return *compare_natively(scheme, version, each.version); };
  if (is_upper(ends.front()) && position(ends.front()) < 0) return true;
  if (is_lower(ends.back()) && position(ends.back()) > 0) return true;
  for (std::size_t at = 0; at + 1 < ends.size(); ++at) {
    if (is_lower(ends[at]) && is_upper(ends[at + 1]) && position(ends[at]) > 0 && position(ends[at + 1]) < 0) return true;
  }
  return false;
}

/// Schemes whose versions have three numbers in VERS: fewer are filled up with zeros, more become a build.
bool has_three_numbers(Scheme scheme) { return scheme == Scheme::npm || scheme == Scheme::golang || scheme == Scheme::packagist; }

std::string with_three_numbers(std::string_view version) {
  take_while(version, [](char c) { return c == 'v' || c == 'V' || c == '='; });
  std::string text;
  for (int at = 0; at < 3; ++at) {
    if (at > 0) text += '.';
    std::string_view ahead = version;
    const bool more = at == 0 || take(ahead, '.');
    const std::string_view digits = more ? take_digits(ahead) : std::string_view();
    const std::string_view number = without_leading_zeros(digits);
    text += number.empty() ? "0" : number;
    if (!digits.empty()) version = ahead;
  }
  if (version.size() > 1 && version.front() == '.') return text + "+" + std::string(version.substr(1));
  if (!version.empty() && is_letter(version.front())) text += '-';
  return text + std::string(version);
}

bool begins_with_number(std::string_view version) {
  take_while(version, [](char c) { return c == 'v' || c == 'V' || c == '='; });
  return !version.empty() && is_digit(version.front());
}

/// PEP 440 writes `1.0a` as `1.0a0`.
std::vector<Constraints> with_numbered_phases(std::vector<Constraints> alternatives) {
  for (Constraints& constraints : alternatives) {
    for (Constraint& each : constraints) {
      if (!each.version.empty() && is_letter(each.version.back()) && each.version.find('+') == std::string::npos)
        each.version += '0';
    }
  }
  return alternatives;
}

/// The constraints with versions as VERS writes them, where the range is made of plain operators; else as the notation was read.
std::vector<Constraints> as_written(const Range& range) {
  if (range.scheme == Scheme::pypi) return with_numbered_phases(range.alternatives);
  if (range.notation == Range::Notation::vers || !has_three_numbers(range.scheme)) return range.alternatives;
  AlternativesReading plain = read_plain(range.text);
  const auto wildcard = [](const Constraint& each) { return each.version.find_first_of("xX*") != std::string::npos; };
  const bool usable = plain.refusal.empty() && range.text.find(" - ") == std::string::npos &&
                      std::none_of(plain.alternatives.begin(), plain.alternatives.end(),
                                   [&](const Constraints& each) { return std::any_of(each.begin(), each.end(), wildcard); });
  std::vector<Constraints> alternatives = usable ? std::move(plain.alternatives) : range.alternatives;
  for (Constraints& constraints : alternatives) {
    for (Constraint& each : constraints) {
      // "-0" keeps the prereleases of an excluded end out; VERS leaves that to the scheme.
      if (each.comparator == Comparator::less && each.version.ends_with("-0")) each.version.resize(each.version.size() - 2);
      if (usable && begins_with_number(each.version)) each.version = with_three_numbers(each.version);
    }
  }
  return alternatives;
}

}  // namespace

RangeReading parse_vers(std::string_view text) {
  if (!text.starts_with(k_prefix)) return {std::nullopt, "not VERS: expected vers:SCHEME/CONSTRAINTS"};
  if (std::any_of(text.begin(), text.end(), is_blank)) return {std::nullopt, "blanks are not permitted"};
  const std::string_view rest = text.substr(k_prefix.size());
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return {std::nullopt, "not VERS: expected vers:SCHEME/CONSTRAINTS"};
  const std::string_view name = rest.substr(0, slash);
  const bool plain =
      std::all_of(name.begin(), name.end(), [](char c) { return is_lower_letter(c) || is_digit(c) || c == '.' || c == '-'; });
  if (name.empty() || !plain) return {std::nullopt, "the scheme must be in lower case: '" + std::string(name.substr(0, 60)) + "'"};
  const auto scheme = scheme_of(name);
  if (!scheme) return {std::nullopt, "not a known scheme: '" + std::string(name.substr(0, 60)) + "'"};
  Range range;
  range.notation = Range::Notation::vers;
  range.scheme = *scheme;
  range.alternatives.emplace_back();
  std::string wrong = read_constraints(rest.substr(slash + 1), range.alternatives.front());
  if (!wrong.empty()) return {std::nullopt, std::move(wrong)};
  sort_constraints(*scheme, range.alternatives.front());
  return {std::move(range), {}};
}

std::optional<bool> contains_vers(const Range& range, std::string_view version) {
  const auto unreadable = [&](const Constraint& each) {
    return each.comparator != Comparator::any && !is_version(range.scheme, each.version);
  };
  if (std::any_of(range.alternatives.front().begin(), range.alternatives.front().end(), unreadable)) return std::nullopt;
  Constraints ends;
  bool excludes = false;
  for (const Constraint& each : range.alternatives.front()) {
    if (each.comparator == Comparator::any) return true;
    const bool same = compare_natively(range.scheme, version, each.version) == std::strong_ordering::equal;
    if (each.comparator == Comparator::not_equal) {
      if (same) return false;
      excludes = true;
    } else if (same && (each.comparator == Comparator::equal || each.comparator == Comparator::less_or_equal ||
                        each.comparator == Comparator::greater_or_equal)) {
      return true;
    }
    if (is_upper(each) || is_lower(each)) ends.push_back(each);
  }
  if (!ends.empty()) return lies_between(range.scheme, ends, version);
  const bool lists = std::any_of(range.alternatives.front().begin(), range.alternatives.front().end(),
                                 [](const Constraint& each) { return each.comparator == Comparator::equal; });
  return excludes && !lists;
}

std::string to_vers(const Range& range) {
  const std::vector<Constraints> alternatives = as_written(range);
  const auto is_any = [](const Constraint& each) { return each.comparator == Comparator::any; };
  // An alternative that `any` makes up alone says everything; beside other constraints it says nothing.
  const bool all = std::any_of(alternatives.begin(), alternatives.end(),
                               [&](const Constraints& each) { return std::all_of(each.begin(), each.end(), is_any); });
  std::string text = std::string(k_prefix) + std::string(vers_name(range.scheme)) + '/';
  if (all) return text + '*';
  Constraints constraints;
  for (const Constraints& each : alternatives) {
    std::copy_if(each.begin(), each.end(), std::back_inserter(constraints), [&](const Constraint& one) { return !is_any(one); });
  }
  sort_constraints(range.scheme, constraints);
  for (std::size_t at = 0; at < constraints.size(); ++at) {
    if (at > 0) text += '|';
    text += text_of(constraints[at].comparator);
    append_escaped(text, constraints[at].version);
  }
  return text;
}

}  // namespace postern::package
