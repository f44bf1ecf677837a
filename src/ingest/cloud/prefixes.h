// SPDX-License-Identifier: Apache-2.0
// Deployments of one source that would declare the same addresses are told apart by where they are declared.
#pragma once
#include <ingest/cloud/collector.h>
#include <postern/model/fact.h>

#include <string>
#include <vector>

namespace postern::ingest::cloud {

/// One deployment: a root module, a template.
struct Group {
  std::string path;  ///< of its folder or file
  const std::vector<Resource>* resources = nullptr;
  std::string prefix;  ///< answer: what goes before its addresses; empty where nothing collides
};

/// Gives prefixes to groups that share an address with another one: their paths, without the folders that all have in common.
void give_prefixes(std::vector<Group>& groups);
/// Puts a prefix before every address in a fact.
void add_prefix(const std::string& prefix, model::Fact& fact);

}  // namespace postern::ingest::cloud
