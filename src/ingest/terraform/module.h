// SPDX-License-Identifier: Apache-2.0
// The files of one folder of Terraform, sorted out: what a module declares.
#pragma once
#include <ingest/hcl/syntax.h>
#include <postern/base/diagnostic.h>
#include <postern/document/document.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::terraform {

/// A block with the file in which it stands.
struct Declaration {
  const hcl::Body* body = nullptr;
  base::Symbol file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  [[nodiscard]] base::Location location() const { return {file, line, column}; }
};

/// An expression with the file in which it stands.
struct Definition {
  const hcl::Expression* value = nullptr;
  base::Symbol file;
};

/// A resource or data source: type and name.
struct DeclaredResource {
  std::string type;
  std::string name;
  bool is_data = false;
  Declaration declaration;
};

/// Everything that the files of one folder declare. Owns their trees.
class Module {
 public:
  Module() = default;
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  /// Adds a file. What cannot be read is told (P1231), and the rest counts. Returns whether all of it could be read.
  bool add_file(std::string_view text, base::Symbol file, const document::Limits& limits, base::DiagnosticSink& sink);

  std::map<std::string, Declaration> variables;
  std::map<std::string, Definition> locals;
  std::map<std::string, Declaration> outputs;
  std::map<std::string, Declaration> calls;                    ///< of modules
  std::map<std::string, DeclaredResource> resources;           ///< by `TYPE.NAME`, data sources by `data.TYPE.NAME`
  std::vector<std::pair<std::string, Declaration>> providers;  ///< local name, block
  std::vector<Declaration> moves;

 private:
  void sort_out(const hcl::Body& body, base::Symbol file, base::DiagnosticSink& sink);
  std::vector<std::unique_ptr<hcl::Body>> m_bodies;
};

/// Reads `.tf.json`: the same blocks in the form of JSON.
[[nodiscard]] std::unique_ptr<hcl::Body> body_of_json(std::string_view text, base::Symbol file, const document::Limits& limits,
                                                      base::DiagnosticSink& sink);
/// Whether a file is one of JSON, by its name.
[[nodiscard]] bool is_json_file(std::string_view path);
/// A literal text; empty where the attribute is none.
[[nodiscard]] std::string literal_of(const hcl::Expression* expression);

}  // namespace postern::ingest::terraform
