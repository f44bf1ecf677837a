// SPDX-License-Identifier: Apache-2.0
// Versions of Python packages: PEP 440; and those of before it, in the order that setuptools gave them.
#include "package/schemes/pypi.h"

#include <array>
#include <string>
#include <vector>

#include "package/schemes/schemes.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

struct WordRow {
  std::string_view word;
  PythonPhase phase;
};

/// Longer words first where one begins with another.
constexpr std::array k_phases = {
    WordRow{"alpha", PythonPhase::alpha},  WordRow{"a", PythonPhase::alpha},           WordRow{"beta", PythonPhase::beta},
    WordRow{"b", PythonPhase::beta},       WordRow{"preview", PythonPhase::candidate}, WordRow{"pre", PythonPhase::candidate},
    WordRow{"rc", PythonPhase::candidate}, WordRow{"c", PythonPhase::candidate},
};
constexpr std::array<std::string_view, 3> k_post_words = {"post", "rev", "r"};
constexpr std::array<std::string_view, 1> k_dev_words = {"dev"};

bool is_separator(char c) { return c == '.' || c == '-' || c == '_'; }

bool starts_with_folded(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && compare_folded(text.substr(0, word.size()), word) == 0;
}

/// Cuts off `[sep] word [sep digits | digits]` and says which word it was; the rest stays as it is where none is there.
template <typename Words, typename TextOf>
const typename Words::value_type* take_word(std::string_view& rest, const Words& words, std::string_view& number, TextOf text_of) {
  std::string_view ahead = rest;
  if (!ahead.empty() && is_separator(ahead.front())) ahead.remove_prefix(1);
  for (const auto& row : words) {
    if (!starts_with_folded(ahead, text_of(row))) continue;
    ahead.remove_prefix(text_of(row).size());
    if (ahead.size() > 1 && is_separator(ahead[0]) && is_digit(ahead[1])) ahead.remove_prefix(1);
    number = take_digits(ahead);
    rest = ahead;
    return &row;
  }
  return nullptr;
}

/// A separator may stand after a word although no number follows: `1.0a.` is no version, `1.0a.dev1` and `1.0a-` with more are read
/// by whoever comes next, which takes its own separator.
void take_post(std::string_view& rest, PythonVersion& version) {
  const auto same = [](std::string_view word) { return word; };
  if (rest.size() > 1 && rest[0] == '-' && is_digit(rest[1])) {
    rest.remove_prefix(1);
    version.post = take_digits(rest);
    version.is_post = true;
    return;
  }
  version.is_post = take_word(rest, k_post_words, version.post, same) != nullptr;
}

/// Letters and digits, with single separators between them.
bool is_local(std::string_view text) {
  bool open = false;
  for (const char c : text) {
    const bool solid = is_digit(c) || is_letter(c);
    if (!solid && (!open || !is_separator(c))) return false;
    open = solid;
  }
  return open;
}

std::string_view take_local_part(std::string_view& rest) {
  const std::string_view part = take_while(rest, [](char c) { return !is_separator(c); });
  if (!rest.empty()) rest.remove_prefix(1);
  return part;
}

std::strong_ordering compare_local(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::string_view left = take_local_part(a);
    const std::string_view right = take_local_part(b);
    std::strong_ordering order = is_number(left) <=> is_number(right);
    if (order == 0) order = is_number(left) ? compare_numbers(left, right) : compare_folded(left, right);
    if (order != 0) return order;
  }
  return b.empty() <=> a.empty();
}

/// A development release of a final version comes before that version's prereleases.
int phase_weight(const PythonVersion& version) {
  if (version.phase == PythonPhase::none && version.is_dev && !version.is_post) return -1;
  return static_cast<int>(version.phase);
}

// --- what is older than PEP 440 ---

/// Such versions still stand in the index. Not among them is what is misspelt rather than old: blanks, other scripts, empty
/// numbers, a broken local label.
bool is_legacy(std::string_view text) {
  const auto plain = [](char c) { return c > ' ' && c < '\x7f'; };
  if (text.empty() || !std::all_of(text.begin(), text.end(), plain)) return false;
  const std::size_t plus = text.find('+');
  if (plus != std::string_view::npos && !is_local(text.substr(plus + 1))) return false;
  return text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
}

