// SPDX-License-Identifier: Apache-2.0
// The kinds of the Gateway API (gateway.networking.k8s.io).
#pragma once
#include <ingest/kubernetes/object_reader.h>

namespace postern::ingest::kubernetes {

void read_gateway(ObjectReader& reader);
void read_listener_set(ObjectReader& reader);  ///< ListenerSet, XListenerSet
void read_gateway_class(ObjectReader& reader);
void read_gateway_route(ObjectReader& reader);  ///< GRPCRoute, HTTPRoute, TCPRoute, TLSRoute, UDPRoute
void read_reference_grant(ObjectReader& reader);

}  // namespace postern::ingest::kubernetes
