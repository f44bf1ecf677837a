// SPDX-License-Identifier: Apache-2.0
// The order of fields in stored advisories; k_format_version of index_format.h changes with it.
#include "threatdb/record_codec.h"

#include "threatdb/content_hash.h"
#include "threatdb/identity.h"

namespace postern::threatdb {
namespace {

void encode_severities(Encoder& out, const std::vector<SeverityRow>& rows) {
  out.number(rows.size());
  for (const SeverityRow& row : rows) {
    out.text(row.type);
    out.text(row.score);
  }
}

void decode_severities(Decoder& in, std::vector<SeverityRow>& rows) {
  rows.clear();
  for (std::size_t i = in.count(); i > 0; --i) {
    const std::string_view type = in.text();
    rows.push_back({type, in.text()});
  }
}

/// A moment that may be missing.
void encode_moment(Encoder& out, Moment moment) {
  out.number(moment == k_never ? 0 : 1);
  if (moment != k_never) out.signed_number(moment);
}

Moment decode_moment(Decoder& in) { return in.number() == 0 ? k_never : in.signed_number(); }

void encode_head(Encoder& out, const Advisory& advisory) {
  out.text(advisory.id);
  encode_moment(out, advisory.modified);
  encode_moment(out, advisory.withdrawn);
  encode_moment(out, advisory.published);
  out.text(advisory.summary);
  out.text(advisory.severity_word);
  out.texts(advisory.aliases);
  out.texts(advisory.related);
  out.texts(advisory.upstream);
  encode_severities(out, advisory.severities);
  out.texts(advisory.references);
  out.number(advisory.affected.size());
  for (const AffectedPackage& affected : advisory.affected) {
    out.text(affected.ecosystem);
    out.text(affected.name);
  }
}

void encode_affected(Encoder& out, const AffectedPackage& affected) {
  out.text(affected.ecosystem);
  out.text(affected.name);
  out.text(affected.severity_word);
  encode_severities(out, affected.severities);
  out.number(affected.ranges.size());
  for (const VersionRange& range : affected.ranges) {
    out.number(static_cast<std::uint64_t>(range.type));
    out.text(range.repository);
    out.number(range.events.size());
    for (const package::Event& event : range.events) {
      out.number(static_cast<std::uint64_t>(event.kind));
      out.text(event.version);
    }
  }
  out.texts(affected.versions);
  out.number(affected.symbols.size());
  for (const AffectedSymbols& symbols : affected.symbols) {
    out.text(symbols.path);
    out.texts(symbols.names);
  }
}

template <typename Enum>
Enum decode_enum(Decoder& in, Enum last) {
  const std::uint64_t value = in.number();
  if (value > static_cast<std::uint64_t>(last)) throw Damage{"a kind is none that there is"};
  return static_cast<Enum>(value);
}

void decode_range(Decoder& in, VersionRange& range) {
  range.type = decode_enum(in, RangeType::other);
  range.repository = in.text();
  range.events.clear();
  for (std::size_t i = in.count(); i > 0; --i) {
    const auto kind = decode_enum(in, package::EventKind::limit);
    range.events.push_back({kind, in.text()});
  }
}

}  // namespace

EncodedAdvisory encode(const Advisory& advisory) {
  EncodedAdvisory encoded;
  Encoder out(encoded.bytes);
  encode_head(out, advisory);
  encoded.head_size = static_cast<std::uint32_t>(encoded.bytes.size());
  std::string key;
  encoded.affected.reserve(advisory.affected.size());
  for (const AffectedPackage& affected : advisory.affected) {
    encode_affected(out, affected);
    key.clear();
    append_key(key, split_ecosystem(affected.ecosystem).family, affected.name);
    encoded.affected.push_back({content_hash(key), static_cast<std::uint32_t>(encoded.bytes.size())});
  }
  return encoded;
}

HeadKey decode_head_key(std::string_view bytes) {
  Decoder in(bytes);
  HeadKey key;
  key.id = in.text();
  key.modified = decode_moment(in);
  key.withdrawn = decode_moment(in);
  return key;
}

void decode_head(std::string_view bytes, Head& head) {
  Decoder in(bytes);
  Advisory& advisory = head.advisory;
  advisory.id = in.text();
  advisory.modified = decode_moment(in);
  advisory.withdrawn = decode_moment(in);
  advisory.published = decode_moment(in);
  advisory.summary = in.text();
  advisory.severity_word = in.text();
  in.texts(advisory.aliases);
  in.texts(advisory.related);
  in.texts(advisory.upstream);
  decode_severities(in, advisory.severities);
  in.texts(advisory.references);
  head.packages.clear();
  for (std::size_t i = in.count(); i > 0; --i) {
    const std::string_view ecosystem = in.text();
    head.packages.emplace_back(ecosystem, in.text());
  }
  if (!in.at_end()) throw Damage{"an advisory is longer than what it holds"};
}

PackageName decode_package_name(std::string_view bytes) {
  Decoder in(bytes);
  const std::string_view ecosystem = in.text();
  return {ecosystem, in.text()};
}

void decode_affected(std::string_view bytes, AffectedPackage& affected) {
  Decoder in(bytes);
  affected.ecosystem = in.text();
  affected.name = in.text();
  affected.severity_word = in.text();
  decode_severities(in, affected.severities);
  affected.ranges.resize(in.count());
  for (VersionRange& range : affected.ranges) decode_range(in, range);
  in.texts(affected.versions);
  affected.symbols.resize(in.count());
  for (AffectedSymbols& symbols : affected.symbols) {
    symbols.path = in.text();
    in.texts(symbols.names);
  }
  if (!in.at_end()) throw Damage{"a package is longer than what it holds"};
}

}  // namespace postern::threatdb
