// SPDX-License-Identifier: Apache-2.0
// The table of functions.
#include <ingest/cloud/openings.h>
#include <ingest/terraform/functions.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace postern::ingest::terraform {
namespace {

using cloud::Member;
using cloud::Value;
using cloud::ValueKind;
using Arguments = std::span<const Value>;

constexpr std::size_t k_longest_text = 1U << 20U;
constexpr std::size_t k_longest_list = 10'000;

const Value& at(Arguments arguments, std::size_t index) {
  static const Value k_none;
  return index < arguments.size() ? arguments[index] : k_none;
}

Value list_of(std::vector<Value> items) { return items.size() > k_longest_list ? Value::unknown() : Value::list(std::move(items)); }
Value text_of(std::string text) { return text.size() > k_longest_text ? Value::unknown() : Value::text(std::move(text)); }

std::vector<Value> items_of(const Value& value) { return {value.items().begin(), value.items().end()}; }

bool contains(const std::vector<Value>& items, const Value& wanted) {
  return std::any_of(items.begin(), items.end(), [&](const Value& item) { return item.same(wanted); });
}

/// Sets are sorted lists of different items here.
Value set_of(const Value& value) {
  std::vector<Value> unique;
  for (const Value& item : value.items()) {
    if (!contains(unique, item)) unique.push_back(item);
  }
  const bool scalars = std::all_of(unique.begin(), unique.end(), [](const Value& item) { return item.is_scalar(); });
  if (scalars) std::sort(unique.begin(), unique.end(), [](const Value& a, const Value& b) { return a.as_text() < b.as_text(); });
  return Value::list(std::move(unique));
}

void flatten_into(const Value& value, std::vector<Value>& out, int depth) {
  for (const Value& item : value.items()) {
    if (item.is_list() && depth < 32) {
      flatten_into(item, out, depth + 1);
    } else {
      out.push_back(item);
    }
    if (out.size() > k_longest_list) return;
  }
}

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string result;
  std::size_t start = 0;
  if (from.empty()) return std::string(text);
  while (true) {
    const std::size_t found = text.find(from, start);
    result += text.substr(start, found == std::string_view::npos ? found : found - start);
    if (found == std::string_view::npos || result.size() > k_longest_text) return result;
    result += to;
    start = found + from.size();
  }
}

std::string mapped(std::string_view text, char from, char to, int shift) {
  std::string result(text);
  for (char& c : result) {
    if (c >= from && c <= to) c = static_cast<char>(c + shift);
  }
  return result;
}

std::string titled(std::string_view text) {
  std::string result(text);
  bool start = true;
  for (char& c : result) {
    if (start && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    start = c == ' ' || c == '-' || c == '\t' || c == '\n';
  }
  return result;
}

/// %s, %d, %v, %q, %0Nd and %%; anything else is left to Terraform.
std::optional<std::string> formatted(std::string_view pattern, Arguments values) {
  std::string result;
  std::size_t next = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%') {
      result += pattern[i];
      continue;
    }
    ++i;
    std::string flags;
    while (i < pattern.size() && (pattern[i] == '0' || (pattern[i] >= '1' && pattern[i] <= '9'))) flags += pattern[i++];
    if (i >= pattern.size()) return std::nullopt;
    if (pattern[i] == '%') {
      result += '%';
      continue;
    }
    const Value& value = at(values, next++);
    if (!value.is_scalar()) return std::nullopt;
    std::string text(value.as_text());
    if (pattern[i] == 'q') text = "\"" + text + "\"";
    if (std::string_view("sdvqf").find(pattern[i]) == std::string_view::npos || pattern[i] == 'f') return std::nullopt;
    std::size_t width = 0;
    std::from_chars(flags.data(), flags.data() + flags.size(), width);
    if (width > 256) return std::nullopt;
    if (text.size() < width) text.insert(0, width - text.size(), flags.starts_with('0') ? '0' : ' ');
    result += text;
  }
  return result;
}

std::optional<std::uint32_t> ipv4(std::string_view text) {
  std::uint32_t address = 0;
  const auto parts = base::split(text, '.');
  if (parts.size() != 4) return std::nullopt;
  for (const std::string_view part : parts) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc{} || end != part.data() + part.size() || number > 255) return std::nullopt;
    address = address << 8U | number;
  }
  return address;
}

