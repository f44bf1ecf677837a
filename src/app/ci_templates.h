// SPDX-License-Identifier: Apache-2.0
// The CI systems that `postern init` knows: how each is recognised, and the pipeline file that makes the gate run there.
#pragma once
#include <span>
#include <string_view>

namespace postern::app {

/// One CI system.
struct CiTemplate {
  std::string_view id;     ///< gitlab, github, azure, jenkins, harness
  std::string_view title;  ///< as its makers write it
  std::string_view mark;   ///< the file or folder, from the top of a repository, by which it is recognised
  std::string_view host;   ///< part of the remote's host by which it is recognised where there is no such file; may be empty
  std::string_view file;   ///< the file that is written, from the top of the repository
  std::string_view text;   ///< its content
  std::string_view next;   ///< what its user does with the file
};

/// All of them, the first that is recognised wins.
[[nodiscard]] std::span<const CiTemplate> ci_templates();

}  // namespace postern::app
