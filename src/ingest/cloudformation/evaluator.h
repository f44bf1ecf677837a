// SPDX-License-Identifier: Apache-2.0
// The language of templates: resources and values with intrinsic functions, parameters, mappings and conditions. Also where a
// template is part of something else and another tool fills in variables first.
#pragma once
#include <ingest/cloud/collector.h>
#include <postern/document/node.h>

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::cloudformation {

/// Variables of a tool that writes templates; they are filled in before the functions of templates are.
class Variables {
 public:
  virtual ~Variables() = default;
  /// What stands for a node that is one variable and nothing else: a part of the same or of another file. Every other node is
  /// itself.
  [[nodiscard]] virtual document::Node follow(const document::Node& node) = 0;
  /// The value of a text that may hold variables.
  [[nodiscard]] virtual cloud::Value text(const document::Node& node) = 0;
  /// The value of one variable by what stands between its braces; nothing where it is none of this tool's.
  [[nodiscard]] virtual std::optional<cloud::Value> variable(std::string_view name) = 0;
};

/// Evaluates what was read once; not to be used by several threads.
class Evaluator {
 public:
  /// One template.
  explicit Evaluator(const document::Node& root);
  /// Parts that make one template, and who fills in their variables (outlives this). References to resources that no part declares
  /// are kept: the tool makes some of its own.
  Evaluator(std::vector<document::Node> roots, Variables& variables);

  /// One more part of the template.
  void add_part(const document::Node& root) { m_roots.push_back(root); }
  /// All resources, by logical id. What depends on where and how they are deployed is unknown.
  [[nodiscard]] std::vector<cloud::Resource> resources();
  /// The value of any node.
  [[nodiscard]] cloud::Value value(const document::Node& node) { return evaluate(node, 0); }

 private:
  /// The intrinsic function that a node is: its name without `Fn::`, and its argument. Written as a tag or as a mapping of one.
  struct Call {
    std::string name;
    document::Node argument;
    bool tagged = false;  ///< the argument is the node itself, without its tag
  };

  [[nodiscard]] static std::optional<Call> call_of(const document::Node& node);
  [[nodiscard]] document::Node follow(const document::Node& node) const;
  [[nodiscard]] std::string text_of(const document::Node& node);
  [[nodiscard]] document::Node section(std::string_view name, std::string_view key) const;
  [[nodiscard]] bool declares(const std::string& name) const;
  std::optional<cloud::Resource> read(const document::Entry& entry);
  cloud::Value with_globals(const std::string& type, const cloud::Value& properties);
  cloud::Value evaluate(const document::Node& raw, int depth);
  cloud::Value argument(const Call& call, std::size_t index, int depth);
  cloud::Value function(const Call& call, int depth);
  cloud::Value reference(const std::string& name);
  cloud::Value attribute(const document::Node& node);
  cloud::Value substitute(const Call& call, int depth);
  cloud::Value part_of_text(const std::string& name, const document::Node& names, int depth);
  cloud::Value join(const Call& call, int depth);
  cloud::Value choose(const Call& call, int depth);
  cloud::Value find_in_map(const Call& call, int depth);
  cloud::Value select(const Call& call, int depth);
  cloud::Value combined(const Call& call, int depth);
  cloud::Value condition(const std::string& name, int depth);

  std::vector<document::Node> m_roots;
  Variables* m_variables = nullptr;
  std::size_t m_left;  ///< values that may still be made; variables can multiply
  std::map<std::string, cloud::Value> m_conditions;
  std::set<std::string> m_busy;
};

}  // namespace postern::ingest::cloudformation