std::string dotted(std::uint32_t address) {
  return std::to_string(address >> 24U) + "." + std::to_string(address >> 16U & 255U) + "." + std::to_string(address >> 8U & 255U) +
         "." + std::to_string(address & 255U);
}

struct Range {
  std::uint32_t address = 0;
  std::uint32_t bits = 0;
};
std::optional<Range> range_of(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = ipv4(text.substr(0, slash));
  Range range;
  if (!address || slash == std::string_view::npos) return std::nullopt;
  const std::string_view bits = text.substr(slash + 1);
  const auto [end, error] = std::from_chars(bits.data(), bits.data() + bits.size(), range.bits);
  if (error != std::errc{} || end != bits.data() + bits.size() || range.bits > 32) return std::nullopt;
  range.address = *address & (range.bits == 0 ? 0U : ~0U << (32U - range.bits));
  return range;
}

Value subnet(const Range& range, std::int64_t more, std::int64_t number) {
  const std::int64_t bits = range.bits + more;
  if (more < 0 || bits > 32 || number < 0 || (more < 32 && number >= std::int64_t{1} << more)) return Value::unknown();
  const auto shift = static_cast<std::uint32_t>(32 - bits);
  const std::uint32_t address = range.address | (shift >= 32 ? 0U : static_cast<std::uint32_t>(number) << shift);
  return Value::text(dotted(address) + "/" + std::to_string(bits));
}

// --- the functions; all arguments are wholly known ---

Value fn_abs(Arguments a) { return a[0].as_number() ? Value::number(std::fabs(*a[0].as_number())) : Value::unknown(); }
Value fn_ceil(Arguments a) { return a[0].as_number() ? Value::number(std::ceil(*a[0].as_number())) : Value::unknown(); }
Value fn_floor(Arguments a) { return a[0].as_number() ? Value::number(std::floor(*a[0].as_number())) : Value::unknown(); }
Value fn_pow(Arguments a) {
  const auto base_number = a[0].as_number();
  const auto power = a[1].as_number();
  if (!base_number || !power) return Value::unknown();
  const double result = std::pow(*base_number, *power);
  return std::isfinite(result) ? Value::number(result) : Value::unknown();
}
Value fn_parseint(Arguments a) {
  constexpr int k_largest_base = 36;
  const auto number_base = a[1].as_integer();
  if (!number_base || *number_base < 2 || *number_base > k_largest_base) return Value::unknown();
  const std::string_view text = a[0].as_text();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, static_cast<int>(*number_base));
  if (error != std::errc{} || end != text.data() + text.size()) return Value::unknown();
  return Value::number(static_cast<double>(number));
}
Value extreme(Arguments a, bool largest) {
  std::optional<double> best;
  for (const Value& value : a) {
    const auto number = value.as_number();
    if (!number) return Value::unknown();
    if (!best || (largest ? *number > *best : *number < *best)) best = number;
  }
  return best ? Value::number(*best) : Value::unknown();
}
Value fn_max(Arguments a) { return extreme(a, true); }
Value fn_min(Arguments a) { return extreme(a, false); }

