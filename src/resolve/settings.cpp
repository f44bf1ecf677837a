// SPDX-License-Identifier: Apache-2.0
// The settings that a container really gets: literals, keys of configurations and secrets, references to one another expanded.
#include "resolve/settings.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>

#include "connection/command_line.h"
#include "connection/name_tokens.h"
#include "resolve/service_variables.h"

namespace postern::resolve {

using model::SettingChannel;
using model::SettingFact;
using model::SettingSource;

namespace {

/// "environment variable CART_ADDR of container server".
Symbol note_of(const SettingFact& fact) {
  std::string text;
  switch (fact.channel) {
    case SettingChannel::environment:
      text = "environment variable " + fact.name.str();
      break;
    case SettingChannel::argument:
      text = "argument";
      break;
    case SettingChannel::command:
      text = "command";
      break;
    case SettingChannel::data:
      text = "key " + fact.name.str() + " of " + fact.owner.str();
      break;
    case SettingChannel::annotation:
      text = "annotation " + fact.name.str();
      break;
  }
  if (!fact.scope.empty()) text += " of container " + fact.scope.str();
  return Symbol(text);
}

std::optional<std::uint16_t> port_of(std::uint32_t port) {
  if (port == 0 || port > 65535) return std::nullopt;
  return static_cast<std::uint16_t>(port);
}

connection::Confidence confidence_of(Symbol text) {
  using connection::Confidence;
  for (const Confidence value : {Confidence::url, Confidence::managed_host, Confidence::host_port}) {
    if (text.view() == connection::to_string(value)) return value;
  }
  return Confidence::bare_name;
}

/// Whether a setting of this name holds a host and nothing else: DB_HOST, discovery.seed_hosts. HOST alone is where the program
/// itself listens, and other words for addresses (SERVER, TARGET, MASTER) stand for other things as well.
bool names_host(std::string_view name) {
  constexpr std::array<std::string_view, 4> k_words{"host", "hosts", "hostname", "hostnames"};
  const std::vector<std::string> tokens = connection::name_tokens(name);
  return tokens.size() > 1 && std::find(k_words.begin(), k_words.end(), tokens.back()) != k_words.end();
}

/// A mention that an extractor already parsed at the door.
connection::Endpoint endpoint_of(const model::MentionFact& fact) {
  connection::Endpoint endpoint;
  endpoint.scheme = fact.scheme.str();
  endpoint.host = fact.host.str();
  endpoint.port = port_of(fact.port);
  endpoint.path = fact.path.str();
  endpoint.technology = fact.technology.str();
  endpoint.confidence = confidence_of(fact.confidence);
  if (fact.transport.view() == "encrypted") endpoint.transport = connection::Transport::encrypted;
  if (fact.transport.view() == "plaintext") endpoint.transport = connection::Transport::plaintext;
  return endpoint;
}

/// Linux starts no program with a longer string in its environment (MAX_ARG_STRLEN), nor with more of them together.
constexpr std::size_t k_longest_value = std::size_t{128} * 1024;
constexpr std::size_t k_longest_environment = std::size_t{6} * 1024 * 1024;

/// Replaces `$(NAME)` by the values that are known, as Kubernetes does; `$$(NAME)` stays, and so does what would grow over `room`:
/// values that name one another twice double at every step.
std::string expanded(std::string_view text, const std::map<Symbol, std::string>& known, std::size_t room) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = text.find("$(", at);
    const std::size_t end = start == std::string_view::npos ? start : text.find(')', start);
    if (end == std::string_view::npos) return result + std::string(text.substr(at));
    const bool escaped = start > 0 && text[start - 1] == '$';
    const auto value = known.find(Symbol(text.substr(start + 2, end - start - 2)));
    result += text.substr(at, start - at);
    const bool fits = value != known.end() && value->second.size() + result.size() <= room;
    result += escaped || !fits ? text.substr(start, end - start + 1) : std::string_view(value->second);
    at = end + 1;
  }
  return result;
}

}  // namespace

/// One container's settings while they are put together.
class ContainerSettings {
 public:
  /// What the settings say is added to `mentions`, which must outlive it.
  ContainerSettings(const SettingTable& table, const LinkIndex& index, EntityIndex owner, Mentions& mentions)
      : m_table(table), m_index(index), m_owner(owner), m_mentions(mentions) {}

