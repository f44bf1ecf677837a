// SPDX-License-Identifier: Apache-2.0
// One service of the Serverless Framework -> resources: its functions, what it makes of their events, and its own template.
#pragma once
#include <ingest/cloud/collector.h>
#include <ingest/cloudformation/evaluator.h>
#include <ingest/serverless/variables.h>

#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::serverless {

/// Whether a document is a service, by its content; `path` is its name.
[[nodiscard]] bool is_service(const document::Node& root, std::string_view path);

/// What a service is made of.
struct Service {
  std::string name;  ///< as declared; empty where it cannot be known
  std::vector<cloud::Resource> resources;
};

/// Reads a service. Resources of Amazon Web Services have the logical ids that the framework gives them.
[[nodiscard]] Service read_service(const document::Node& root, cloudformation::Evaluator& evaluator, ServiceVariables& variables);

/// What all functions of a service have in common.
struct Context {
  std::string service;
  cloud::Value stage;
  cloud::Value provider;
  std::vector<cloud::Resource>* resources = nullptr;
  std::vector<std::string> declared;  ///< logical ids of the service's own template, sorted
};

/// One function.
struct Function {
  std::string key;      ///< its name in the service
  std::string address;  ///< its logical id
  base::Location location;
};

/// `my-function` -> `MyDashfunction`: how the framework makes logical ids.
[[nodiscard]] std::string logical_id(std::string_view name);
/// A value that is another resource.
[[nodiscard]] cloud::Value reference_to(const std::string& address, const base::Location& location);
/// The resource at `address`, made with these parts where it is not there.
cloud::Resource& resource_at(Context& context, const std::string& address, std::string_view type, std::string_view label,
                             const base::Location& location);
/// Adds an argument.
void add_argument(cloud::Resource& resource, std::string_view name, cloud::Value value);

/// Adds what the events of a function on Amazon Web Services make: interfaces, routes, subscriptions, schedules.
void add_events(Context& context, const Function& function, const cloud::Value& events);

}  // namespace postern::ingest::serverless
