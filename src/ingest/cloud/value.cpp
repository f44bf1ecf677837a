// SPDX-License-Identifier: Apache-2.0
// Values: making, looking into, comparing.
#include <ingest/cloud/value.h>
#include <postern/base/text.h>
#include <postern/document/document.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace postern::ingest::cloud {
namespace {

const Value k_nothing;

bool before(const Member& a, const Member& b) { return a.first < b.first; }

std::shared_ptr<const std::vector<Reference>> shared(std::vector<Reference> references) {
  std::sort(references.begin(), references.end());
  references.erase(std::unique(references.begin(), references.end()), references.end());
  return references.empty() ? nullptr : std::make_shared<const std::vector<Reference>>(std::move(references));
}

void collect(const Value& value, std::vector<Reference>& found) {
  found.insert(found.end(), value.references().begin(), value.references().end());
  for (const Value& item : value.items()) collect(item, found);
  for (const Member& member : value.members()) collect(member.second, found);
}

void escape(std::string_view text, std::string& out) {
  constexpr std::string_view k_hex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += "\\u00";
      out += k_hex[static_cast<unsigned char>(c) >> 4U];
      out += k_hex[static_cast<unsigned char>(c) & 15U];
    } else {
      out += c;
    }
  }
  out += '"';
}

void write(const Value& value, std::string& out) {
  if (value.is_map()) {
    out += '{';
    for (const Member& member : value.members()) {
      if (out.back() != '{') out += ',';
      escape(member.first, out);
      out += ':';
      write(member.second, out);
    }
    out += '}';
  } else if (value.is_list()) {
    out += '[';
    for (const Value& item : value.items()) {
      if (out.back() != '[') out += ',';
      write(item, out);
    }
    out += ']';
  } else if (value.is_text()) {
    escape(value.as_text(), out);
  } else {
    out += value.is_scalar() ? value.as_text() : std::string_view("null");
  }
}

/// Characters of the private use area, which documents let pass and people do not write.
constexpr std::string_view k_open = "\xEE\x80\x80";
constexpr std::string_view k_close = "\xEE\x80\x81";
constexpr std::size_t k_longest_draft = 1U << 20U;
constexpr int k_deepest_draft = 100;

/// The number of the placeholder at a place of a text, and where it ends.
std::optional<std::pair<std::size_t, std::size_t>> placeholder_at(std::string_view text, std::size_t at) {
  if (text.substr(at, k_open.size()) != k_open) return std::nullopt;
  const std::size_t end = text.find(k_close, at);
  if (end == std::string_view::npos) return std::nullopt;
  std::size_t number = 0;
  const char* const last = text.data() + end;
  const auto result = std::from_chars(text.data() + at + k_open.size(), last, number);
  if (result.ec != std::errc{} || result.ptr != last) return std::nullopt;
  return std::pair(number, end + k_close.size());
}

/// Puts placeholders that stand where JSON has a value of its own into quotation marks.
std::string quoted(std::string_view text) {
  std::string result;
  bool inside = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = inside ? std::nullopt : placeholder_at(text, at);
    if (found) {
      result += '"';
      result += text.substr(at, found->second - at);
      result += '"';
      at = found->second;
      continue;
    }
    if (text[at] == '"') inside = !inside;
    if (text[at] == '\\' && inside && at + 1 < text.size()) result += text[at++];
    result += text[at++];
  }
  return result;
}

Value filled(const Value& value, const Draft& draft, int depth) {
  if (depth > k_deepest_draft) return Value::unknown();
  if (value.is_list()) {
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(filled(item, draft, depth + 1));
    return Value::list(std::move(items)).at(value.location());
  }
  if (value.is_map()) {
    std::vector<Member> members;
    for (const Member& member : value.members()) {
      if (member.first.find(k_open) != std::string::npos) continue;  // what its name is nobody knows
      members.emplace_back(member.first, filled(member.second, draft, depth + 1));
    }
    return Value::map(std::move(members)).at(value.location());
  }
  if (!value.is_text()) return value;
  const std::string_view text = value.as_text();
  Draft rest;
  std::vector<Reference> references;
  bool sensitive = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = placeholder_at(text, at);
    if (!found || found->first >= draft.parts.size()) {
      rest.text += text[at++];
      continue;
    }
    const Value& part = draft.parts[found->first];
    if (at == 0 && found->second == text.size()) return part.at(value.location());
    const Value within = part.within_text();
    const std::vector<Reference> all = within.all_references();
    references.insert(references.end(), all.begin(), all.end());
    sensitive |= part.sensitive();
    rest.add(part);
    at = found->second;
  }
  if (rest.parts.empty()) return value;
  Value result = Value::unknown().with_references(references).with_draft(std::move(rest)).at(value.location());
  return sensitive ? result.as_sensitive() : result;
}

}  // namespace

