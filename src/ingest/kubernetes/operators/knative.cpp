// SPDX-License-Identifier: Apache-2.0
// Service of Knative: a workload, a name for it, and a way in from outside unless it is kept inside of the cluster.
#include <ingest/kubernetes/kinds/workload.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/operators/kinds.h>
#include <ingest/kubernetes/operators/made.h>
#include <ingest/kubernetes/pod.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::array<std::string_view, 2> k_visibility = {"networking.knative.dev/visibility",
                                                          "serving.knative.dev/visibility"};  // the second before 0.19
constexpr std::int64_t k_port = 80;

std::optional<Location> kept_inside(const ObjectReader& reader) {
  const Node labels = reader.mapping(reader.object().metadata, "labels");
  for (const std::string_view key : k_visibility) {
    if (labels && labels[key] && reader.name(labels, key) == "cluster-local") return labels[key].location();
  }
  return std::nullopt;
}

/// The route that Knative makes at its own gateway.
void make_route(ObjectReader& reader) {
  const Object& object = reader.object();
  model::EntityFact gateway = reader.entity(model::EntityKind::gateway);
  gateway.address = reader.local_address("routes.serving.knative.dev", object.name.view());
  if (const auto inside = kept_inside(reader)) add_row(gateway.attributes, model::attribute::cluster_local, true, *inside);
  model::ReferenceFact route;
  route.source = gateway.address;
  route.kind = model::RelationKind::routes_to;
  route.target = reader.local_address("services", object.name.view());
  route.note = Symbol("made by the operator");
  route.location = gateway.location;
  reader.emit(std::move(gateway));
  reader.emit(std::move(route));
}

}  // namespace

void read_knative_service(ObjectReader& reader) {
  model::EntityFact entity = begin_workload(reader, model::EntityKind::service);
  const Node spec = required_spec(reader);
  const Node pod_template = spec ? reader.required_mapping(spec, "template") : Node();
  if (pod_template) read_pod_template(reader, pod_template, entity);
  reader.emit(std::move(entity));
  make_service(reader, {reader.object().name.str(), k_port});
  make_route(reader);
}

}  // namespace postern::ingest::kubernetes
