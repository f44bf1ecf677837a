// SPDX-License-Identifier: Apache-2.0
// ScaledObject and ScaledJob of KEDA: scaling by what a broker or store holds, which is an address in the trigger.
#include <connection/endpoint.h>
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/workload.h>
#include <ingest/kubernetes/links.h>
#include <ingest/kubernetes/operators/kinds.h>
#include <ingest/kubernetes/pod.h>
#include <ingest/mention.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::array k_limits = {
    FieldRow{"maxReplicaCount", &max_replicas},
    FieldRow{"minReplicaCount", &min_replicas},
};
/// Keys of a trigger's metadata that hold addresses; each also exists as `KEYFromEnv`, which names a variable of the workload.
constexpr std::array<std::string_view, 14> k_addresses = {"address",
                                                          "addresses",
                                                          "bootstrapServers",
                                                          "brokerAddress",
                                                          "endpoint",
                                                          "host",
                                                          "managementEndpoint",
                                                          "metricsServerURL",
                                                          "natsServerMonitoringEndpoint",
                                                          "nodes",
                                                          "serverAddress",
                                                          "sentinelAddresses",
                                                          "url",
                                                          "connectionString"};
/// Technologies by the trigger's type where it is that of a store.
struct TriggerRow {
  std::string_view type;
  std::string_view technology;
  std::string_view scheme;
};
constexpr std::array k_triggers = {
    TriggerRow{"apache-kafka", "kafka", "kafka"},
    TriggerRow{"kafka", "kafka", "kafka"},
    TriggerRow{"mongodb", "mongodb", "mongodb"},
    TriggerRow{"mysql", "mysql", "mysql"},
    TriggerRow{"postgresql", "postgres", "postgresql"},
    TriggerRow{"rabbitmq", "rabbitmq", "amqp"},
    TriggerRow{"redis", "redis", "redis"},
    TriggerRow{"redis-cluster", "redis", "redis"},
    TriggerRow{"redis-cluster-streams", "redis", "redis"},
    TriggerRow{"redis-sentinel", "redis", "redis"},
    TriggerRow{"redis-streams", "redis", "redis"},
};

void mention(ObjectReader& reader, std::string_view key, const Node& value, std::string_view technology) {
  for (const connection::Endpoint& endpoint : connection::parse_endpoints(key, value.text(), connection::ParseMode::setting)) {
    if (!is_outward(endpoint) || endpoint.unresolved()) continue;
    model::MentionFact fact = make_mention(endpoint, Discretion::open);
    fact.owner = reader.object().address;
    fact.name = Symbol("trigger " + std::string(key));
    if (fact.technology.empty()) fact.technology = Symbol(technology);
    fact.confidence = Symbol(connection::to_string(connection::Confidence::host_port));
    fact.location = value.location();
    reader.emit(std::move(fact));
  }
}

void read_triggers(ObjectReader& reader, Rows& rows) {
  std::vector<Symbol> texts;
  reader.each_mapping(reader.spec(), "triggers", [&](const Node& item) {
    const std::string_view type = reader.required_name(item, "type").value_or("");
    const auto row =
        std::find_if(k_triggers.begin(), k_triggers.end(), [&](const TriggerRow& known) { return known.type == type; });
    const std::string_view technology = row == k_triggers.end() ? std::string_view() : row->technology;
    std::string text(type);
    const Node metadata = reader.mapping(item, "metadata");
    for (const std::string_view key : k_addresses) {
      const Node value = metadata ? metadata[key] : Node();
      if (value.is_scalar() && !value.text().empty()) mention(reader, key, value, technology);
      const std::string from = std::string(key) + "FromEnv";
      if (metadata && metadata[from].is_scalar())
        text += " " + std::string(key) + " from variable " + std::string(metadata[from].text());
    }
    texts.emplace_back(text);
  });
  add_set(rows, triggers, std::move(texts),
          reader.spec()["triggers"] ? reader.spec()["triggers"].location() : reader.spec().location());
}

}  // namespace

void read_scaled_object(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::autoscaler);
  if (reader.required_mapping(reader.object().root, "spec")) {
    read_fields(reader, reader.spec(), k_limits, entity.attributes);
    read_triggers(reader, entity.attributes);
    const Node target = reader.required_mapping(reader.spec(), "scaleTargetRef");
    if (const auto name = target ? reader.required_name(target, "name") : std::nullopt) {
      reader.refer(model::RelationKind::scales, reader.local_address({}, *name), "scaleTargetRef", target.location());
    }
  }
  reader.emit(std::move(entity));
}

void read_scaled_job(ObjectReader& reader) {
  model::EntityFact entity = begin_workload(reader, model::EntityKind::job);
  if (const Node spec = required_spec(reader)) {
    const Node job = reader.required_mapping(spec, "jobTargetRef");
    const Node pod_template = job ? reader.required_mapping(job, "template") : Node();
    if (pod_template) read_pod_template(reader, pod_template, entity);
    read_triggers(reader, entity.attributes);
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
