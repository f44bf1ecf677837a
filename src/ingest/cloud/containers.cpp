// SPDX-License-Identifier: Apache-2.0
// Reads containers: ECS, Lambda, App Runner, Cloud Run, Container Apps, App Service and their like.
#include <connection/redact.h>
#include <ingest/cloud/containers.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <optional>

namespace postern::ingest::cloud {
namespace {

using namespace model::attribute;
using base::Symbol;
using model::SettingChannel;
using model::SettingFact;
using model::SettingSource;

constexpr int k_deepest = 8;

class Reader {
 public:
  explicit Reader(Containers& into) : m_into(into) {}

  void container(const Value& node, Symbol scope) {
    m_secrets.clear();
    read_image(node, scope);
    read_ports(node, scope);
    for (const std::string_view key : {"environment", "env", "environment_variable"}) variables(node[key], scope);
    for (const std::string_view key : {"environment_variables", "secure_environment_variables"}) variables(node[key], scope);
    secrets(node["secrets"], scope);
    read_words(node["command"], command, scope);
    read_words(node["args"], args, scope);
    finish(scope, node.location());
  }

  /// A map of variables, or a list of names with values.
  void variables(const Value& node, Symbol scope) {
    if (node.is_map() && node.find("variables") != nullptr) return variables(node["variables"], scope);
    const bool one =
        node.is_map() && node.find("name") != nullptr && (node.find("value") != nullptr || node.find("value_from") != nullptr);
    if (one) return variable(node, scope);
    for (const Member& member : node.members()) value(Symbol(member.first), member.second, scope);
    for (const Value& item : node.items()) variable(item, scope);
  }

  void secrets(const Value& node, Symbol scope) {
    for (const Value& item : node.items()) {
      const Value& name = item["name"];
      if (name.is_text() && item.find("value_from") != nullptr) refer(Symbol(name.as_text()), item["value_from"], scope);
    }
    for (const Member& member : node.members()) refer(Symbol(member.first), member.second, scope);
  }

  void unknown_containers(const Value& node, Symbol name) {
    if (!node.references().empty()) m_into.variables.push_back({{}, name, node.all_references(), {}, node.location(), {}});
    m_into.rows.push_back({&image, {}, {}, model::Unknown{}, node.location()});
  }

  void finish(Symbol scope, const base::Location& location) {
    if (m_secrets.empty()) return;
    std::sort(m_secrets.begin(), m_secrets.end());
    m_secrets.erase(std::unique(m_secrets.begin(), m_secrets.end()), m_secrets.end());
    m_into.rows.push_back({&plaintext_secrets, scope, {}, model::TextList(m_secrets.begin(), m_secrets.end()), location});
    m_secrets.clear();
  }

  void image_text(const Value& value, Symbol scope) {
    if (value.is_unknown()) {
      m_into.rows.push_back({&image, scope, {}, model::Unknown{}, value.location()});
      return;
    }
    if (!value.is_text() || value.as_text().empty()) return;
    std::string_view text = value.as_text();
    const std::size_t bar = text.find('|');
    if (bar != std::string_view::npos) {  // DOCKER|nginx:latest, NODE|18-lts
      if (!base::equals_ignoring_case(text.substr(0, bar), "docker")) return;
      text = text.substr(bar + 1);
    }
    const Symbol symbol(text);
    m_into.rows.push_back({&image, scope, {}, symbol, value.location()});
    m_into.aliases.push_back({model::AliasKind::image, symbol});
  }

 private:
  void read_image(const Value& node, Symbol scope) {
    if (node.find("image") != nullptr) image_text(node["image"], scope);
  }

  void read_ports(const Value& node, Symbol scope) {
    std::vector<Symbol> found;
    const auto add = [&](const Value& item) {
      for (const std::string_view key : {"container_port", "port"}) {
        const auto number = item[key].as_integer();
        if (!number || *number < 1 || *number > 65535) continue;
        const std::string_view protocol = item["protocol"].as_text();
        const bool udp = base::equals_ignoring_case(protocol, "udp");
        found.emplace_back(std::to_string(*number) + (udp ? "/UDP" : "/TCP"));
      }
    };
    for (const std::string_view key : {"port_mappings", "ports"}) {
      if (node[key].is_map()) add(node[key]);
      for (const Value& item : node[key].items()) add(item);
    }
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (!found.empty()) m_into.rows.push_back({&ports, scope, {}, model::TextList(found.begin(), found.end()), node.location()});
  }

