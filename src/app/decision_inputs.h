// SPDX-License-Identifier: Apache-2.0
// Where the files come from that decide: configuration, policy packs, numbers of the risk model, baselines of the repository
// itself. For a merge request they are read from the commit that it goes into, never from what it brings.
#pragma once
#include <postern/model/decision.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "acquire/acquire.h"
#include "app/options.h"
#include "policy/pack.h"

namespace postern::app {

/// A file or folder of the repository that this run was decided by.
struct DecidingPath {
  std::string path;  ///< from the top of the repository
  std::string role;  ///< `configuration`, `policy pack`, `risk model`, `baseline`, `statements about weaknesses`
};

/// Reads what decides. Files outside of the repository are the operator's and are read from disk; so is everything where no merge
/// request is judged.
class DecisionInputs {
 public:
  /// Everything from disk.
  DecisionInputs() = default;

  /// From the commit that `--target-ref` names, else from the one that the CI system says the merge request goes into, else from
  /// disk. Throws UsageError when there is such a commit and it cannot be found: then nothing may be taken from the candidate.
  [[nodiscard]] static DecisionInputs for_merge_request(const Options& options);

  /// The protected commit; nothing where everything comes from disk.
  [[nodiscard]] const std::optional<model::ProtectedSide>& side() const { return m_side; }
  /// Why nothing is protected although this is a merge request; empty: all well.
  [[nodiscard]] const std::string& trouble() const { return m_trouble; }

  /// The nearest `postern.yaml` in the working folder or above, as people write its path; nothing where there is none.
  [[nodiscard]] std::optional<std::string> find_configuration() const;
  /// The text of a file. `role` as in DecidingPath. Throws UsageError when it cannot be read.
  [[nodiscard]] std::string read(const std::string& path, const std::string& role);
  /// The files of a policy pack. Links and special files are left out. Throws UsageError when `folder` is none.
  [[nodiscard]] std::vector<policy::PackFile> read_pack(const std::string& folder);
  /// A source that decides, in the role of `baseline` or `statements about weaknesses`: a folder, file or snapshot of the
  /// repository means that of the protected commit.
  [[nodiscard]] acquire::SourceSpec protect(acquire::SourceSpec source, const std::string& role);

  /// What was asked for inside of the repository, in the order of asking.
  [[nodiscard]] const std::vector<DecidingPath>& deciding_paths() const { return m_deciding; }
  /// The repository. Only where side() holds.
  [[nodiscard]] acquire::GitRepository& repository() const { return *m_repository; }

 private:
  [[nodiscard]] std::optional<std::string> inside(const std::string& path) const;
  [[nodiscard]] std::vector<policy::PackFile> read_protected_pack(const std::string& folder, const std::string& path);

  std::shared_ptr<acquire::GitRepository> m_repository;
  std::optional<model::ProtectedSide> m_side;
  std::string m_trouble;
  std::vector<DecidingPath> m_deciding;
};

/// The path from the top of a repository's work tree, by its words: a link inside of the repository is not followed, since the
/// candidate may have made it; those on the way to the repository are. Nothing for what lies outside.
[[nodiscard]] std::optional<std::string> path_in_repository(const std::string& top_folder, const std::string& path);

}  // namespace postern::app
