// SPDX-License-Identifier: Apache-2.0
// The strings extension. Positions count code points.
#include <algorithm>

#include "cel/functions/families.h"
#include "cel/text.h"
#include "cel/utf8.h"

namespace postern::cel {
namespace {

constexpr std::size_t k_bytes_a_step = 16;
constexpr std::size_t k_longest_result = std::size_t{64} << 20;

Value budget_gone() { return Value::error(ErrorCode::budget_exceeded); }
Value bad_index(std::int64_t index) {
  return Value::error(ErrorCode::out_of_range, "index out of range: " + std::to_string(index));
}
bool pay(CallContext& context, std::size_t bytes) { return context.charge(bytes / k_bytes_a_step); }

/// Byte offset of a position; npos when it lies outside of the text (its end is inside).
std::size_t offset_at(std::string_view text, std::int64_t index) {
  return index < 0 ? std::string_view::npos : offset_of_code_point(text, static_cast<std::size_t>(index));
}
Value position_of(std::string_view text, std::size_t offset) {
  if (offset == std::string_view::npos) return Value::integer(-1);
  return Value::integer(static_cast<std::int64_t>(count_code_points(text.substr(0, offset))));
}

Value char_at(CallContext& context, Arguments a) {
  const std::string_view text = a[0].as_text();
  if (!pay(context, text.size())) return budget_gone();
  const std::size_t offset = offset_at(text, a[1].as_integer());
  if (offset == std::string_view::npos) return bad_index(a[1].as_integer());
  std::size_t end = offset;
  if (end < text.size()) next_code_point(text, end);
  return a[0].part(text.substr(offset, end - offset));
}

Value index_of(CallContext& context, Arguments a) {
  const std::string_view text = a[0].as_text();
  if (!context.charge(search_steps(text, a[1].as_text()))) return budget_gone();
  std::size_t from = 0;
  if (a.size() > 2) {
    from = offset_at(text, a[2].as_integer());
    if (from == std::string_view::npos) return bad_index(a[2].as_integer());
  }
  return position_of(text, text.find(a[1].as_text(), from));
}

Value last_index_of(CallContext& context, Arguments a) {
  const std::string_view text = a[0].as_text();
  if (!context.charge(search_steps(text, a[1].as_text()))) return budget_gone();
  std::size_t from = std::string_view::npos;
  if (a.size() > 2) {
    from = offset_at(text, a[2].as_integer());
    if (from == std::string_view::npos) return bad_index(a[2].as_integer());
  }
  return position_of(text, text.rfind(a[1].as_text(), from));
}

template <char first, char last, int shift>
Value change_case(CallContext& context, Arguments a) {
  if (!pay(context, a[0].as_text().size())) return budget_gone();
  std::string text(a[0].as_text());
  for (char& c : text)
    if (c >= first && c <= last) c = static_cast<char>(c + shift);
  return Value::own_string(std::move(text));
}
constexpr int k_case_distance = 'a' - 'A';

Value replace(CallContext& context, Arguments a) {
  const std::string_view text = a[0].as_text();
  const std::string_view old = a[1].as_text();
  const std::string_view fresh = a[2].as_text();
  std::int64_t left = a.size() > 3 ? a[3].as_integer() : -1;
  if (!context.charge(search_steps(text, old))) return budget_gone();
  std::string result;
  std::size_t at = 0;
  while (left != 0 && at <= text.size()) {
    const std::size_t found = text.find(old, at);
    if (found == std::string_view::npos) break;
    result.append(text.substr(at, found - at)).append(fresh);
    at = found + old.size();
    if (left > 0) --left;
    if (!pay(context, fresh.size() + k_bytes_a_step)) return budget_gone();
    if (result.size() > k_longest_result) return Value::error(ErrorCode::out_of_range, "the text is too long");
    if (!old.empty()) continue;
    if (at >= text.size()) {  // an empty text is found between all characters, and at the end
      at = text.size() + 1;
      break;
    }
    std::size_t next = at;
    next_code_point(text, next);
    result.append(text.substr(at, next - at));
    at = next;
  }
  if (at <= text.size()) result.append(text.substr(at));
  return Value::own_string(std::move(result));
}

Value split(CallContext& context, Arguments a) {
  const std::string_view text = a[0].as_text();
  const std::string_view separator = a[1].as_text();
  const std::int64_t limit = a.size() > 2 ? a[2].as_integer() : -1;
  std::vector<Value> parts;
  if (limit == 0) return Value::own_list(std::move(parts));
  if (!context.charge(search_steps(text, separator))) return budget_gone();
  std::size_t at = 0;
  while (limit < 0 || static_cast<std::int64_t>(parts.size()) + 1 < limit) {
    std::size_t end = at;
    if (!separator.empty()) {
      end = text.find(separator, at);
    } else if (at < text.size()) {
      next_code_point(text, end);
      if (end >= text.size()) end = std::string_view::npos;  // the last character is the rest
    } else {
      end = std::string_view::npos;
    }
    if (end == std::string_view::npos) break;
    parts.push_back(a[0].part(text.substr(at, end - at)));
    at = end + separator.size();
    if (!context.charge(1)) return budget_gone();
  }
  if (!separator.empty() || !text.empty()) parts.push_back(a[0].part(text.substr(at)));
  return Value::own_list(std::move(parts));
}

Value substring(CallContext& context, Arguments a) {
  const std::string_view text = a[0].as_text();
  if (!pay(context, text.size())) return budget_gone();
  const std::size_t begin = offset_at(text, a[1].as_integer());
  if (begin == std::string_view::npos) return bad_index(a[1].as_integer());
  std::size_t end = text.size();
  if (a.size() > 2) {
    end = offset_at(text, a[2].as_integer());
    if (end == std::string_view::npos) return bad_index(a[2].as_integer());
    if (end < begin) return Value::error(ErrorCode::out_of_range, "the end of the substring is before its start");
  }
  return a[0].part(text.substr(begin, end - begin));
}

/// White space of Unicode (property White_Space).
bool is_white_space(std::uint32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

Value trim(CallContext& context, Arguments a) {
  const std::string_view text = a[0].as_text();
  if (!pay(context, text.size())) return budget_gone();
  std::size_t begin = text.size();
  std::size_t end = text.size();
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (is_white_space(next_code_point(text, at))) continue;
    if (!inside) begin = start;
    inside = true;
    end = at;
  }
  return a[0].part(text.substr(begin, end - begin));
}

Value join(CallContext& context, Arguments a) {
  const Sequence& list = a[0].as_list();
  const std::string_view separator = a.size() > 1 ? a[1].as_text() : std::string_view();
  std::string text;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value element = list.at(i);
    if (element.is_special()) return element;
    if (!element.is(Kind::string)) return Value::error(ErrorCode::no_such_overload, "join needs a list of strings");
    if (!pay(context, element.as_text().size() + separator.size() + k_bytes_a_step)) return budget_gone();
    if (i != 0) text += separator;
    text += element.as_text();
    if (text.size() > k_longest_result) return Value::error(ErrorCode::out_of_range, "the text is too long");
  }
  return Value::own_string(std::move(text));
}

Value reverse(CallContext& context, Arguments a) {
  const std::string_view text = a[0].as_text();
  if (!pay(context, text.size())) return budget_gone();
  std::string reversed(text.size(), '\0');
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    next_code_point(text, at);
    std::copy(text.begin() + static_cast<std::ptrdiff_t>(start), text.begin() + static_cast<std::ptrdiff_t>(at),
              reversed.begin() + static_cast<std::ptrdiff_t>(text.size() - at));
  }
  return Value::own_string(std::move(reversed));
}

