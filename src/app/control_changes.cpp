// SPDX-License-Identifier: Apache-2.0
// What a merge request changes about its own judges.
#include "app/control_changes.h"

#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace postern::app {
namespace {

namespace fs = std::filesystem;
using acquire::TreeEntry;

constexpr const char* k_rule = "DECISION-INPUT-CHANGED";
constexpr const char* k_pack = "postern";
constexpr std::string_view k_ignore_file = "ignore file";

/// Files that have a say wherever they lie, or at their own place only. Names are compared without regard to case: some file
/// systems do so, too.
struct NameRow {
  std::string_view name;  ///< with a slash: the path from the top; a trailing slash: everything below; else a name in any folder
  std::string_view role;
};
constexpr std::array k_names = {
    NameRow{"postern.yaml", "configuration"},
    NameRow{".gitignore", k_ignore_file},
    NameRow{"/CODEOWNERS", "code owners"},
    NameRow{"/.github/CODEOWNERS", "code owners"},
    NameRow{"/.gitlab/CODEOWNERS", "code owners"},
    NameRow{"/docs/CODEOWNERS", "code owners"},
    NameRow{"/.gitlab/ci/", "pipeline definition"},
    NameRow{"/.github/workflows/", "pipeline definition"},
    NameRow{"/.github/actions/", "pipeline definition"},
    NameRow{"/.azuredevops/", "pipeline definition"},
    NameRow{"/.buildkite/", "pipeline definition"},
    NameRow{"/.circleci/", "pipeline definition"},
    NameRow{"/.harness/", "pipeline definition"},
    NameRow{"/.tekton/", "pipeline definition"},
    NameRow{"/.woodpecker/", "pipeline definition"},
    NameRow{"*.gitlab-ci.yml", "pipeline definition"},
    NameRow{".drone.yml", "pipeline definition"},
    NameRow{".woodpecker.yml", "pipeline definition"},
    NameRow{"azure-pipelines.yaml", "pipeline definition"},
    NameRow{"azure-pipelines.yml", "pipeline definition"},
    NameRow{"bitbucket-pipelines.yml", "pipeline definition"},
    NameRow{"cloudbuild.yaml", "pipeline definition"},
    NameRow{"Jenkinsfile", "pipeline definition"},
    NameRow{"postern-steps.yml", "pipeline definition"},
    NameRow{"postern.groovy", "pipeline definition"},
};

bool is_named(const NameRow& row, std::string_view path) {
  const std::string_view file = base::file_name(path);
  if (row.name.front() == '*') {
    const std::string_view ending = row.name.substr(1);
    return file.size() >= ending.size() && base::equals_ignoring_case(file.substr(file.size() - ending.size()), ending);
  }
  if (row.name.front() != '/') return base::equals_ignoring_case(file, row.name);
  const std::string_view place = row.name.substr(1);
  if (place.back() != '/') return base::equals_ignoring_case(path, place);
  return path.size() > place.size() && base::equals_ignoring_case(path.substr(0, place.size()), place);
}

/// Whether `path` is `place` or lies below it; "" is the whole repository.
bool lies_in(std::string_view path, std::string_view place) {
  if (place.empty()) return true;
  if (path.size() < place.size() || !base::equals_ignoring_case(path.substr(0, place.size()), place)) return false;
  return path.size() == place.size() || path[place.size()] == '/';
}

/// What decides by its place or name; empty: nothing.
std::string role_of(const DecisionInputs& inputs, std::string_view path) {
  for (const DecidingPath& deciding : inputs.deciding_paths()) {
    if (lies_in(path, deciding.path)) return deciding.role;
  }
  const auto* const row = std::find_if(k_names.begin(), k_names.end(), [&](const NameRow& each) { return is_named(each, path); });
  return row == k_names.end() ? std::string() : std::string(row->role);
}

/// Content of one path: kind and object id.
struct Content {
  TreeEntry::Kind kind = TreeEntry::Kind::file;
  std::string id;
  friend bool operator==(const Content&, const Content&) = default;
};
using Contents = std::map<std::string, Content>;

class ControlComparison {
 public:
  explicit ControlComparison(const DecisionInputs& inputs) : m_inputs(inputs), m_repository(inputs.repository()) {}

  std::vector<ControlChange> run(const std::vector<acquire::SourceSpec>& candidate) {
    const std::string commit = candidate_commit(candidate);
    const std::string& target = m_inputs.side()->commit;
    const Contents before = contents_of(target);
    const auto base = m_repository.merge_base(target, commit);
    const Contents branched_off = base ? contents_of(*base) : before;
    Contents after = contents_of(commit);
    const bool on_disk =
        std::any_of(candidate.begin(), candidate.end(), [](const auto& spec) { return spec.kind == acquire::SourceKind::path; });
    if (on_disk) add_work_tree(before, after);
    return compare(before, branched_off, after);
  }

 private:
  [[nodiscard]] std::string candidate_commit(const std::vector<acquire::SourceSpec>& candidate) const {
    for (const acquire::SourceSpec& spec : candidate) {
      if (spec.kind == acquire::SourceKind::git) return m_repository.resolve(spec.reference);
    }
    return m_repository.head_commit().value_or(m_inputs.side()->commit);
  }

  [[nodiscard]] Contents contents_of(const std::string& commit) const {
    Contents contents;
    const auto wanted = [&](std::string_view path) { return !role_of(m_inputs, path).empty(); };
    for (TreeEntry& entry : m_repository.list(commit, wanted, {})) {
      contents[std::move(entry.path)] = {entry.kind, std::move(entry.id)};
    }
    return contents;
  }

