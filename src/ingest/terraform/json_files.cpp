// SPDX-License-Identifier: Apache-2.0
// Reads plans and states: values, what is unknown and secret in them, and the references behind what is unknown.
#include <ingest/cloud/collector.h>
#include <ingest/codes.h>
#include <ingest/terraform/address.h>
#include <ingest/terraform/json_files.h>
#include <postern/base/text.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

namespace postern::ingest::terraform {
namespace {

using cloud::Member;
using cloud::Reference;
using cloud::Value;
using cloud::value_of;
using document::Node;

constexpr int k_deepest_module = 32;
/// Expressions refer to variables and outputs of other modules, which refer to others.
constexpr int k_longest_chain = 16;

enum class Side : std::uint8_t { before, after };

/// The configuration inside a plan: expressions of resources, outputs and calls, by the path of their module.
class Configuration {
 public:
  explicit Configuration(const Node& root) : m_providers(root["configuration"]["provider_config"]), m_variables(root["variables"]) {
    add_module(root["configuration"]["root_module"], "", {}, 0);
  }

  [[nodiscard]] bool empty() const noexcept { return m_resources.empty(); }

  [[nodiscard]] Node resource(const std::string& module, std::string_view type, std::string_view name) const {
    const auto at = m_resources.find(module + "|" + std::string(type) + "." + std::string(name));
    return at == m_resources.end() ? Node() : at->second;
  }

  /// The region of the provider that a resource uses.
  [[nodiscard]] std::string region_of(const Node& resource) const {
    Node provider = m_providers[resource["provider_config_key"].text()];
    if (!provider) {
      const std::string_view key = resource["provider_config_key"].text();
      provider = m_providers[key.substr(key.rfind(':') + 1)];
    }
    const Node region = provider["expressions"]["region"];
    if (const Node constant = region["constant_value"]) return std::string(constant.text());
    for (const Node reference : region["references"].items()) {
      const std::string_view text = reference.text();
      if (text.starts_with("var.")) return std::string(m_variables[text.substr(4)]["value"].text());
    }
    return {};
  }

  /// Resources that the references of an expression in `module` (address with indexes) come to.
  [[nodiscard]] std::vector<Reference> resolve(const Node& references, const std::string& module) const {
    std::vector<Reference> found;
    add(references, module, 0, found);
    return found;
  }

 private:
  struct Call {
    Node expressions;
    std::string parent;
  };

  void add_module(const Node& module, const std::string& path, const Node& call, int depth) {
    if (depth > k_deepest_module) return;
    (void)call;
    for (const Node resource : module["resources"].items()) {
      const bool data = resource["mode"].text() == "data";
      const std::string key =
          path + "|" + (data ? "data." : "") + std::string(resource["type"].text()) + "." + std::string(resource["name"].text());
      m_resources.emplace(key, resource);
    }
    m_modules.emplace(path, module);
    for (const document::Entry entry : module["module_calls"].entries()) {
      const std::string inner = (path.empty() ? "module." : path + ".module.") + std::string(entry.key.text());
      m_calls.emplace(inner, entry.value);
      add_module(entry.value["module"], inner, entry.value, depth + 1);
    }
  }

  void add(const Node& references, const std::string& module, int depth, std::vector<Reference>& found) const {
    if (depth > k_longest_chain) return;
    std::set<std::string> longer;
    for (const Node node : references.items()) {
      const std::string_view text = node.text();
      // `a.b.c` is followed by `a.b`, which says nothing more.
      if (longer.contains(std::string(text))) continue;
      const std::vector<std::string_view> parts = parts_of(text);
      std::string prefix;
      for (const std::string_view part : parts) {
        prefix += (prefix.empty() ? "" : ".");
        const std::string shorter = prefix + std::string(without_index(part));
        if (shorter.size() < text.size()) longer.insert(shorter);
        prefix += part;
        if (prefix.size() < text.size()) longer.insert(prefix);
      }
      follow(text, parts, module, depth, found);
    }
  }

  void follow(std::string_view text, const std::vector<std::string_view>& parts, const std::string& module, int depth,
              std::vector<Reference>& found) const {
    if (parts.front() == "var" && parts.size() > 1) {
      const auto call = m_calls.find(module_path(module));
      if (call == m_calls.end()) return;
      const std::size_t last = module.rfind(".module.");
      const std::string parent = last == std::string::npos ? std::string() : module.substr(0, last);
      add(call->second["expressions"][without_index(parts[1])]["references"], parent, depth + 1, found);
    } else if (parts.front() == "module" && parts.size() > 2) {
      const std::string inner = (module.empty() ? "module." : module + ".module.") + std::string(parts[1]);
      const auto called = m_modules.find(module_path(inner));
      if (called == m_modules.end()) return;
      add(called->second["outputs"][without_index(parts[2])]["expression"]["references"], inner, depth + 1, found);
    } else {
      const SplitReference split = split_reference(text);
      if (split.address.empty()) return;
      found.push_back({(module.empty() ? "" : module + ".") + split.address, split.attribute, true});
    }
  }

