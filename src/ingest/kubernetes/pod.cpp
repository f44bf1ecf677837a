// SPDX-License-Identifier: Apache-2.0
// Reads what belongs to a pod as a whole, and hands its containers and volumes on.
#include <ingest/kubernetes/container.h>
#include <ingest/kubernetes/labels.h>
#include <ingest/kubernetes/placement.h>
#include <ingest/kubernetes/pod.h>
#include <ingest/kubernetes/security_context.h>
#include <ingest/kubernetes/volumes.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;

constexpr std::array k_pod_fields = {
    FieldRow{"automountServiceAccountToken", &automount_service_account_token},
    FieldRow{"hostIPC", &host_ipc},
    FieldRow{"hostNetwork", &host_network},
    FieldRow{"hostPID", &host_pid},
    FieldRow{"shareProcessNamespace", &share_process_namespace},
};

/// `default` exists in every namespace: naming it is as naming none, unless the state declares that object.
constexpr std::string_view k_default_account = "default";

void read_account(ObjectReader& reader, const Node& pod, Rows& rows) {
  std::string_view key = "serviceAccountName";
  auto account = reader.name(pod, key);
  if (!account) account = reader.name(pod, key = "serviceAccount");  // the field's old name, still accepted
  if (!account) {
    add_row(rows, service_account, Symbol(k_default_account), pod.location());
    return;
  }
  const Location location = pod[key].location();
  add_row(rows, service_account, Symbol(*account), location);
  reader.refer(model::RelationKind::assumes, reader.local_address("serviceaccounts", *account), key, location,
               *account == k_default_account);
}

void read_pull_secrets(ObjectReader& reader, const Node& pod) {
  reader.each_mapping(pod, "imagePullSecrets", [&](const Node& item) {
    if (const auto secret = reader.name(item, "name")) {
      reader.refer(model::RelationKind::mounts, reader.local_address("secrets", *secret), "imagePullSecrets", item.location(),
                   true);
    }
  });
}

/// `topology.kubernetes.io/zone required skew 1`
void read_spread(const ObjectReader& reader, const Node& pod, Rows& rows) {
  std::vector<Symbol> texts;
  reader.each_mapping(pod, "topologySpreadConstraints", [&](const Node& item) {
    const auto topology = reader.required_name(item, "topologyKey");
    if (!topology) return;
    const bool required = reader.name(item, "whenUnsatisfiable").value_or("DoNotSchedule") == "DoNotSchedule";
    const std::string skew(reader.text_or_integer(item, "maxSkew").value_or("1"));
    texts.emplace_back(std::string(*topology) + (required ? " required skew " : " preferred skew ") + skew);
  });
  add_set(rows, spread, std::move(texts), pod["topologySpreadConstraints"].location());
}

/// `required kubernetes.io/hostname app=web`
void read_anti_affinity(const ObjectReader& reader, const Node& pod, Rows& rows) {
  const Node affinity = reader.mapping(pod, "affinity");
  const Node apart = affinity ? reader.mapping(affinity, "podAntiAffinity") : Node();
  if (!apart) return;
  std::vector<Symbol> texts;
  const auto add = [&](std::string_view how, const Node& term) {
    const auto topology = reader.required_name(term, "topologyKey");
    if (!topology) return;
    const model::LabelSelector selector = read_selector(reader, reader.mapping(term, "labelSelector"));
    texts.emplace_back(std::string(how) + " " + std::string(*topology) + " " + to_string(selector));
  };
  reader.each_mapping(apart, "requiredDuringSchedulingIgnoredDuringExecution", [&](const Node& term) { add("required", term); });
  reader.each_mapping(apart, "preferredDuringSchedulingIgnoredDuringExecution", [&](const Node& item) {
    if (const Node term = reader.required_mapping(item, "podAffinityTerm")) add("preferred", term);
  });
  add_set(rows, anti_affinity, std::move(texts), apart.location());
}

/// The DNS name that a pod gets from its hostname and subdomain.
void read_pod_name(const ObjectReader& reader, const Node& pod, model::EntityFact& entity) {
  const auto host = reader.name(pod, "hostname");
  const auto domain = reader.name(pod, "subdomain");
  if (host && domain)
    entity.aliases.push_back({model::AliasKind::dns_name, Symbol(std::string(*host) + "." + std::string(*domain))});
}

}  // namespace

void read_pod(ObjectReader& reader, const Node& pod, model::EntityFact& entity) {
  check_pod_spelling(reader, pod);
  entity.attributes.reserve(entity.attributes.size() + 32);
  read_fields(reader, pod, k_pod_fields, entity.attributes);
  read_pod_security_context(reader, pod, entity.attributes);
  read_account(reader, pod, entity.attributes);
  read_pull_secrets(reader, pod);
  read_pod_name(reader, pod, entity);
  read_volumes(reader, pod, entity.attributes);
  read_spread(reader, pod, entity.attributes);
  read_anti_affinity(reader, pod, entity.attributes);
  read_placement(reader, pod, entity.attributes);
  if (const Node list = pod["containers"]; !list || list.is_null()) reader.missing(pod, "containers");
  read_containers(reader, pod, "initContainers", entity);
  read_containers(reader, pod, "containers", entity);
  read_containers(reader, pod, "ephemeralContainers", entity);
}

void read_pod_template(ObjectReader& reader, const Node& pod_template, model::EntityFact& entity) {
  entity.labels = read_labels(reader, reader.mapping(pod_template, "metadata"));
  if (const Node pod = reader.required_mapping(pod_template, "spec")) read_pod(reader, pod, entity);
}

}  // namespace postern::ingest::kubernetes
