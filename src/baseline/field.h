// SPDX-License-Identifier: Apache-2.0
// Rows that say how a struct is written as a JSON object and read back: one row a member, made from the pointer to it.
#pragma once
#include <postern/document/node.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "baseline/codes.h"
#include "baseline/json_text.h"
#include "baseline/reading.h"

namespace postern::baseline {

/// How a value of type T is written and read. Specialised in value_codec.h; structs have a table of rows in Fields instead.
///   static void write(Writing&, const T&);
///   static void read(Reading&, const document::Node&, T&);    // reports what does not fit and leaves the value alone
///   static bool is_standard(const T& value, const T& standard);
template <class T>
struct Codec;

/// State of writing one snapshot.
struct Writing {
  std::string& out;
  base::Symbol input_path{};  ///< of the input whose facts are being written
};

/// Whether a key must be there, or is left out where the member has the value of a fresh object.
enum class Presence : std::uint8_t { required, optional };

/// One member of Object.
template <class Object>
struct Field {
  std::string_view name;
  Presence presence;
  bool (*is_standard)(const Object&);
  void (*write)(Writing&, const Object&);
  void (*read)(Reading&, const document::Node&, Object&);
};

/// The rows of Object, in the order in which they are written: `static std::span<const Field<Object>> rows()`.
template <class Object>
struct Fields;

namespace detail {

template <class Member>
struct MemberOf;
template <class O, class V>
struct MemberOf<V O::*> {
  using Object = O;
  using Value = V;
};

template <class Object>
const Object& standard_object() {
  static const Object k_object{};
  return k_object;
}

}  // namespace detail

/// The row for one member: `field<&model::Alias::text>("text", Presence::required)`.
template <auto k_member>
constexpr auto field(std::string_view name, Presence presence) {
  using Object = typename detail::MemberOf<decltype(k_member)>::Object;
  using Value = typename detail::MemberOf<decltype(k_member)>::Value;
  return Field<Object>{
      name, presence,
      [](const Object& object) { return Codec<Value>::is_standard(object.*k_member, detail::standard_object<Object>().*k_member); },
      [](Writing& writing, const Object& object) { Codec<Value>::write(writing, object.*k_member); },
      [](Reading& reading, const document::Node& node, Object& object) { Codec<Value>::read(reading, node, object.*k_member); }};
}

/// Appends `"name":value` for each row whose value must be said, separated by commas; `first`: nothing stands before them.
template <class Object>
void write_fields(Writing& writing, const Object& object, bool first = true) {
  for (const Field<Object>& row : Fields<Object>::rows()) {
    if (row.presence == Presence::optional && row.is_standard(object)) continue;
    // Names of rows need no escapes.
    writing.out.append(first ? "\"" : ",\"");
    first = false;
    writing.out.append(row.name).append("\":");
    row.write(writing, object);
  }
}

/// Where `key` stands in the rows, from `expected` on; rows.size() when nowhere. Keys come in the rows' order, so one look is
/// enough for what write_fields wrote.
template <class Object>
std::size_t find_row(std::span<const Field<Object>> rows, std::string_view key, std::size_t expected) {
  for (std::size_t at = expected; at < rows.size(); ++at) {
    if (rows[at].name == key) return at;
  }
  for (std::size_t at = 0; at < expected && at < rows.size(); ++at) {
    if (rows[at].name == key) return at;
  }
  return rows.size();
}

template <class Object>
void report_unknown_key(Reading& reading, const document::Node& key) {
  std::vector<std::string_view> names;
  for (const Field<Object>& row : Fields<Object>::rows()) names.push_back(row.name);
  reading.unknown_word(k_unknown_key, key, "key", key.text(), names);
}

/// Reads the entries of `node` into `object`. `skipped`: a key that the caller has read.
template <class Object>
void read_fields(Reading& reading, const document::Node& node, Object& object, std::string_view skipped = {}) {
  if (!node.is_mapping()) return reading.wrong_type(node, "an object");
  const auto rows = Fields<Object>::rows();
  std::uint64_t seen = 0;
  std::size_t expected = 0;
  for (const document::Entry entry : node.entries()) {
    const std::string_view key = entry.key.text();
    if (!skipped.empty() && key == skipped) continue;
    const std::size_t at = find_row(rows, key, expected);
    if (at == rows.size()) {
      report_unknown_key<Object>(reading, entry.key);
    } else {
      rows[at].read(reading, entry.value, object);
      seen |= std::uint64_t{1} << at;
      expected = at + 1;
    }
    if (reading.gave_up()) return;
  }
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const bool missing = rows[at].presence == Presence::required && (seen >> at & 1U) == 0;
    if (missing) reading.error(k_missing_key, node, "the key " + quoted(rows[at].name) + " is missing");
  }
}

}  // namespace postern::baseline