  Node m_providers;
  Node m_variables;
  std::unordered_map<std::string, Node> m_resources;
  std::map<std::string, Node> m_modules;
  std::map<std::string, Node> m_calls;
};

/// One resource of a plan or state while its values are put together.
class ValueBuilder {
 public:
  ValueBuilder(const Configuration* configuration, std::string module)
      : m_configuration(configuration), m_module(std::move(module)) {}

  /// The value at one place: what is known of it, what is not, what is secret, and its expression where there is one.
  [[nodiscard]] Value build(const Node& known, const Node& unknown, const Node& secret, const Node& expression) const {
    if (unknown.as_boolean().value_or(false)) return unknown_value(known, expression);
    if (secret.as_boolean().value_or(false)) return value_of(known).as_sensitive();
    if (known.is_mapping()) return map(known, unknown, secret, expression);
    if (known.is_sequence()) return list(known, unknown, secret, expression);
    if (!known || known.is_null()) {
      if (unknown.is_mapping()) return map(known, unknown, secret, expression);
      if (unknown.is_sequence()) return list(known, unknown, secret, expression);
      return Value::null();
    }
    const Value value = value_of(known);
    if (expression["constant_value"]) return value;
    if (m_configuration != nullptr && expression["references"]) {
      return value.with_references(m_configuration->resolve(expression["references"], m_module)).as_recorded();
    }
    return value.as_recorded();
  }

 private:
  static bool is_leaf(const Node& expression) { return expression["references"] || expression["constant_value"]; }

  [[nodiscard]] Value unknown_value(const Node& known, const Node& expression) const {
    Value value = Value::unknown();
    if (known) value = value.at(known.location());
    if (m_configuration == nullptr) return value;
    if (!expression) return Value::null();  // the provider fills it in; nobody asked for anything
    std::vector<Reference> references;
    collect(expression, references, 0);
    return value.with_references(references);
  }

  void collect(const Node& expression, std::vector<Reference>& references, int depth) const {
    if (depth > 4) return;
    const std::vector<Reference> own = m_configuration->resolve(expression["references"], m_module);
    references.insert(references.end(), own.begin(), own.end());
    if (is_leaf(expression)) return;
    for (const Node item : expression.items()) collect(item, references, depth + 1);
    for (const document::Entry entry : expression.entries()) collect(entry.value, references, depth + 1);
  }

  [[nodiscard]] Value map(const Node& known, const Node& unknown, const Node& secret, const Node& expression) const {
    const bool leaf = is_leaf(expression);
    std::vector<Member> members;
    members.reserve(known.size());
    for (const document::Entry entry : known.entries()) {
      const std::string_view key = entry.key.text();
      const Node inner = unknown[key];
      if (entry.value.is_null() && !inner) continue;
      Value value = build(entry.value, inner, secret[key], leaf ? expression : expression[key]);
      if (!value.is_null()) members.emplace_back(std::string(key), std::move(value));
    }
    for (const document::Entry entry : unknown.entries()) {
      const std::string_view key = entry.key.text();
      if (known[key]) continue;
      Value value = build(Node(), entry.value, secret[key], leaf ? expression : expression[key]);
      if (!value.is_null()) members.emplace_back(std::string(key), std::move(value));
    }
    return Value::map(std::move(members)).at((known ? known : unknown).location());
  }

  [[nodiscard]] Value list(const Node& known, const Node& unknown, const Node& secret, const Node& expression) const {
    const bool blocks = expression.is_sequence();
    const std::size_t size = std::max(known.size(), unknown.size());
    std::vector<Value> items;
    items.reserve(size);
    auto known_item = known.items().begin();
    auto unknown_item = unknown.items().begin();
    auto secret_item = secret.items().begin();
    auto block = expression.items().begin();
    for (std::size_t i = 0; i < size; ++i) {
      const Node inner = !blocks ? expression : expression.size() == 1 ? expression.at(0) : i < expression.size() ? *block : Node();
      Value value = build(i < known.size() ? *known_item : Node(), i < unknown.size() ? *unknown_item : Node(),
                          i < secret.size()     ? *secret_item
                          : secret.as_boolean() ? secret
                                                : Node(),
                          inner);
      if (!value.is_null()) items.push_back(std::move(value));
      if (i < known.size()) ++known_item;
      if (i < unknown.size()) ++unknown_item;
      if (i < secret.size()) ++secret_item;
      if (blocks && i < expression.size()) ++block;
    }
    return Value::list(std::move(items)).at((known ? known : unknown).location());
  }

