// SPDX-License-Identifier: Apache-2.0
// Loads packs: finds their files, reads rules and cases, and checks that they fit together.
#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/parallel.h>
#include <postern/base/text.h>
#include <postern/document/document.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "policy/case_reader.h"
#include "policy/codes.h"
#include "policy/pack.h"
#include "policy/rule_reader.h"

namespace postern::policy {
namespace {

constexpr std::string_view k_pack_file = "pack.yaml";

/// The files of one pack by their path relative to it.
struct PackFolder {
  std::string path;
  std::map<std::string, const PackFile*> files;
};

bool belongs_to_pack(std::string_view relative) {
  const bool yaml = relative.ends_with(".yaml") || relative.ends_with(".yml");
  return relative == k_pack_file || (yaml && (relative.starts_with("rules/") || relative.starts_with("tests/")));
}

std::vector<PackFolder> find_folders(std::span<const PackFile> files) {
  std::vector<PackFolder> folders;
  for (const PackFile& file : files) {
    const auto slash = file.path.rfind('/');
    const std::string_view name = std::string_view(file.path).substr(slash == std::string::npos ? 0 : slash + 1);
    if (name == k_pack_file) folders.push_back({file.path.substr(0, file.path.size() - name.size()), {}});
  }
  std::sort(folders.begin(), folders.end(), [](const PackFolder& a, const PackFolder& b) { return a.path < b.path; });
  for (PackFolder& folder : folders) {
    for (const PackFile& file : files) {
      if (!file.path.starts_with(folder.path)) continue;
      const std::string relative = file.path.substr(folder.path.size());
      if (belongs_to_pack(relative)) folder.files.emplace(relative, &file);
    }
  }
  return folders;
}

/// Reads one pack folder.
class PackReader {
 public:
  PackReader(const PackFolder& folder, PackOrigin origin, CaseReading cases, base::DiagnosticSink& sink)
      : m_folder(folder), m_origin(origin), m_cases(cases), m_reading(sink) {}

  Pack read() {
    const Reading::Scope scope(m_reading, "pack " + (m_folder.path.empty() ? std::string(".") : folder_name()));
    for (const auto& [relative, file] : m_folder.files) {
      if (relative == k_pack_file) read_file(*file, &PackReader::read_pack_file);
    }
    for (const auto& [relative, file] : m_folder.files) {
      if (relative.starts_with("rules/")) read_file(*file, &PackReader::read_rules_file);
      if (m_cases == CaseReading::wanted && relative.starts_with("tests/")) read_file(*file, &PackReader::read_tests_file);
    }
    for (Rule& rule : m_pack.rules) {
      rule.pack = m_pack.name;
      rule.category = m_pack.category;
    }
    if (m_cases == CaseReading::wanted) check_tests();
    base::PartsDigest digest;
    for (const auto& [relative, file] : m_folder.files) digest.add(relative).add(file->text);
    m_pack.digest = digest.hex();
    return std::move(m_pack);
  }

 private:
  [[nodiscard]] std::string folder_name() const {
    const auto parts = base::split(std::string_view(m_folder.path).substr(0, m_folder.path.size() - 1), '/');
    return std::string(parts.back());
  }

  void read_file(const PackFile& file, void (PackReader::*reader)(const Node&)) {
    const auto documents =
        document::read_documents(file.text, document::Format::yaml, base::Symbol(file.path), {}, m_reading.sink());
    if (documents.size() != 1) {
      m_reading.error(k_unreadable, {base::Symbol(file.path), 0, 0}, "the file must hold exactly one readable YAML document");
      return;
    }
    (this->*reader)(documents.front().root());
  }

  bool check_header(const Node& root, std::string_view kind) {
    if (root["apiVersion"].text() == "postern/v1" && root["kind"].text() == kind) return true;
    m_reading.error(k_not_a_pack, root.location(), "this is no " + std::string(kind) + " of postern/v1",
                    "begin with: apiVersion: postern/v1 and kind: " + std::string(kind));
    return false;
  }

  void read_pack_file(const Node& root) {
    constexpr std::array<std::string_view, 4> k_keys = {"apiVersion", "kind", "metadata", "rules"};
    if (!expect_mapping(m_reading, root, "a pack") || !check_header(root, "PolicyPack")) return;
    check_keys(m_reading, root, k_keys, std::span(k_keys).first(3));
    if (root["metadata"]) read_metadata(root["metadata"]);
    if (root["rules"]) read_rules(root["rules"]);
  }

  void read_metadata(const Node& node) {
    constexpr std::array<std::string_view, 5> k_keys = {"name", "version", "title", "frameworks", "category"};
    if (!expect_mapping(m_reading, node, "'metadata'")) return;
    check_keys(m_reading, node, k_keys, std::span(k_keys).first(2));
    if (node["name"]) m_pack.name = read_text(m_reading, node["name"], "the name of a pack");
    // a version such as 1.0 is a number in YAML: its text as written is meant
    if (node["version"]) m_pack.version = node["version"].is_scalar() ? std::string(node["version"].text()) : std::string();
    if (node["version"] && m_pack.version.empty()) {
      m_reading.error(k_wrong_type, node["version"].location(), "the version must be a text such as 1.0.0");
    }
    m_pack.title = node["title"] ? read_text(m_reading, node["title"], "the title of a pack") : m_pack.name;
    m_pack.category = node["category"] ? read_text(m_reading, node["category"], "the category of a pack") : m_pack.name;
    if (node["frameworks"]) m_pack.frameworks = read_texts(m_reading, node["frameworks"], "'frameworks'");
  }

