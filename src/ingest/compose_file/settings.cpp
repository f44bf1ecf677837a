// SPDX-License-Identifier: Apache-2.0
// Variables and command lines of services.
#include <ingest/attribute_rows.h>
#include <ingest/codes.h>
#include <ingest/command_text.h>
#include <ingest/compose_file/project_facts.h>
#include <ingest/compose_file/short_syntax.h>

namespace postern::ingest::compose_file {
namespace {

using namespace model::attribute;
using model::SettingChannel;
using model::SettingFact;

/// One service while its settings are read.
struct Reader {
  Project& project;
  Symbol owner;
  Symbol scope;
  Rows& rows;
  std::vector<Symbol> secrets = {};
};

SettingFact make_setting(const Reader& reader, SettingChannel channel, Symbol setting, const Location& location) {
  SettingFact fact;
  fact.owner = reader.owner;
  fact.scope = reader.scope;
  fact.channel = channel;
  fact.name = setting;
  fact.location = location;
  return fact;
}

void write_literal(Reader& reader, Symbol variable, std::string_view value, const Location& location) {
  SettingFact fact = make_setting(reader, SettingChannel::environment, variable, location);
  const Symbol shown = take_literal(fact, value);
  if (!fact.secret.empty()) reader.secrets.push_back(variable);
  add_row(reader.rows, environment, shown, location, reader.scope, variable);
  reader.project.facts.emplace_back(std::move(fact));
}

/// Its value is that of a variable where Compose is started.
void write_unknown(Reader& reader, Symbol variable, const Location& location) {
  SettingFact fact = make_setting(reader, SettingChannel::environment, variable, location);
  fact.source = model::SettingSource::runtime;
  fact.text = Symbol("variable:" + variable.str());
  add_row(reader.rows, environment, model::Unknown{}, location, reader.scope, variable);
  reader.project.facts.emplace_back(std::move(fact));
}

void write_variable(Reader& reader, const std::string& variable, const std::optional<std::string>& value,
                    const Location& location) {
  if (value) return write_literal(reader, Symbol(variable), *value, location);
  const std::string* known = reader.project.loaded.variables.find(variable);
  if (known != nullptr) return write_literal(reader, Symbol(variable), *known, location);
  write_unknown(reader, Symbol(variable), location);
}

struct FileVariable {
  std::optional<std::string> value;
  Location location;
};

void read_variable_files(Reader& reader, const Value& service, std::map<std::string, FileVariable>& found) {
  for (const Value& item : service["env_file"].items) {
    const Value& written = item.is_text() ? item : item["path"];
    if (!written.is_text()) continue;
    const ResolvedPath path = resolve_path(written.folder.view(), written.text);
    const auto file = path.inside ? reader.project.source.find(path.path) : std::nullopt;
    if (!file) {
      const Value& required = item["required"];
      if (item.is_mapping() && required.is_text() && !required.is_true()) continue;
      reader.project.sink.warning(
          std::string(code::k_compose_missing_file), written.location,
          "the file of variables '" + written.text + "' is not part of this source: what it says is unknown",
          "give Postern the folder that holds all files of the project");
      continue;
    }
    reader.project.files.insert(*file);
    const Filling filling = item["format"].text == "raw" ? Filling::raw : Filling::filled;
    for (Assignment& row : read_assignments(reader.project.source[*file].bytes, reader.project.loaded.variables, filling)) {
      found[row.name] = {std::move(row.value), {Symbol(reader.project.source[*file].path), row.line, 1}};
    }
  }
}

void read_environment(Reader& reader, const Value& service) {
  std::map<std::string, FileVariable> from_files;
  read_variable_files(reader, service, from_files);
  const Value& own = service["environment"];
  for (const Value::Entry& entry : own.entries) {
    from_files.erase(entry.first);
    if (!entry.second.is_mapping() && !entry.second.is_sequence()) {
      const std::optional<std::string> value = entry.second.is_null() ? std::nullopt : std::optional(entry.second.text);
      write_variable(reader, entry.first, value, entry.second.location);
    }
  }
  for (const auto& [variable, row] : from_files) write_variable(reader, variable, row.value, row.location);
}

/// The words of one part of the command line, with where they stand.
std::vector<Value> words_of(const Value& part) {
  if (part.is_sequence()) return part.items;
  std::vector<Value> words;
  for (std::string& word : split_words(part.text)) words.push_back(make_text(std::move(word), part));
  return words;
}

void read_command_line(Reader& reader, const Value& service) {
  struct Part {
    const Value& written;
    SettingChannel channel;
    const model::AttributeDefinition& definition;
    std::vector<Value> words;
  };
  const Value& entry = service["entrypoint"];
  const Value& rest = service["command"];
  Part parts[] = {{entry, SettingChannel::command, command, words_of(entry)},
                  {rest, SettingChannel::argument, args, words_of(rest)}};
  std::vector<std::string_view> all;
  for (const Part& part : parts) {
    for (const Value& word : part.words) all.push_back(word.text);
  }
  const CommandText text(all);
  std::size_t next = 0;
  for (const Part& part : parts) {
    model::TextList shown;
    std::string_view previous;
    for (const Value& word : part.words) {
      SettingFact fact = make_setting(reader, part.channel, Symbol(std::to_string(shown.size())), word.location);
      text.redact(next++, previous, fact, reader.secrets);
      shown.push_back(fact.opaque ? Symbol(connection::k_redacted) : fact.text);
      previous = word.text;
      reader.project.facts.emplace_back(std::move(fact));
    }
    if (!shown.empty()) add_row(reader.rows, part.definition, std::move(shown), part.written.location, reader.scope);
  }
}

}  // namespace

void write_settings(Project& project, const std::string& name, const Value& service, Rows& rows) {
  Reader reader{project, project.address({}, name), Symbol(name), rows};
  read_environment(reader, service);
  read_command_line(reader, service);
  add_set(rows, plaintext_secrets, std::move(reader.secrets), service.location, reader.scope);
}

}  // namespace postern::ingest::compose_file
