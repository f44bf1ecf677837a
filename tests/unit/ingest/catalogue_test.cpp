// SPDX-License-Identifier: Apache-2.0
// Backstage catalogues and CODEOWNERS.
#include <doctest/doctest.h>
#include <ingest/catalogue/backstage.h>
#include <ingest/catalogue/code_owners.h>

#include "project_facts.h"

using namespace postern::ingest;

TEST_CASE("components, resources and interfaces of a catalogue") {
  CHECK(test::project_facts(catalogue::read_backstage, {{"orders/catalog-info.yaml", R"(apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: orders, annotations: {backstage.io/kubernetes-id: orders-v2}, labels: {tier: high}}
spec: {type: service, owner: group:default/team-orders, lifecycle: production, system: shop, providesApis: [orders-api], consumesApis: [payments/pay-api], dependsOn: ['resource:orders-db', 'component:mail']}
---
apiVersion: backstage.io/v1alpha1
kind: API
metadata: {name: orders-api}
spec: {type: openapi, owner: team-orders, definition: {$text: ./openapi.yaml}}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-orders}
)"},
                                                        {"k8s.yaml", "apiVersion: v1\nkind: Secret\n# backstage.io/\n"}}) ==
        R"(catalogue/components/orders exposes catalogue/apis/orders-api
catalogue/components/orders calls catalogue/apis/pay-api
catalogue/components/orders uses catalogue/resources/orders-db
catalogue/components/orders calls catalogue/components/mail
catalogue/components/orders application
  lifecycle = production
  owner = team-orders
  resource_type = backstage-component
  settings[workload] = orders-v2
  system = shop
  tier = high
catalogue/apis/orders-api application
  owner = team-orders
  resource_type = backstage-api
  settings[definition] = orders/openapi.yaml
)");
}

TEST_CASE("rules of CODEOWNERS in their order") {
  CHECK(test::project_facts(catalogue::read_code_owners,
                            {{"a/.github/CODEOWNERS",
                              "# all\n*  @org/all\n/apps/ @a @b # why\n\n[Docs] @writers\n*.md\nwith\\ blank @x\nnobody/\n"}}) ==
        R"(catalogue/codeowners/a configuration
  resource_type = codeowners
  settings[000002 *] = @org/all
  settings[000003 /apps/] = @a, @b
  settings[000006 *.md] = @writers
  settings[000007 with blank] = @x
  settings[000008 nobody/] = @writers
)");
}
