// SPDX-License-Identifier: Apache-2.0
// Reads the schema definition language of GraphQL.
#include <ingest/codes.h>
#include <ingest/interface_language/graphql.h>
#include <ingest/interface_language/word_reader.h>
#include <ingest/openapi/interface.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace postern::ingest::interface_language {
namespace {

constexpr std::size_t k_deepest = 4;
constexpr std::size_t k_most_fields = 2000;

struct Argument {
  std::string name;
  std::string type;
};

struct Field {
  std::string name;
  std::string type;
  std::vector<Argument> arguments;
  std::string callers;  ///< what a directive says about who may ask; empty: nothing
  base::Location location;
};

struct Type {
  std::vector<Field> fields;
  std::string callers;
};

struct Schema {
  std::map<std::string, Type> types;  ///< objects, inputs, interfaces
  std::map<std::string, std::string> roots{{"query", "Query"}, {"mutation", "Mutation"}, {"subscription", "Subscription"}};
  std::map<std::string, std::vector<std::string>> unions;
};

class FileReader {
 public:
  FileReader(const SourceFile& file, Schema& schema)
      : m_words(words_of(file.bytes, Comments::hash)), m_cursor(m_words), m_file(file.path), m_schema(schema) {}

  /// False when the file ends within a definition.
  bool read() {
    while (!m_cursor.done()) {
      m_cursor.take("extend");
      if (m_cursor.at("type") || m_cursor.at("input") || m_cursor.at("interface")) {
        read_type();
      } else if (m_cursor.at("union")) {
        read_union();
      } else if (m_cursor.at("schema")) {
        read_roots();
      } else if (m_cursor.at("{")) {
        m_cursor.skip_group("{", "}");
      } else if (m_cursor.at("(")) {
        m_cursor.skip_group("(", ")");
      } else {
        m_cursor.next();
      }
    }
    return !m_cut_off;
  }

 private:
  [[nodiscard]] base::Location location() const { return {m_file, m_cursor.peek().line, m_cursor.peek().column}; }

  /// Directives whose name speaks of who may ask.
  std::string read_directives() {
    std::string callers;
    while (m_cursor.at("@")) {
      m_cursor.next();
      const std::string name(m_cursor.next().text);
      std::set<std::string> values;
      if (m_cursor.at("(")) {
        int depth = 0;
        do {
          if (m_cursor.at("(")) ++depth;
          if (m_cursor.at(")")) --depth;
          const bool is_value =
              m_cursor.peek().kind == WordKind::text || (m_cursor.peek().kind == WordKind::name && !m_cursor.peek(1).is(":"));
          if (is_value) values.emplace(m_cursor.peek().text);
          m_cursor.next();
        } while (depth > 0 && !m_cursor.done());
      }
      if (!speaks_of_callers(name)) continue;
      callers += (callers.empty() ? "" : " and ") + name;
      for (const std::string& value : values) callers += ' ' + value;
    }
    return callers;
  }

  static bool speaks_of_callers(std::string_view directive) {
    constexpr std::array<std::string_view, 8> k_words = {"auth",  "role",      "permission", "scope",
                                                         "login", "protected", "policy",     "private"};
    const std::string lower = base::to_lower(directive);
    return std::any_of(k_words.begin(), k_words.end(),
                       [&](std::string_view word) { return lower.find(word) != std::string::npos; });
  }

  /// The name within `[Order!]!`.
  std::string read_type_name() {
    while (m_cursor.take("[")) {
    }
    std::string name(m_cursor.peek().kind == WordKind::name ? m_cursor.next().text : std::string_view());
    while (m_cursor.take("]") || m_cursor.take("!")) {
    }
    return name;
  }

  void read_type() {
    m_cursor.next();
    Type& type = m_schema.types[std::string(m_cursor.next().text)];
    while (!m_cursor.done() && !m_cursor.at("{") && !m_cursor.at("@") &&
           (m_cursor.at("implements") || m_cursor.at("&") || m_implementing)) {
      m_implementing = m_cursor.at("implements") || m_cursor.at("&");
      m_cursor.next();
    }
    m_implementing = false;
    if (std::string callers = read_directives(); !callers.empty()) type.callers = std::move(callers);
    if (!m_cursor.take("{")) return;
    while (!m_cursor.take("}")) {
      if (m_cursor.done()) {
        m_cut_off = true;
        return;
      }
      read_field(type);
    }
  }

  void read_field(Type& type) {
    if (m_cursor.peek().kind != WordKind::name) {
      m_cursor.next();
      return;
    }
    Field field;
    field.location = location();
    field.name = m_cursor.next().text;
    if (m_cursor.take("(")) {
      while (!m_cursor.done() && !m_cursor.take(")")) read_argument(field);
    }
    if (m_cursor.take(":")) field.type = read_type_name();
    skip_default();
    field.callers = read_directives();
    type.fields.push_back(std::move(field));
  }

  void read_argument(Field& field) {
    if (m_cursor.peek().kind != WordKind::name || !m_cursor.peek(1).is(":")) {
      m_cursor.next();
      return;
    }
    Argument argument;
    argument.name = m_cursor.next().text;
    m_cursor.next();
    argument.type = read_type_name();
    skip_default();
    (void)read_directives();
    field.arguments.push_back(std::move(argument));
  }

  void skip_default() {
    if (!m_cursor.take("=")) return;
    if (m_cursor.at("{")) {
      m_cursor.skip_group("{", "}");
    } else if (m_cursor.at("[")) {
      m_cursor.skip_group("[", "]");
    } else {
      m_cursor.next();
    }
  }