  const Configuration* m_configuration;
  std::string m_module;
};

/// The region in the ARN of a resource; empty where there is none.
std::string region_in_arn(std::string_view arn) {
  const std::vector<std::string_view> parts = base::split(arn, ':');
  return parts.size() > 4 && parts[0] == "arn" ? std::string(parts[3]) : std::string();
}

class Extraction {
 public:
  Extraction(const Node& root, Side side, std::vector<model::Fact>& facts, base::DiagnosticSink& sink)
      : m_root(root), m_side(side), m_facts(facts), m_sink(sink) {}

  void run() {
    if (is_plan(m_root)) {
      m_configuration.emplace(m_root);
      read_plan();
    } else if (const Node values = m_root["values"]) {
      read_module(values["root_module"], 0, Wanted::all);
    } else {
      read_raw_state();
    }
    emit();
  }

 private:
  enum class Wanted : std::uint8_t { all, data };

  /// From what the arguments of a resource are put together, which is done when it is its turn: all at once they would take several
  /// times the memory of the file.
  struct Parts {
    Node known;
    Node unknown;
    Node secret;
    Node expressions;
    Node secret_paths;
    std::string module;
    bool configured = false;
  };
  struct Pending {
    cloud::Resource resource;
    Parts parts;
  };

  /// A resource is kept until all are seen: what says no region is where all others are.
  void add(cloud::Resource resource, Parts parts) {
    const Node& values = parts.known;
    if (resource.region.empty()) resource.region = region_in_arn(values["arn"].text());
    if (resource.region.empty() && resource.type.starts_with("aws_")) {
      const std::string_view zone = values["availability_zone"].text();
      if (zone.size() > 4 && zone.back() >= 'a' && zone.back() <= 'z')
        resource.region = std::string(zone.substr(0, zone.size() - 1));
    }
    if (resource.type.starts_with("aws_") && !resource.region.empty()) m_regions.insert(resource.region);
    m_collected.push_back({std::move(resource), std::move(parts)});
  }

  [[nodiscard]] Value arguments_of(const Parts& parts) const {
    const ValueBuilder builder(parts.configured ? &*m_configuration : nullptr, parts.module);
    return hide(builder.build(parts.known, parts.unknown, parts.secret, parts.expressions), parts.secret_paths);
  }

  cloud::Resource start(const Node& node, std::string address) const {
    cloud::Resource resource;
    resource.address = std::move(address);
    resource.type = std::string(node["type"].text());
    resource.label = label_of(resource.address);
    resource.is_data = node["mode"].text() == "data";
    resource.authorship = m_configuration && !m_configuration->empty() ? cloud::Authorship::written : cloud::Authorship::recorded;
    resource.location = node.location();
    return resource;
  }

  void read_plan() {
    read_module(m_root["prior_state"]["values"]["root_module"], 0, Wanted::data);
    for (const Node change : m_root["resource_changes"].items()) read_change(change);
    if (!m_root["resource_changes"])
      read_module(m_root[m_side == Side::before ? "prior_state" : "planned_values"]["root_module"], 0, Wanted::all);
    if (m_side == Side::after) {
      for (const Node drift : m_root["resource_drift"].items()) {
        if (drift["change"]["actions"].at(0).text() == "no-op") continue;
        m_sink.note(std::string(code::k_drift), drift.location(),
                    "'" + std::string(drift["address"].text()) + "' was changed outside of Terraform since it was last applied",
                    "find out who changed it; what the plan makes of it is judged");
      }
    }
  }

