// SPDX-License-Identifier: Apache-2.0
// Reads .proto files: messages, services, calls; the options of google.api.http say paths.
#include <ingest/codes.h>
#include <ingest/interface_language/protobuf.h>
#include <ingest/interface_language/word_reader.h>
#include <ingest/openapi/interface.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace postern::ingest::interface_language {
namespace {

constexpr int k_deepest = 6;
constexpr std::size_t k_most_fields = 2000;
constexpr std::size_t k_most_nested_messages = 32;

struct Field {
  std::string name;
  std::string type;
};

struct Call {
  std::string name;
  std::string request;
  std::string response;
  base::Location location;
};

struct Service {
  std::string package;
  std::string name;
  std::size_t file = 0;
  std::vector<Call> calls;
  base::Location location;
};

/// What all files declare.
struct Declarations {
  std::map<std::string, std::vector<Field>> messages;  ///< by full name
  std::vector<Service> services;
};

class FileReader {
 public:
  FileReader(const SourceFile& file, std::size_t index, Declarations& all, base::DiagnosticSink& sink)
      : m_words(words_of(file.bytes, Comments::slashes)),
        m_cursor(m_words),
        m_file(file.path),
        m_index(index),
        m_all(all),
        m_sink(sink) {}

  /// False when the braces do not match: what follows cannot be trusted.
  bool read() {
    while (!m_cursor.done()) {
      if (m_cursor.take("package")) {
        m_package = m_cursor.peek().text;
        m_cursor.skip_statement(";");
      } else if (m_cursor.at("message") && m_cursor.peek(2).is("{")) {
        read_message(m_package, 0);
      } else if (m_cursor.at("service") && m_cursor.peek(2).is("{")) {
        read_service();
      } else if (m_cursor.at("{")) {
        m_cursor.skip_group("{", "}");
      } else if (m_cursor.at("}")) {
        m_sink.error(std::string(code::k_interface_syntax), location(), "a brace closes nothing", "correct the file");
        return false;
      } else {
        m_cursor.next();
      }
    }
    if (m_cut_off) {
      m_sink.error(std::string(code::k_interface_syntax), location(), "the file ends within a message or a service",
                   "correct the file");
    }
    return !m_cut_off;
  }

 private:
  [[nodiscard]] base::Location location() const { return {m_file, m_cursor.peek().line, m_cursor.peek().column}; }
  static std::string within(const std::string& scope, std::string_view name) {
    return (scope.empty() ? "" : scope + '.') + std::string(name);
  }

  void read_message(const std::string& scope, std::size_t depth) {
    m_cursor.next();
    const std::string name = within(scope, m_cursor.next().text);
    m_cursor.next();  // {
    if (depth > k_most_nested_messages) {
      while (!m_cursor.done() && !m_cursor.at("}")) m_cursor.next();
      m_cursor.take("}");
      return;
    }
    std::vector<Field> fields;
    read_fields(name, depth, fields);
    m_all.messages[name] = std::move(fields);
  }

  void read_fields(const std::string& name, std::size_t depth, std::vector<Field>& fields) {
    while (!m_cursor.done() && !m_cursor.take("}")) {
      if (m_cursor.at("message") && m_cursor.peek(2).is("{")) {
        read_message(name, depth + 1);
      } else if (m_cursor.at("oneof") && m_cursor.peek(2).is("{")) {
        for (int i = 0; i < 3; ++i) m_cursor.next();
        read_fields(name, depth, fields);
        m_cut_off = m_cut_off || m_cursor.done();
      } else if ((m_cursor.at("enum") || m_cursor.at("extend")) && m_cursor.peek(2).is("{")) {
        m_cursor.next();
        m_cursor.next();
        m_cursor.skip_group("{", "}");
      } else if (m_cursor.at("option") || m_cursor.at("reserved") || m_cursor.at("extensions")) {
        m_cursor.skip_statement(";");
      } else {
        read_field(fields);
      }
    }
  }

  void read_field(std::vector<Field>& fields) {
    for (const char* label : {"repeated", "optional", "required"}) {
      if (m_cursor.at(label) && m_cursor.peek(1).kind == WordKind::name && !m_cursor.peek(1).is("=")) m_cursor.next();
    }
    Field field;
    if (m_cursor.at("map") && m_cursor.peek(1).is("<")) {
      while (!m_cursor.done() && !m_cursor.at(">")) {
        field.type = m_cursor.peek().text;
        m_cursor.next();
      }
      m_cursor.take(">");
    } else {
      field.type = m_cursor.next().text;
    }
    if (m_cursor.peek().kind == WordKind::name && m_cursor.peek(1).is("=")) {
      field.name = m_cursor.peek().text;
      fields.push_back(std::move(field));
    }
    m_cursor.skip_statement(";");
  }