  void add(const SettingFact& fact) {
    switch (fact.source) {
      case SettingSource::all_configuration:
      case SettingSource::all_secret:
        add_all_keys(fact);
        break;
      case SettingSource::configuration_key:
      case SettingSource::secret_key:
        add_key(fact);
        break;
      case SettingSource::literal:
        if (!fact.opaque) add_value(fact, fact.name, expand(fact.text.view()), known(fact.name, fact.text));
        break;
      case SettingSource::runtime:
        break;
    }
  }

  /// Arguments and commands after all variables: `--flag=value`, `--flag value`, or free text that is searched.
  void add_words(const std::vector<const SettingFact*>& words) {
    std::vector<std::string> expanded_words(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i]->opaque) continue;
      std::string text = expand(words[i]->text.view());
      const auto [flag, value] = flag_of(text, i == 0 ? std::string_view() : words[i - 1]->text.view());
      const auto mode = flag.empty() ? connection::ParseMode::text : connection::ParseMode::setting;
      for (connection::Endpoint& endpoint : connection::parse_endpoints(flag, value, mode)) {
        m_mentions.push_back({m_owner, std::move(endpoint), {{words[i]->location, note_of(*words[i])}}, {}, false});
      }
      expanded_words[i] = std::move(text);
    }
    for (connection::WordEndpoint& found : connection::endpoints_of_command(expanded_words)) {
      const SettingFact& fact = *words[found.word];
      m_mentions.push_back({m_owner, std::move(found.endpoint), {{fact.location, note_of(fact)}}, {}, false});
    }
  }

  /// Adds what the variables say together, once all are there.
  void finish() {
    if (m_settings.empty()) return;
    for (connection::SettingEndpoint& found : connection::endpoints_of_settings(m_settings, m_known_addresses)) {
      Mention& mention = m_mentions.emplace_back(Mention{m_owner, std::move(found.endpoint), {}, {}, false});
      for (const std::size_t setting : found.settings) {
        const SettingFact& fact = *m_origin[setting];
        mention.evidence.push_back({fact.location, note_of(fact)});
        mention.variables.emplace_back(fact.scope, fact.name);
        if (const auto key = m_keys[setting]) mention.keys.push_back(*key);
        mention.named_host = mention.named_host || names_host(m_settings[setting].name);
      }
    }
  }

  [[nodiscard]] const std::vector<std::pair<const SettingFact*, std::string>>& resolved_keys() const { return m_resolved; }
  [[nodiscard]] const std::vector<ConfigurationKey>& consumed_keys() const { return m_consumed; }

  /// Everything that the object `fact` refers to says in a volume: every key.
  void add_mounted(const model::ReferenceFact& fact) {
    const SettingTable::OwnFacts* object = facts_of(fact.target);
    if (object != nullptr) add_object(*object);
  }

  /// Everything that a configuration says.
  void add_object(const SettingTable::OwnFacts& object) {
    for (const SettingFact* entry : object.settings) {
      if (entry->opaque) continue;
      const Addresses* found = known(entry->name, entry->text);
      Addresses read;
      if (found == nullptr) {
        read = connection::parse_endpoints(entry->name.view(), entry->text.view(), connection::ParseMode::setting);
        found = &read;
      }
      for (const connection::Endpoint& endpoint : *found) {
        m_mentions.push_back({m_owner, endpoint, {{entry->location, note_of(*entry)}}, {}, false});
      }
    }
    for (const model::MentionFact* mention : object.mentions) add_mention(*mention, mention->location);
  }

  /// A configuration that the program reads as its variables.
  void add_variables(const SettingTable::OwnFacts& object) {
    for (const SettingFact* entry : object.settings) add(*entry);
    for (const model::MentionFact* mention : object.mentions) add_mention(*mention, mention->location);
  }

  /// What an object says in a field of its own.
  void add_own(const model::MentionFact& fact) {
    if (m_index.entities()[m_owner].kind == model::EntityKind::endpoint) return add_mention(fact, fact.location);
    Mention& mention = m_mentions.emplace_back(Mention{m_owner, endpoint_of(fact), {{fact.location, fact.name}}, {}, false});
    mention.entrances = fact.scope;
    mention.forwarding = fact.forwarding;
  }

  void add_mention(const model::MentionFact& fact, const base::Location& location) {
    const Symbol note("key " + fact.name.str() + " of " + fact.owner.str());
    m_mentions.push_back({m_owner, endpoint_of(fact), {{location, note}}, {}, false});
  }

 private:
  using Addresses = std::vector<connection::Endpoint>;

  std::string expand(std::string_view text) {
    if (text.find('$') == std::string_view::npos) return std::string(text);
    std::string result(text);
    if (text.find("$(") != std::string_view::npos) {
      // Few settings refer to others, so most containers need no table of values.
      for (; m_known_settings < m_settings.size(); ++m_known_settings) {
        const connection::Setting& setting = m_settings[m_known_settings];
        m_known[Symbol(setting.name)] = setting.value;
      }
      result = expanded(text, m_known, std::min(k_longest_value, m_room));
      m_room -= std::min(m_room, result.size());
    }
    return result.find("_SERVICE_") == std::string::npos ? result : with_service_variables(result, m_index, query());
  }

  [[nodiscard]] NameQuery query() const {
    const Declared& declared = m_index.declared(m_owner);
    return {declared.place, m_index.entities()[m_owner].namespace_name, declared.namespace_declared, false};
  }

  [[nodiscard]] const SettingTable::OwnFacts* facts_of(Symbol object) const {
    const Symbol namespace_name = m_index.entities()[m_owner].namespace_name;
    const auto found = m_index.find_local(query(), local_of(object.view(), namespace_name.view()));
    return found ? &m_table.m_facts[*found] : nullptr;
  }

  [[nodiscard]] EntityIndex object_index(const SettingTable::OwnFacts* object) const {
    return static_cast<EntityIndex>(object - m_table.m_facts.data());
  }

  /// What the book says of a value that is written like this, and not expanded.
  [[nodiscard]] const Addresses* known(Symbol name, Symbol text) const { return m_table.m_addresses.find(name, text); }

  void add_value(const SettingFact& fact, Symbol name, std::string text, const Addresses* known_addresses,
                 std::optional<ConfigurationKey> key = std::nullopt) {
    m_keys.push_back(key);
    m_known_addresses.push_back(known_addresses);
    m_settings.push_back({name.str(), std::move(text)});
    m_origin.push_back(&fact);
  }

  void add_key(const SettingFact& fact) {
    const SettingTable::OwnFacts* object = facts_of(fact.object);
    if (object == nullptr) return;
    for (const SettingFact* entry : object->settings) {
      if (entry->name != fact.key || entry->opaque) continue;
      const ConfigurationKey key{object_index(object), fact.key};
      add_value(fact, fact.name, entry->text.str(), known(fact.name, entry->text), key);
      m_consumed.push_back(key);
      m_resolved.emplace_back(&fact, entry->text.str());
    }
    for (const model::MentionFact* mention : object->mentions) {
      if (mention->name == fact.key) add_mention(*mention, fact.location);
    }
  }

  void add_all_keys(const SettingFact& fact) {
    const SettingTable::OwnFacts* object = facts_of(fact.object);
    if (object == nullptr) return;
    for (const SettingFact* entry : object->settings) {
      if (entry->opaque) continue;
      const Symbol name = fact.key.empty() ? entry->name : Symbol(fact.key.str() + entry->name.str());
      add_value(fact, name, entry->text.str(), known(name, entry->text), ConfigurationKey{object_index(object), entry->name});
    }
    for (const model::MentionFact* mention : object->mentions) add_mention(*mention, fact.location);
  }

  /// The flag (without dashes) and its value that a word says; no flag: the word is free text.
  static std::pair<std::string, std::string> flag_of(const std::string& word, std::string_view before) {
    const bool dashed = word.size() > 1 && word[0] == '-' && word.find_first_of(" \n\t") > word.find('=');
    if (dashed) {
      const std::size_t equals = word.find('=');
      const std::size_t name = word.find_first_not_of('-');
      if (equals == std::string::npos || name >= equals) return {"", word};
      return {word.substr(name, equals - name), word.substr(equals + 1)};
    }
    const bool after_flag = before.size() > 2 && before.starts_with("--") && before.find('=') == std::string_view::npos;
    if (after_flag && word.find_first_of(" \n\t") == std::string::npos) return {std::string(before.substr(2)), word};
    return {"", word};
  }

  const SettingTable& m_table;
  const LinkIndex& m_index;
  EntityIndex m_owner;
  std::map<Symbol, std::string> m_known;  ///< values by name, of the first `m_known_settings` settings
  std::size_t m_known_settings = 0;
  std::size_t m_room = k_longest_environment;  ///< bytes that expansions may still make
  std::vector<connection::Setting> m_settings;
  std::vector<const SettingFact*> m_origin;             ///< by setting
  std::vector<std::optional<ConfigurationKey>> m_keys;  ///< by setting
  std::vector<const Addresses*> m_known_addresses;      ///< by setting; null: to be read
  std::vector<ConfigurationKey> m_consumed;             ///< keys that single variables stand for
  Mentions& m_mentions;
  std::vector<std::pair<const SettingFact*, std::string>> m_resolved;
};

