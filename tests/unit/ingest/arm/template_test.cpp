// SPDX-License-Identifier: Apache-2.0
// Expressions, children and conditions of templates of Azure.
#include <doctest/doctest.h>
#include <ingest/arm/template.h>
#include <ingest/cloud/value.h>

#include <string>

#include "../fact_text.h"

namespace postern::ingest {
namespace {

constexpr const char* k_template = R"({
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "parameters": {"prefix": {"type": "string", "defaultValue": "shop"}, "open": {"type": "bool"}},
  "variables": {"server": "[concat(parameters('prefix'), '-sql')]"},
  "resources": [
    {"type": "Microsoft.Sql/servers", "name": "[variables('server')]", "location": "westeurope",
     "properties": {"minimalTlsVersion": "1.2", "publicNetworkAccess": "Enabled"},
     "resources": [{"type": "firewallRules", "name": "all", "properties": {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}}]},
    {"type": "Microsoft.Sql/servers/databases", "name": "[format('{0}/{1}', variables('server'), 'orders')]", "properties": {}},
    {"type": "Microsoft.Web/sites", "name": "[toLower('WEB')]", "condition": "[parameters('open')]",
     "dependsOn": ["[resourceId('Microsoft.Sql/servers', variables('server'))]"],
     "properties": {"httpsOnly": true, "siteConfig": {"appSettings": [{"name": "MODE", "value": "it''s"}]}}}
  ]})";

}  // namespace

TEST_CASE("a template of Azure is evaluated as far as its parameters are known") {
  const std::string text = test::facts_text(test::read(k_template, "template.json"));
  for (const char* part : {"Microsoft.Sql/servers/shop-sql", "Microsoft.Sql/servers/firewallRules/shop-sql/all",
                           "Microsoft.Sql/servers/databases/shop-sql/orders", "Microsoft.Web/sites/web"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

}  // namespace postern::ingest
