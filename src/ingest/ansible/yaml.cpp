// SPDX-License-Identifier: Apache-2.0
// Inventories as trees of groups, and variables in YAML.
#include <ingest/ansible/inventory.h>
#include <ingest/codes.h>

#include <algorithm>
#include <string>

namespace postern::ingest::ansible {
namespace {

using document::Node;

constexpr int k_deepest = 16;
constexpr std::size_t k_most_variables = 5'000;

void add_value(const std::string& name, const Node& value, int depth, std::vector<Variable>& variables) {
  if (depth > k_deepest || variables.size() >= k_most_variables || value.is_null()) return;
  if (value.tag() == "!vault") {
    variables.push_back({name, {}, Knowledge::vault, value.location()});
  } else if (value.is_scalar()) {
    const bool unsafe = value.tag() == "!unsafe";
    variables.push_back(
        {name, std::string(value.text()), unsafe ? Knowledge::literal : knowledge_of(value.text()), value.location()});
  }
  std::size_t index = 0;
  for (const Node item : value.items()) add_value(name + "[" + std::to_string(index++) + "]", item, depth + 1, variables);
  for (const document::Entry entry : value.entries())
    add_value(name + "." + std::string(entry.key.text()), entry.value, depth + 1, variables);
}

bool is_group(const Node& node) {
  if (node.is_null()) return true;
  if (!node.is_mapping()) return false;
  for (const document::Entry entry : node.entries()) {
    const std::string_view key = entry.key.text();
    if (key != "hosts" && key != "children" && key != "vars") return false;
    if (!entry.value.is_null() && !entry.value.is_mapping()) return false;
  }
  return true;
}

bool has_hosts(const Node& group, int depth) {
  if (depth > k_deepest) return false;
  if (group["hosts"].size() != 0) return true;
  const auto children = group["children"].entries();
  return std::any_of(children.begin(), children.end(),
                     [&](const document::Entry& entry) { return has_hosts(entry.value, depth + 1); });
}

class YamlReader {
 public:
  explicit YamlReader(base::DiagnosticSink& sink) : m_sink(sink) {}

  void group(const std::string& name, const base::Location& location, const Node& node, int depth) {
    if (depth > k_deepest) return;
    Group& group = m_inventory.groups[name];
    if (group.location.line == 0) group.location = location;
    add_variables(node["vars"], group.variables);
    for (const document::Entry entry : node["hosts"].entries()) hosts(name, entry);
    for (const document::Entry entry : node["children"].entries()) {
      const std::string child(entry.key.text());
      m_inventory.groups[name].children.insert(child);
      this->group(child, entry.key.location(), entry.value, depth + 1);
    }
  }

  [[nodiscard]] Inventory take() { return std::move(m_inventory); }

 private:
  void hosts(const std::string& group, const document::Entry& entry) {
    const std::size_t room = k_most_hosts - std::min(k_most_hosts, m_inventory.hosts.size());
    std::vector<std::string> names = names_of(entry.key.text(), room + 1);
    if (names.empty()) {
      m_sink.warning(std::string(code::k_inventory_line), entry.key.location(), "this is no name of a host",
                     "write a name, an address or a range of names");
    }
    if (names.size() > room) {
      m_sink.warning(std::string(code::k_inventory_too_large), entry.key.location(), "the inventory has more than 10,000 hosts",
                     "split the inventory");
      names.resize(room);
    }
    for (const std::string& name : names) {
      Host& host = m_inventory.hosts[name];
      if (host.location.line == 0) host.location = entry.key.location();
      add_variables(entry.value, host.variables);
      m_inventory.groups[group].hosts.insert(name);
    }
  }

  base::DiagnosticSink& m_sink;
  Inventory m_inventory;
};

}  // namespace

void add_variables(const Node& mapping, std::vector<Variable>& variables) {
  for (const document::Entry entry : mapping.entries()) add_value(std::string(entry.key.text()), entry.value, 0, variables);
}

bool is_yaml_inventory(const Node& root) {
  if (!root.is_mapping() || root.size() == 0) return false;
  bool any = false;
  for (const document::Entry entry : root.entries()) {
    if (!is_group(entry.value)) return false;
    any = any || has_hosts(entry.value, 0);
  }
  return any;
}

Inventory read_yaml(const Node& root, base::DiagnosticSink& sink) {
  YamlReader reader(sink);
  for (const document::Entry entry : root.entries())
    reader.group(std::string(entry.key.text()), entry.key.location(), entry.value, 0);
  return reader.take();
}

}  // namespace postern::ingest::ansible
