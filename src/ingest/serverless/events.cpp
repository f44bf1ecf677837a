// SPDX-License-Identifier: Apache-2.0
// Events of functions: what lets requests in, what they read from, what starts them. The resources that the framework makes of
// them.
#include <ingest/serverless/service.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

namespace postern::ingest::serverless {
namespace {

using base::Symbol;
using cloud::Member;
using cloud::Resource;
using cloud::Value;

/// One event while it is read.
struct Event {
  Context& context;
  const Function& function;
  std::string_view kind;
  const Value& value;  ///< what stands behind the kind: a text, a mapping, or nothing
  std::size_t number;  ///< from 1, among the function's events of this kind
  base::Location location;

  [[nodiscard]] Value target() const { return reference_to(function.address, location); }
  [[nodiscard]] std::string name(std::string_view part) const { return logical_id(function.key) + std::string(part); }
};

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

std::string capitalised(std::string_view text) {
  std::string result = base::to_lower(text);
  if (!result.empty()) result.front() = upper(result.substr(0, 1)).front();
  return result;
}

std::string alphanumeric(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (kept) result += c;
  }
  if (!result.empty()) result.front() = upper(result.substr(0, 1)).front();
  return result;
}

/// `orders/{id}` -> `OrdersIdVar`
std::string id_of_path(std::string_view path) {
  std::string result;
  for (std::string_view part : base::split(path, '/')) {
    const bool variable = part.starts_with('{') && part.ends_with('}');
    result += alphanumeric(logical_id(part)) + (variable ? "Var" : "");
  }
  return result;
}

/// What names the other end of an event in a logical id: the last part of an ARN, or the resource that is referred to.
std::string id_of_source(const Event& event, const Value& source) {
  if (source.is_text()) {
    const std::string_view text = source.as_text();
    const std::size_t stream = text.find("/stream/");
    const std::string_view whole = text.substr(0, stream);
    return alphanumeric(logical_id(whole.substr(whole.find_last_of(":/") + 1)));
  }
  const auto references = source.all_references();
  return references.empty() ? std::to_string(event.number) : alphanumeric(references.front().address);
}

/// A method and a path: `GET /orders`, `{method: get, path: orders}`.
struct Route {
  std::string method;
  std::string path;  ///< begins with a slash; `*` for whatever no other route takes
  [[nodiscard]] std::string text() const { return method + " " + path; }
};

Route route_of(const Value& value) {
  std::string_view method = value["method"].as_text();
  std::string_view path = value["path"].as_text();
  if (value.is_scalar()) {
    const std::string_view text = base::trim(value.as_text());
    const std::size_t space = text.find(' ');
    method = space == std::string_view::npos ? std::string_view() : text.substr(0, space);
    path = space == std::string_view::npos ? text : base::trim(text.substr(space + 1));
  }
  Route route;
  route.method = method.empty() || method == "*" ? "ANY" : upper(method);
  route.path = path == "*" ? "*" : path.starts_with('/') ? std::string(path) : "/" + std::string(path);
  if (!value.is_scalar() && value["path"].is_unknown()) route.path = "/unknown";
  return route;
}

/// Who is asked who sends a request; empty: nobody.
std::vector<Symbol> checks_of(const Value& value) {
  std::vector<Symbol> checks;
  if (value["private"].as_boolean().value_or(false)) checks.emplace_back("api-key");
  const Value& authorizer = value["authorizer"];
  const bool open = base::equals_ignoring_case(authorizer["type"].as_text(), "none");
  if (authorizer.is_null() || open) return checks;
  std::string_view name = authorizer.as_text();
  for (const std::string_view key : {"name", "arn", "authorizerId", "id", "type"}) {
    if (name.empty()) name = authorizer[key].as_text();
  }
  if (base::equals_ignoring_case(name, "aws_iam")) {
    checks.emplace_back("aws-iam");
  } else {
    const auto references = authorizer.all_references();
    const std::string other = references.empty() ? "unknown" : references.front().address;
    checks.emplace_back("authorizer " + (name.empty() ? other : std::string(name)));
  }
  std::sort(checks.begin(), checks.end());
  return checks;
}

/// What an interface says of one of its routes.
void describe_route(Resource& gateway, const Route& route, const Event& event) {
  const std::string line = route.text() + " -> " + event.function.key;
  const auto known = std::find_if(gateway.attributes.begin(), gateway.attributes.end(),
                                  [](const model::Attribute& row) { return row.definition == &model::attribute::paths; });
  if (known == gateway.attributes.end()) {
    gateway.attributes.push_back({&model::attribute::paths, {}, {}, model::TextList{Symbol(line)}, event.location});
  } else {
    auto& lines = std::get<model::TextList>(known->value);
    if (std::find(lines.begin(), lines.end(), Symbol(line)) == lines.end()) lines.emplace_back(line);
    std::sort(lines.begin(), lines.end());
  }
  std::vector<Symbol> checks = checks_of(event.value);
  if (checks.empty()) return;
  gateway.attributes.push_back(
      {&model::attribute::authentication, {}, Symbol(route.text()), model::TextList(checks.begin(), checks.end()), event.location});
}

/// The function that answers whether a request may come in.
void add_authorizer(const Event& event, const std::string& gateway) {
  const Value& authorizer = event.value["authorizer"];
  std::string_view name = authorizer.is_text() ? authorizer.as_text() : authorizer["name"].as_text();
  if (name.empty() || name.find(':') != std::string_view::npos || base::equals_ignoring_case(name, "aws_iam")) return;
  const std::string address = logical_id(name) + "ApiGatewayAuthorizer";
  Resource& made = resource_at(event.context, address, "AWS::ApiGateway::Authorizer", name, event.location);
  add_argument(made, "RestApiId", reference_to(gateway, event.location));
  add_argument(made, "AuthorizerUri", reference_to(logical_id(name) + "LambdaFunction", event.location));
}

void read_http(const Event& event) {
  const std::string gateway = "ApiGatewayRestApi";
  const Value& settings = event.context.provider["apiGateway"];
  const Route route = route_of(event.value);
  Resource& made = resource_at(event.context, gateway, "AWS::ApiGateway::RestApi", gateway, event.location);
  const Value& type = event.context.provider["endpointType"];
  if (base::equals_ignoring_case(type.as_text(), "private"))
    add_argument(made, "Internal", Value::boolean(true).at(type.location()));
  add_argument(made, "Name", event.context.provider["apiName"]);
  if (made.arguments.find("Name") == nullptr && !event.context.service.empty()) made.name = event.context.service + " (REST)";
  add_argument(made, "ExistingRestApiId", settings["restApiId"]);
  add_argument(made, "Policy",
               settings["resourcePolicy"].is_null()
                   ? Value()
                   : Value::map({{"Statement", settings["resourcePolicy"]}}).at(settings["resourcePolicy"].location()));
  describe_route(made, route, event);
  const std::string address = "ApiGatewayMethod" + id_of_path(route.path) + capitalised(route.method);
  Resource& method = resource_at(event.context, address, "AWS::ApiGateway::Method", route.text(), event.location);
  add_argument(method, "RestApiId", reference_to(gateway, event.location));
  add_argument(method, "Target", event.target());
  add_argument(method, "Path", Value::text(route.path).at(event.location));
  add_argument(method, "HttpMethod", Value::text(route.method).at(event.location));
  add_authorizer(event, gateway);
}

void read_http_api(const Event& event) {
  const std::string gateway = "HttpApi";
  const Value& settings = event.context.provider["httpApi"];
  const Route route = route_of(event.value);
  Resource& made = resource_at(event.context, gateway, "AWS::ApiGatewayV2::Api", gateway, event.location);
  add_argument(made, "ProtocolType", Value::text("HTTP").at(event.location));
  add_argument(made, "Name", settings["name"]);
  if (made.arguments.find("Name") == nullptr && !event.context.service.empty()) made.name = event.context.service + " (HTTP)";
  add_argument(made, "ExistingApiId", settings["id"]);
  add_argument(made, "CorsConfiguration", settings["cors"]);
  describe_route(made, route, event);
  const std::string path = route.path == "*" ? "Default" : id_of_path(route.path);
  const std::string address = "HttpApiRoute" + capitalised(route.method) + path;
  Resource& added = resource_at(event.context, address, "AWS::ApiGatewayV2::Route", route.text(), event.location);
  add_argument(added, "ApiId", reference_to(gateway, event.location));
  add_argument(added, "Target", event.target());
  add_argument(added, "RouteKey", Value::text(route.text()).at(event.location));
}

void read_websocket(const Event& event) {
  const std::string gateway = "WebsocketsApi";
  const Value& named = event.value.is_map() ? event.value["route"] : event.value;
  const Route route{"WEBSOCKET", named.as_text().empty() ? "unknown" : std::string(named.as_text())};
  Resource& made = resource_at(event.context, gateway, "AWS::ApiGatewayV2::Api", gateway, event.location);
  add_argument(made, "ProtocolType", Value::text("WEBSOCKET").at(event.location));
  if (!event.context.service.empty()) made.name = event.context.service + " (WebSocket)";
  describe_route(made, route, event);
  const std::string address = alphanumeric(route.path) + "WebsocketsRoute";
  Resource& added = resource_at(event.context, address, "AWS::ApiGatewayV2::Route", route.text(), event.location);
  add_argument(added, "ApiId", reference_to(gateway, event.location));
  add_argument(added, "Target", event.target());
  add_argument(added, "RouteKey", Value::text(route.path).at(event.location));
}

void read_alb(const Event& event) {
  const std::string priority(event.value["priority"].as_text());
  const std::string group = event.name("AlbTargetGroup");
  Resource& targets = resource_at(event.context, group, "AWS::ElasticLoadBalancingV2::TargetGroup", group, event.location);
  add_argument(targets, "TargetType", Value::text("lambda").at(event.location));
  add_argument(targets, "Targets", Value::list({Value::map({{"Id", event.target()}})}).at(event.location));
  const std::string address = event.name("AlbListenerRule") + (priority.empty() ? std::to_string(event.number) : priority);
  Resource& rule = resource_at(event.context, address, "AWS::ElasticLoadBalancingV2::ListenerRule", address, event.location);
  const Value forward = Value::map({{"Type", Value::text("forward")}, {"TargetGroupArn", reference_to(group, event.location)}});
  add_argument(rule, "ListenerArn", event.value["listenerArn"]);
  add_argument(rule, "Actions", Value::list({forward.at(event.location)}).at(event.location));
  add_argument(rule, "Conditions", event.value["conditions"]);
}

/// A queue, stream or broker that the function reads from.
void read_source(const Event& event) {
  const Value& source = event.value.is_map() && event.value.find("arn") != nullptr ? event.value["arn"] : event.value;
  if (source.is_map() && event.value.find("arn") == nullptr) return;
  std::string kind = upper(event.kind.substr(0, 1)) + std::string(event.kind.substr(1));
  if (event.kind == "sqs") kind = "SQS";
  if (event.kind == "stream") {
    const std::string_view type = event.value["type"].as_text();
    const bool dynamodb = type == "dynamodb" || source.as_text().find(":dynamodb:") != std::string_view::npos;
    kind = dynamodb ? "Dynamodb" : "Kinesis";
  }
  const std::string address = event.name("EventSourceMapping") + kind + id_of_source(event, source);
  Resource& made = resource_at(event.context, address, "AWS::Lambda::EventSourceMapping", address, event.location);
  add_argument(made, "FunctionName", event.target());
  add_argument(made, "EventSourceArn", source);
  for (const std::string_view name : {"batchSize", "enabled", "topic", "queue", "filterPatterns", "startingPosition"})
    add_argument(made, name, event.value[name]);
}

void read_sns(const Event& event) {
  Value topic = event.value.is_map() && event.value.find("arn") != nullptr ? event.value["arn"] : event.value;
  const Value& given = event.value["topicName"];
  const bool named = topic.is_text() && !topic.as_text().starts_with("arn:");
  if (named || (topic.is_map() && given.is_text())) {
    const Value name = named ? topic : given;
    const std::string address = "SNSTopic" + alphanumeric(logical_id(name.as_text()));
    Resource& made = resource_at(event.context, address, "AWS::SNS::Topic", name.as_text(), name.location());
    add_argument(made, "TopicName", name);
    add_argument(made, "KmsMasterKeyId", event.value["kmsMasterKeyId"]);
    topic = reference_to(address, name.location());
  }
  if (topic.is_map()) return;
  const std::string address = event.name("SnsSubscription") + id_of_source(event, topic);
  Resource& made = resource_at(event.context, address, "AWS::SNS::Subscription", address, event.location);
  add_argument(made, "Protocol", Value::text("lambda").at(event.location));
  add_argument(made, "TopicArn", topic);
  add_argument(made, "Endpoint", event.target());
  add_argument(made, "FilterPolicy", event.value["filterPolicy"]);
}

void read_s3(const Event& event) {
  const Value& named = event.value.is_map() ? event.value["bucket"] : event.value;
  if (named.is_null() || named.is_map()) return;
  const bool existing = event.value["existing"].as_boolean().value_or(false);
  const auto references = named.all_references();
  std::string address = references.empty() ? "S3Bucket" + alphanumeric(logical_id(named.as_text())) : references.front().address;
  if (named.is_unknown() && references.empty()) return;
  // An existing bucket may be one of the service's own template all the same; of any other nothing is known but its name.
  if (existing && !std::binary_search(event.context.declared.begin(), event.context.declared.end(), address)) {
    Resource& made = resource_at(event.context, event.name("CustomS3") + std::to_string(event.number), "Custom::S3",
                                 "existing bucket " + std::string(named.as_text()), event.location);
    add_argument(made, "BucketName", named);
    add_argument(made, "FunctionName", event.target());
    return;
  }
  const Value& configured = event.context.provider["s3"][named.as_text()];
  Resource& made = resource_at(event.context, address, "AWS::S3::Bucket", named.as_text(), named.location());
  for (const Member& member : configured.members()) {
    if (member.first != "name") add_argument(made, member.first, member.second);
  }
  add_argument(made, "BucketName", configured["name"].is_null() ? named : configured["name"]);
  const Value what = event.value["event"].is_null() ? Value::text("s3:ObjectCreated:*") : event.value["event"];
  const std::string argument = "Notifies" + event.name("") + std::to_string(event.number);
  add_argument(made, argument, Value::map({{"Event", what}, {"Function", event.target()}}).at(event.location));
}

/// What starts a function by time or by an event of the platform.
void read_rule(const Event& event) {
  const std::string address =
      event.name("EventsRule") + upper(event.kind.substr(0, 1)) + std::string(event.kind.substr(1)) + std::to_string(event.number);
  const Value& value = event.value;
  Value expression = event.kind == "schedule" ? (value.is_map() ? value["rate"] : value) : value["schedule"];
  if (expression.is_list() && expression.items().size() == 1) expression = expression.items().front();
  Value bus = value["eventBus"];
  const bool made_here = bus.is_text() && bus.as_text() != "default" && !bus.as_text().starts_with("arn:");
  if (made_here) {
    const std::string name = alphanumeric(logical_id(bus.as_text())) + "EventBridgeEventBus";
    Resource& made = resource_at(event.context, name, "AWS::Events::EventBus", bus.as_text(), bus.location());
    add_argument(made, "Name", bus);
    bus = reference_to(name, bus.location());
  }
  Resource& rule = resource_at(event.context, address, "AWS::Events::Rule", address, event.location);
  add_argument(rule, "ScheduleExpression", std::move(expression));
  add_argument(rule, "State",
               value["enabled"].as_boolean() == false ? Value::text("DISABLED").at(value["enabled"].location()) : Value());
  add_argument(rule, "EventPattern", value["pattern"].is_null() ? value["event"] : value["pattern"]);
  add_argument(rule, "EventBusName", std::move(bus));
  add_argument(rule, "Targets", Value::list({Value::map({{"Arn", event.target()}})}).at(event.location));
}

struct Row {
  std::string_view kind;
  void (*read)(const Event& event);
};

constexpr std::array k_rows = {Row{"activemq", read_source},
                               Row{"alb", read_alb},
                               Row{"cloudwatchEvent", read_rule},
                               Row{"eventBridge", read_rule},
                               Row{"http", read_http},
                               Row{"httpApi", read_http_api},
                               Row{"msk", read_source},
                               Row{"rabbitmq", read_source},
                               Row{"s3", read_s3},
                               Row{"schedule", read_rule},
                               Row{"sns", read_sns},
                               Row{"sqs", read_source},
                               Row{"stream", read_source},
                               Row{"websocket", read_websocket}};

}  // namespace

void add_events(Context& context, const Function& function, const Value& events) {
  std::map<std::string, std::size_t> numbers;
  std::vector<Value> others;
  for (const Value& item : events.items()) {
    // An event without settings is a text: `- alexaSkill`.
    const Member alone{std::string(item.as_text()), Value()};
    const Member& event = item.is_map() && item.members().size() == 1 ? item.members().front() : alone;
    const auto row = std::find_if(k_rows.begin(), k_rows.end(), [&](const Row& known) { return known.kind == event.first; });
    if (row != k_rows.end()) {
      const base::Location& place = event.second.location().line != 0 ? event.second.location() : item.location();
      row->read({context, function, row->kind, event.second, ++numbers[event.first], place});
    } else if (!event.first.empty()) {
      others.push_back(Value::text(event.first).at(item.location()));
    }
  }
  if (others.empty()) return;
  Resource& made = resource_at(context, function.address, "AWS::Lambda::Function", function.key, function.location);
  add_argument(made, "OtherEvents", Value::list(std::move(others)).at(events.location()));
}

}  // namespace postern::ingest::serverless
