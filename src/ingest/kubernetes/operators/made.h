// SPDX-License-Identifier: Apache-2.0
// What operators make of their objects: a store that runs, Services in front of it, Secrets.
#pragma once
#include <ingest/kubernetes/field_table.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace postern::ingest::kubernetes {

/// A store that the object stands for, with its technology: an id of the table of technologies, empty for what holds nothing.
[[nodiscard]] model::EntityFact begin_store(const ObjectReader& reader, model::EntityKind kind, std::string_view technology);

/// A Service that an operator makes.
struct MadeService {
  std::string name;
  std::int64_t port = 0;
  std::string_view type = "ClusterIP";
  bool headless = false;
  std::optional<Location> internal = {};  ///< what asks for a load balancer of the private network
};
/// The Service as an endpoint in front of the object's workload.
void make_service(ObjectReader& reader, const MadeService& service);
/// A Secret that an operator makes, with these keys, or of keys that are not known.
void make_secret(ObjectReader& reader, std::string_view name, std::initializer_list<std::string_view> keys,
                 std::string_view type = "Opaque");

/// How many instances there are, by the field `key`.
void count(const ObjectReader& reader, const Node& parent, std::string_view key, Rows& rows);
/// The image in the field `key`, as that of a container.
void read_image(const ObjectReader& reader, const Node& parent, std::string_view key, std::string_view container, Rows& rows);
/// The port that it listens on, with words about encryption and authentication where those are said.
void listen(Rows& rows, std::int64_t port, std::string_view words, const Location& location);
/// A label that the operator gives to the pods.
void label(model::EntityFact& entity, std::string_view key, std::string_view value);
/// The type of a Service in the field `key`; ClusterIP where none is said.
[[nodiscard]] std::string_view service_type(const ObjectReader& reader, const Node& parent, std::string_view key);

/// The text of `key` as attribute `version`.
void read_version(const ObjectReader& reader, const Node& parent, std::string_view key, Rows& rows);
/// `size` (a quantity) and the class below `storage` as attributes of the volume that it asks for.
void read_storage(const ObjectReader& reader, const Node& storage, std::string_view size_key, std::string_view class_key,
                  Rows& rows);
/// The first request of a volume claim template (`spec.resources.requests.storage`).
void read_claim(const ObjectReader& reader, const Node& claim, Rows& rows);

}  // namespace postern::ingest::kubernetes