Value fn_lower(Arguments a) { return Value::text(mapped(a[0].as_text(), 'A', 'Z', 'a' - 'A')); }
Value fn_upper(Arguments a) { return Value::text(mapped(a[0].as_text(), 'a', 'z', 'A' - 'a')); }
Value fn_title(Arguments a) { return Value::text(titled(a[0].as_text())); }
Value fn_trimspace(Arguments a) { return Value::text(std::string(base::trim(a[0].as_text()))); }
Value fn_chomp(Arguments a) {
  std::string text(a[0].as_text());
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return Value::text(text);
}
Value fn_trimprefix(Arguments a) {
  std::string_view text = a[0].as_text();
  if (text.starts_with(at(a, 1).as_text())) text.remove_prefix(at(a, 1).as_text().size());
  return Value::text(std::string(text));
}
Value fn_trimsuffix(Arguments a) {
  std::string_view text = a[0].as_text();
  if (text.ends_with(at(a, 1).as_text())) text.remove_suffix(at(a, 1).as_text().size());
  return Value::text(std::string(text));
}
Value fn_trim(Arguments a) {
  const std::string_view text = a[0].as_text();
  const std::size_t first = text.find_first_not_of(at(a, 1).as_text());
  if (first == std::string_view::npos) return Value::text({});
  return Value::text(std::string(text.substr(first, text.find_last_not_of(at(a, 1).as_text()) + 1 - first)));
}
Value fn_startswith(Arguments a) { return Value::boolean(a[0].as_text().starts_with(at(a, 1).as_text())); }
Value fn_endswith(Arguments a) { return Value::boolean(a[0].as_text().ends_with(at(a, 1).as_text())); }
Value fn_strcontains(Arguments a) { return Value::boolean(a[0].as_text().find(at(a, 1).as_text()) != std::string_view::npos); }
Value fn_replace(Arguments a) {
  const std::string_view from = at(a, 1).as_text();
  if (from.size() > 1 && from.starts_with('/') && from.ends_with('/')) return Value::unknown();  // an expression
  return text_of(replaced(a[0].as_text(), from, at(a, 2).as_text()));
}
Value fn_substr(Arguments a) {
  const std::string_view text = a[0].as_text();
  const auto start = at(a, 1).as_integer();
  const auto length = at(a, 2).as_integer();
  if (!start || !length || std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return Value::unknown();
  const auto size = static_cast<std::int64_t>(text.size());
  const std::int64_t from = std::clamp<std::int64_t>(*start < 0 ? size + *start : *start, 0, size);
  const std::int64_t count = *length < 0 ? size - from : std::min(*length, size - from);
  return Value::text(std::string(text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(count))));
}
Value fn_split(Arguments a) {
  const std::string_view separator = a[0].as_text();
  std::string_view text = at(a, 1).as_text();
  std::vector<Value> items;
  if (separator.empty()) return Value::unknown();
  while (true) {
    const std::size_t found = text.find(separator);
    items.push_back(Value::text(std::string(text.substr(0, found))));
    if (found == std::string_view::npos) break;
    text.remove_prefix(found + separator.size());
  }
  return list_of(std::move(items));
}
Value fn_join(Arguments a) {
  std::string text;
  bool first = true;
  for (const Value& list : a.subspan(1)) {
    for (const Value& item : list.items()) {
      if (!item.is_scalar()) return Value::unknown();
      if (!first) text += a[0].as_text();
      text += item.as_text();
      first = false;
    }
  }
  return text_of(std::move(text));
}
Value fn_format(Arguments a) {
  const auto text = formatted(a[0].as_text(), a.subspan(1));
  return text ? text_of(*text) : Value::unknown();
}
Value fn_formatlist(Arguments a) {
  std::size_t size = 1;
  for (const Value& value : a) size = value.is_list() ? value.items().size() : size;
  std::vector<Value> items;
  for (std::size_t i = 0; i < size; ++i) {
    std::vector<Value> row;
    for (const Value& value : a.subspan(1)) {
      if (value.is_list() && value.items().size() != size) return Value::unknown();
      row.push_back(value.is_list() ? value.items()[i] : value);
    }
    const auto text = formatted(a[0].as_text(), row);
    if (!text) return Value::unknown();
    items.push_back(Value::text(*text));
  }
  return list_of(std::move(items));
}

