// SPDX-License-Identifier: Apache-2.0
// Reads the settings of a unit that say what runs and with which privileges.
#include <ingest/attribute_rows.h>
#include <ingest/command_text.h>
#include <ingest/compose_file/short_syntax.h>
#include <ingest/settings_file/systemd_unit.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <string>

namespace postern::ingest::settings_file {
namespace {

using namespace model::attribute;
using base::Symbol;
using model::SettingChannel;
using model::SettingFact;

struct Line {
  std::string key;
  std::string value;
  std::uint32_t number = 0;
};

/// The settings of section `[Service]`; lines that end in a backslash go on in the next.
std::vector<Line> service_lines(std::string_view text) {
  std::vector<Line> lines;
  bool inside = false;
  bool goes_on = false;
  std::uint32_t number = 0;
  for (const std::string_view raw : base::split(text, '\n')) {
    ++number;
    std::string_view line = base::trim(raw);
    const bool comment = line.starts_with('#') || line.starts_with(';');
    if (line.empty() || comment) {
      goes_on = goes_on && comment;
      continue;
    }
    const bool more = line.ends_with('\\');
    if (more) line = base::trim(line.substr(0, line.size() - 1));
    if (goes_on && !lines.empty()) {
      lines.back().value.append(" ").append(line);
    } else if (line.starts_with('[')) {
      inside = line == "[Service]";
    } else if (const std::size_t equals = line.find('='); inside && equals != std::string_view::npos) {
      lines.push_back({std::string(base::trim(line.substr(0, equals))), std::string(base::trim(line.substr(equals + 1))), number});
    }
    goes_on = more && inside;
  }
  return lines;
}

struct Unit {
  const SourceFile& file;
  Symbol address;
  model::EntityFact entity;
  std::vector<Symbol> secrets;
  std::vector<model::Fact>& facts;

  [[nodiscard]] base::Location at(std::uint32_t line) const { return {Symbol(file.path), line, 1}; }
};

SettingFact make_setting(const Unit& unit, SettingChannel channel, Symbol name, std::uint32_t line) {
  SettingFact fact;
  fact.owner = unit.address;
  fact.scope = unit.entity.name;
  fact.channel = channel;
  fact.name = name;
  fact.location = unit.at(line);
  return fact;
}

/// `Environment="A=1" B=2`
void read_environment(Unit& unit, const Line& line) {
  for (const std::string& word : compose_file::split_words(line.value)) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) continue;
    const Symbol name(word.substr(0, equals));
    SettingFact fact = make_setting(unit, SettingChannel::environment, name, line.number);
    const Symbol shown = take_literal(fact, std::string_view(word).substr(equals + 1));
    if (!fact.secret.empty()) unit.secrets.push_back(name);
    add_row(unit.entity.attributes, environment, shown, fact.location, unit.entity.name, name);
    unit.facts.emplace_back(std::move(fact));
  }
}

void read_command(Unit& unit, const Line& line) {
  // What may stand before the program changes how it is started, not what is.
  const std::vector<std::string> words =
      compose_file::split_words(line.value.substr(std::min(line.value.find_first_not_of("@-:+!"), line.value.size())));
  std::vector<std::string_view> views(words.begin(), words.end());
  const CommandText text(views);
  model::TextList shown;
  for (std::size_t i = 0; i < words.size(); ++i) {
    SettingFact fact = make_setting(unit, SettingChannel::command, Symbol(std::to_string(i)), line.number);
    text.redact(i, i == 0 ? std::string_view() : views[i - 1], fact, unit.secrets);
    shown.push_back(fact.opaque ? Symbol(connection::k_redacted) : fact.text);
    unit.facts.emplace_back(std::move(fact));
  }
  if (!shown.empty()) add_row(unit.entity.attributes, command, std::move(shown), unit.at(line.number), unit.entity.name);
}

void read_line(Unit& unit, const Line& line) {
  Rows& rows = unit.entity.attributes;
  const base::Location location = unit.at(line.number);
  const bool yes = line.value == "yes" || line.value == "true" || line.value == "1" || line.value == "on";
  if (line.key == "Environment") read_environment(unit, line);
  if (line.key == "Restart") add_row(rows, restart_policy, Symbol(line.value), location);
  if (line.key == "NoNewPrivileges") add_row(rows, allow_privilege_escalation, !yes, location, unit.entity.name);
  if (line.key == "User" && (line.value == "root" || line.value == "0")) {
    add_row(rows, run_as_user, std::int64_t{0}, location, unit.entity.name);
  } else if (line.key == "User") {
    add_row(rows, settings, Symbol(line.value), location, unit.entity.name, Symbol("user"));
  }
}

}  // namespace

bool write_unit(const SourceFile& file, std::vector<model::Fact>& facts) {
  const std::vector<Line> lines = service_lines(file.bytes);
  const Line* start = nullptr;
  for (const Line& line : lines) {
    if (line.key == "ExecStart" && !line.value.empty()) start = &line;  // a later one takes the place of an earlier one
  }
  std::string name(base::file_name(file.path));
  name.resize(name.size() - std::string_view(".service").size());
  if (name.ends_with('@')) name.pop_back();
  if (start == nullptr || name.empty()) return false;
  Unit unit{file, Symbol(name), {}, {}, facts};
  unit.entity.address = unit.address;
  unit.entity.kind = model::EntityKind::service;
  unit.entity.name = unit.address;
  unit.entity.location = {Symbol(file.path), 1, 1};
  add_row(unit.entity.attributes, workload_kind, Symbol("SystemdUnit"), unit.entity.location);
  add_row(unit.entity.attributes, container_role, Symbol("main"), unit.entity.location, unit.entity.name);
  for (const Line& line : lines) read_line(unit, line);
  read_command(unit, *start);
  add_set(unit.entity.attributes, plaintext_secrets, std::move(unit.secrets), unit.entity.location, unit.entity.name);
  facts.emplace_back(std::move(unit.entity));
  return true;
}

}  // namespace postern::ingest::settings_file
