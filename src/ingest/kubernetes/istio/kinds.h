// SPDX-License-Identifier: Apache-2.0
// The kinds of Istio (networking.istio.io, security.istio.io).
#pragma once
#include <ingest/kubernetes/object_reader.h>

namespace postern::ingest::kubernetes {

void read_istio_authorization_policy(ObjectReader& reader);
void read_istio_destination_rule(ObjectReader& reader);
void read_istio_gateway(ObjectReader& reader);
void read_istio_peer_authentication(ObjectReader& reader);
void read_istio_request_authentication(ObjectReader& reader);
void read_istio_service_entry(ObjectReader& reader);
void read_istio_sidecar(ObjectReader& reader);
void read_istio_virtual_service(ObjectReader& reader);

}  // namespace postern::ingest::kubernetes
