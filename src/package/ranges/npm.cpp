// SPDX-License-Identifier: Apache-2.0
// Ranges of npm (node-semver's README and grammar) and of those that took them over: Cargo, Pub, Hex, Go, Conan.
#include <postern/base/text.h>

#include "package/ranges/notations.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

/// `1`, `1.2`, `1.x`, `1.2.3-rc.1+build`; numbers that are left out or `x` are empty.
struct Partial {
  std::string_view major;
  std::string_view minor;
  std::string_view patch;
  std::string_view prerelease;
  std::string_view more;  ///< numbers after the third one, with their dot; only outside of npm
};

/// How the tools that share the notation differ.
struct Dialect {
  Scheme scheme = Scheme::npm;
  RangeOptions options;

  /// What an end that excludes the next version says, so that it excludes its prereleases too.
  [[nodiscard]] std::string_view lowest() const { return scheme == Scheme::conan ? "-" : "-0"; }
  /// What a beginning says where prereleases belong to the range.
  [[nodiscard]] std::string_view floor() const {
    return scheme == Scheme::npm && options.prereleases == Prereleases::included ? "-0" : "";
  }
};

bool is_wildcard(std::string_view text) { return text == "x" || text == "X" || text == "*"; }

/// Cuts a number or a wildcard off; nothing where neither is there.
std::optional<std::string_view> take_number(std::string_view& rest) {
  if (!rest.empty() && is_wildcard(rest.substr(0, 1))) {
    rest.remove_prefix(1);
    return std::string_view();
  }
  const std::string_view digits = take_digits(rest);
  return digits.empty() ? std::nullopt : std::optional(digits);
}

bool is_identifiers(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '.'; });
}

std::optional<Partial> parse_partial(std::string_view text, Strictness strictness) {
  take_while(text, [](char c) { return is_blank(c) || c == 'v' || c == 'V' || c == '='; });
  Partial partial;
  if (text.empty()) return partial;
  for (std::string_view* const part : {&partial.major, &partial.minor, &partial.patch}) {
    if (part != &partial.major && !take(text, '.')) break;
    const auto number = take_number(text);
    if (!number) return std::nullopt;
    *part = *number;
  }
  const std::string_view extra = text;
  while (text.size() > 1 && text[0] == '.' && is_digit(text[1])) {
    text.remove_prefix(1);
    take_digits(text);
  }
  partial.more = extra.substr(0, extra.size() - text.size());
  text = text.substr(0, text.find('+'));
  if (text.empty()) return partial;
  if (!take(text, '-') && (strictness == Strictness::strict || !is_letter(text.front()))) return std::nullopt;
  if (!is_identifiers(text)) return std::nullopt;
  partial.prerelease = text;
  return partial;
}

std::string joined(std::string_view major, std::string_view minor, std::string_view patch, std::string_view suffix = {}) {
  std::string text;
  for (const std::string_view part : {major, minor, patch}) {
    if (!text.empty()) text += '.';
    text += part.empty() ? "0" : part;
  }
  return text += suffix;
}

bool is_zero(std::string_view digits) { return without_leading_zeros(digits).empty(); }

/// Everything of the version that was written.
std::string whole(const Partial& partial, std::string_view floor = {}) {
  std::string text = joined(partial.major, partial.minor, partial.patch, partial.more);
  if (partial.prerelease.empty()) return text += floor;
  return text + "-" + std::string(partial.prerelease);
}

std::string next_major(const Partial& partial, const Dialect& dialect) {
  return joined(incremented(partial.major), "0", "0", dialect.lowest());
}

std::string next_minor(const Partial& partial, const Dialect& dialect) {
  return joined(partial.major, incremented(partial.minor), "0", dialect.lowest());
}

std::string next_patch(const Partial& partial, const Dialect& dialect) {
  return joined(partial.major, partial.minor, incremented(partial.patch), dialect.lowest());
}

void add(Constraints& out, Comparator comparator, std::string version = {}) { out.push_back({comparator, std::move(version)}); }

/// `^1.2.3`: up to the next change of the leftmost number that is not zero.
void add_caret(const Partial& partial, const Dialect& dialect, Constraints& out) {
  if (partial.major.empty()) return add(out, Comparator::any);
  const bool patch_only = is_zero(partial.major) && !partial.minor.empty() && is_zero(partial.minor) && !partial.patch.empty();
  const bool minor_only = is_zero(partial.major) && !partial.minor.empty();
  add(out, Comparator::greater_or_equal, whole(partial, partial.patch.empty() ? dialect.floor() : std::string_view()));
  add(out, Comparator::less,
      patch_only ? next_patch(partial, dialect) : (minor_only ? next_minor(partial, dialect) : next_major(partial, dialect)));
}

/// `~1.2.3`: changes of the last number; `~1`: changes of all but the first.
void add_tilde(const Partial& partial, const Dialect& dialect, Constraints& out) {
  if (partial.major.empty()) return add(out, Comparator::any);
  add(out, Comparator::greater_or_equal, whole(partial, partial.patch.empty() ? dialect.floor() : std::string_view()));
  add(out, Comparator::less, partial.minor.empty() ? next_major(partial, dialect) : next_minor(partial, dialect));
}

