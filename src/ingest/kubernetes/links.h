// SPDX-License-Identifier: Apache-2.0
// Writing down relations of an object: by the address of another object, by host, by label.
#pragma once
#include <ingest/kubernetes/object_reader.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::kubernetes {

/// "This object names that one."
struct Link {
  model::RelationKind kind = model::RelationKind::routes_to;
  Symbol target;     ///< address
  std::string note;  ///< what stands there
  Location location;
  std::uint32_t port = 0;            ///< 0: none
  bool optional = false;             ///< the target may be missing without being dangling
  bool incoming = false;             ///< the relation leads from the target to this object
  std::string_view forwarding = {};  ///< of a route: `mirror`; empty where requests are only handed on
  std::vector<Symbol> grants = {};   ///< where not empty, the target's side must grant one of these
};
void link(ObjectReader& reader, Link link);

/// "This object names a host", which the linker resolves as seen from the object's namespace. `forwarding` as in the fact.
void mention_host(ObjectReader& reader, std::string_view host, std::uint32_t port, std::string_view note, const Location& location,
                  std::string_view forwarding = {});

/// "This object is about the workloads with these labels"; an empty namespace means every one.
void select(ObjectReader& reader, model::RelationKind kind, Symbol namespace_name, model::LabelSelector selector,
            const Location& location);

/// Whether `spec` can be read: it is a mapping, or left out where a kind allows that. Complains of any other type.
[[nodiscard]] bool has_readable_spec(const ObjectReader& reader);

/// The texts, sorted, with a comma between each two.
[[nodiscard]] std::string joined(std::vector<std::string> texts, std::string_view separator = ", ");

/// The number, or 0 where it is no port.
[[nodiscard]] std::uint32_t port_number(const ObjectReader& reader, const Node& parent, std::string_view key);

}  // namespace postern::ingest::kubernetes