  void read_rules_file(const Node& root) {
    constexpr std::array<std::string_view, 3> k_keys = {"apiVersion", "kind", "rules"};
    if (!expect_mapping(m_reading, root, "a file of rules") || !check_header(root, "PolicyRules")) return;
    check_keys(m_reading, root, k_keys, k_keys);
    if (root["rules"]) read_rules(root["rules"]);
  }

  void read_rules(const Node& node) {
    if (!node.is_sequence()) {
      m_reading.error(k_wrong_type, node.location(), std::string("'rules' must be a list, not a ") + to_string(node.kind()));
    }
    for (const Node item : node.items()) {
      RuleDraft draft = read_rule(m_reading, item);
      for (const auto& [file, location] : draft.test_files) {
        if (m_folder.files.find(file) != m_folder.files.end()) continue;
        m_reading.error(k_wrong_value, location, "the pack has no file '" + file + "'", "tests are files below tests/ of the pack");
      }
      m_pack.rules.push_back(std::move(draft.rule));
    }
  }

  void read_tests_file(const Node& root) {
    std::vector<PackCase> cases = read_cases(m_reading, root);
    std::move(cases.begin(), cases.end(), std::back_inserter(m_pack.cases));
  }

  /// Every case is about a rule, and every rule has a case that fires and one that must not.
  void check_tests() {
    std::vector<std::string_view> ids;
    for (const Rule& rule : m_pack.rules) ids.push_back(rule.id);
    std::set<std::string_view> firing;
    std::set<std::string_view> silent;
    for (const PackCase& test : m_pack.cases) {
      (test.fires.empty() ? silent : firing).insert(test.rule);
      if (std::find(ids.begin(), ids.end(), test.rule) != ids.end()) continue;
      const auto near = base::did_you_mean(test.rule, ids);
      m_reading.error(k_unknown_rule, test.location,
                      "the case '" + test.name + "' is about '" + test.rule + "', which the pack does not have",
                      near ? "did you mean '" + *near + "'?" : std::string());
    }
    const base::Severity severity = m_origin == PackOrigin::shipped ? base::Severity::error : base::Severity::warning;
    for (const Rule& rule : m_pack.rules) {
      const Reading::Scope scope(m_reading, "rule " + rule.id);
      for (const auto& [set, what] : {std::pair(&firing, "fires"), std::pair(&silent, "must not fire")}) {
        if (set->count(rule.id) != 0) continue;
        m_reading.report(k_untested_rule, severity, rule.location, "the rule has no case that " + std::string(what),
                         "add one to a file below tests/ of the pack");
      }
    }
  }

  const PackFolder& m_folder;
  PackOrigin m_origin;
  CaseReading m_cases;
  Reading m_reading;
  Pack m_pack;
};

void check_distinct(const PackSet& set, base::DiagnosticSink& sink) {
  Reading reading(sink);
  std::set<std::string_view> names;
  std::map<std::string_view, const Rule*> rules;
  for (const Pack& pack : set.packs) {
    const Reading::Scope scope(reading, "pack " + pack.name);
    if (!pack.name.empty() && !names.insert(pack.name).second) {
      reading.error(k_duplicate_pack, {}, "there are two packs called '" + pack.name + "'");
    }
    for (const Rule& rule : pack.rules) {
      if (rule.id.empty()) continue;
      const auto [first, fresh] = rules.emplace(rule.id, &rule);
      if (fresh) continue;
      reading.error(k_duplicate_rule, rule.location,
                    "the rule '" + rule.id + "' is declared twice; the first time at " + to_string(first->second->location));
    }
  }
}

void refuse_if_wrong(const base::DiagnosticSink& sink, std::size_t errors_before) {
  const std::size_t errors = sink.error_count() - errors_before;
  if (errors == 0) return;
  throw UsageError("the policy packs cannot be used: " + std::to_string(errors) + (errors == 1 ? " error" : " errors"),
                   "a pack is used whole or not at all; see the diagnostics above");
}

}  // namespace

PackSet load_packs(std::span<const PackFile> files, PackOrigin origin, base::DiagnosticSink& sink, const LoadOptions& options) {
  const std::size_t errors_before = sink.error_count();
  PackSet set;
  const std::vector<PackFolder> folders = find_folders(files);
  if (folders.empty()) sink.error(std::string(k_no_pack), {}, "there is no pack.yaml among the files of the policy packs");
  set.packs.resize(folders.size());
  std::vector<base::DiagnosticSink> said(folders.size());
  base::for_each_index(folders.size(), options.threads,
                       [&](std::size_t i) { set.packs[i] = PackReader(folders[i], origin, options.cases, said[i]).read(); });
  for (base::DiagnosticSink& each : said) sink.merge(std::move(each));
  std::stable_sort(set.packs.begin(), set.packs.end(), [](const Pack& a, const Pack& b) { return a.name < b.name; });
  check_distinct(set, sink);
  refuse_if_wrong(sink, errors_before);
  return set;
}

}  // namespace postern::policy