/// An operator before a version that leaves numbers open: `>1.2` begins behind all of 1.2.
void add_open(Comparator comparator, const Partial& partial, const Dialect& dialect, Constraints& out) {
  const std::string next = partial.minor.empty() ? next_major(partial, dialect) : next_minor(partial, dialect);
  const std::string first = joined(partial.major, partial.minor, "0");
  switch (comparator) {
    case Comparator::greater: {
      const std::string after = partial.minor.empty() ? joined(incremented(partial.major), "0", "0")
                                                      : joined(partial.major, incremented(partial.minor), "0");
      return add(out, Comparator::greater_or_equal, after + std::string(dialect.floor()));
    }
    case Comparator::less_or_equal:
      return add(out, Comparator::less, next);
    case Comparator::less:
      return add(out, Comparator::less, first + std::string(dialect.lowest()));
    case Comparator::greater_or_equal:
      return add(out, Comparator::greater_or_equal, first + std::string(dialect.floor()));
    default:
      add(out, Comparator::greater_or_equal, first + std::string(dialect.floor()));
      return add(out, Comparator::less, next);
  }
}

/// Outside of npm `<= 1.9` of an advisory means the version 1.9, not everything that begins with it.
bool leaves_open(const Partial& partial, const Dialect& dialect, std::string_view op, std::string_view text) {
  if (!partial.patch.empty()) return false;
  const bool wildcard = text.find_first_of("xX*") != std::string_view::npos;
  const bool cargo = dialect.options.bare == Bare::compatible && !op.empty();
  return wildcard || cargo || dialect.scheme == Scheme::npm;
}

void add_comparison(std::string_view op, Comparator comparator, std::string_view text, const Partial& partial,
                    const Dialect& dialect, Constraints& out) {
  if (partial.major.empty()) {
    // Nothing is before or behind all versions.
    const bool nothing = comparator == Comparator::less || comparator == Comparator::greater;
    return nothing ? add(out, Comparator::less, joined("0", "0", "0", "-0")) : add(out, Comparator::any);
  }
  if (leaves_open(partial, dialect, op, text)) return add_open(comparator, partial, dialect, out);
  if (op.empty() && dialect.options.bare == Bare::compatible) return add_caret(partial, dialect, out);
  const bool padded = dialect.scheme != Scheme::conan;
  std::string version = whole(partial);
  if (!padded) version = std::string(text.substr(0, text.ends_with('-') ? text.size() - 1 : text.size()));
  add(out, comparator, std::move(version));
}

/// False where the word is no constraint.
bool add_word(std::string_view word, const Dialect& dialect, Constraints& out) {
  const std::string_view text = word;
  std::string_view rest = word;
  const std::string_view op = take_operator(rest);
  const auto partial = parse_partial(rest, dialect.options.strictness);
  if (!partial && dialect.scheme == Scheme::conan && plain_comparator(op) && !rest.empty()) {
    add(out, *plain_comparator(op), std::string(rest));
    return true;
  }
  if (!partial || text.empty()) return false;
  if (!partial->more.empty() && dialect.scheme == Scheme::npm) return false;
  if (op == "^") {
    add_caret(*partial, dialect, out);
  } else if (op == "~" || op == "~>") {
    const bool hex = op == "~>" && dialect.scheme == Scheme::semver && partial->patch.empty();
    hex ? add_caret({partial->major, partial->minor, "0", partial->prerelease, {}}, dialect, out)
        : add_tilde(*partial, dialect, out);
  } else if (const auto comparator = plain_comparator(op)) {
    add_comparison(op, *comparator, rest, *partial, dialect, out);
  } else {
    return false;
  }
  return true;
}

/// `1.2.3 - 2.3`: both ends belong to the range, and all that begins with an open one.
bool add_hyphen(std::string_view from, std::string_view to, const Dialect& dialect, Constraints& out) {
  const auto first = parse_partial(from, dialect.options.strictness);
  const auto last = parse_partial(to, dialect.options.strictness);
  if (!first || !last) return false;
  if (!first->major.empty()) add(out, Comparator::greater_or_equal, whole(*first, dialect.floor()));
  if (last->major.empty()) return true;
  if (last->minor.empty()) {
    add(out, Comparator::less, next_major(*last, dialect));
  } else if (last->patch.empty()) {
    add(out, Comparator::less, next_minor(*last, dialect));
  } else if (last->prerelease.empty() && !dialect.floor().empty()) {
    add(out, Comparator::less, next_patch(*last, dialect));
  } else {
    add(out, Comparator::less_or_equal, whole(*last));
  }
  return true;
}

bool read_alternative(std::string_view alternative, const Dialect& dialect, Constraints& out) {
  const std::size_t hyphen = alternative.find(" - ");
  if (hyphen != std::string_view::npos) {
    const std::string_view from = base::trim(alternative.substr(0, hyphen));
    const std::string_view to = base::trim(alternative.substr(hyphen + 3));
    if (from.find_first_of(" \t") != std::string_view::npos || to.find_first_of(" \t") != std::string_view::npos) return false;
    return add_hyphen(from, to, dialect, out);
  }
  const std::vector<std::string> words = split_words(alternative);
  if (words.empty()) add(out, Comparator::any);
  return std::all_of(words.begin(), words.end(), [&](const std::string& word) { return add_word(word, dialect, out); });
}

}  // namespace

AlternativesReading read_npm(Scheme scheme, std::string_view text, const RangeOptions& options) {
  const Dialect dialect{scheme, options};
  text = base::trim(text);
  if (scheme == Scheme::conan && text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  AlternativesReading reading;
  for (const std::string_view alternative : split_alternatives(text, false)) {
    Constraints constraints;
    if (read_alternative(alternative, dialect, constraints)) {
      reading.alternatives.push_back(std::move(constraints));
    } else if (options.strictness == Strictness::strict) {
      return {{}, "not a range: '" + std::string(alternative.substr(0, 60)) + "'"};
    }
  }
  if (reading.alternatives.empty()) reading.refusal = "the range is empty";
  return reading;
}

}  // namespace postern::package
