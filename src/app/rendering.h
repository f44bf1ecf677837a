// SPDX-License-Identifier: Apache-2.0
// Charts and kustomizations -> manifests, by the real programs where they are installed.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/fact.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "acquire/source_tree.h"
#include "ingest/source_layout.h"

namespace postern::app {

/// What one template, patched file or generator came to.
struct RenderedFile {
  std::string
      path;  ///< of the template or resource, relative to the source's root; of the chart or kustomization where none is told
  std::string text;  ///< documents of YAML
};

/// Runs `helm` and `kustomize` (or `kubectl kustomize`) on private copies of what was acquired: no symbolic link is followed, and
/// of a git source only the tree that was named is there. The programs get no variable of this process's environment, open no
/// socket, start no other program by name, and have limits of time, memory and output (platform/program.h). They are found in PATH,
/// or named by POSTERN_HELM and POSTERN_KUSTOMIZE; an empty text there switches them off.
class Renderer {
 public:
  /// `values` as in ingest::ProjectSettings. `most` bytes of output are taken.
  Renderer(std::vector<std::string> values, std::size_t most) : m_values(std::move(values)), m_most(most) {}

  /// Renders everything in `layout.rendered` for which there is a program, and takes it out of there. What fails stays unrendered
  /// and is an error of its own (P1260).
  [[nodiscard]] std::vector<RenderedFile> render(const acquire::SourceTree& tree, ingest::SourceLayout& layout,
                                                 base::DiagnosticSink& sink) const;

 private:
  std::vector<std::string> m_values;
  std::size_t m_most;
};

/// The documents of what `helm template` wrote, by the templates that made them; `folder` is that of the chart.
[[nodiscard]] std::vector<RenderedFile> split_chart(std::string_view output, std::string_view folder);
/// The documents of what `kustomize build` wrote with annotations of origin, which are taken out; `folder` is that of the
/// kustomization.
[[nodiscard]] std::vector<RenderedFile> split_kustomization(std::string_view output, std::string_view folder);

/// Takes lines and columns away: they are those of the rendered text, which nobody has.
void forget_lines(model::Fact& fact);

}  // namespace postern::app
