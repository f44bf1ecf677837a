// SPDX-License-Identifier: Apache-2.0
// Reads the parts of a service that stand above its events: provider, functions, roles, and the template that it brings.
#include <ingest/serverless/service.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::serverless {
namespace {

using cloud::Member;
using cloud::Resource;
using cloud::Value;
using document::Node;

constexpr std::string_view k_role = "IamRoleLambdaExecution";

std::string upper_first(std::string_view text) {
  std::string result(text);
  if (!result.empty() && result.front() >= 'a' && result.front() <= 'z')
    result.front() = static_cast<char>(result.front() - 'a' + 'A');
  return result;
}

/// `name: x` and `name: {name: x}` are the same, for services and providers.
Node name_node(const Node& node) { return node.is_mapping() ? node["name"] : node; }

/// A mapping in parts, as the framework allows it: one mapping, or a list of them.
std::vector<Node> mappings_of(const Node& node, ServiceVariables& variables) {
  std::vector<Node> found;
  const Node whole = variables.follow(node);
  if (whole.is_mapping()) found.push_back(whole);
  for (const Node item : whole.items()) {
    if (const Node part = variables.follow(item); part.is_mapping()) found.push_back(part);
  }
  return found;
}

Value merged(const Value& below, const Value& above) {
  if (!below.is_map()) return above;
  if (!above.is_map()) return above.is_null() ? below : above;
  std::vector<Member> members(below.members().begin(), below.members().end());
  members.insert(members.end(), above.members().begin(), above.members().end());
  return Value::map(std::move(members)).at(above.location());
}

const Value& either(const Value& first, const Value& second) { return first.is_null() ? second : first; }

/// A policy as the role carries it.
Value policies_of(const Value& statements) {
  if (statements.is_null()) return {};
  const Value document = Value::map({{"Statement", statements}}).at(statements.location());
  const Value policy = Value::map({{"PolicyName", Value::text("service")}, {"PolicyDocument", document}}).at(statements.location());
  return Value::list({policy}).at(statements.location());
}

/// The role that all functions without one of their own share; nothing where the service names an existing one.
void add_shared_role(Context& context) {
  const Value& role = context.provider["iam"]["role"];
  if (!role.is_map() && !role.is_null()) return;
  if (context.provider.find("role") != nullptr) return;
  const Value& statements = either(role["statements"], context.provider["iamRoleStatements"]);
  const base::Location& place = statements.is_null() ? context.provider.location() : statements.location();
  Resource& made = resource_at(context, std::string(k_role), "AWS::IAM::Role", k_role, place);
  add_argument(made, "Policies", policies_of(statements));
  add_argument(made, "RoleName", role["name"]);
  add_argument(made, "ManagedPolicyArns", either(role["managedPolicies"], context.provider["iamManagedPolicies"]));
  add_argument(made, "PermissionsBoundary", role["permissionsBoundary"]);
}

/// The role of a function: its own statements, its own role, the service's, or the one that is made.
Value role_of(Context& context, const Function& function, const Value& body) {
  const Value& statements = body["iamRoleStatements"];
  if (!statements.is_null()) {
    const std::string address = logical_id(function.key) + std::string(k_role);
    Resource& made = resource_at(context, address, "AWS::IAM::Role", address, statements.location());
    std::vector<Value> all(statements.items().begin(), statements.items().end());
    if (body["iamRoleStatementsInherit"].as_boolean().value_or(false)) {
      const Value& shared = either(context.provider["iam"]["role"]["statements"], context.provider["iamRoleStatements"]);
      all.insert(all.end(), shared.items().begin(), shared.items().end());
    }
    add_argument(made, "Policies", policies_of(Value::list(std::move(all)).at(statements.location())));
    return reference_to(address, function.location);
  }
  const Value& shared = context.provider["iam"]["role"];
  const Value named = either(body["role"], either(context.provider["role"], shared.is_map() ? Value() : shared));
  if (named.is_null()) return reference_to(std::string(k_role), function.location);
  const std::string text(named.as_text());
  if (std::binary_search(context.declared.begin(), context.declared.end(), text)) return reference_to(text, named.location());
  return named;
}

void add_url(Context& context, const Function& function, const Value& url) {
  if (url.is_null() || url.as_boolean() == false) return;
  const std::string address = logical_id(function.key) + "LambdaFunctionUrl";
  Resource& made = resource_at(context, address, "AWS::Lambda::Url", function.key + " url", url.location());
  const bool signed_requests = url["authorizer"].as_text() == "aws_iam";
  const Value type = url["authorizer"].is_unknown() ? url["authorizer"] : Value::text(signed_requests ? "AWS_IAM" : "NONE");
  add_argument(made, "AuthType", type.at(url.location()));
  add_argument(made, "TargetFunctionArn", reference_to(function.address, url.location()));
}

/// `image: URI`, `image: {uri, name}`; a name is one of those that `provider.ecr.images` lists.
Value image_of(const Context& context, const Value& image) {
  if (!image.is_map()) {
    const Value& listed = context.provider["ecr"]["images"][image.as_text()];
    if (listed.is_null()) return image;
    return listed.is_map() ? listed["uri"] : listed;
  }
  if (image.find("uri") != nullptr) return image["uri"];
  const Value& listed = context.provider["ecr"]["images"][image["name"].as_text()];
  return listed.is_map() ? listed["uri"] : listed;
}

void add_function(Context& context, const Function& function, const Value& body) {
  const Value role = role_of(context, function, body);
  Resource& made = resource_at(context, function.address, "AWS::Lambda::Function", function.key, function.location);
  const Value& own = body["name"];
  if (own.is_null() && context.stage.is_scalar() && !context.service.empty()) {
    const std::string full = context.service + "-" + std::string(context.stage.as_text()) + "-" + function.key;
    Value name = Value::text(full).at(function.location);
    if (context.stage.by_default()) made.name = function.key;
    add_argument(made, "FunctionName", context.stage.by_default() ? name.as_default() : name);
  } else {
    add_argument(made, "FunctionName", own);
  }
  struct Row {
    std::string_view key;
    std::string_view argument;
    bool shared;  ///< the provider says it for all functions
  };
  constexpr std::array k_rows = {Row{"handler", "Handler", false},
                                 Row{"runtime", "Runtime", true},
                                 Row{"memorySize", "MemorySize", true},
                                 Row{"timeout", "Timeout", true},
                                 Row{"kmsKeyArn", "KmsKeyArn", true},
                                 Row{"layers", "Layers", true},
                                 Row{"architecture", "Architectures", true},
                                 Row{"reservedConcurrency", "ReservedConcurrentExecutions", false},
                                 Row{"provisionedConcurrency", "ProvisionedConcurrency", false},
                                 Row{"ephemeralStorageSize", "EphemeralStorage", false},
                                 Row{"onError", "DeadLetterTarget", false},
                                 Row{"condition", "Condition", false}};
  for (const Row& row : k_rows)
    add_argument(made, row.argument, either(body[row.key], row.shared ? context.provider[row.key] : Value()));
  add_argument(made, "Role", role);
  add_argument(made, "ImageUri", image_of(context, body["image"]));
  const Value variables = merged(context.provider["environment"], body["environment"]);
  if (!variables.is_null()) add_argument(made, "Environment", Value::map({{"Variables", variables}}).at(variables.location()));
  add_argument(made, "VpcConfig", either(body["vpc"], context.provider["vpc"]));
  const Value& destinations = body["destinations"];
  for (const std::string_view outcome : {"onSuccess", "onFailure"}) {
    const Value& target = destinations[outcome];
    // The name of another function of the service, or the ARN of anything.
    const bool by_name = target.is_text() && !target.as_text().starts_with("arn:");
    const std::string name = by_name ? logical_id(target.as_text()) + "LambdaFunction" : std::string();
    const Value named = target.is_map() && target.find("arn") != nullptr ? target["arn"] : target;
    add_argument(made, outcome == "onSuccess" ? "OnSuccessTarget" : "OnFailureTarget",
                 by_name ? reference_to(name, target.location()) : named);
  }
  add_url(context, function, body["url"]);
  add_events(context, function, body["events"]);
}

/// What the service's own template says of a resource that the framework makes wins.
void add_template(Context& context, std::vector<Resource> own) {
  for (Resource& resource : own) {
    const auto same = std::find_if(context.resources->begin(), context.resources->end(),
                                   [&](const Resource& other) { return other.address == resource.address; });
    if (same == context.resources->end()) {
      context.resources->push_back(std::move(resource));
    } else {
      same->arguments = merged(same->arguments, resource.arguments);
    }
  }
}

/// Functions of other providers: what runs, its settings, and whether everybody may call it.
void add_foreign_function(Context& context, std::string_view type, const Function& function, const Value& body) {
  Resource& made = resource_at(context, "functions." + function.key, type, function.key, function.location);
  for (const std::string_view name : {"handler", "runtime", "memorySize", "timeout", "region", "serviceAccount", "vpc"})
    add_argument(made, name, body[name]);
  add_argument(made, "runtime", context.provider["runtime"]);
  if (body.find("name") != nullptr) add_argument(made, "function_name", body["name"]);
  const Value variables = merged(context.provider["environment"], body["environment"]);
  if (!variables.is_null()) add_argument(made, "environment_variables", variables);
  bool open = false;
  std::vector<Value> triggers;
  for (const Value& event : body["events"].items()) {
    for (const Member& member : event.members()) {
      const Value& level = member.second["authLevel"].is_null() ? event["authLevel"] : member.second["authLevel"];
      const bool keyed =
          base::equals_ignoring_case(level.as_text(), "function") || base::equals_ignoring_case(level.as_text(), "admin");
      open = open || (member.first == "http" && !keyed);
      const Value& resource = member.second["resource"];
      triggers.push_back(Value::text(member.first + (resource.is_text() ? " " + std::string(resource.as_text()) : "")));
    }
  }
  if (body["allowUnauthenticated"].as_boolean() == false || (type.starts_with("google") && body["allowUnauthenticated"].is_null()))
    open = false;
  if (open) add_argument(made, "publicly_accessible", Value::boolean(true).at(body["events"].location()));
  if (!triggers.empty()) add_argument(made, "triggers", Value::list(std::move(triggers)).at(body["events"].location()));
}

}  // namespace

