// SPDX-License-Identifier: Apache-2.0
// One instance of a module while its expressions are evaluated.
#pragma once
#include <ingest/terraform/evaluator.h>

#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::terraform {

/// How much work one source may make, and how deep.
struct Budget {
  std::size_t steps = 4'000'000;   ///< expressions evaluated
  std::size_t resources = 50'000;  ///< instances made
  bool exceeded = false;
  std::set<base::Location> told;  ///< see evaluate
};

/// Instances of a resource or module call.
struct Instances {
  enum class Kind : std::uint8_t { single, counted, keyed, unknown } kind = Kind::single;
  std::vector<std::string> keys;     ///< `0`, `1`... or the keys
  std::vector<cloud::Value> values;  ///< of `each.value`
  std::string condition;             ///< why the number is not known
};

/// What names mean at one place besides those of the module.
struct Scope {
  base::Symbol file;
  const Scope* outer = nullptr;
  std::map<std::string, cloud::Value, std::less<>> names;  ///< each, count, iterators, variables of `for`
  const cloud::Value* item = nullptr;                      ///< of a splat
  [[nodiscard]] const cloud::Value* find(std::string_view name) const;
};

/// One instance of a module: its inputs, and what was evaluated of it so far.
class Instance {
 public:
  Instance(const Module& module, std::string folder, std::string prefix, const ModuleFinder& find, const FileFinder& files,
           base::DiagnosticSink& sink, Budget& budget)
      : m_module(module),
        m_folder(std::move(folder)),
        m_prefix(std::move(prefix)),
        m_find(find),
        m_files(files),
        m_sink(sink),
        m_budget(budget) {}

  VariableValues inputs;  ///< what the caller gives; of the root what files give
  bool is_root = false;
  int depth = 0;
  std::map<std::string, std::string> regions;  ///< of providers, by `aws` and `aws.ALIAS`
  std::string condition;                       ///< on what the whole instance depends

  void read_providers();
  /// Appends all resources of it and of the modules that it calls.
  void collect(std::vector<cloud::Resource>& resources);
  [[nodiscard]] cloud::Value evaluate(const hcl::Expression& expression, const Scope& scope);
  [[nodiscard]] cloud::Value output(const std::string& name);

 private:
  class Attempt;
  cloud::Value evaluate_kind(const hcl::Expression& expression, const Scope& scope);
  cloud::Value literal(const hcl::Expression& expression) const;
  cloud::Value text_template(const hcl::Expression& expression, const Scope& scope);
  static cloud::Value joined_text(std::span<const cloud::Value> parts);
  std::optional<cloud::Value> content_of_file(const hcl::Expression& expression, const Scope& scope);
  cloud::Value name(const hcl::Expression& expression, const Scope& scope);
  cloud::Value attribute(const hcl::Expression& expression, const Scope& scope);
  cloud::Value member(const cloud::Value& base, const std::string& name);
  cloud::Value index(const hcl::Expression& expression, const Scope& scope);
  cloud::Value splat(const hcl::Expression& expression, const Scope& scope);
  cloud::Value call(const hcl::Expression& expression, const Scope& scope);
  cloud::Value conditional(const hcl::Expression& expression, const Scope& scope);
  cloud::Value object(const hcl::Expression& expression, const Scope& scope);
  cloud::Value for_all(const hcl::Expression& expression, const Scope& scope);

  cloud::Value variable(const std::string& name);
  cloud::Value local(const std::string& name);
  cloud::Value resource_object(const std::string& key);
  cloud::Value module_object(const std::string& name);
  cloud::Value property_of(const cloud::Reference& object, const std::string& name);
  cloud::Value metadata_of(const hcl::Body& body, const Scope& scope, const cloud::Reference& object);
  cloud::Value policy_document(const hcl::Body& body, const Scope& scope);
  cloud::Value with_type_defaults(const cloud::Value& value, const hcl::Expression* type, const Scope& scope, int level);
  Instance* child(const std::string& name, const std::string& key);

  const Instances& instances_of(const std::string& key, const Declaration& declaration);
  Scope scope_of(const Declaration& declaration, const Instances& instances, std::size_t index) const;
  cloud::Value body_value(const hcl::Body& body, const Scope& scope, int level);
  void add_dynamic(const hcl::Block& block, const Scope& scope, int level,
                   std::map<std::string, std::vector<cloud::Value>>& blocks);
  void collect_resource(const std::string& key, const DeclaredResource& resource, std::vector<cloud::Resource>& resources);
  void collect_call(const std::string& name, const Declaration& call, std::vector<cloud::Resource>& resources);
  void apply_moves(std::vector<cloud::Resource>& resources, std::size_t first) const;
  [[nodiscard]] std::string region_of(const DeclaredResource& resource) const;
  [[nodiscard]] cloud::Value object_at(const std::string& address) const;

  const Module& m_module;
  std::string m_folder;
  std::string m_prefix;  ///< of addresses, with a dot at the end where it is not empty
  const ModuleFinder& m_find;
  const FileFinder& m_files;
  base::DiagnosticSink& m_sink;
  Budget& m_budget;
  std::map<std::string, cloud::Value> m_variables;
  std::map<std::string, cloud::Value> m_locals;
  std::map<std::string, cloud::Value> m_outputs;
  std::map<std::string, cloud::Value> m_properties;
  std::set<std::string> m_busy;  ///< what is being evaluated: whoever asks for it again goes in a circle
  std::map<std::string, Instances> m_instances;
  std::map<std::string, std::unique_ptr<Instance>> m_children;
  std::map<std::string, hcl::ExpressionPointer> m_templates;  ///< files that were rendered, by their paths
  int m_nesting = 0;
  bool m_failed = false;  ///< something that does not exist was asked for, since `try` last looked
};

/// The words of an expression that says when something exists: `var.enabled ? 1 : 0`.
[[nodiscard]] std::string source_text(const hcl::Expression& expression);

}  // namespace postern::ingest::terraform