Value fn_length(Arguments a) {
  if (a[0].is_text()) return Value::number(static_cast<double>(a[0].as_text().size()));
  return Value::number(static_cast<double>(a[0].is_map() ? a[0].members().size() : a[0].items().size()));
}
Value fn_tolist(Arguments a) { return a[0].is_list() ? a[0] : Value::unknown(); }
Value fn_toset(Arguments a) { return a[0].is_list() ? set_of(a[0]) : Value::unknown(); }
Value fn_distinct(Arguments a) {
  std::vector<Value> unique;
  for (const Value& item : a[0].items()) {
    if (!contains(unique, item)) unique.push_back(item);
  }
  return list_of(std::move(unique));
}
Value fn_sort(Arguments a) {
  std::vector<Value> items = items_of(a[0]);
  std::sort(items.begin(), items.end(), [](const Value& x, const Value& y) { return x.as_text() < y.as_text(); });
  return list_of(std::move(items));
}
Value fn_reverse(Arguments a) {
  std::vector<Value> items = items_of(a[0]);
  std::reverse(items.begin(), items.end());
  return list_of(std::move(items));
}
Value fn_compact(Arguments a) {
  std::vector<Value> items = items_of(a[0]);
  std::erase_if(items, [](const Value& item) { return item.is_null() || item.as_text().empty(); });
  return list_of(std::move(items));
}
Value fn_flatten(Arguments a) {
  std::vector<Value> items;
  flatten_into(a[0], items, 0);
  return list_of(std::move(items));
}
Value fn_concat(Arguments a) {
  std::vector<Value> items;
  for (const Value& list : a) items.insert(items.end(), list.items().begin(), list.items().end());
  return list_of(std::move(items));
}
Value fn_setunion(Arguments a) { return set_of(fn_concat(a)); }
Value fn_setsubtract(Arguments a) {
  std::vector<Value> items = items_of(a[0]);
  const std::vector<Value> other = items_of(at(a, 1));
  std::erase_if(items, [&](const Value& item) { return contains(other, item); });
  return list_of(std::move(items));
}
Value fn_setintersection(Arguments a) {
  std::vector<Value> items = items_of(a[0]);
  for (const Value& list : a.subspan(1)) {
    const std::vector<Value> other = items_of(list);
    std::erase_if(items, [&](const Value& item) { return !contains(other, item); });
  }
  return list_of(std::move(items));
}
Value fn_contains(Arguments a) { return Value::boolean(contains(items_of(a[0]), at(a, 1))); }
Value fn_element(Arguments a) {
  const auto index = at(a, 1).as_integer();
  if (!index || a[0].items().empty()) return Value::unknown();
  const auto size = static_cast<std::int64_t>(a[0].items().size());
  return a[0].items()[static_cast<std::size_t>(((*index % size) + size) % size)];
}
Value fn_index(Arguments a) {
  for (std::size_t i = 0; i < a[0].items().size(); ++i) {
    if (a[0].items()[i].same(at(a, 1))) return Value::number(static_cast<double>(i));
  }
  return Value::unknown();
}
Value fn_slice(Arguments a) {
  const auto from = at(a, 1).as_integer();
  const auto to = at(a, 2).as_integer();
  const auto size = static_cast<std::int64_t>(a[0].items().size());
  if (!from || !to || *from < 0 || *to < *from || *to > size) return Value::unknown();
  const auto items = a[0].items().subspan(static_cast<std::size_t>(*from), static_cast<std::size_t>(*to - *from));
  return list_of({items.begin(), items.end()});
}
Value fn_range(Arguments a) {
  const auto first = a.size() > 1 ? a[0].as_integer() : std::optional<std::int64_t>(0);
  const auto last = a.size() > 1 ? a[1].as_integer() : a[0].as_integer();
  const auto step = a.size() > 2 ? a[2].as_integer() : std::optional<std::int64_t>(1);
  if (!first || !last || !step || *step == 0) return Value::unknown();
  std::vector<Value> items;
  for (std::int64_t i = *first; *step > 0 ? i < *last : i > *last; i += *step) {
    items.push_back(Value::number(static_cast<double>(i)));
    if (items.size() > k_longest_list) return Value::unknown();
  }
  return Value::list(std::move(items));
}
Value fn_sum(Arguments a) {
  double sum = 0;
  for (const Value& item : a[0].items()) sum += item.as_number().value_or(0);
  return Value::number(sum);
}
Value fn_chunklist(Arguments a) {
  const auto size = at(a, 1).as_integer();
  if (!size || *size < 1) return Value::unknown();
  std::vector<Value> chunks;
  std::vector<Value> chunk;
  for (const Value& item : a[0].items()) {
    chunk.push_back(item);
    if (static_cast<std::int64_t>(chunk.size()) == *size) chunks.push_back(Value::list(std::exchange(chunk, {})));
  }
  if (!chunk.empty()) chunks.push_back(Value::list(std::move(chunk)));
  return list_of(std::move(chunks));
}

