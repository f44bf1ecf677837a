// SPDX-License-Identifier: Apache-2.0
// Finds inventories, puts their variables together, and says what each host is told.
#include <connection/endpoint.h>
#include <connection/name_tokens.h>
#include <ingest/ansible/inventory.h>
#include <ingest/ansible/project.h>
#include <ingest/attribute_rows.h>
#include <ingest/command_text.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

namespace postern::ingest::ansible {
namespace {

using namespace model::attribute;
using base::Symbol;

/// Variables of hosts times hosts can be many; what is beyond is not told.
constexpr std::size_t k_most_settings = 200'000;

bool has_word(std::string_view name) {
  const std::string lower = base::to_lower(name);
  return lower.find("inventory") != std::string::npos || lower.find("hosts") != std::string::npos;
}

/// `inventory/production`, `hosts.ini`, or one of the names that stages have beside a playbook.
bool is_inventory_name(std::string_view path) {
  constexpr std::array<std::string_view, 10> k_stages = {"dev",   "development", "prod", "production", "qa",
                                                         "stage", "staging",     "test", "testing",    "uat"};
  std::string_view name = base::file_name(path);
  for (const std::string_view end : {".ini", ".yaml", ".yml"}) {
    if (name.ends_with(end)) name.remove_suffix(end.size());
  }
  if (has_word(name) || std::find(k_stages.begin(), k_stages.end(), name) != k_stages.end()) return true;
  for (std::string_view folder = base::folder_of(path); !folder.empty(); folder = base::folder_of(folder)) {
    const std::string_view part = base::file_name(folder);
    if (part == "inventory" || part == "inventories") return true;
  }
  return false;
}

bool is_yaml_name(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml"); }
bool has_no_ending(std::string_view path) { return base::file_name(path).find('.') == std::string_view::npos; }

/// The group or host that a file of variables is for, and the folder in which `group_vars` stands.
struct VariablesFile {
  std::string folder;
  std::string name;
  bool of_host = false;
};

std::optional<VariablesFile> variables_file(std::string_view path) {
  for (std::string_view below = path; !below.empty(); below = base::folder_of(below)) {
    const std::string_view folder = base::folder_of(below);
    const std::string_view part = base::file_name(folder);
    if (part != "group_vars" && part != "host_vars") continue;
    std::string_view name = base::file_name(below);
    if (below == path) {
      for (const std::string_view end : {".yml", ".yaml", ".json"}) {
        if (name.ends_with(end)) name.remove_suffix(end.size());
      }
    }
    return VariablesFile{std::string(base::folder_of(folder)), std::string(name), part == "host_vars"};
  }
  return std::nullopt;
}

/// One inventory with the files that are part of it.
struct Read {
  std::size_t file = 0;
  Inventory inventory;
  std::set<std::size_t> used;
  bool failed = false;
  std::string prefix;
};

std::optional<Read> read_inventory(const SourceFiles& files, std::size_t index, const document::Limits& limits,
                                   base::DiagnosticSink& sink) {
  const SourceFile& file = files[index];
  if (variables_file(files.below_root(file.path))) return std::nullopt;
  const bool named = is_inventory_name(files.below_root(file.path));
  Read read;
  read.file = index;
  if (is_yaml_name(file.path)) {
    if (!file.hints.hold(Hint::hosts) || (!named && !file.hints.hold(Hint::every_group))) return std::nullopt;
    base::DiagnosticSink trouble;
    const auto documents =
        document::read_documents(std::string(file.bytes), document::Format::yaml, Symbol(file.path), limits, trouble);
    if (documents.size() != 1 || !is_yaml_inventory(documents.front().root())) return std::nullopt;
    if (!named && !documents.front().root()["all"]) return std::nullopt;
    read.inventory = read_yaml(documents.front().root(), trouble);
    read.failed = trouble.has_errors();
    sink.merge(std::move(trouble));
    return read;
  }
  const bool may_be = named && (has_no_ending(file.path) || file.path.ends_with(".ini"));
  if (!may_be || !is_ini_inventory(file.bytes)) return std::nullopt;
  read.inventory = read_ini(file.bytes, Symbol(file.path), sink);
  return read;
}

/// Takes in group_vars and host_vars that lie beside the inventory, or beside a playbook above it: what is nearer wins.
void add_files(const SourceFiles& files, const document::Limits& limits, Read& read, base::DiagnosticSink& sink) {
  const std::string_view own = base::folder_of(files[read.file].path);
  std::vector<std::pair<std::size_t, std::size_t>> found;  // length of the folder, file
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto file = variables_file(files[i].path);
    if (!file) continue;
    const bool above = file->folder.empty() || own == file->folder ||
                       (own.size() > file->folder.size() && own.starts_with(file->folder) && own[file->folder.size()] == '/');
    if (above) found.emplace_back(file->folder.size(), i);
  }
  std::sort(found.begin(), found.end());
  for (const auto& [length, index] : found) {
    const SourceFile& source = files[index];
    const VariablesFile file = *variables_file(source.path);
    const bool known =
        file.of_host ? read.inventory.hosts.contains(file.name) : file.name == "all" || read.inventory.groups.contains(file.name);
    if (!known) continue;
    read.used.insert(index);
    if (source.bytes.starts_with("$ANSIBLE_VAULT")) continue;  // all of it is encrypted
    base::DiagnosticSink trouble;
    const auto documents =
        document::read_documents(std::string(source.bytes), document::Format::detect, Symbol(source.path), limits, trouble);
    sink.merge(std::move(trouble));
    for (const document::Document& each : documents) {
      auto& variables = file.of_host ? read.inventory.hosts[file.name].variables : read.inventory.groups[file.name].variables;
      add_variables(each.root(), variables);
      if (!file.of_host && read.inventory.groups[file.name].location.line == 0)
        read.inventory.groups[file.name].location = {Symbol(source.path), 1, 1};
    }
  }
}

/// Says what one inventory means.
class Writer {
 public:
  Writer(const Inventory& inventory, std::string prefix, std::vector<model::Fact>& facts)
      : m_inventory(inventory), m_prefix(std::move(prefix)), m_facts(facts) {}

