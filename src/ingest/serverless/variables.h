// SPDX-License-Identifier: Apache-2.0
// Variables of the Serverless Framework: `${self:custom.x}`, `${file(x.yml):key}`, `${opt:stage, 'dev'}` and their like.
#pragma once
#include <ingest/cloudformation/evaluator.h>
#include <ingest/project.h>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::serverless {

/// The files below the folder of one service that it takes parts from. A document is read when it is first asked for.
class Parts {
 public:
  /// `folder`: of the service, as part of the paths. All of it outlives this.
  Parts(const SourceFiles& files, std::string folder, const document::Limits& limits, base::DiagnosticSink& sink);

  /// The content of the file that is named relative to the folder; the missing node where it is not there, is no document or cannot
  /// be read, the last two with a word to the sink.
  [[nodiscard]] document::Node root_of(const std::string& path);
  /// Whether the source has a file of that name, relative to the folder.
  [[nodiscard]] bool has(const std::string& path) const;
  /// Indexes of the files that were read.
  [[nodiscard]] const std::set<std::size_t>& used() const noexcept { return m_used; }

 private:
  const SourceFiles& m_files;
  std::string m_folder;
  const document::Limits& m_limits;
  base::DiagnosticSink& m_sink;
  std::map<std::size_t, document::Documents> m_documents;
  std::set<std::size_t> m_used;
};

/// Fills in the variables of one service as far as its files tell. Options and variables of the environment have their fallbacks,
/// marked as such; what other places hold (SSM, stacks, code) is unknown.
class ServiceVariables final : public cloudformation::Variables {
 public:
  ServiceVariables(const document::Node& root, Parts& parts, base::DiagnosticSink& sink);
  /// Who evaluates what variables lead to; set before the first use.
  void evaluate_with(cloudformation::Evaluator& evaluator) { m_evaluator = &evaluator; }

  [[nodiscard]] document::Node follow(const document::Node& node) override;
  [[nodiscard]] cloud::Value text(const document::Node& node) override;
  [[nodiscard]] std::optional<cloud::Value> variable(std::string_view name) override;
  /// The stage that everything is read for: the service's own, else `dev`, which whoever deploys it may replace.
  [[nodiscard]] cloud::Value stage();

 private:
  /// One of the places that a variable asks, in order: `self`, `custom.x`.
  struct Source {
    std::string kind;
    std::string parameter;  ///< `file(PARAMETER)`
    std::string address;
    bool literal = false;  ///< a text, number or boolean; in `address`
  };
  /// What a source says.
  struct Answer {
    document::Node node;  ///< a part of a file
    cloud::Value value;   ///< where there is no node
    bool found = false;
    bool replaceable = false;  ///< who deploys it may say something else
  };

  [[nodiscard]] static std::optional<std::vector<Source>> sources_of(std::string_view content);
  [[nodiscard]] cloud::Value expand(std::string_view text, const base::Location& location);
  [[nodiscard]] std::optional<Answer> answer(std::string_view content, const base::Location& location);
  [[nodiscard]] Answer ask(const Source& source, const base::Location& location);
  [[nodiscard]] Answer of_file(const Source& source, const base::Location& location);
  [[nodiscard]] Answer of_parameters(const std::string& name);
  [[nodiscard]] document::Node at(document::Node node, std::string_view address);
  [[nodiscard]] cloud::Value value_of(const Answer& answer);

  document::Node m_root;
  Parts& m_parts;
  base::DiagnosticSink& m_sink;
  cloudformation::Evaluator* m_evaluator = nullptr;
  std::set<std::string> m_missing;  ///< files that were told to be missing
  int m_depth = 0;
  std::size_t m_left;  ///< variables that may still be filled in
};

}  // namespace postern::ingest::serverless