void Draft::add(const Value& part) {
  if (text.size() > k_longest_draft) return;
  if (part.is_scalar()) {
    text += part.as_text();
    return;
  }
  const Draft* inner = part.draft();
  const std::string_view written = inner == nullptr ? std::string_view() : std::string_view(inner->text);
  if (inner == nullptr) {
    text += std::string(k_open) + std::to_string(parts.size()) + std::string(k_close);
    parts.push_back(part);
  }
  for (std::size_t at = 0; at < written.size();) {
    const auto found = placeholder_at(written, at);
    if (!found || found->first >= inner->parts.size()) {
      text += written[at++];
      continue;
    }
    text += std::string(k_open) + std::to_string(parts.size()) + std::string(k_close);
    parts.push_back(inner->parts[found->first]);
    at = found->second;
  }
}

std::string_view text_after_part(const Draft& draft) {
  const std::size_t end = draft.text.rfind(k_close);
  return end == std::string::npos ? std::string_view(draft.text) : std::string_view(draft.text).substr(end + k_close.size());
}

Value Value::with_draft(Draft draft) const {
  Value value = *this;
  if (draft.text.size() <= k_longest_draft) value.m_draft = std::make_shared<const Draft>(std::move(draft));
  return value;
}

Value Value::unknown() {
  Value value;
  value.m_kind = ValueKind::unknown;
  return value;
}

Value Value::boolean(bool truth) {
  Value value;
  value.m_kind = ValueKind::boolean;
  value.m_truth = truth;
  return value;
}

Value Value::number(double number) {
  std::array<char, 64> buffer{};
  const bool whole = std::floor(number) == number && std::fabs(number) < 9.0e15;
  const auto result = whole ? std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<std::int64_t>(number))
                            : std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return number_text(std::string(buffer.data(), result.ptr));
}

Value Value::number_text(std::string text) {
  Value value;
  value.m_kind = ValueKind::number;
  value.m_text = std::move(text);
  return value;
}

Value Value::text(std::string text) {
  Value value;
  value.m_kind = ValueKind::text;
  value.m_text = std::move(text);
  return value;
}

Value Value::list(std::vector<Value> items) {
  Value value;
  value.m_kind = ValueKind::list;
  value.m_items = std::make_shared<const std::vector<Value>>(std::move(items));
  return value;
}

Value Value::map(std::vector<Member> members) {
  std::stable_sort(members.begin(), members.end(), before);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (i + 1 < members.size() && members[i + 1].first == members[i].first) continue;
    if (kept != i) members[kept] = std::move(members[i]);
    ++kept;
  }
  members.resize(kept);
  Value value;
  value.m_kind = ValueKind::map;
  value.m_members = std::make_shared<const std::vector<Member>>(std::move(members));
  return value;
}

bool Value::wholly_known() const {
  if (is_unknown()) return false;
  const auto known = [](const Value& value) { return value.wholly_known(); };
  return std::all_of(items().begin(), items().end(), known) &&
         std::all_of(members().begin(), members().end(), [](const Member& member) { return member.second.wholly_known(); });
}

std::string_view Value::as_text() const noexcept {
  if (m_kind == ValueKind::boolean) return m_truth ? "true" : "false";
  return m_text;
}

std::optional<bool> Value::as_boolean() const {
  if (m_kind == ValueKind::boolean) return m_truth;
  if (m_kind != ValueKind::text) return std::nullopt;
  const std::string lower = base::to_lower(m_text);
  if (lower == "true") return true;
  if (lower == "false") return false;
  return std::nullopt;
}

