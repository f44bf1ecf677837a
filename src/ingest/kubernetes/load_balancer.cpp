// SPDX-License-Identifier: Apache-2.0
// The table of annotations for internal load balancers.
#include <ingest/kubernetes/load_balancer.h>
#include <postern/base/text.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

/// What the value of an annotation must be for the load balancer to be internal; any value but "false" for an empty text.
struct InternalRow {
  std::string_view annotation;
  std::string_view value;
};
constexpr std::array k_internal = {
    InternalRow{"cloud.google.com/load-balancer-type", "internal"},
    InternalRow{"networking.gke.io/load-balancer-type", "internal"},
    InternalRow{"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", "intranet"},
    InternalRow{"service.beta.kubernetes.io/aws-load-balancer-internal", ""},
    InternalRow{"service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"},
    InternalRow{"service.beta.kubernetes.io/azure-load-balancer-internal", "true"},
    InternalRow{"service.beta.kubernetes.io/do-loadbalancer-network", "internal"},
    InternalRow{"service.beta.kubernetes.io/oci-load-balancer-internal", "true"},
    InternalRow{"service.beta.kubernetes.io/openstack-internal-load-balancer", "true"},
    InternalRow{"service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", "private"},
    InternalRow{"service.kubernetes.io/qcloud-loadbalancer-internal-subnetid", ""},
};
bool matches(std::string_view found, std::string_view wanted) {
  if (wanted.empty()) return !base::equals_ignoring_case(found, "false");
  return base::equals_ignoring_case(found, wanted);
}

}  // namespace

std::optional<Location> internal_load_balancer_annotation(const ObjectReader& reader, const Node& annotations) {
  if (!annotations.is_mapping()) return std::nullopt;
  std::optional<Location> internal;
  for (const InternalRow& row : k_internal) {
    const auto found = annotations[row.annotation] ? reader.name(annotations, row.annotation) : std::nullopt;
    if (!found) continue;
    if (!matches(*found, row.value)) return std::nullopt;
    if (!internal) internal = annotations[row.annotation].location();
  }
  return internal;
}

}  // namespace postern::ingest::kubernetes