  void write() {
    for (const auto& [name, group] : m_inventory.groups) {
      for (const std::string& child : group.children) m_parents[child].insert(name);
    }
    for (const auto& [name, group] : m_inventory.groups) write_group(name, group);
    for (const auto& [name, host] : m_inventory.hosts) write_host(name, host);
  }

 private:
  [[nodiscard]] Symbol address(std::string_view kind, std::string_view name) const {
    return Symbol(m_prefix + std::string(kind) + "/" + std::string(name));
  }

  /// All groups of a host with how far they are from those that name it; `all` is furthest. Circles end.
  [[nodiscard]] std::map<std::string, std::size_t> groups_of(const std::string& host) const {
    constexpr std::size_t k_furthest = 1000;
    std::map<std::string, std::size_t> distances;
    std::vector<std::string> next;
    for (const auto& [name, group] : m_inventory.groups) {
      if (group.hosts.contains(host)) next.push_back(name);
    }
    for (std::size_t distance = 0; !next.empty(); ++distance) {
      std::vector<std::string> further;
      for (const std::string& name : next) {
        if (!distances.emplace(name, distance).second) continue;
        const auto parents = m_parents.find(name);
        if (parents != m_parents.end()) further.insert(further.end(), parents->second.begin(), parents->second.end());
      }
      next = std::move(further);
    }
    if (m_inventory.groups.contains("all")) distances["all"] = k_furthest;
    return distances;
  }

  /// The text of a variable as a setting of its owner; secrets are redacted.
  static Symbol take(const Variable& variable, model::SettingFact& fact) {
    fact.channel = model::SettingChannel::data;
    fact.name = Symbol(variable.name);
    fact.location = variable.location;
    return take_literal(fact, variable.text);
  }

  /// What an entity shows of its variables: each once, the last one counts.
  static void show(const std::vector<Variable>& variables, const model::AttributeDefinition& definition,
                   model::EntityFact& entity) {
    std::map<std::string, const Variable*> last;
    for (const Variable& variable : variables) last[variable.name] = &variable;
    std::vector<Symbol> secrets;
    base::Location first_secret = entity.location;
    for (const auto& [name, variable] : last) {
      if (is_own_address(name)) continue;
      model::SettingFact fact;
      Symbol shown;
      if (variable->knowledge == Knowledge::literal) shown = take(*variable, fact);
      if (!fact.secret.empty()) {
        if (secrets.empty()) first_secret = variable->location;
        secrets.emplace_back(name);
      }
      const model::AttributeValue value = variable->knowledge == Knowledge::vault      ? model::AttributeValue(Symbol("(vault)"))
                                          : variable->knowledge == Knowledge::computed ? model::AttributeValue(model::Unknown{})
                                                                                       : model::AttributeValue(shown);
      add_row(entity.attributes, definition, model::AttributeValue(value), variable->location, {}, Symbol(name));
    }
    add_set(entity.attributes, plaintext_secrets, std::move(secrets), first_secret);
  }

  void write_group(const std::string& name, const Group& group) {
    if (group.variables.empty()) return;
    model::EntityFact entity;
    entity.address = address("groups", name);
    entity.kind = model::EntityKind::configuration;
    entity.name = Symbol("group " + name);
    entity.location = group.location;
    show(group.variables, data, entity);
    m_facts.emplace_back(std::move(entity));
  }

  void write_host(const std::string& name, const Host& host) {
    model::EntityFact entity;
    entity.address = address("hosts", name);
    entity.kind = model::EntityKind::host;
    entity.name = Symbol(name);
    entity.location = host.location;
    entity.aliases.push_back({model::AliasKind::host, Symbol(base::to_lower(name))});
    const std::map<std::string, std::size_t> groups = groups_of(name);
    std::vector<std::string> names;
    for (const auto& [group, distance] : groups) {
      if (group == "all" || group == "ungrouped") continue;
      entity.labels.emplace_back(Symbol("ansible-group/" + group), Symbol("true"));
      names.push_back(group);
    }
    if (!names.empty()) add_row(entity.attributes, settings, Symbol(base::join(names, ", ")), host.location, {}, Symbol("groups"));
    show(host.variables, settings, entity);
    tell(name, host, groups, entity);
    std::sort(entity.aliases.begin(), entity.aliases.end());
    entity.aliases.erase(std::unique(entity.aliases.begin(), entity.aliases.end()), entity.aliases.end());
    m_facts.emplace_back(std::move(entity));
  }

