// SPDX-License-Identifier: Apache-2.0
// Reads variables and arguments; the only place where their values are seen unredacted.
#include <connection/command_secret.h>
#include <connection/escaped_text.h>
#include <connection/redact.h>
#include <ingest/kubernetes/environment.h>

#include <algorithm>
#include <array>
#include <span>
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

void take_redacted(SettingFact& fact, const connection::Redacted& redacted) {
  if (redacted.hard_coded()) {
    fact.secret = Symbol(connection::to_string(redacted.kind));
    fact.opaque = redacted.extent == connection::SecretExtent::whole;
  }
  if (!fact.opaque) fact.text = Symbol(redacted.text);
}

void read_literal(Container& container, Symbol name, std::string_view value, const Location& location) {
  std::string buffer;
  const connection::Redacted redacted = connection::redact(name.view(), connection::without_escapes(value, buffer));
  SettingFact fact = make_setting(container, SettingChannel::environment, name, location);
  take_redacted(fact, redacted);
  if (redacted.hard_coded()) container.secrets.push_back(name);
  add_row(container.rows, environment, redacted.hard_coded() ? Symbol("(secret)") : fact.text, location, container.scope, name);
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

/// `--password` for the value in the next element; nothing when the element before is no lone flag.
std::string_view flag_before(std::string_view previous, std::string_view value) {
  if (!previous.starts_with('-') || previous.find_first_of("= \n") != std::string_view::npos || value.starts_with('-')) return {};
  previous.remove_prefix(previous.find_first_not_of('-') == std::string_view::npos ? previous.size()
                                                                                   : previous.find_first_not_of('-'));
  return previous;
}

/// One element of a command line.
struct Argument {
  std::string_view previous;                        ///< the element before it in the same list, as written
  std::string_view text;                            ///< without escapes
  std::span<const connection::WordSecret> secrets;  ///< that the program's options give away
};

/// Redacts one element of a command line into `fact` and notes the names of the secrets in it.
void redact_argument(Container& container, SettingFact& fact, const Argument& argument) {
  const std::string_view previous = argument.previous;
  const std::string_view value = argument.text;
  const std::string_view flag = flag_before(previous, value);
  if (!flag.empty() && connection::secret_kind_of_name(flag) != connection::SecretKind::none) {
    const connection::Redacted redacted = connection::redact(flag, value);
    take_redacted(fact, redacted);
    if (redacted.hard_coded()) container.secrets.emplace_back(previous);
    return;
  }
  std::string without(value);
  for (auto secret = argument.secrets.rbegin(); secret != argument.secrets.rend(); ++secret) {
    const connection::SecretPlace& place = secret->place;
    if (place.placeholder || place.end > without.size()) continue;
    without.replace(place.begin, place.end - place.begin, connection::k_redacted);
    fact.secret = Symbol(connection::to_string(place.kind));
    fact.opaque = place.end - place.begin == value.size();
    container.secrets.emplace_back(place.key);
  }
  if (fact.opaque) return;
  const connection::RedactedText redacted = connection::redact_text(without);
  fact.text = Symbol(redacted.text);
  for (const connection::SecretFinding& secret : redacted.secrets) {
    fact.secret = Symbol(connection::to_string(secret.kind));
    container.secrets.emplace_back(secret.key.empty() ? fact.name.str() : secret.key);
  }
}

/// What the program's options give away, over the command and its arguments.
struct CommandLine {
  std::vector<std::string> words;
  std::vector<connection::WordSecret> secrets;  ///< by word
  std::size_t next = 0;                         ///< the word that is read next
};

void append_words(const Container& container, std::string_view key, CommandLine& line) {
  const Node list = container.node[key];
  if (!list.is_sequence()) return;
  std::string buffer;
  for (const Node item : list.items()) line.words.emplace_back(connection::without_escapes(item.text(), buffer));
}

CommandLine command_line_of(const Container& container) {
  CommandLine line;
  append_words(container, "command", line);
  append_words(container, "args", line);
  line.secrets = connection::secrets_of_command(line.words);
  std::stable_sort(line.secrets.begin(), line.secrets.end(),
                   [](const auto& a, const auto& b) { return a.word != b.word ? a.word < b.word : a.place.begin < b.place.begin; });
  return line;
}

std::span<const connection::WordSecret> secrets_of(const CommandLine& line, std::size_t word) {
  const auto [begin, end] = std::equal_range(line.secrets.begin(), line.secrets.end(), connection::WordSecret{word, {}},
                                             [](const auto& a, const auto& b) { return a.word < b.word; });
  return {begin, end};
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
    redact_argument(container, fact, {previous, line.words[line.next], secrets_of(line, line.next)});
    ++line.next;
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
