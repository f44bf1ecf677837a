// SPDX-License-Identifier: Apache-2.0
// Reads variables and arguments.
#include <ingest/command_text.h>
#include <ingest/kubernetes/environment.h>

#include <array>
#include <string>
#include <vector>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;
using model::RelationKind;
using model::SettingChannel;
using model::SettingFact;
using model::SettingSource;

/// One container while its settings are read.
struct Container {
  ObjectReader& reader;
  Node node;
  Symbol scope;
  Rows& rows;
  std::vector<Symbol>& secrets;  ///< names for `plaintext_secrets`
};

SettingFact make_setting(const Container& container, SettingChannel channel, Symbol name, const Location& location) {
  SettingFact fact;
  fact.owner = container.reader.object().address;
  fact.scope = container.scope;
  fact.channel = channel;
  fact.name = name;
  fact.location = location;
  return fact;
}

void read_literal(Container& container, Symbol name, std::string_view value, const Location& location) {
  SettingFact fact = make_setting(container, SettingChannel::environment, name, location);
  const Symbol shown = take_literal(fact, value);
  if (!fact.secret.empty()) container.secrets.push_back(name);
  add_row(container.rows, environment, shown, location, container.scope, name);
  container.reader.emit(std::move(fact));
}

/// The objects that a variable, or the whole environment, may come from.
struct ObjectSource {
  std::string_view key;        ///< below `valueFrom`
  std::string_view whole_key;  ///< in an item of `envFrom`
  std::string_view plural;
  std::string_view label;  ///< in the attribute's text
  SettingSource one;
  SettingSource all;
};
constexpr std::array k_object_sources = {
    ObjectSource{"configMapKeyRef", "configMapRef", "configmaps", "configmap", SettingSource::configuration_key,
                 SettingSource::all_configuration},
    ObjectSource{"secretKeyRef", "secretRef", "secrets", "secret", SettingSource::secret_key, SettingSource::all_secret},
};
/// What is known only at run time.
struct RuntimeSource {
  std::string_view key;
  std::string_view field;
  std::string_view label;
};
constexpr std::array k_runtime_sources = {
    RuntimeSource{"fieldRef", "fieldPath", "field"},
    RuntimeSource{"fileKeyRef", "path", "file"},
    RuntimeSource{"resourceFieldRef", "resource", "resource"},
};

void read_object_key(Container& container, Symbol name, const ObjectSource& source, const Node& reference) {
  ObjectReader& reader = container.reader;
  const auto object = reader.required_name(reference, "name");
  const auto key = reader.required_name(reference, "key");
  if (!object || !key) return;
  const Location location = reference.location();
  SettingFact fact = make_setting(container, SettingChannel::environment, name, location);
  fact.source = source.one;
  fact.object = reader.local_address(source.plural, *object);
  fact.key = Symbol(*key);
  fact.optional = reader.boolean(reference, "optional").value_or(false);
  const std::string text = std::string(source.label) + ":" + std::string(*object) + "/" + std::string(*key);
  add_row(container.rows, environment, Symbol(text), location, container.scope, name);
  reader.refer(RelationKind::mounts, fact.object, "environment variable " + name.str(), location, fact.optional);
  reader.emit(std::move(fact));
}

void read_runtime(Container& container, Symbol name, const RuntimeSource& source, const Node& reference) {
  const auto field = container.reader.required_name(reference, source.field);
  if (!field) return;
  const Location location = reference.location();
  SettingFact fact = make_setting(container, SettingChannel::environment, name, location);
  fact.source = SettingSource::runtime;
  fact.text = Symbol(std::string(source.label) + ":" + std::string(*field));
  add_row(container.rows, environment, fact.text, location, container.scope, name);
  container.reader.emit(std::move(fact));
}

void read_indirection(Container& container, Symbol name, const Node& from) {
  const ObjectReader& reader = container.reader;
  for (const ObjectSource& source : k_object_sources) {
    if (const Node reference = reader.mapping(from, source.key)) return read_object_key(container, name, source, reference);
  }
  for (const RuntimeSource& source : k_runtime_sources) {
    if (const Node reference = reader.mapping(from, source.key)) return read_runtime(container, name, source, reference);
  }
}

void read_variable(Container& container, const Node& item) {
  const ObjectReader& reader = container.reader;
  const auto name = reader.required_name(item, "name");
  if (!name) return;
  if (const Node from = reader.mapping(item, "valueFrom")) {
    read_indirection(container, Symbol(*name), from);
    return;
  }
  const Node value = item["value"];
  read_literal(container, Symbol(*name), reader.text(item, "value").value_or(""), value ? value.location() : item.location());
}

void read_environment_from(Container& container) {
  ObjectReader& reader = container.reader;
  std::vector<Symbol> objects;
  reader.each_mapping(container.node, "envFrom", [&](const Node& item) {
    for (const ObjectSource& source : k_object_sources) {
      const Node reference = reader.mapping(item, source.whole_key);
      const auto object = reference ? reader.required_name(reference, "name") : std::nullopt;
      if (!object) continue;
      SettingFact fact = make_setting(container, SettingChannel::environment, {}, reference.location());
      fact.source = source.all;
      fact.object = reader.local_address(source.plural, *object);
      fact.key = symbol_of(reader.text(item, "prefix"));
      fact.optional = reader.boolean(reference, "optional").value_or(false);
      objects.emplace_back(std::string(source.label) + ":" + std::string(*object));
      reader.refer(RelationKind::mounts, fact.object, "envFrom", fact.location, fact.optional);
      reader.emit(std::move(fact));
    }
  });
  add_set(container.rows, environment_from, std::move(objects), container.node["envFrom"].location(), container.scope);
}

/// The words of the command and its arguments, and which of them is read next.
struct CommandLine {
  CommandText text;
  std::size_t next = 0;
};

CommandLine command_line_of(const Container& container) {
  std::vector<std::string_view> words;
  for (const std::string_view key : {"command", "args"}) {
    const Node list = container.node[key];
    if (!list.is_sequence()) continue;
    for (const Node item : list.items()) words.push_back(item.text());
  }
  return {CommandText(words)};
}

void read_words(Container& container, CommandLine& line, std::string_view key, SettingChannel channel,
                const model::AttributeDefinition& definition) {
  const Node list = container.reader.sequence(container.node, key);
  if (!list) return;
  model::TextList words;
  words.reserve(list.size());
  std::string_view previous;
  std::size_t position = 0;
  for (const Node item : list.items()) {
    if (!item.is_scalar()) container.reader.wrong_type(item, key, "text");
    SettingFact fact = make_setting(container, channel, Symbol(std::to_string(position++)), item.location());
    line.text.redact(line.next++, previous, fact, container.secrets);
    words.push_back(fact.opaque ? Symbol(connection::k_redacted) : fact.text);
    previous = item.text();
    container.reader.emit(std::move(fact));
  }
  add_row(container.rows, definition, std::move(words), list.location(), container.scope);
}

}  // namespace

void read_settings(ObjectReader& reader, const Node& node, Symbol scope, Rows& rows, std::vector<Symbol>& secrets) {
  Container container{reader, node, scope, rows, secrets};
  reader.each_mapping(node, "env", [&](const Node& item) { read_variable(container, item); });
  read_environment_from(container);
  CommandLine line = command_line_of(container);
  read_words(container, line, "command", SettingChannel::command, command);
  read_words(container, line, "args", SettingChannel::argument, args);
}

}  // namespace postern::ingest::kubernetes