  static bool is_own_address(std::string_view name) { return name == "ansible_host" || name == "ansible_ssh_host"; }

  /// Whether a variable of that name and text may say an address: most say sizes, paths and switches.
  static bool may_say_address(const Variable& variable) {
    if (variable.name.starts_with("ansible_") || variable.text.empty()) return false;
    if (variable.text.find("://") != std::string::npos) return true;
    constexpr std::array<std::string_view, 14> k_words = {"addr",  "address", "broker", "brokers", "dsn",      "endpoint", "host",
                                                          "hosts", "port",    "server", "servers", "upstream", "uri",      "url"};
    const std::vector<std::string> tokens = connection::name_tokens(variable.name);
    return std::any_of(tokens.begin(), tokens.end(),
                       [&](const std::string& token) { return std::find(k_words.begin(), k_words.end(), token) != k_words.end(); });
  }

  /// What the host is told: variables of its groups, the nearer the stronger, and its own.
  void tell(const std::string& name, const Host& host, const std::map<std::string, std::size_t>& groups,
            model::EntityFact& entity) {
    std::vector<std::pair<std::size_t, std::string>> order;
    for (const auto& [group, distance] : groups) order.emplace_back(distance, group);
    std::sort(order.begin(), order.end(), std::greater<>());
    std::map<std::string, std::pair<const Variable*, std::string>> effective;
    for (const auto& [distance, group] : order) {
      const auto known = m_inventory.groups.find(group);
      for (const Variable& variable : known->second.variables) effective[variable.name] = {&variable, group};
    }
    for (const Variable& variable : host.variables) effective[variable.name] = {&variable, {}};
    std::set<std::string> told;
    for (const auto& [key, entry] : effective) {
      const Variable& variable = *entry.first;
      if (is_own_address(key) && variable.knowledge == Knowledge::literal && !variable.text.empty())
        entity.aliases.push_back({model::AliasKind::host, Symbol(base::to_lower(variable.text))});
      if (!entry.second.empty()) told.insert(entry.second);
      if (variable.knowledge != Knowledge::literal || !may_say_address(variable) || m_settings >= k_most_settings) continue;
      ++m_settings;
      model::SettingFact fact;
      fact.owner = address("hosts", name);
      (void)take(variable, fact);
      m_facts.emplace_back(std::move(fact));
    }
    for (const std::string& group : told) {
      model::ReferenceFact fact;
      fact.source = address("groups", group);
      fact.target = address("hosts", name);
      fact.kind = model::RelationKind::configures;
      fact.note = Symbol("variables of group " + group);
      fact.location = m_inventory.groups.at(group).location;
      m_facts.emplace_back(std::move(fact));
    }
  }

  const Inventory& m_inventory;
  std::string m_prefix;
  std::vector<model::Fact>& m_facts;
  std::map<std::string, std::set<std::string>> m_parents;
  std::size_t m_settings = 0;
};

/// Inventories that have a host or a group with variables in common get their paths before their addresses.
void give_prefixes(const SourceFiles& files, std::vector<Read>& inventories) {
  std::map<std::string, std::set<std::size_t>> owners;
  for (std::size_t at = 0; at < inventories.size(); ++at) {
    for (const auto& [name, host] : inventories[at].inventory.hosts) owners["hosts/" + name].insert(at);
    for (const auto& [name, group] : inventories[at].inventory.groups) {
      if (!group.variables.empty()) owners["groups/" + name].insert(at);
    }
  }
  for (const auto& [address, all] : owners) {
    if (all.size() < 2) continue;
    for (const std::size_t at : all) inventories[at].prefix = std::string(files.below_root(files[inventories[at].file].path)) + ":";
  }
}

}  // namespace

bool wants_inventory(std::string_view path) {
  if (!has_no_ending(path) && !path.ends_with(".ini")) return false;
  return is_inventory_name(path) || (has_no_ending(path) && variables_file(path));
}

std::vector<ProjectFile> read_inventories(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink) {
  std::vector<Read> inventories;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (auto read = read_inventory(files, i, settings.limits, sink)) inventories.push_back(std::move(*read));
  }
  for (Read& read : inventories) add_files(files, settings.limits, read, sink);
  give_prefixes(files, inventories);
  std::map<std::size_t, ProjectFile> results;
  for (const Read& read : inventories) {
    results.insert_or_assign(read.file, ProjectFile{read.file, read.failed, {}});
    for (const std::size_t used : read.used) results.try_emplace(used, ProjectFile{used, false, {}});
  }
  for (const Read& read : inventories) Writer(read.inventory, read.prefix, results.at(read.file).facts).write();
  std::vector<ProjectFile> answer;
  for (auto& [index, file] : results) answer.push_back(std::move(file));
  return answer;
}

}  // namespace postern::ingest::ansible