Value fn_tomap(Arguments a) { return a[0].is_map() ? a[0] : Value::unknown(); }
Value fn_keys(Arguments a) {
  std::vector<Value> items;
  for (const Member& member : a[0].members()) items.push_back(Value::text(member.first));
  return list_of(std::move(items));
}
Value fn_values(Arguments a) {
  std::vector<Value> items;
  for (const Member& member : a[0].members()) items.push_back(member.second);
  return list_of(std::move(items));
}
Value fn_merge(Arguments a) {
  std::vector<Member> members;
  for (const Value& map : a) members.insert(members.end(), map.members().begin(), map.members().end());
  return Value::map(std::move(members));
}
Value fn_lookup(Arguments a) {
  if (const Value* found = a[0].find(at(a, 1).as_text())) return *found;
  return a.size() > 2 ? a[2] : Value::unknown();
}
Value fn_zipmap(Arguments a) {
  std::vector<Member> members;
  const auto values = at(a, 1).items();
  for (std::size_t i = 0; i < a[0].items().size() && i < values.size(); ++i)
    members.emplace_back(std::string(a[0].items()[i].as_text()), values[i]);
  return Value::map(std::move(members));
}
Value fn_one(Arguments a) {
  if (a[0].items().empty()) return Value::null();
  return a[0].items().size() == 1 ? a[0].items().front() : Value::unknown();
}
Value fn_coalesce(Arguments a) {
  for (const Value& value : a) {
    if (!value.is_null() && !(value.is_text() && value.as_text().empty())) return value;
  }
  return Value::unknown();
}
Value fn_coalescelist(Arguments a) {
  for (const Value& value : a) {
    if (!value.items().empty()) return value;
  }
  return Value::unknown();
}
Value truth_of_all(Arguments a, bool any) {
  for (const Value& item : a[0].items()) {
    const bool truth = item.as_boolean().value_or(false);
    if (truth == any) return Value::boolean(any);
  }
  return Value::boolean(!any);
}
Value fn_alltrue(Arguments a) { return truth_of_all(a, false); }
Value fn_anytrue(Arguments a) { return truth_of_all(a, true); }

Value fn_tostring(Arguments a) { return a[0].is_scalar() ? Value::text(std::string(a[0].as_text())) : Value::unknown(); }
Value fn_tonumber(Arguments a) { return a[0].as_number() ? Value::number(*a[0].as_number()) : Value::unknown(); }
Value fn_tobool(Arguments a) { return a[0].as_boolean() ? Value::boolean(*a[0].as_boolean()) : Value::unknown(); }
Value fn_same(Arguments a) { return a[0]; }
Value fn_sensitive(Arguments a) { return a[0].as_sensitive(); }
Value fn_jsonencode(Arguments a) { return text_of(cloud::to_json(a[0])); }
Value fn_jsondecode(Arguments a) {
  const auto value = cloud::parse_json(a[0].as_text());
  return value ? *value : Value::unknown();
}
Value fn_cidrsubnet(Arguments a) {
  const auto range = range_of(a[0].as_text());
  const auto more = at(a, 1).as_integer();
  const auto number = at(a, 2).as_integer();
  return range && more && number ? subnet(*range, *more, *number) : Value::unknown();
}
Value fn_cidrsubnets(Arguments a) {
  const auto range = range_of(a[0].as_text());
  if (!range) return Value::unknown();
  std::vector<Value> items;
  std::uint64_t next = range->address;
  for (const Value& bits : a.subspan(1)) {
    const auto more = bits.as_integer();
    if (!more || *more < 0 || range->bits + *more > 32) return Value::unknown();
    const std::uint64_t size = std::uint64_t{1} << (32U - static_cast<std::uint64_t>(range->bits + *more));
    next = (next + size - 1) / size * size;
    items.push_back(Value::text(dotted(static_cast<std::uint32_t>(next)) + "/" + std::to_string(range->bits + *more)));
    next += size;
  }
  return list_of(std::move(items));
}
Value fn_cidrhost(Arguments a) {
  const auto range = range_of(a[0].as_text());
  const auto number = at(a, 1).as_integer();
  if (!range || !number || *number < 0) return Value::unknown();
  return Value::text(dotted(range->address + static_cast<std::uint32_t>(*number)));
}