std::optional<double> Value::as_number() const {
  if (m_kind != ValueKind::number && m_kind != ValueKind::text) return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(m_text.data(), m_text.data() + m_text.size(), number);
  if (error != std::errc{} || end != m_text.data() + m_text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> Value::as_integer() const {
  const std::optional<double> number = as_number();
  if (!number || std::floor(*number) != *number || std::fabs(*number) > 9.0e15) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

std::span<const Value> Value::items() const noexcept {
  return m_items == nullptr ? std::span<const Value>() : std::span<const Value>(*m_items);
}

std::span<const Member> Value::members() const noexcept {
  return m_members == nullptr ? std::span<const Member>() : std::span<const Member>(*m_members);
}

const Value* Value::find(std::string_view name) const noexcept {
  const std::span<const Member> all = members();
  const auto at = std::lower_bound(all.begin(), all.end(), name,
                                   [](const Member& member, std::string_view text) { return member.first < text; });
  return at == all.end() || at->first != name ? nullptr : &at->second;
}

const Value& Value::operator[](std::string_view name) const noexcept {
  const Value* found = find(name);
  return found == nullptr ? k_nothing : *found;
}

std::span<const Reference> Value::references() const noexcept {
  return m_references == nullptr ? std::span<const Reference>() : std::span<const Reference>(*m_references);
}

Value Value::with_references(std::span<const Reference> more) const {
  if (more.empty()) return *this;
  std::vector<Reference> all(references().begin(), references().end());
  all.insert(all.end(), more.begin(), more.end());
  Value value = *this;
  value.m_references = shared(std::move(all));
  return value;
}

Value Value::with_reference(Reference reference) const { return with_references(std::span(&reference, 1)); }

Value Value::as_recorded() const {
  // Most values of a plan or state are such, and share what says so.
  static const std::shared_ptr<const std::vector<Reference>> k_recorded =
      std::make_shared<const std::vector<Reference>>(1, Reference{std::string(k_recorded_address), "", false});
  if (!references().empty()) return with_references(*k_recorded);
  Value value = *this;
  value.m_references = k_recorded;
  return value;
}

Value Value::within_text() const {
  if (references().empty()) return *this;
  std::vector<Reference> all(references().begin(), references().end());
  for (Reference& reference : all) reference.whole = false;
  Value value = *this;
  value.m_references = shared(std::move(all));
  return value;
}

std::vector<Reference> Value::all_references() const {
  std::vector<Reference> found;
  collect(*this, found);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

Value Value::as_sensitive() const {
  Value value = *this;
  value.m_sensitive = true;
  return value;
}

Value Value::as_default() const {
  Value value = *this;
  value.m_by_default = true;
  return value;
}

Value Value::at(const base::Location& location) const {
  Value value = *this;
  value.m_location = location;
  return value;
}

bool Value::same(const Value& other) const {
  if (is_unknown() || other.is_unknown()) return false;
  if (is_scalar() && other.is_scalar()) {
    if (m_kind == other.m_kind) return as_text() == other.as_text();
    const bool numbers = m_kind != ValueKind::boolean && other.m_kind != ValueKind::boolean;
    return numbers && as_text() == other.as_text();
  }
  if (m_kind != other.m_kind) return false;
  const auto left = members();
  const auto right = other.members();
  const auto same_member = [](const Member& a, const Member& b) { return a.first == b.first && a.second.same(b.second); };
  const auto same_item = [](const Value& a, const Value& b) { return a.same(b); };
  return std::equal(items().begin(), items().end(), other.items().begin(), other.items().end(), same_item) &&
         std::equal(left.begin(), left.end(), right.begin(), right.end(), same_member);
}

Value value_of(const document::Node& node) {
  using document::Kind;
  switch (node.kind()) {
    case Kind::null:
      return Value::null();
    case Kind::boolean:
      return Value::boolean(node.as_boolean().value_or(false)).at(node.location());
    case Kind::integer:
    case Kind::number:
      return Value::number_text(std::string(node.text())).at(node.location());
    case Kind::string:
      return Value::text(std::string(node.text())).at(node.location());
    case Kind::sequence: {
      std::vector<Value> items;
      items.reserve(node.size());
      for (const document::Node item : node.items()) items.push_back(value_of(item));
      return Value::list(std::move(items)).at(node.location());
    }
    case Kind::mapping: {
      std::vector<Member> members;
      members.reserve(node.size());
      for (const document::Entry entry : node.entries()) {
        if (entry.value.is_null()) continue;
        members.emplace_back(std::string(entry.key.text()), value_of(entry.value));
      }
      return Value::map(std::move(members)).at(node.location());
    }
  }
  return Value::null();
}

std::optional<Value> parse_json(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || (text[start] != '{' && text[start] != '[')) return std::nullopt;
  base::DiagnosticSink unheard;
  const document::Documents documents =
      document::read_documents(std::string(text), document::Format::json, {}, document::Limits{}, unheard);
  if (documents.size() != 1) return std::nullopt;
  return value_of(documents.front().root());
}

std::optional<Value> parse_json(const Draft& draft) {
  const auto parsed = parse_json(quoted(draft.text));
  return parsed ? std::optional(filled(*parsed, draft, 0)) : std::nullopt;
}

std::optional<Value> parse_yaml(const Draft& draft) {
  base::DiagnosticSink unheard;
  const document::Documents documents =
      document::read_documents(draft.text, document::Format::yaml, {}, document::Limits{}, unheard);
  if (documents.size() != 1 || unheard.has_errors()) return std::nullopt;
  return filled(value_of(documents.front().root()), draft, 0);
}

std::string to_json(const Value& value) {
  std::string out;
  write(value, out);
  return out;
}

Value placed(const Value& value, const base::Location& location) {
  if (value.is_list()) {
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(placed(item, location));
    return Value::list(std::move(items)).at(location);
  }
  if (!value.is_map()) return value.at(location);
  std::vector<Member> members;
  for (const Member& member : value.members()) members.emplace_back(member.first, placed(member.second, location));
  return Value::map(std::move(members)).at(location);
}

}  // namespace postern::ingest::cloud
