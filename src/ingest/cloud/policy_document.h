// SPDX-License-Identifier: Apache-2.0
// Policies as JSON documents: who may do what with which resources.
#pragma once
#include <ingest/cloud/value.h>

#include <set>
#include <string>

namespace postern::ingest::cloud {

/// The statements of policies.
struct PolicyDocument {
  std::set<std::string> statements;  ///< `Allow principals=* actions=s3:GetObject resources=... conditions=...`
  bool found = false;
  bool open_to_everybody = false;  ///< a statement allows everybody something, without any condition
};

/// Adds the statements of a document: a JSON text, or its content in any spelling of names. What is no policy adds nothing.
void add_policy(const Value& document, PolicyDocument& into);

}  // namespace postern::ingest::cloud