std::string logical_id(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c == '-') {
      result += "Dash";
    } else if (c == '_') {
      result += "Underscore";
    } else {
      result += c;
    }
  }
  return upper_first(result);
}

Value reference_to(const std::string& address, const base::Location& location) {
  return Value::unknown().with_reference({address, {}, true}).at(location);
}

Resource& resource_at(Context& context, const std::string& address, std::string_view type, std::string_view label,
                      const base::Location& location) {
  const auto found = std::find_if(context.resources->begin(), context.resources->end(),
                                  [&](const Resource& resource) { return resource.address == address; });
  if (found != context.resources->end()) return *found;
  Resource& made = context.resources->emplace_back();
  made.address = address;
  made.type = std::string(type);
  made.label = std::string(label);
  made.location = location;
  made.arguments = Value::map({}).at(location);
  return made;
}

void add_argument(Resource& resource, std::string_view name, Value value) {
  if (value.is_null() || resource.arguments.find(name) != nullptr) return;
  std::vector<Member> members(resource.arguments.members().begin(), resource.arguments.members().end());
  members.emplace_back(std::string(name), std::move(value));
  resource.arguments = Value::map(std::move(members)).at(resource.arguments.location());
}

bool is_service(const Node& root, std::string_view path) {
  const Node provider = root["provider"];
  const Node service = name_node(root["service"]);
  if (!root.is_mapping() || !service.is_scalar() || !provider) return false;
  const bool parts = root["functions"] || root["resources"];
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name.starts_with("serverless")) return parts || root["frameworkVersion"] || provider["runtime"];
  constexpr std::array<std::string_view, 3> k_providers = {"aws", "azure", "google"};
  const std::string_view id = name_node(provider).text();
  return parts && std::find(k_providers.begin(), k_providers.end(), id) != k_providers.end();
}

