// SPDX-License-Identifier: Apache-2.0
// govulncheck: messages of which some are findings at one of three levels; one document before version 1.0.
#include <ingest/scanners/readers.h>

#include <map>
#include <utility>

namespace postern::ingest::scanners {
namespace {

constexpr std::array k_advisory = {
    FieldRow{Part::id, "id"},
    FieldRow{Part::alias, "aliases.*"},
    FieldRow{Part::title, "summary|details"},
    FieldRow{Part::severity, "severity|database_specific.severity"},
};

/// What is known of one advisory in one module: the strongest of its findings.
struct Known {
  Node at;
  Reachability reachability = Reachability::required;
  std::string_view fixed;
  std::string_view version;
  std::string_view file;
  std::uint32_t line = 0;
};
using Key = std::pair<std::string_view, std::string_view>;  ///< advisory, module

bool is_message(const Node& node) {
  return node["config"]["scanner_name"] || node["config"]["protocol_version"] || has(node["finding"], {"osv", "trace"});
}

bool knows(const Node& root) {
  return has(root, {"Vulns", "Calls"}) || has(root, {"Vulns", "Modules"}) || any_item(root, is_message);
}

/// The first frame of a trace is the weak symbol; what it names says how near the code comes.
Known known_of(const Node& finding) {
  Known known;
  known.at = finding;
  const std::vector<Node> trace = each(finding["trace"]);
  const Node first = trace.empty() ? Node() : trace.front();
  if (!text(first, "package").empty()) known.reachability = Reachability::imported;
  if (!text(first, "function").empty()) known.reachability = Reachability::called;
  known.fixed = text(finding, "fixed_version");
  known.version = text(first, "version");
  const Node last = trace.empty() ? Node() : trace.back();
  known.file = text(last, "position.filename");
  known.line = number(last, "position.line");
  return known;
}

void add(const Known& known, std::string_view id, std::string_view module, const Node& advisory, Report& report) {
  Row row(known.at, FindingCategory::vulnerability);
  row.set(Part::id, id).fill(advisory, k_advisory).set(Part::kind, "golang").set(Part::package, module);
  row.set(Part::version, known.version).set(Part::fixed, known.fixed).set(Part::file, known.file).set_line(known.line);
  report.add(known.at, std::move(row.set(known.reachability)));
}

void read_messages(const Node& root, Report& report) {
  std::map<std::string_view, Node> advisories;
  std::map<Key, Known> found;
  std::vector<Key> order;
  for (const Node& message : report.rows(root)) {
    report.version(text(message, "config.scanner_version"));
    if (message["osv"]) advisories.emplace(text(message, "osv.id"), message["osv"]);
    const Node finding = message["finding"];
    if (!finding.is_mapping()) continue;
    const Known known = known_of(finding);
    const Key key{text(finding, "osv"), text(finding, "trace.0.module")};
    const auto [place, fresh] = found.emplace(key, known);
    if (fresh) order.push_back(key);
    // `called` is the first of the enumeration that says anything.
    if (known.reachability < place->second.reachability) place->second = known;
  }
  for (const Key& key : order) {
    const auto advisory = advisories.find(key.first);
    add(found.at(key), key.first, key.second, advisory == advisories.end() ? Node() : advisory->second, report);
  }
}

/// Numbers of graphs say what is reached; 0 stands for nothing.
void read_old(const Node& root, Report& report) {
  std::map<std::string_view, std::string_view> versions;
  for (const Node& module : each(root["Modules"])) versions.emplace(text(module, "Path"), text(module, "Version"));
  std::map<Key, std::size_t> places;
  std::vector<std::pair<Known, Node>> found;
  for (const Node& node : report.rows(root, "Vulns")) {
    Known known;
    known.at = node;
    if (number(node, "ImportSink") != 0) known.reachability = Reachability::imported;
    if (number(node, "CallSink") != 0) known.reachability = Reachability::called;
    const std::string_view module = text(node, "ModPath");
    if (const auto version = versions.find(module); version != versions.end()) known.version = version->second;
    const auto [place, fresh] = places.emplace(Key{text(node, "OSV.id"), module}, found.size());
    if (fresh) {
      found.emplace_back(known, node);
    } else if (known.reachability < found[place->second].first.reachability) {
      found[place->second] = {known, node};
    }
  }
  for (const auto& [known, node] : found) add(known, text(node, "OSV.id"), text(node, "ModPath"), node["OSV"], report);
}

void read(const Node& root, Report& report) {
  if (root.is_mapping() && root["Vulns"]) return read_old(root, report);
  read_messages(root, report);
}
}  // namespace

constinit const Reader k_govulncheck{"govulncheck", "govulncheck",
                                     "Vulnerabilities of Go modules, with whether their symbols are called, their packages "
                                     "imported or their modules required, in JSON",
                                     knows, read};

}  // namespace postern::ingest::scanners
