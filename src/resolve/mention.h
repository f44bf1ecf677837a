// SPDX-License-Identifier: Apache-2.0
// An address that a workload or object mentions, wherever it was written, on its way to the entity that is meant.
#pragma once
#include <deque>
#include <vector>

#include "connection/endpoint.h"
#include "resolve/link_index.h"

namespace postern::resolve {

/// A key of a configuration object that a workload gets as a variable.
struct ConfigurationKey {
  EntityIndex object = 0;
  Symbol key;
};

/// One mention of one owner.
struct Mention {
  EntityIndex owner = 0;
  connection::Endpoint endpoint;
  std::vector<model::Evidence> evidence;
  std::vector<std::pair<Symbol, Symbol>> variables;  ///< (container, name) of environment variables that this address consumes
  bool named_host = false;  ///< the name of the setting says that its value is a host: even a bare word is believed
  Symbol entrances = {};    ///< of a route's rule: the gateways that it is for, with commas; empty: all of the route
  Symbol forwarding = {};   ///< of a route's rule: `mirror`, `redirect`; empty: requests are handed on
  std::vector<ConfigurationKey> keys = {};  ///< of configurations that only variables read: this address consumes them
};

/// All mentions of a state: tens of thousands of large records, which never move once they are written.
using Mentions = std::deque<Mention>;

}  // namespace postern::resolve
