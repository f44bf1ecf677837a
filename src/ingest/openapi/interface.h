// SPDX-License-Identifier: Apache-2.0
// What all descriptions of interfaces come to: operations, who may call them, what they take and give.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/model/fact.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::openapi {

struct Operation {
  std::string callers;           ///< `none`, `bearer`, `oauth2 read write`, `apiKey header X-Key or basic`; empty: not said
  std::set<std::string> fields;  ///< `in NAME`, `out NAME`
  base::Location location;
};

/// One interface, whatever language it is described in.
struct Interface {
  std::string title;
  std::string version;
  std::string language;                         ///< openapi, asyncapi, graphql, grpc
  std::string service;                          ///< the service that it names itself; usually empty
  std::string owner;                            ///< whom it names itself; usually empty
  std::set<std::string> hosts;                  ///< where it says that it is served
  std::map<std::string, Operation> operations;  ///< by `METHOD PATH`
  base::Location location;
};

/// The interface as an entity of kind api at `apis/NAME`.
[[nodiscard]] model::EntityFact entity_of(const Interface& interface, std::string_view name);
/// Lower case words with dashes between them: `Retail Store: Catalog API` -> `retail-store-catalog-api`.
[[nodiscard]] std::string name_from_title(std::string_view title);

/// Interfaces with the file that each was found in. Gives each a name of its own: the title's, or where several share one, the
/// path of the file as far as it tells them apart.
struct FoundInterface {
  std::size_t file = 0;
  std::string path;
  Interface interface;
};
[[nodiscard]] std::vector<std::string> names_of(const std::vector<FoundInterface>& all);

}  // namespace postern::ingest::openapi
