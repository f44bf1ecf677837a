// SPDX-License-Identifier: Apache-2.0
// AsyncAPI 2 and 3: channels, what is sent and received on them.
#include <ingest/openapi/callers.h>
#include <ingest/openapi/field_list.h>
#include <ingest/openapi/specification.h>

#include <array>
#include <utility>

namespace postern::ingest::openapi {
namespace {

class Reader {
 public:
  Reader(const Place& root, Library& library) : m_root(root), m_library(library) {}

  Interface read() {
    m_interface.language = "asyncapi";
    m_interface.location = m_root.node.location();
    read_information(m_root, m_interface);
    read_servers();
    if (m_root["asyncapi"].node.text().starts_with('2') || m_root["asyncapi"].node.text().starts_with('1')) {
      read_channels();
    } else {
      read_operations();
    }
    return std::move(m_interface);
  }

 private:
  /// Who may connect to the servers may use the channels.
  void read_servers() {
    const bool is_third = !m_root["asyncapi"].node.text().starts_with('2');
    std::set<std::string> callers;
    for (const document::Entry entry : m_root["servers"].node.entries()) {
      const Place server = m_library.follow({entry.value, m_root.file});
      const std::string_view url = server["url"] ? server["url"].node.text() : server["host"].node.text();
      if (std::string host = host_of(url); !host.empty()) m_interface.hosts.insert(std::move(host));
      const Place security = server["security"];
      callers.insert(is_third ? callers_of_schemes(security, m_library)
                              : callers_of(security, m_root["components"]["securitySchemes"], m_library));
    }
    for (const std::string& text : callers) m_callers += (m_callers.empty() ? "" : " or ") + text;
    if (m_callers.empty()) m_callers = "none";
  }

  /// Version 2 speaks for its users: what they publish is taken, what they subscribe to is given.
  void read_channels() {
    constexpr std::array k_actions = {std::pair{"publish", DataDirection::in}, std::pair{"subscribe", DataDirection::out}};
    for (const document::Entry entry : m_root["channels"].node.entries()) {
      const Place channel = m_library.follow({entry.value, m_root.file});
      for (const auto& [action, direction] : k_actions) {
        const Place operation = channel[action];
        if (!operation) continue;
        const std::string verb = direction == DataDirection::in ? "PUBLISH " : "SUBSCRIBE ";
        Operation& result = begin(verb + std::string(entry.key.text()), operation);
        read_message(operation["message"], direction, result);
      }
    }
  }

  /// Version 3 speaks for the application: what it receives is taken, what it sends is given.
  void read_operations() {
    for (const document::Entry entry : m_root["operations"].node.entries()) {
      const Place operation = m_library.follow({entry.value, m_root.file});
      const bool sends = operation["action"].node.text() == "send";
      const Place channel_reference = operation["channel"];
      const Place channel = m_library.follow(channel_reference);
      std::string_view address = channel["address"].node.text();
      if (address.empty()) address = Library::name_of_reference(channel_reference);
      if (address.empty()) address = entry.key.text();
      Operation& result = begin((sends ? "SEND " : "RECEIVE ") + std::string(address), operation);
      const DataDirection direction = sends ? DataDirection::out : DataDirection::in;
      if (operation["messages"]) {
        for (const document::Node message : operation["messages"].node.items())
          read_message({message, operation.file}, direction, result);
      } else {
        for (const document::Entry message : channel["messages"].node.entries())
          read_message({message.value, channel.file}, direction, result);
      }
    }
  }

  Operation& begin(const std::string& key, const Place& operation) {
    Operation& result = m_interface.operations[key];
    result.location = operation.node.location();
    const Place own = operation["security"];
    if (!own) {
      result.callers = m_callers;
    } else if (m_root["asyncapi"].node.text().starts_with('2')) {
      result.callers = callers_of(own, m_root["components"]["securitySchemes"], m_library);
    } else {
      result.callers = callers_of_schemes(own, m_library);
    }
    return result;
  }

  void read_message(const Place& at, DataDirection direction, Operation& operation) {
    const Place message = m_library.follow(at);
    if (!message) return;
    FieldList fields(m_library, operation.fields);
    const Place alternatives = message["oneOf"];
    for (const document::Node item : alternatives.node.items())
      read_payload(m_library.follow({item, message.file}), direction, fields);
    read_payload(message, direction, fields);
  }

  /// Version 3 may wrap the schema, to say its format.
  void read_payload(const Place& message, DataDirection direction, FieldList& fields) {
    for (const char* part : {"payload", "headers"}) {
      const Place payload = m_library.follow(message[part]);
      if (payload) fields.add(payload["schemaFormat"] && payload["schema"] ? payload["schema"] : payload, {}, direction);
    }
  }

  Place m_root;
  Library& m_library;
  Interface m_interface;
  std::string m_callers;
};

}  // namespace

bool is_asyncapi(const document::Node& root) {
  return root["asyncapi"].is_scalar() && (root["info"].is_mapping() || root["channels"].is_mapping());
}

Interface read_asyncapi(const Place& root, Library& library) { return Reader(root, library).read(); }

}  // namespace postern::ingest::openapi