  /// What the work tree holds in place of what the commit has: the candidate is what lies there. What is missing there says
  /// nothing, since a work tree may be sparse.
  void add_work_tree(const Contents& before, Contents& after) const {
    std::vector<std::string> paths;
    for (const auto& [path, content] : before) paths.push_back(path);
    for (const auto& [path, content] : after) paths.push_back(path);
    for (const NameRow& row : k_names) {
      if (row.name.back() != '/' && row.name.front() != '*') paths.emplace_back(row.name.substr(row.name.front() == '/' ? 1 : 0));
    }
    for (const std::string& path : paths) {
      const fs::path file = fs::path(m_repository.top_folder()) / path;
      std::error_code error;
      const fs::file_status status = fs::symlink_status(file, error);
      if (fs::is_symlink(status)) {
        const auto known = after.find(path);
        if (known == after.end() || known->second.kind != TreeEntry::Kind::symbolic_link)
          after[path] = {TreeEntry::Kind::symbolic_link, fs::read_symlink(file, error).string()};
      } else if (fs::is_regular_file(status)) {
        add_file(file, path, before, after);
      }
    }
  }

  /// A file of the work tree is what the commit or the target has where its text is the same, whatever its line ends.
  static void add_file(const fs::path& file, const std::string& path, const Contents& before, Contents& after) {
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    const std::string exact = acquire::blob_id(text);
    std::erase(text, '\r');
    const std::string plain = acquire::blob_id(text);
    for (const Contents* known : {&std::as_const(after), &before}) {
      const auto at = known->find(path);
      const bool same =
          at != known->end() && at->second.kind == TreeEntry::Kind::file && (at->second.id == exact || at->second.id == plain);
      if (!same) continue;
      after[path] = Content(at->second);
      return;
    }
    after[path] = {TreeEntry::Kind::file, exact};
  }

  [[nodiscard]] std::vector<ControlChange> compare(const Contents& before, const Contents& branched_off,
                                                   const Contents& after) const {
    std::map<std::string, std::string> changed;  // path -> what happened
    const auto at = [](const Contents& contents, const std::string& path) {
      const auto found = contents.find(path);
      return found == contents.end() ? std::optional<Content>() : std::optional<Content>(found->second);
    };
    const auto look = [&](const std::string& path) {
      const auto now = at(after, path);
      if (now == at(before, path) || now == at(branched_off, path)) return;
      changed[path] = what_happened(at(before, path), now);
    };
    for (const auto& [path, content] : before) look(path);
    for (const auto& [path, content] : branched_off) look(path);
    for (const auto& [path, content] : after) look(path);
    std::vector<ControlChange> changes;
    for (const auto& [path, what] : changed) changes.push_back({path, role_of(m_inputs, path), what});
    return changes;
  }

  static std::string what_happened(const std::optional<Content>& before, const std::optional<Content>& after) {
    if (!after) return "removes";
    if (after->kind == TreeEntry::Kind::symbolic_link && (!before || before->kind != after->kind)) return "makes a link of";
    if (after->kind == TreeEntry::Kind::submodule && (!before || before->kind != after->kind)) return "makes a submodule of";
    return before ? "changes" : "adds";
  }

  const DecisionInputs& m_inputs;
  acquire::GitRepository& m_repository;
};

model::Finding finding_of(const ControlChange& change, const model::ProtectedSide& side) {
  const model::JudgedRule rule = control_rule();
  model::Finding finding;
  finding.rule = rule.id;
  finding.pack = rule.pack;
  finding.title = rule.title;
  finding.category = rule.category;
  finding.subject.entity.address = model::Symbol("file/" + change.path);
  finding.fingerprint = model::fingerprint_of(finding.rule, finding.subject);
  finding.enforcement = rule.enforcement;
  finding.message = "the merge request " + change.what + " " + change.path + " (" + change.role + "); what decided was read from " +
                    side.reference + " (" + side.commit.substr(0, 12) + ")";
  finding.why = rule.description;
  finding.remediation = rule.remediation;
  finding.root_cause = rule.id;
  finding.evidence.push_back({{base::Symbol(change.path), 1, 1}, base::Symbol(change.role)});
  return finding;
}

}  // namespace

model::JudgedRule control_rule() {
  model::JudgedRule rule;
  rule.id = k_rule;
  rule.pack = k_pack;
  rule.title = "A merge request changes what decides about merge requests";
  rule.category = "trust";
  rule.description =
      "It has no effect on this run. Once it is merged it decides about every release: what is let through, who is asked, or "
      "whether the gate runs at all.";
  rule.remediation = "Let the owners of the gate review this file before the merge, apart from the rest of the change.";
  rule.enforcement = model::Enforcement::informative;
  rule.on_unknown = model::OnUnknown::report;
  return rule;
}

std::vector<ControlChange> changed_controls(const GateRequest& request) {
  if (!request.inputs.side()) return {};
  return ControlComparison(request.inputs).run(request.candidate);
}

acquire::IgnoreFiles ignore_files_in_force(const std::vector<ControlChange>& changes) {
  const bool changed = std::any_of(changes.begin(), changes.end(), [](const auto& change) { return change.role == k_ignore_file; });
  return changed ? acquire::IgnoreFiles::disregarded : acquire::IgnoreFiles::respected;
}

void add_findings(const std::vector<ControlChange>& changes, const GateRequest& request, std::vector<model::Finding>& findings) {
  for (const ControlChange& change : changes) findings.push_back(finding_of(change, *request.inputs.side()));
}

}  // namespace postern::app