std::string legacy_part(std::string_view run) {
  if (is_digit(run.front())) return std::string(run.size() < 8 ? 8 - run.size() : 0, '0') + std::string(run);
  if (run == "-") return "*final-";
  if (run == "pre" || run == "preview" || run == "rc") return "*c";
  return run == "dev" ? "*@" : "*" + std::string(run);
}

std::string_view take_legacy_run(std::string_view& rest) {
  if (is_digit(rest.front())) return take_digits(rest);
  if (is_lower_letter(rest.front())) return take_while(rest, is_lower_letter);
  if (rest.front() == '.' || rest.front() == '-') {
    const std::string_view one = rest.substr(0, 1);
    rest.remove_prefix(1);
    return one;
  }
  return take_while(rest, [](char c) { return !is_digit(c) && !is_lower_letter(c) && c != '.' && c != '-'; });
}

void add_legacy_part(std::vector<std::string>& parts, std::string part) {
  if (part.front() == '*') {
    while (part < "*final" && !parts.empty() && parts.back() == "*final-") parts.pop_back();
    while (!parts.empty() && parts.back() == "00000000") parts.pop_back();
  }
  parts.push_back(std::move(part));
}

std::vector<std::string> legacy_key(std::string_view text) {
  std::string folded(text);
  std::transform(folded.begin(), folded.end(), folded.begin(), lower);
  std::vector<std::string> parts;
  for (std::string_view rest = folded; !rest.empty();) {
    const std::string_view run = take_legacy_run(rest);
    if (run != ".") add_legacy_part(parts, legacy_part(run));
  }
  add_legacy_part(parts, "*final");
  return parts;
}

}  // namespace

std::optional<PythonVersion> parse_python(std::string_view text) {
  PythonVersion version;
  if (!text.empty() && lower(text.front()) == 'v') text.remove_prefix(1);
  const std::size_t mark = text.find_first_not_of("0123456789");
  if (mark != std::string_view::npos && mark > 0 && text[mark] == '!') {
    version.epoch = text.substr(0, mark);
    text.remove_prefix(mark + 1);
  }
  version.release = take_dotted_numbers(text);
  if (version.release.empty()) return std::nullopt;
  const auto* phase = take_word(text, k_phases, version.phase_number, [](const WordRow& row) { return row.word; });
  if (phase != nullptr) version.phase = phase->phase;
  take_post(text, version);
  version.is_dev = take_word(text, k_dev_words, version.dev, [](std::string_view word) { return word; }) != nullptr;
  if (take(text, '+')) {
    if (!is_local(text)) return std::nullopt;
    version.local = text;
    return version;
  }
  return text.empty() ? std::optional(version) : std::nullopt;
}

std::strong_ordering compare_python(const PythonVersion& a, const PythonVersion& b) {
  std::strong_ordering order = compare_numbers(a.epoch, b.epoch);
  if (order == 0) order = compare_dotted_numbers(a.release, b.release);
  if (order == 0) order = phase_weight(a) <=> phase_weight(b);
  if (order == 0) order = compare_numbers(a.phase_number, b.phase_number);
  if (order == 0) order = a.is_post <=> b.is_post;
  if (order == 0) order = compare_numbers(a.post, b.post);
  if (order == 0) order = b.is_dev <=> a.is_dev;
  if (order == 0) order = compare_numbers(a.dev, b.dev);
  return order == 0 ? compare_local(a.local, b.local) : order;
}

Order compare_pypi(std::string_view a, std::string_view b) {
  const auto left = parse_python(a);
  const auto right = parse_python(b);
  if (left && right) return compare_python(*left, *right);
  if ((!left && !is_legacy(a)) || (!right && !is_legacy(b))) return std::nullopt;
  if (left || right) return left ? std::strong_ordering::greater : std::strong_ordering::less;
  return legacy_key(a) <=> legacy_key(b);
}

}  // namespace postern::package