  void read_change(const Node& change) {
    if (change["deposed"] && !change["deposed"].is_null()) return;  // on its way out, and replaced already
    const Node body = change["change"];
    const std::string address(change["address"].text());
    if (address.empty() || !body.is_mapping()) {
      m_sink.error(std::string(code::k_missing_part), change.location(), "a change of the plan has no address or no content",
                   "write the plan again: terraform show -json PLAN > plan.json");
      return;
    }
    const bool forgotten = body["actions"].at(0).text() == "forget";
    const bool before = m_side == Side::before || forgotten;
    const Node known = body[before ? "before" : "after"];
    const Node unknown = before ? Node() : body["after_unknown"];
    const bool data = change["mode"].text() == "data";
    if ((known.is_null() || !known) && (!unknown.is_mapping() || body["actions"].at(0).text() == "delete")) return;
    if (data && m_side == Side::before) return;
    cloud::Resource resource = start(change, address);
    const std::string module(change["module_address"].text());
    const Node configured =
        m_configuration->resource(module_path(module), (data ? "data." : "") + resource.type, change["name"].text());
    resource.region = m_configuration->region_of(configured);
    if (const Node former = change["previous_address"]; former && m_side == Side::after)
      resource.former.emplace_back(former.text());
    add(std::move(resource),
        {known, unknown, body[before ? "before_sensitive" : "after_sensitive"], configured["expressions"], Node(), module, true});
  }

  void read_module(const Node& module, int depth, Wanted wanted) {
    if (depth > k_deepest_module) return;
    for (const Node node : module["resources"].items()) {
      const bool data = node["mode"].text() == "data";
      if (wanted == Wanted::data && !data) continue;
      if (node["deposed_key"]) continue;
      const std::string address(node["address"].text());
      if (address.empty()) continue;
      cloud::Resource resource = start(node, absolute(module, address));
      add(std::move(resource), {node["values"], Node(), node["sensitive_values"], Node(), Node(), {}, false});
    }
    for (const Node child : module["child_modules"].items()) read_module(child, depth + 1, wanted);
  }

  /// Addresses of data sources were relative to their module in early versions.
  static std::string absolute(const Node& module, const std::string& address) {
    const std::string prefix(module["address"].text());
    return prefix.empty() || address.starts_with("module.") ? address : prefix + "." + address;
  }

  void read_raw_state() {
    for (const Node node : m_root["resources"].items()) {
      const std::string_view module = node["module"].text();
      const bool data = node["mode"].text() == "data";
      const std::string base = (module.empty() ? "" : std::string(module) + ".") + (data ? "data." : "") +
                               std::string(node["type"].text()) + "." + std::string(node["name"].text());
      for (const Node instance : node["instances"].items()) {
        if (instance["deposed"]) continue;
        const Node key = instance["index_key"];
        std::string address = base;
        if (key.as_integer()) address += "[" + std::string(key.text()) + "]";
        if (key.as_string()) address += "[\"" + std::string(key.text()) + "\"]";
        cloud::Resource resource = start(node, address);
        add(std::move(resource), {instance["attributes"], Node(), Node(), Node(), instance["sensitive_attributes"], {}, false});
      }
    }
  }

  /// Paths of secrets: lists of steps, of which the first is enough.
  static Value hide(const Value& arguments, const Node& secret_paths) {
    std::set<std::string_view> secret;
    for (const Node path : secret_paths.items()) {
      if (path.is_sequence() && path.size() != 0) secret.insert(path.at(0)["value"].text());
    }
    if (secret.empty()) return arguments;
    std::vector<Member> members;
    for (const Member& member : arguments.members()) {
      members.emplace_back(member.first, secret.contains(member.first) ? member.second.as_sensitive() : member.second);
    }
    return Value::map(std::move(members)).at(arguments.location());
  }

  void emit() {
    cloud::Collector collector;
    for (Pending& pending : m_collected) {
      cloud::Resource& resource = pending.resource;
      resource.arguments = arguments_of(pending.parts);
      if (resource.region.empty() && m_regions.size() == 1 && resource.type.starts_with("aws_"))
        resource.region = *m_regions.begin();
      collector.add(std::move(resource));
    }
    m_collected.clear();
    collector.finish([&](std::size_t, model::Fact fact) { m_facts.push_back(std::move(fact)); });
  }

  Node m_root;
  Side m_side;
  std::vector<model::Fact>& m_facts;
  base::DiagnosticSink& m_sink;
  std::optional<Configuration> m_configuration;
  std::vector<Pending> m_collected;
  std::set<std::string> m_regions;
};

}  // namespace

bool is_plan(const Node& root) {
  return root["format_version"] && (root["resource_changes"].is_sequence() || root["planned_values"].is_mapping());
}

bool is_plan_or_state(const Node& root) {
  if (is_plan(root)) return true;
  if (root["format_version"] && root["values"]["root_module"].is_mapping()) return true;
  return root["version"].as_integer() == 4 && root["lineage"] && root["resources"].is_sequence();
}

void extract_planned(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) {
  Extraction(root, Side::after, facts, sink).run();
}

void extract_prior(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) {
  Extraction(root, Side::before, facts, sink).run();
}

}  // namespace postern::ingest::terraform