struct Function {
  std::string_view name;
  Value (*call)(Arguments);
  std::size_t least = 1;  ///< arguments
};
constexpr std::array k_functions = {
    Function{"abs", fn_abs},
    Function{"alltrue", fn_alltrue},
    Function{"anytrue", fn_anytrue},
    Function{"ceil", fn_ceil},
    Function{"chomp", fn_chomp},
    Function{"chunklist", fn_chunklist, 2},
    Function{"cidrhost", fn_cidrhost, 2},
    Function{"cidrsubnet", fn_cidrsubnet, 3},
    Function{"cidrsubnets", fn_cidrsubnets},
    Function{"coalesce", fn_coalesce},
    Function{"coalescelist", fn_coalescelist},
    Function{"compact", fn_compact},
    Function{"concat", fn_concat, 0},
    Function{"contains", fn_contains, 2},
    Function{"distinct", fn_distinct},
    Function{"element", fn_element, 2},
    Function{"endswith", fn_endswith, 2},
    Function{"flatten", fn_flatten},
    Function{"floor", fn_floor},
    Function{"format", fn_format},
    Function{"formatlist", fn_formatlist},
    Function{"index", fn_index, 2},
    Function{"join", fn_join},
    Function{"jsondecode", fn_jsondecode},
    Function{"jsonencode", fn_jsonencode},
    Function{"keys", fn_keys},
    Function{"length", fn_length},
    Function{"lookup", fn_lookup, 2},
    Function{"lower", fn_lower},
    Function{"max", fn_max},
    Function{"merge", fn_merge, 0},
    Function{"min", fn_min},
    Function{"nonsensitive", fn_same},
    Function{"one", fn_one},
    Function{"parseint", fn_parseint, 2},
    Function{"pow", fn_pow, 2},
    Function{"range", fn_range},
    Function{"replace", fn_replace, 3},
    Function{"reverse", fn_reverse},
    Function{"sensitive", fn_sensitive},
    Function{"setintersection", fn_setintersection},
    Function{"setsubtract", fn_setsubtract, 2},
    Function{"setunion", fn_setunion, 0},
    Function{"slice", fn_slice, 3},
    Function{"sort", fn_sort},
    Function{"split", fn_split, 2},
    Function{"startswith", fn_startswith, 2},
    Function{"strcontains", fn_strcontains, 2},
    Function{"substr", fn_substr, 3},
    Function{"sum", fn_sum},
    Function{"title", fn_title},
    Function{"tobool", fn_tobool},
    Function{"tolist", fn_tolist},
    Function{"tomap", fn_tomap},
    Function{"tonumber", fn_tonumber},
    Function{"toset", fn_toset},
    Function{"tostring", fn_tostring},
    Function{"trim", fn_trim, 2},
    Function{"trimprefix", fn_trimprefix, 2},
    Function{"trimspace", fn_trimspace},
    Function{"trimsuffix", fn_trimsuffix, 2},
    Function{"upper", fn_upper},
    Function{"values", fn_values},
    Function{"yamlencode", fn_jsonencode},  // what is JSON is YAML
    Function{"zipmap", fn_zipmap, 2},
};

/// Functions whose result is known in part when an argument is known in part.
bool passes_unknown_parts(std::string_view name) {
  constexpr std::array<std::string_view, 17> k_names = {"coalescelist", "concat", "distinct", "element", "flatten", "keys",
                                                        "length",       "lookup", "merge",    "one",     "reverse", "setunion",
                                                        "slice",        "tolist", "tomap",    "values",  "zipmap"};
  return std::find(k_names.begin(), k_names.end(), name) != k_names.end();
}

/// Functions that give back their arguments, or parts of them, as they are.
bool hands_on(std::string_view name) {
  constexpr std::array<std::string_view, 10> k_names = {"coalesce",    "compact", "nonsensitive", "sensitive", "setintersection",
                                                        "setsubtract", "sort",    "toset",        "tostring",  "sum"};
  return passes_unknown_parts(name) || std::find(k_names.begin(), k_names.end(), name) != k_names.end();
}

}  // namespace

Value resting_on(Value result, Arguments operands) {
  bool by_default = false;
  bool sensitive = false;
  std::vector<cloud::Reference> references;
  for (const Value& operand : operands) {
    by_default |= operand.by_default();
    sensitive |= operand.sensitive();
    references.insert(references.end(), operand.references().begin(), operand.references().end());
  }
  if (!references.empty()) result = result.with_references(references);
  if (by_default && !result.by_default()) result = result.as_default();
  if (sensitive && !result.sensitive()) result = result.as_sensitive();
  return result;
}