Value quote(CallContext& context, Arguments a) {
  if (!pay(context, a[0].as_text().size())) return budget_gone();
  return Value::own_string(quoted(a[0].as_text()));
}

constexpr FunctionRow k_rows[] = {
    {"string.charAt(int) -> string", char_at, "The character at a position; '' at the end.", "'abc'.charAt(1) == 'b'"},
    {"string.indexOf(string) -> int", index_of, "Where a text is found first, or -1.", "'abcb'.indexOf('b') == 1"},
    {"string.indexOf(string, int) -> int", index_of, "Where a text is found first from a position on, or -1.",
     "'abcb'.indexOf('b', 2) == 3"},
    {"string.lastIndexOf(string) -> int", last_index_of, "Where a text is found last, or -1.", "'abcb'.lastIndexOf('b') == 3"},
    {"string.lastIndexOf(string, int) -> int", last_index_of, "Where a text is found last, beginning at a position at most, or -1.",
     "'abcb'.lastIndexOf('b', 2) == 1"},
    {"string.lowerAscii() -> string", change_case<'A', 'Z', k_case_distance>, "ASCII letters in lower case.",
     "'AB'.lowerAscii() == 'ab'"},
    {"string.upperAscii() -> string", change_case<'a', 'z', -k_case_distance>, "ASCII letters in upper case.",
     "'ab'.upperAscii() == 'AB'"},
    {"string.replace(string, string) -> string", replace, "Every occurrence of a text replaced.",
     "'aba'.replace('a', 'c') == 'cbc'"},
    {"string.replace(string, string, int) -> string", replace, "At most so many occurrences of a text replaced.",
     "'aba'.replace('a', 'c', 1) == 'cba'"},
    {"string.split(string) -> list(string)", split, "The parts between separators.", "'a,b'.split(',') == ['a', 'b']"},
    {"string.split(string, int) -> list(string)", split, "At most so many parts between separators.",
     "'a,b,c'.split(',', 2) == ['a', 'b,c']"},
    {"string.substring(int) -> string", substring, "The text from a position on.", "'abc'.substring(1) == 'bc'"},
    {"string.substring(int, int) -> string", substring, "The text from a position to before another.",
     "'abc'.substring(0, 2) == 'ab'"},
    {"string.trim() -> string", trim, "The text without white space around it.", "' a '.trim() == 'a'"},
    {"list(string).join() -> string", join, "All texts in one.", "['a', 'b'].join() == 'ab'"},
    {"list(string).join(string) -> string", join, "All texts in one, with a separator.", "['a', 'b'].join(', ') == 'a, b'"},
    {"string.reverse() -> string", reverse, "The characters in reverse order.", "'abc'.reverse() == 'cba'"},
    {"::strings.quote(string) -> string", quote, "The text as a literal in double quotes.",
     "strings.quote('a\"b') == '\"a\\\\\"b\"'"},
};

}  // namespace

std::span<const FunctionRow> string_functions() { return k_rows; }

}  // namespace postern::cel
