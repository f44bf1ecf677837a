// SPDX-License-Identifier: Apache-2.0
// OpenAPI 2.0 and 3.x: paths, methods, parameters, bodies, responses.
#include <ingest/codes.h>
#include <ingest/openapi/callers.h>
#include <ingest/openapi/field_list.h>
#include <ingest/openapi/specification.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::openapi {
namespace {

constexpr std::array<std::string_view, 8> k_methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"};
/// More operations than any interface has that people read.
constexpr std::size_t k_most_operations = 20'000;

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return result;
}

class Reader {
 public:
  Reader(const Place& root, Library& library) : m_root(root), m_library(library), m_is_swagger(root.node["swagger"]) {}

  Interface read() {
    m_interface.language = "openapi";
    m_interface.location = m_root.node.location();
    read_information(m_root, m_interface);
    read_hosts();
    read_paths(m_root["paths"], "", DataDirection::in);
    read_paths(m_root["webhooks"], "webhook:", DataDirection::out);
    return std::move(m_interface);
  }

 private:
  void read_hosts() {
    for (const document::Node server : m_root["servers"].node.items()) add_host(server["url"].text());
    if (m_is_swagger) add_host(m_root["host"].node.text());
  }

  void add_host(std::string_view url) {
    if (std::string host = host_of(url); !host.empty()) m_interface.hosts.insert(std::move(host));
  }

  [[nodiscard]] Place schemes() const {
    return m_is_swagger ? m_root["securityDefinitions"] : m_root["components"]["securitySchemes"];
  }

  /// `taken` is the direction of what a request carries: out for what the interface calls itself.
  void read_paths(const Place& paths, std::string_view prefix, DataDirection taken) {
    for (const document::Entry entry : paths.node.entries()) {
      if (entry.key.text().starts_with("x-")) continue;
      const Place item = m_library.follow({entry.value, paths.file});
      if (!item.node.is_mapping()) {
        if (!entry.value["$ref"]) report(entry.value, "a path");
        continue;
      }
      for (const std::string_view method : k_methods) {
        const Place operation = item[method];
        if (!operation.node.is_mapping()) continue;
        read_operation(upper(method) + ' ' + std::string(prefix) + std::string(entry.key.text()), item, operation, taken);
      }
    }
  }

  void report(const document::Node& node, std::string_view what) {
    m_library.sink().warning(std::string(code::k_api_part), node.location(),
                             std::string(what) + " is " + to_string(node.kind()) + ", expected an object",
                             "correct the specification");
  }

  void read_operation(const std::string& key, const Place& item, const Place& operation, DataDirection taken) {
    if (m_interface.operations.size() >= k_most_operations) return;
    const DataDirection given = taken == DataDirection::in ? DataDirection::out : DataDirection::in;
    Operation result;
    result.location = operation.node.location();
    const Place own = operation["security"];
    result.callers = callers_of(own ? own : m_root["security"], schemes(), m_library);
    FieldList fields(m_library, result.fields);
    read_parameters(item["parameters"], taken, fields);
    read_parameters(operation["parameters"], taken, fields);
    read_content(m_library.follow(operation["requestBody"]), taken, fields);
    read_responses(operation["responses"], given, fields);
    for (const document::Entry callback : operation["callbacks"].node.entries()) {
      const Place paths = m_library.follow({callback.value, operation.file});
      read_paths(paths, "callback:", given);
    }
    m_interface.operations.insert_or_assign(key, std::move(result));
  }

  void read_parameters(const Place& list, DataDirection taken, FieldList& fields) {
    for (const document::Node item : list.node.items()) {
      const Place parameter = m_library.follow({item, list.file});
      const std::string_view name = parameter["name"].node.text();
      if (parameter["in"].node.text() == "body") {
        fields.add(parameter["schema"], {}, taken);
      } else if (parameter["schema"]) {
        fields.add(parameter["schema"], name, taken);
      } else {
        fields.add_name(name, taken);
      }
    }
  }

  void read_content(const Place& body, DataDirection direction, FieldList& fields) {
    for (const document::Entry media : body["content"].node.entries()) {
      fields.add({media.value["schema"], body.file}, {}, direction);
    }
  }

  /// What is given when all goes well; errors are told in the same words everywhere.
  void read_responses(const Place& responses, DataDirection given, FieldList& fields) {
    bool found = false;
    const auto read_one = [&](const document::Node& node) {
      const Place response = m_library.follow({node, responses.file});
      read_content(response, given, fields);
      if (response["schema"]) fields.add(response["schema"], {}, given);
    };
    for (const document::Entry entry : responses.node.entries()) {
      const std::string_view status = entry.key.text();
      if (!status.starts_with('2') && !status.starts_with('3')) continue;
      found = true;
      read_one(entry.value);
    }
    if (!found && responses["default"]) read_one(responses["default"].node);
  }

  Place m_root;
  Library& m_library;
  bool m_is_swagger;
  Interface m_interface;
};

}  // namespace

bool is_openapi(const document::Node& root) {
  const bool says = root["openapi"].is_scalar() || root["swagger"].is_scalar();
  return says && (root["info"].is_mapping() || root["paths"].is_mapping() || root["webhooks"].is_mapping());
}

Interface read_openapi(const Place& root, Library& library) { return Reader(root, library).read(); }

void read_information(const Place& root, Interface& interface) {
  const Place info = root["info"];
  interface.title = info["title"].node.text();
  interface.version = info["version"].node.text();
  constexpr std::array<std::string_view, 3> k_service = {"x-postern-service", "x-service-name", "x-service"};
  constexpr std::array<std::string_view, 4> k_owner = {"x-postern-owner", "x-owner", "x-team", "x-owning-team"};
  for (const Place& part : {root, info}) {
    for (const std::string_view key : k_service) {
      if (interface.service.empty()) interface.service = part[key].node.text();
    }
    for (const std::string_view key : k_owner) {
      if (interface.owner.empty()) interface.owner = part[key].node.text();
    }
  }
}

std::string host_of(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  if (url.starts_with('/')) return {};
  url = url.substr(0, url.find_first_of("/?#"));
  if (const std::size_t at = url.rfind('@'); at != std::string_view::npos) url.remove_prefix(at + 1);
  if (!url.starts_with('[')) url = url.substr(0, url.find(':'));
  const bool is_variable = url.find_first_of("{}$<> \t") != std::string_view::npos;
  return is_variable || url == "localhost" || url == "127.0.0.1" || url.size() > 253 ? std::string() : base::to_lower(url);
}

}  // namespace postern::ingest::openapi
