// SPDX-License-Identifier: Apache-2.0
// Reading and printing types; declared object types.
#include "cel/type.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::cel {
namespace {

struct TypeName {
  std::string_view name;
  TypeKind kind;
  std::size_t parameters;
};
/// The first row of a kind is the name that is printed.
constexpr std::array k_names = {
    TypeName{"dyn", TypeKind::dynamic, 0},
    TypeName{"null", TypeKind::null, 0},
    TypeName{"bool", TypeKind::boolean, 0},
    TypeName{"int", TypeKind::integer, 0},
    TypeName{"uint", TypeKind::unsigned_integer, 0},
    TypeName{"double", TypeKind::real, 0},
    TypeName{"string", TypeKind::string, 0},
    TypeName{"bytes", TypeKind::bytes, 0},
    TypeName{"timestamp", TypeKind::timestamp, 0},
    TypeName{"duration", TypeKind::duration, 0},
    TypeName{"list", TypeKind::list, 1},
    TypeName{"map", TypeKind::map, 2},
    TypeName{"type", TypeKind::type, 1},
    TypeName{"null_type", TypeKind::null, 0},
    TypeName{"any", TypeKind::dynamic, 0},
    TypeName{"google.protobuf.Timestamp", TypeKind::timestamp, 0},
    TypeName{"google.protobuf.Duration", TypeKind::duration, 0},
    TypeName{"google.protobuf.Any", TypeKind::dynamic, 0},
    TypeName{"google.protobuf.Value", TypeKind::dynamic, 0},
};
constexpr std::array<std::string_view, 2> k_abstract_without_parameters = {"net.IP", "net.CIDR"};
constexpr int k_deepest = 32;

class TypeReader {
 public:
  explicit TypeReader(std::string_view text) : m_text(text) {}
  std::optional<Type> whole() {
    std::optional<Type> type = read(0);
    skip();
    return m_at == m_text.size() ? type : std::nullopt;
  }

 private:
  void skip() {
    while (m_at < m_text.size() && m_text[m_at] == ' ') ++m_at;
  }
  std::string_view word() {
    const std::size_t start = m_at;
    while (m_at < m_text.size() && std::string_view("(), ").find(m_text[m_at]) == std::string_view::npos) ++m_at;
    return m_text.substr(start, m_at - start);
  }
  std::optional<std::vector<Type>> parameters(int depth) {
    std::vector<Type> found;
    if (m_at >= m_text.size() || m_text[m_at] != '(') return found;
    do {
      ++m_at;
      std::optional<Type> parameter = read(depth + 1);
      if (!parameter) return std::nullopt;
      found.push_back(std::move(*parameter));
      skip();
    } while (m_at < m_text.size() && m_text[m_at] == ',');
    if (m_at >= m_text.size() || m_text[m_at] != ')') return std::nullopt;
    ++m_at;
    return found;
  }
  std::optional<Type> read(int depth) {
    if (depth > k_deepest) return std::nullopt;
    skip();
    std::string_view name = word();
    if (name.starts_with("param:")) return Type::parameter(name.substr(6));
    if (name.starts_with("msg:")) name.remove_prefix(4);
    if (name.empty()) return std::nullopt;
    std::optional<std::vector<Type>> found = parameters(depth);
    if (!found) return std::nullopt;
    return named(name, std::move(*found));
  }
  static std::optional<Type> named(std::string_view name, std::vector<Type> parameters) {
    const auto row = std::find_if(k_names.begin(), k_names.end(), [&](const TypeName& known) { return known.name == name; });
    if (row != k_names.end()) {
      if (parameters.empty() && row->parameters != 0) parameters.resize(row->parameters);
      if (parameters.size() != row->parameters) return std::nullopt;
      return Type(row->kind, std::move(parameters));
    }
    if (!parameters.empty()) return Type::abstract(name, std::move(parameters));
    if (name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z') return Type::parameter(name);
    if (std::find(k_abstract_without_parameters.begin(), k_abstract_without_parameters.end(), name) !=
        k_abstract_without_parameters.end())
      return Type::abstract(name);
    return Type::object(name);
  }

  std::string_view m_text;
  std::size_t m_at = 0;
};

}  // namespace

Type Type::object(std::string_view name) {
  Type type(TypeKind::object);
  type.m_name = base::Symbol(name);
  return type;
}
Type Type::abstract(std::string_view name, std::vector<Type> parameters) {
  Type type(TypeKind::abstract, std::move(parameters));
  type.m_name = base::Symbol(name);
  return type;
}
Type Type::parameter(std::string_view name) {
  Type type(TypeKind::parameter);
  type.m_name = base::Symbol(name);
  return type;
}

std::optional<Type> Type::parse(std::string_view text) { return TypeReader(text).whole(); }

bool Type::is_optional() const {
  static const base::Symbol k_optional("optional_type");
  return m_kind == TypeKind::abstract && m_name == k_optional;
}

std::string Type::text() const {
  std::string text;
  if (m_kind >= TypeKind::object) {
    text = m_name.str();
  } else {
    text = std::find_if(k_names.begin(), k_names.end(), [&](const TypeName& row) { return row.kind == m_kind; })->name;
  }
  if (m_parameters.empty()) return text;
  std::vector<std::string> parts;
  for (const Type& parameter : m_parameters) parts.push_back(parameter.text());
  return text + "(" + base::join(parts, ",") + ")";
}

ObjectType::ObjectType(std::string_view name, std::vector<Field> fields) : m_name(name), m_fields(std::move(fields)) {
  for (std::uint32_t slot = 0; slot < m_fields.size(); ++slot) {
    const bool added = m_slots.emplace(base::Symbol(m_fields[slot].name), slot).second;
    POSTERN_ASSERT(added);
  }
}

std::optional<std::uint32_t> ObjectType::slot_of(base::Symbol field) const noexcept {
  const auto found = m_slots.find(field);
  if (found == m_slots.end()) return std::nullopt;
  return found->second;
}

}  // namespace postern::cel
