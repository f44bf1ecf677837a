// SPDX-License-Identifier: Apache-2.0
// Rules of firewalls and security groups: who may send to what, as ranges that are never expanded.
#pragma once
#include <ingest/cloud/value.h>

#include <set>
#include <string>
#include <string_view>

namespace postern::ingest::cloud {

/// What a resource lets in and out.
struct Openings {
  std::set<std::string> ingress;  ///< `RANGE PORTS/PROTOCOL`; an id or address of another group instead of a range
  std::set<std::string> egress;
  bool declared = false;  ///< it says whom it lets in, if only "nobody"
  bool unknown = false;   ///< some of it cannot be known
};

/// The range with all bits after its prefix cleared, since only those before it count: 192.168.1.0/0 is 0.0.0.0/0. A single address
/// gets its full prefix. What is no range comes back as it is.
[[nodiscard]] std::string masked(std::string_view range);

/// What the arguments (in one spelling) of a resource of that type open.
[[nodiscard]] Openings openings_of(const Value& arguments, std::string_view type);

}  // namespace postern::ingest::cloud
