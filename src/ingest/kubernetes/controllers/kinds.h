// SPDX-License-Identifier: Apache-2.0
// Ways in that ingress controllers read from kinds of their own: Contour, the router of OpenShift, Traefik.
#pragma once
#include <ingest/kubernetes/object_reader.h>

namespace postern::ingest::kubernetes {

void read_contour_proxy(ObjectReader& reader);
void read_openshift_route(ObjectReader& reader);
void read_traefik_middleware(ObjectReader& reader);  ///< Middleware, MiddlewareTCP
void read_traefik_route(ObjectReader& reader);       ///< IngressRoute, IngressRouteTCP, IngressRouteUDP
void read_traefik_service(ObjectReader& reader);

}  // namespace postern::ingest::kubernetes