SettingTable::SettingTable(const model::StateView& state, const LinkIndex& index, const AddressBook& addresses)
    : m_addresses(addresses), m_facts(index.entities().size()) {
  for (const model::UnitView& unit : state.units) {
    // What one object says stands together: it is looked for once.
    Symbol last_address;
    OwnFacts* last_facts = nullptr;
    const auto facts_of = [&](Symbol address) {
      if (address == last_address) return last_facts;
      last_address = address;
      const bool replaced = unit.replaced_addresses.contains(address);
      const auto found = replaced ? std::nullopt : index.find({unit.id.application, unit.id.target, address});
      return last_facts = found ? &m_facts[*found] : nullptr;
    };
    for (const model::Input* input : unit.inputs) {
      for (const model::Fact& fact : input->facts) {
        if (const auto* setting = std::get_if<SettingFact>(&fact)) {
          if (OwnFacts* own = facts_of(setting->owner)) own->settings.push_back(setting);
        } else if (const auto* mention = std::get_if<model::MentionFact>(&fact)) {
          if (OwnFacts* own = facts_of(mention->owner)) own->mentions.push_back(mention);
        } else if (const auto* reference = std::get_if<model::ReferenceFact>(&fact)) {
          const bool volume = reference->kind == model::RelationKind::mounts && reference->note.view().starts_with("volume");
          if (!volume) continue;
          if (OwnFacts* own = facts_of(reference->source)) own->mounts.push_back(reference);
        }
      }
    }
  }
}