  void read_service() {
    Service service;
    service.location = location();
    m_cursor.next();
    service.package = m_package;
    service.name = m_cursor.next().text;
    service.file = m_index;
    m_cursor.next();  // {
    while (!m_cursor.take("}")) {
      if (m_cursor.done()) {
        m_cut_off = true;
        break;
      }
      if (m_cursor.at("rpc")) {
        read_call(service);
      } else {
        m_cursor.skip_statement(";");
      }
    }
    m_all.services.push_back(std::move(service));
  }

  void read_call(Service& service) {
    Call call;
    call.location = location();
    m_cursor.next();
    call.name = m_cursor.next().text;
    call.request = read_type();
    m_cursor.take("returns");
    call.response = read_type();
    if (m_cursor.at("{")) {
      m_cursor.skip_group("{", "}");
      m_cursor.take(";");
    } else {
      m_cursor.skip_statement(";");
    }
    service.calls.push_back(std::move(call));
  }

  std::string read_type() {
    std::string type;
    if (!m_cursor.take("(")) return type;
    while (!m_cursor.done() && !m_cursor.at(")") && !m_cursor.at("}")) {
      if (!m_cursor.at("stream")) type = m_cursor.peek().text;
      m_cursor.next();
    }
    m_cursor.take(")");
    return type;
  }

  std::vector<Word> m_words;
  WordCursor m_cursor;
  base::Symbol m_file;
  std::size_t m_index;
  Declarations& m_all;
  base::DiagnosticSink& m_sink;
  std::string m_package;
  bool m_cut_off = false;
};

/// Names the fields of a message, through the messages that it holds.
class FieldWalker {
 public:
  FieldWalker(const Declarations& all, std::set<std::string>& fields) : m_all(all), m_fields(fields) {}

  void add(std::string_view type, const std::string& scope, const std::string& prefix, std::string_view direction) {
    const auto message = find(type, scope);
    const bool again = message != m_all.messages.end() && std::find(m_open.begin(), m_open.end(), message->first) != m_open.end();
    const bool is_leaf = message == m_all.messages.end() || again || m_open.size() > k_deepest || message->second.empty();
    if (is_leaf) {
      if (!prefix.empty() && m_fields.size() < k_most_fields) m_fields.insert(std::string(direction) + prefix);
      return;
    }
    m_open.push_back(message->first);
    for (const Field& field : message->second) {
      if (m_fields.size() >= k_most_fields) break;
      add(field.type, message->first, prefix.empty() ? field.name : prefix + '.' + field.name, direction);
    }
    m_open.pop_back();
  }

 private:
  using Found = std::map<std::string, std::vector<Field>>::const_iterator;
  /// Names are looked up from the innermost scope outwards.
  [[nodiscard]] Found find(std::string_view type, std::string scope) const {
    if (type.starts_with('.')) return m_all.messages.find(std::string(type.substr(1)));
    for (;;) {
      const auto found = m_all.messages.find(scope.empty() ? std::string(type) : scope + '.' + std::string(type));
      if (found != m_all.messages.end() || scope.empty()) return found;
      const std::size_t dot = scope.rfind('.');
      scope.resize(dot == std::string::npos ? 0 : dot);
    }
  }

  const Declarations& m_all;
  std::set<std::string>& m_fields;
  std::vector<std::string> m_open;
};

model::EntityFact entity_of(const Service& service, const Declarations& all) {
  openapi::Interface interface;
  interface.language = "grpc";
  interface.location = service.location;
  const std::string full = (service.package.empty() ? "" : service.package + '.') + service.name;
  for (const Call& call : service.calls) {
    openapi::Operation& operation = interface.operations["RPC /" + full + '/' + call.name];
    operation.location = call.location;
    FieldWalker walker(all, operation.fields);
    walker.add(call.request, service.package, {}, "in ");
    walker.add(call.response, service.package, {}, "out ");
  }
  model::EntityFact entity = openapi::entity_of(interface, full);
  entity.name = base::Symbol(service.name);
  return entity;
}

}  // namespace

bool wants_protobuf(std::string_view path) { return path.ends_with(".proto"); }

std::vector<ProjectFile> read_protobuf(const SourceFiles& files, const ProjectSettings&, base::DiagnosticSink& sink) {
  Declarations all;
  std::map<std::size_t, ProjectFile> result;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!wants_protobuf(files[i].path)) continue;
    const bool whole = FileReader(files[i], i, all, sink).read();
    result[i] = {i, !whole, {}};
  }
  // A file may be there several times, as a copy in the folder of each service: one of them speaks for all.
  std::set<std::string> known;
  for (const Service& service : all.services) {
    if (known.insert(service.package + '.' + service.name).second) result[service.file].facts.emplace_back(entity_of(service, all));
  }
  std::vector<ProjectFile> list;
  for (auto& [file, read] : result) list.push_back(std::move(read));
  return list;
}

}  // namespace postern::ingest::interface_language