  void read_words(const Value& node, const model::AttributeDefinition& definition, Symbol scope) {
    model::TextList words;
    for (const Value& item : node.items()) {
      if (!item.is_scalar()) continue;
      const connection::RedactedText redacted = connection::redact_text(item.as_text());
      for (const connection::SecretFinding& secret : redacted.secrets)
        m_secrets.emplace_back(secret.key.empty() ? "command" : secret.key);
      words.emplace_back(redacted.text);
    }
    if (!words.empty()) m_into.rows.push_back({&definition, scope, {}, std::move(words), node.location()});
  }

  void variable(const Value& item, Symbol scope) {
    const Value& name = item["name"];
    if (!name.is_text()) return;
    const Symbol symbol(name.as_text());
    for (const std::string_view key : {"value_from", "value_source"}) {
      if (item.find(key) != nullptr) return refer(symbol, item[key], scope);
    }
    const Value& secret_name = item["secret_name"].is_null() ? item["secret_ref"] : item["secret_name"];
    if (secret_name.is_text()) return refer(symbol, secret_name, scope);
    value(symbol, item["value"], scope);
  }

  void value(Symbol name, const Value& node, Symbol scope) {
    const base::Location& location = node.location();
    SettingFact fact;
    fact.scope = scope;
    fact.name = name;
    fact.location = location;
    if (node.sensitive()) {
      m_into.rows.push_back({&environment, scope, name, Symbol("(sensitive)"), location});
    } else if (node.is_scalar() && node.as_text().empty()) {
      m_into.rows.push_back({&environment, scope, name, Symbol(), location});
    } else if (node.is_scalar()) {
      const connection::Redacted redacted = connection::redact(name.view(), node.as_text());
      if (redacted.hard_coded()) {
        fact.secret = Symbol(connection::to_string(redacted.kind));
        fact.opaque = redacted.extent == connection::SecretExtent::whole;
        m_secrets.push_back(name);
      }
      if (!fact.opaque) fact.text = Symbol(redacted.text);
      m_into.rows.push_back({&environment, scope, name, redacted.hard_coded() ? Symbol("(secret)") : fact.text, location});
      if (!redacted.hard_coded()) note_reference(name, node, scope);
      m_into.settings.push_back(std::move(fact));
    } else if (node.is_unknown()) {
      if (!node.references().empty()) m_into.variables.push_back({scope, name, node.all_references(), {}, location, {}});
      m_into.rows.push_back({&environment, scope, name, model::Unknown{}, location});
    }
  }

  /// A text may be the id or name of a resource that is declared beside it.
  void note_reference(Symbol name, const Value& node, Symbol scope) {
    constexpr std::size_t k_longest = 512;
    const std::string_view text = node.as_text();
    const bool plain =
        node.is_text() && text.size() > 2 && text.size() <= k_longest && text.find_first_of(" \n") == std::string_view::npos;
    if (plain || !node.references().empty())
      m_into.variables.push_back(
          {scope, name, node.all_references(), plain ? std::string(text) : std::string(), node.location(), {}});
  }

  /// A variable that gets its value from a secret, a parameter, or at run time.
  void refer(Symbol name, const Value& source, Symbol scope) {
    std::string text;
    const Value* at = &source;
    for (int depth = 0; depth < 4 && at->is_map() && !at->members().empty(); ++depth) at = &at->members().front().second;
    if (at->is_text()) text = at->as_text();
    const std::vector<Reference> references = source.all_references();
    m_into.rows.push_back({&environment, scope, name,
                           Symbol(references.empty() ? "secret:" + text : "secret:" + references.front().address),
                           source.location()});
    m_into.variables.push_back({scope, name, references, text, source.location(), key_of(*at)});
  }

  /// `${secret.arn}:host::` takes what the secret holds under `host`.
  static std::string key_of(const Value& source) {
    const Draft* draft = source.draft();
    if (draft == nullptr || draft->parts.size() != 1) return {};
    const std::string_view after = text_after_part(*draft);
    if (!after.starts_with(':')) return {};
    return std::string(after.substr(1, after.find(':', 1) - 1));
  }