Service read_service(const Node& root, cloudformation::Evaluator& evaluator, ServiceVariables& variables) {
  Service service;
  Context context;
  context.resources = &service.resources;
  context.stage = variables.stage();
  const Value name = evaluator.value(name_node(root["service"]));
  if (name.is_scalar()) service.name = context.service = std::string(name.as_text());
  const Node provider = variables.follow(root["provider"]);
  const Value platform = evaluator.value(name_node(provider));
  if (provider.is_mapping()) context.provider = evaluator.value(provider);
  const bool aws = platform.as_text() == "aws" || platform.as_text().empty();
  std::vector<Resource> own;
  if (aws) own = evaluator.resources();
  for (const Resource& resource : own) context.declared.push_back(resource.address);
  std::sort(context.declared.begin(), context.declared.end());
  const std::string_view type = platform.as_text().starts_with("azure") ? "azurerm_function_app" : "google_cloudfunctions_function";
  bool any = false;
  for (const Node& part : mappings_of(root["functions"], variables)) {
    for (const document::Entry entry : part.entries()) {
      const Value body = evaluator.value(entry.value);
      if (!body.is_map()) continue;
      const std::string key(entry.key.text());
      const Function function{key, logical_id(key) + "LambdaFunction", entry.key.location()};
      if (aws && !any) add_shared_role(context);
      any = true;
      if (aws) {
        add_function(context, function, body);
      } else {
        add_foreign_function(context, type, function, body);
      }
    }
  }
  add_template(context, std::move(own));
  const Value& region = context.provider["region"];
  for (Resource& resource : service.resources) {
    if (region.is_scalar() && !region.as_text().empty()) resource.region = std::string(region.as_text());
  }
  return service;
}

}  // namespace postern::ingest::serverless
