// SPDX-License-Identifier: Apache-2.0
// What services and functions are told: images, ports and environment, in the forms that the platforms have for it. The only place
// where their values are seen unredacted.
#pragma once
#include <ingest/cloud/arguments.h>
#include <ingest/cloud/value.h>
#include <postern/model/fact.h>

#include <string>
#include <vector>

namespace postern::ingest::cloud {

/// "This variable holds something of that resource."
struct VariableReference {
  base::Symbol scope;
  base::Symbol name;
  std::vector<Reference> references;
  std::string text;  ///< of a reference that is written as a text (the ARN of a secret); else empty
  base::Location location;
  std::string key;  ///< of a secret with several keys the one that is taken; empty: not known, or all of it
};

/// Everything that the containers of one resource say. Owners are left open: what one resource says may be run by others.
struct Containers {
  std::vector<model::Attribute> rows;  ///< image, ports, environment, command, plaintext_secrets; scope: the container
  std::vector<model::SettingFact> settings;
  std::vector<VariableReference> variables;
  std::vector<model::Alias> aliases;
  bool empty() const noexcept { return rows.empty() && settings.empty() && variables.empty(); }
};

/// Reads the containers and variables in the arguments (in one spelling), and marks their leaves as consumed.
[[nodiscard]] Containers containers_of(const Value& arguments, std::vector<Leaf>& leaves);

}  // namespace postern::ingest::cloud