  Containers& m_into;
  std::vector<Symbol> m_secrets;
};

constexpr std::array<std::string_view, 5> k_lists = {"container_definitions", "containers", "container", "init_containers",
                                                     "container_properties"};

void consume(std::vector<Leaf>& leaves, const std::string& path) {
  for (Leaf& leaf : leaves) {
    const bool below = leaf.path.starts_with(path) && (leaf.path.size() == path.size() || leaf.path[path.size()] == '.');
    if (below) leaf.consumed = leaf.told = true;
  }
}

std::optional<Value> list_of(const Value& value) {
  if (value.draft() != nullptr) {
    const auto parsed = parse_json(*value.draft());
    return parsed ? std::optional(normalised(*parsed)) : std::nullopt;
  }
  if (value.is_text()) {
    const auto parsed = parse_json(value.as_text());
    return parsed ? std::optional(normalised(*parsed)) : std::nullopt;
  }
  if (value.is_list() || value.is_map()) return value;
  return std::nullopt;
}

/// What was read from inside a text stands where the text stands.
Value located(const Value& value, const base::Location& location) {
  if (value.is_list()) {
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(located(item, location));
    return Value::list(std::move(items)).at(location).with_references(value.references());
  }
  if (!value.is_map()) return value.at(location);
  std::vector<Member> members;
  for (const Member& member : value.members()) members.emplace_back(member.first, located(member.second, location));
  return Value::map(std::move(members)).at(location).with_references(value.references());
}

void find_containers(const Value& value, const std::string& path, int depth, Reader& reader, std::vector<Leaf>& leaves) {
  if (depth > k_deepest) return;
  for (const Value& item : value.items()) find_containers(item, path, depth + 1, reader, leaves);
  for (const Member& member : value.members()) {
    const std::string inner = path.empty() ? member.first : path + "." + member.first;
    if (std::find(k_lists.begin(), k_lists.end(), member.first) == k_lists.end()) {
      find_containers(member.second, inner, depth + 1, reader, leaves);
      continue;
    }
    const auto list = list_of(member.second);
    // What cannot be told before it is made still says where it gets its parts from.
    if (member.second.is_unknown() && !list) {
      reader.unknown_containers(member.second, base::Symbol(member.first));
      consume(leaves, inner);
    }
    if (!list) continue;
    const Value content = member.second.is_text() || member.second.is_unknown() ? located(*list, member.second.location()) : *list;
    const auto read = [&](const Value& container) {
      const std::string_view name = container["name"].as_text();
      if (container.is_map()) reader.container(container, Symbol(name.empty() ? "main" : name));
    };
    if (content.is_map()) read(content);
    for (const Value& item : content.items()) read(item);
    consume(leaves, inner);
  }
}

const Value& at_path(const Value& value, std::string_view path) {
  const Value* at = &value;
  for (std::string_view rest = path; !rest.empty();) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    if (at->is_list() && at->items().size() == 1) at = &at->items().front();
    at = &(*at)[rest.substr(0, dot)];
    rest = rest.substr(std::min(dot + 1, rest.size()));
    if (at->is_null()) break;
  }
  return at->is_list() && at->items().size() == 1 && at->items().front().is_map() ? at->items().front() : *at;
}

}  // namespace

Containers containers_of(const Value& arguments, std::vector<Leaf>& leaves) {
  Containers found;
  Reader reader(found);
  find_containers(arguments, "", 0, reader, leaves);
  constexpr std::array<std::string_view, 8> k_variables = {
      "environment.variables",
      "app_settings",
      "environment_variables",
      "service_config.environment_variables",
      "environment.environment_variable",
      "environment.environment_variables",
      "source_configuration.image_repository.image_configuration.runtime_environment_variables",
      "site_config.app_settings"};
  const Symbol whole;
  for (const std::string_view path : k_variables) {
    const Value& node = at_path(arguments, path);
    if (node.is_null()) continue;
    reader.variables(node, whole);
    consume(leaves, std::string(path));
  }
  constexpr std::array<std::string_view, 2> k_secrets = {
      "source_configuration.image_repository.image_configuration.runtime_environment_secrets",
      "source_configuration.code_repository.code_configuration.code_configuration_values.runtime_environment_secrets"};
  for (const std::string_view path : k_secrets) {
    reader.secrets(at_path(arguments, path), whole);
    consume(leaves, std::string(path));
  }
  constexpr std::array<std::string_view, 5> k_images = {"image_uri", "source_configuration.image_repository.image_identifier",
                                                        "site_config.linux_fx_version",
                                                        "site_config.application_stack.docker_image_name", "code.image_uri"};
  for (const std::string_view path : k_images) {
    if (at_path(arguments, path).is_null()) continue;
    reader.image_text(at_path(arguments, path), whole);
    consume(leaves, std::string(path));
  }
  reader.finish(whole, arguments.location());
  return found;
}

}  // namespace postern::ingest::cloud