Value call_function(std::string_view name, Arguments arguments) {
  const auto row =
      std::find_if(k_functions.begin(), k_functions.end(), [&](const Function& function) { return function.name == name; });
  std::vector<cloud::Reference> references;
  for (const Value& argument : arguments) {
    const auto all = argument.all_references();
    references.insert(references.end(), all.begin(), all.end());
  }
  const bool usable = row != k_functions.end() && arguments.size() >= row->least;
  const bool parts = passes_unknown_parts(name);
  bool known = usable;
  if (usable && name == "coalesce") {
    // Decided by the first argument that is there.
    for (const Value& argument : arguments) {
      if (argument.is_null() || (argument.is_text() && argument.as_text().empty())) continue;
      return argument;
    }
  }
  for (const Value& argument : arguments) known = known && (parts ? !argument.is_unknown() : argument.wholly_known());
  if (name == "jsondecode" && !arguments.empty() && arguments[0].draft() != nullptr) {
    if (const auto parsed = cloud::parse_json(*arguments[0].draft())) return *parsed;
  }
  // What becomes JSON is read as what it was.
  if (!known && (name == "jsonencode" || name == "yamlencode") && !arguments.empty() && !arguments[0].is_unknown())
    return arguments[0];
  if (name == "jsondecode" && !arguments.empty() && (arguments[0].is_list() || arguments[0].is_map())) return arguments[0];
  if (!hands_on(name)) {
    for (cloud::Reference& reference : references) reference.whole = false;
  }
  if (!known) return resting_on(Value::unknown(), {}).with_references(references);
  Value result = row->call(arguments);
  if (result.is_unknown()) return result.with_references(references);
  // Parts keep what they rest on themselves; a text or number that was made of parts rests on all of them.
  if (result.is_scalar() && result.references().empty()) result = result.with_references(references);
  bool by_default = false;
  bool sensitive = false;
  for (const Value& argument : arguments) {
    by_default |= argument.by_default();
    sensitive |= argument.sensitive();
  }
  if (by_default) result = result.as_default();
  return sensitive && name != "nonsensitive" ? result.as_sensitive() : result;
}

Value apply_operator(std::string_view name, const Value& left, const Value& right) {
  const std::array<Value, 2> operands = {left, right};
  const auto rest = [&](Value result) { return resting_on(std::move(result), operands).within_text(); };
  if (name == "&&" || name == "||") {
    const bool decisive = name == "||";
    const auto a = left.as_boolean();
    const auto b = right.as_boolean();
    if (a == decisive || b == decisive) return rest(Value::boolean(decisive));
    return rest(a && b ? Value::boolean(!decisive) : Value::unknown());
  }
  if (!left.wholly_known() || !right.wholly_known()) return rest(Value::unknown());
  if (name == "==" || name == "!=") {
    // A boolean and the text of one are not equal in Terraform, but whoever compares them means it.
    const bool same =
        left.same(right) || (left.is_scalar() && right.is_scalar() && left.as_boolean() && left.as_boolean() == right.as_boolean());
    return rest(Value::boolean(same == (name == "==")));
  }
  const auto a = left.as_number();
  const auto b = right.as_number();
  if (!a || !b) return rest(Value::unknown());
  if (name == "<") return rest(Value::boolean(*a < *b));
  if (name == ">") return rest(Value::boolean(*a > *b));
  if (name == "<=") return rest(Value::boolean(*a <= *b));
  if (name == ">=") return rest(Value::boolean(*a >= *b));
  if (name == "+") return rest(Value::number(*a + *b));
  if (name == "-") return rest(Value::number(*a - *b));
  if (name == "*") return rest(Value::number(*a * *b));
  if (name == "/") return rest(*b == 0 ? Value::unknown() : Value::number(*a / *b));
  if (name == "%") return rest(*b == 0 ? Value::unknown() : Value::number(std::fmod(*a, *b)));
  return rest(Value::unknown());
}

}  // namespace postern::ingest::terraform