  void read_union() {
    m_cursor.next();
    const std::string name(m_cursor.next().text);
    (void)read_directives();
    if (!m_cursor.take("=")) return;
    m_cursor.take("|");
    do {
      m_schema.unions[name].emplace_back(m_cursor.next().text);
    } while (m_cursor.take("|"));
  }

  void read_roots() {
    m_cursor.next();
    (void)read_directives();
    if (!m_cursor.take("{")) return;
    while (!m_cursor.done() && !m_cursor.take("}")) {
      const std::string root(m_cursor.next().text);
      if (m_cursor.take(":")) m_schema.roots[root] = m_cursor.next().text;
    }
  }

  std::vector<Word> m_words;
  WordCursor m_cursor;
  base::Symbol m_file;
  Schema& m_schema;
  bool m_implementing = false;
  bool m_cut_off = false;
};

/// Names the fields below a type.
class FieldWalker {
 public:
  FieldWalker(const Schema& schema, std::set<std::string>& fields) : m_schema(schema), m_fields(fields) {}

  void add(const std::string& type, const std::string& prefix, std::string_view direction) {
    if (m_fields.size() >= k_most_fields) return;
    if (const auto choices = m_schema.unions.find(type); choices != m_schema.unions.end() && m_open.size() < k_deepest) {
      m_open.push_back(type);
      for (const std::string& choice : choices->second) add(choice, prefix, direction);
      m_open.pop_back();
      return;
    }
    const auto found = m_schema.types.find(type);
    const bool again = std::find(m_open.begin(), m_open.end(), type) != m_open.end();
    if (found == m_schema.types.end() || again || m_open.size() >= k_deepest) {
      if (!prefix.empty()) m_fields.insert(std::string(direction) + prefix);
      return;
    }
    m_open.push_back(type);
    for (const Field& field : found->second.fields)
      add(field.type, prefix.empty() ? field.name : prefix + '.' + field.name, direction);
    m_open.pop_back();
  }

 private:
  const Schema& m_schema;
  std::set<std::string>& m_fields;
  std::vector<std::string> m_open;
};

openapi::Interface interface_of(const Schema& schema) {
  openapi::Interface interface;
  interface.language = "graphql";
  constexpr std::array k_roots = {std::pair{"query", "QUERY "}, std::pair{"mutation", "MUTATION "},
                                  std::pair{"subscription", "SUBSCRIPTION "}};
  for (const auto& [root, verb] : k_roots) {
    const auto type = schema.types.find(schema.roots.at(root));
    if (type == schema.types.end()) continue;
    for (const Field& field : type->second.fields) {
      openapi::Operation& operation = interface.operations[verb + field.name];
      operation.location = field.location;
      operation.callers = field.callers.empty() ? type->second.callers : field.callers;
      FieldWalker walker(schema, operation.fields);
      for (const Argument& argument : field.arguments) walker.add(argument.type, argument.name, "in ");
      walker.add(field.type, {}, "out ");
    }
  }
  return interface;
}

std::string folder_name(std::string_view path) {
  constexpr std::array<std::string_view, 10> k_plain = {"graphql", "schema", "schemas", "src", "resources",
                                                        "main",    "graph",  "api",     "app", "typedefs"};
  std::string_view folder = base::folder_of(path);
  const auto is_plain = [&](std::string_view name) {
    return std::find(k_plain.begin(), k_plain.end(), base::to_lower(name)) != k_plain.end();
  };
  while (!folder.empty() && is_plain(base::file_name(folder))) folder = base::folder_of(folder);
  return std::string(folder);
}

}  // namespace

bool wants_graphql(std::string_view path) {
  return path.ends_with(".graphql") || path.ends_with(".graphqls") || path.ends_with(".gql");
}

std::vector<ProjectFile> read_graphql(const SourceFiles& files, const ProjectSettings&, base::DiagnosticSink& sink) {
  std::map<std::string, std::vector<std::size_t>> by_folder;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (wants_graphql(files[i].path)) by_folder[folder_name(files.below_root(files[i].path))].push_back(i);
  }
  std::map<std::size_t, ProjectFile> result;
  std::vector<openapi::FoundInterface> found;
  for (const auto& [folder, indexes] : by_folder) {
    Schema schema;
    for (const std::size_t index : indexes) {
      const bool whole = FileReader(files[index], schema).read();
      result[index] = {index, !whole, {}};
      if (whole) continue;
      sink.error(std::string(code::k_interface_syntax), {base::Symbol(files[index].path), 0, 0}, "the file ends within a type",
                 "correct the file");
    }
    openapi::Interface interface = interface_of(schema);
    if (interface.operations.empty()) continue;
    interface.location = {base::Symbol(files[indexes.front()].path), 1, 1};
    const std::string name(base::file_name(folder));
    interface.title = (name.empty() ? "" : name + ' ') + "GraphQL";
    found.push_back({indexes.front(), folder + "/graphql", std::move(interface)});
  }
  const std::vector<std::string> names = openapi::names_of(found);
  for (std::size_t i = 0; i < found.size(); ++i)
    result[found[i].file].facts.emplace_back(openapi::entity_of(found[i].interface, names[i]));
  std::vector<ProjectFile> list;
  for (auto& [file, read] : result) list.push_back(std::move(read));
  return list;
}

}  // namespace postern::ingest::interface_language
