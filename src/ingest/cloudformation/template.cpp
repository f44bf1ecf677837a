// SPDX-License-Identifier: Apache-2.0
// Recognises templates, and adds what SAM makes of the events of functions.
#include <ingest/cloudformation/evaluator.h>
#include <ingest/cloudformation/template.h>

#include <map>
#include <string>
#include <utility>

namespace postern::ingest::cloudformation {
namespace {

using cloud::Member;
using cloud::Resource;
using cloud::Value;
using document::Node;

/// Events of SAM functions that let requests in: a route of the interface that they name, or of the one that SAM makes for them.
void add_events(std::vector<Resource>& resources) {
  std::map<std::string, Resource> made;
  std::vector<Resource> routes;
  for (const Resource& resource : resources) {
    if (resource.type != "AWS::Serverless::Function") continue;
    for (const Member& event : resource.arguments["Events"].members()) {
      const std::string_view type = event.second["Type"].as_text();
      if (type != "Api" && type != "HttpApi") continue;
      const Value& properties = event.second["Properties"];
      const Value& named = properties[type == "Api" ? "RestApiId" : "ApiId"];
      const std::string implicit = type == "Api" ? "ServerlessRestApi" : "ServerlessHttpApi";
      Resource route;
      route.address = resource.address + "." + event.first;
      route.label = event.first;
      route.type = "AWS::ApiGateway::Method";
      route.location = event.second.location();
      const Value function = Value::unknown().with_reference({resource.address, {}, true}).at(route.location);
      const Value interface = named.is_null() ? Value::unknown().with_reference({implicit, {}, true}).at(route.location) : named;
      route.arguments = Value::map(
          {{"RestApiId", interface}, {"Target", function}, {"Path", properties["Path"]}, {"HttpMethod", properties["Method"]}});
      routes.push_back(std::move(route));
      if (!named.is_null()) continue;
      Resource& gateway = made[implicit];
      gateway.address = implicit;
      gateway.label = implicit;
      gateway.type = "AWS::Serverless::" + std::string(type == "Api" ? "Api" : "HttpApi");
      gateway.arguments = Value::map({});
      if (gateway.location.line == 0) gateway.location = event.second.location();
    }
  }
  for (auto& [name, gateway] : made) resources.push_back(std::move(gateway));
  for (Resource& route : routes) resources.push_back(std::move(route));
}

}  // namespace

bool is_template(const Node& root) {
  const Node resources = root["Resources"];
  if (!resources.is_mapping()) return false;
  if (root["AWSTemplateFormatVersion"]) return true;
  for (const document::Entry entry : resources.entries()) {
    const std::string_view type = entry.value["Type"].text();
    if (type.starts_with("AWS::") || type.starts_with("Custom::") || type.starts_with("Alexa::")) return true;
  }
  return false;
}

std::vector<Resource> resources_of(const Node& root) {
  std::vector<Resource> found = Evaluator(root).resources();
  add_events(found);
  return found;
}

}  // namespace postern::ingest::cloudformation