void SettingTable::attach(const std::vector<Attachment>& attachments) {
  for (const Attachment& each : attachments) m_facts[each.workload].attached.push_back(each.configuration);
}

Mentions SettingTable::mentions(LinkIndex& index) const {
  Mentions all;
  for (EntityIndex owner = 0; owner < m_facts.size(); ++owner) {
    for (const model::ReferenceFact* mount : m_facts[owner].mounts) index.keep_keys(owner, *mount);
  }
  ConsumedKeys consumed;
  for (EntityIndex owner = 0; owner < m_facts.size(); ++owner) {
    const OwnFacts& own = m_facts[owner];
    const model::EntityKind kind = index.entities()[owner].kind;
    if (kind == model::EntityKind::configuration || kind == model::EntityKind::secret)
      continue;  // they speak through who uses them
    ContainerSettings unscoped(*this, index, owner, all);
    for (const model::MentionFact* mention : own.mentions) unscoped.add_own(*mention);
    for (const model::ReferenceFact* mount : own.mounts) unscoped.add_mounted(*mount);
    for (const EntityIndex configuration : own.attached) unscoped.add_variables(m_facts[configuration]);
    if (!own.attached.empty()) unscoped.finish();
    std::map<Symbol, std::vector<const SettingFact*>> containers;
    for (const SettingFact* fact : own.settings) containers[fact->scope].push_back(fact);
    for (auto& [scope, facts] : containers) {
      ContainerSettings container(*this, index, owner, all);
      const auto is_all = [](const SettingFact* fact) {
        return fact->source == SettingSource::all_configuration || fact->source == SettingSource::all_secret;
      };
      std::stable_partition(facts.begin(), facts.end(), is_all);  // variables of their own win over whole objects
      std::vector<const SettingFact*> words;
      for (const SettingFact* fact : facts) {
        const bool word = fact->channel == SettingChannel::argument || fact->channel == SettingChannel::command;
        if (word) {
          words.push_back(fact);
        } else {
          container.add(*fact);
        }
      }
      container.add_words(words);
      container.finish();
      for (const ConfigurationKey& key : container.consumed_keys()) consumed[key.object].insert(key.key);
      model::Attributes& attributes = index.entities()[owner].attributes;
      for (const auto& [fact, text] : container.resolved_keys()) {
        const model::Attribute* row = attributes.find(model::attribute::environment, fact->scope, fact->name);
        if (row != nullptr) attributes.set(model::attribute::environment, Symbol(text), row->location, fact->scope, fact->name);
      }
    }
  }
  index.consume(consumed);
  return all;
}

}  // namespace postern::resolve
