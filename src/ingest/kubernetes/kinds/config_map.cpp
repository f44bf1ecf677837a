// SPDX-License-Identifier: Apache-2.0
// ConfigMap: settings that are one line, and files that are not kept.
#include <connection/escaped_text.h>
#include <connection/redact.h>
#include <ingest/codes.h>
#include <ingest/embedded_file.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/mention.h>
#include <ingest/sql/schema_reader.h>
#include <ingest/sql/series.h>

#include <algorithm>
#include <utility>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

/// A ConfigMap while it is read.
struct Configuration {
  ObjectReader& reader;
  Rows& rows;
  std::vector<Symbol> keys;
  std::vector<Symbol> secrets;                             ///< names of keys that hold a secret
  std::vector<std::pair<std::string_view, Node>> scripts;  ///< of SQL, by key
};

/// "spring: {redis: {host: r}}": a document on one line.
bool is_flow_document(std::string_view text) {
  const std::size_t begin = text.find_first_of("{[");
  if (begin == std::string_view::npos || (!text.ends_with('}') && !text.ends_with(']'))) return false;
  const std::string_view key = text.substr(0, begin);
  constexpr std::string_view k_key_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./";
  if (key == "- ") return true;
  return key.size() > 2 && key.ends_with(": ") && key.find_first_not_of(k_key_characters) == key.size() - 2;
}

/// Several lines, or a JSON value: a file, of which nothing but its addresses and a digest goes on.
bool is_file(std::string_view value) {
  const std::size_t end = value.find_last_not_of(" \t\r\n");
  if (end == std::string_view::npos) return false;
  const std::string_view trimmed = value.substr(0, end + 1);
  if (trimmed.find('\n') != std::string_view::npos) return true;
  if (is_flow_document(trimmed)) return true;
  return (trimmed.starts_with('{') && trimmed.ends_with('}')) || (trimmed.starts_with('[') && trimmed.ends_with(']'));
}

model::SettingFact make_setting(const Configuration& configuration, Symbol key, const Node& value) {
  model::SettingFact fact;
  fact.owner = configuration.reader.object().address;
  fact.channel = model::SettingChannel::data;
  fact.name = key;
  fact.location = value.location();
  return fact;
}

/// In a literal block the text begins in the line below its indicator; other styles do not keep lines.
std::optional<std::uint32_t> first_line_of(const Node& value) {
  return value.style() == document::Style::literal ? std::optional(value.location().line + 1) : std::nullopt;
}

void read_file(Configuration& configuration, Symbol key, std::string_view text, const Node& value) {
  std::vector<model::Fact> facts;
  const EmbeddedFileSummary summary =
      read_embedded_file({configuration.reader.object().address, key, text, value.location(), first_line_of(value)}, facts);
  if (summary.secret) configuration.secrets.push_back(key);
  add_row(configuration.rows, data, summary.digest, value.location(), {}, key);
  for (model::Fact& fact : facts) configuration.reader.emit(std::move(fact));
}

void read_line(Configuration& configuration, Symbol key, std::string_view text, const Node& value) {
  std::string buffer;
  const connection::Redacted redacted = connection::redact(key.view(), connection::without_escapes(text, buffer));
  model::SettingFact fact = make_setting(configuration, key, value);
  if (redacted.hard_coded()) {
    fact.secret = Symbol(connection::to_string(redacted.kind));
    fact.opaque = redacted.extent == connection::SecretExtent::whole;
    configuration.secrets.push_back(key);
  }
  if (!fact.opaque) fact.text = Symbol(redacted.text);
  add_row(configuration.rows, data, Symbol(redacted.text), value.location(), {}, key);
  configuration.reader.emit(std::move(fact));
}

/// What scripts of SQL leave behind, as a schema that says from which ConfigMap it comes: who mounts that runs them.
void read_scripts(Configuration& configuration) {
  ObjectReader& reader = configuration.reader;
  std::sort(configuration.scripts.begin(), configuration.scripts.end(),
            [](const auto& a, const auto& b) { return sql::applied_before(a.first, b.first); });
  const Location& place = configuration.scripts.front().second.location();
  base::DiagnosticSink trouble;  // a file that is kept for people, with a quote left open, is no reason to stop anything
  sql::SchemaReader scripts(reader.object().name.str(), trouble);
  for (const auto& [key, value] : configuration.scripts) {
    scripts.add({value.text(), place.file, first_line_of(value).value_or(value.location().line), false});
  }
  scripts.finish();
  if (scripts.schema().tables().empty()) return;
  model::EntityFact schema = scripts.entity(reader.object().address.str(), place);
  schema.attributes.push_back({&settings, {}, Symbol("configuration"), reader.object().address, place});
  reader.emit(std::move(schema));
}

}  // namespace

void read_config_map(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::configuration);
  const Node& root = reader.object().root;
  Configuration configuration{reader, entity.attributes, {}, {}, {}};
  reader.each_text(root, "data", [&](std::string_view name, std::string_view text, const Node& value) {
    const Symbol key(name);
    configuration.keys.push_back(key);
    if (sql::is_script(name)) configuration.scripts.emplace_back(name, value);
    (is_file(text) || is_prose(name) || is_script(name, text) ? read_file : read_line)(configuration, key, text, value);
  });
  // Binary values hold no addresses that could be read; their base64 text is what a digest is made of.
  reader.each_text(root, "binaryData", [&](std::string_view name, std::string_view text, const Node& value) {
    const Symbol key(name);
    configuration.keys.push_back(key);
    add_row(entity.attributes, data, digest_of_redacted(text), value.location(), {}, key);
  });
  const Location location = root["data"] ? root["data"].location() : root.location();
  add_set(entity.attributes, keys, std::move(configuration.keys), location);
  add_set(entity.attributes, plaintext_secrets, std::move(configuration.secrets), location);
  if (!configuration.scripts.empty()) read_scripts(configuration);
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
