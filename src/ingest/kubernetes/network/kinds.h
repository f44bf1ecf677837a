// SPDX-License-Identifier: Apache-2.0
// Network and access policies beside those of Kubernetes itself: Calico, Cilium, Linkerd.
#pragma once
#include <ingest/kubernetes/object_reader.h>

namespace postern::ingest::kubernetes {

void read_calico_policy(ObjectReader& reader);           ///< NetworkPolicy, GlobalNetworkPolicy
void read_cilium_policy(ObjectReader& reader);           ///< CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy
void read_linkerd_authentication(ObjectReader& reader);  ///< MeshTLSAuthentication, NetworkAuthentication
void read_linkerd_authorization_policy(ObjectReader& reader);
void read_linkerd_route(ObjectReader& reader);  ///< HTTPRoute, GRPCRoute of policy.linkerd.io
void read_linkerd_server(ObjectReader& reader);
void read_linkerd_server_authorization(ObjectReader& reader);

}  // namespace postern::ingest::kubernetes
