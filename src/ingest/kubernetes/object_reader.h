// SPDX-License-Identifier: Apache-2.0
// Typed, complaining access to one object of the Kubernetes API, and the place where its facts go.
#pragma once
#include <postern/base/diagnostic.h>
#include <postern/document/node.h>
#include <postern/model/fact.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace postern::ingest::kubernetes {

using base::Location;
using base::Symbol;
using document::Node;

/// One object with its identity worked out.
struct Object {
  Node root;
  Node metadata;
  Node spec;                 ///< missing where the kind has none
  std::string_view group;    ///< empty for the core group
  std::string_view version;  ///< `v1`
  std::string_view kind;
  Symbol name;
  Symbol namespace_name;           ///< `default` where none is declared; empty for kinds outside of namespaces
  bool namespace_declared = true;  ///< true for kinds outside of namespaces
  Symbol address;
};

/// `NS/PLURAL/NAME`; without plural `NS/NAME`; without namespace `PLURAL/NAME`.
[[nodiscard]] Symbol make_address(std::string_view namespace_name, std::string_view plural, std::string_view name);

/// The text as a symbol; the empty symbol for nothing.
[[nodiscard]] inline Symbol symbol_of(std::optional<std::string_view> text) { return text ? Symbol(*text) : Symbol(); }

/// Reads fields of one object. Absent and null fields are answered with nothing and no word; a field of another type than the
/// caller asks for is an error in the sink, and nothing. Values are quoted in messages only where they cannot be secrets.
class ObjectReader {
 public:
  ObjectReader(const Object& object, std::vector<model::Fact>& facts, base::DiagnosticSink& sink)
      : m_object(object), m_facts(facts), m_sink(sink) {}

  [[nodiscard]] const Object& object() const noexcept { return m_object; }
  [[nodiscard]] const Node& spec() const noexcept { return m_object.spec; }

  [[nodiscard]] Node mapping(const Node& parent, std::string_view key) const;
  [[nodiscard]] Node sequence(const Node& parent, std::string_view key) const;
  /// Numbers and booleans are taken as they are written, with a warning.
  [[nodiscard]] std::optional<std::string_view> text(const Node& parent, std::string_view key) const;
  /// Like text(), and an empty text is nothing as well.
  [[nodiscard]] std::optional<std::string_view> name(const Node& parent, std::string_view key) const;
  /// A text or an integer, as it is written.
  [[nodiscard]] std::optional<std::string_view> text_or_integer(const Node& parent, std::string_view key) const;
  [[nodiscard]] std::optional<bool> boolean(const Node& parent, std::string_view key) const;
  [[nodiscard]] std::optional<std::int64_t> integer(const Node& parent, std::string_view key) const;
  /// A port number, 1 to 65535.
  [[nodiscard]] std::optional<std::int64_t> port(const Node& parent, std::string_view key) const;
  /// The texts of a sequence, in order; items that are none are errors.
  [[nodiscard]] std::vector<Symbol> texts(const Node& parent, std::string_view key) const;
  /// The texts of a sequence, sorted, each once.
  [[nodiscard]] std::vector<Symbol> sorted_texts(const Node& parent, std::string_view key) const;

  /// Says that `key` is required and not there.
  void missing(const Node& parent, std::string_view key) const;
  /// The same accesses for parts that must be there.
  [[nodiscard]] Node required_mapping(const Node& parent, std::string_view key) const;
  [[nodiscard]] Node required_sequence(const Node& parent, std::string_view key) const;
  [[nodiscard]] std::optional<std::string_view> required_name(const Node& parent, std::string_view key) const;

  /// Calls `visit(item)` for every mapping in the sequence `key`; other items are errors.
  template <class Visit>
  void each_mapping(const Node& parent, std::string_view key, Visit visit) const {
    for (const Node item : sequence(parent, key).items()) {
      if (item.is_mapping()) {
        visit(item);
      } else if (!item.is_null()) {
        wrong_type(item, key, "a mapping");
      }
    }
  }
  /// Calls `visit(key text, value text, value)` for every text entry of the mapping `key`.
  template <class Visit>
  void each_text(const Node& parent, std::string_view key, Visit visit) const {
    for (const document::Entry entry : mapping(parent, key).entries()) {
      if (const auto value = scalar_text(entry.value, entry.key.text())) visit(entry.key.text(), *value, entry.value);
    }
  }

  /// The address of an object in this object's namespace.
  [[nodiscard]] Symbol local_address(std::string_view plural, std::string_view name) const;

  void emit(model::Fact fact) { m_facts.push_back(std::move(fact)); }
  /// An entity fact for this object, still to be filled.
  [[nodiscard]] model::EntityFact entity(model::EntityKind kind) const;
  /// "This object names that one."
  void refer(model::RelationKind kind, Symbol target, std::string_view note, const Location& location, bool optional = false);

  void error(std::string_view code, const Node& where, std::string message, std::string hint = {}) const;
  void warning(std::string_view code, const Node& where, std::string message, std::string hint = {}) const;
  void note(std::string_view code, const Node& where, std::string message, std::string hint = {}) const;
  /// `'field' is a sequence, expected ...`; scalars that cannot be secrets are quoted when `shown`.
  enum class Quote : std::uint8_t { withheld, shown };
  void wrong_type(const Node& found, std::string_view key, std::string_view expected, Quote quote = Quote::withheld) const;

 private:
  [[nodiscard]] std::optional<std::string_view> scalar_text(const Node& value, std::string_view key) const;
  [[nodiscard]] Node checked(const Node& parent, std::string_view key, document::Kind wanted, std::string_view expected) const;
  void report(base::Severity severity, std::string_view code, const Node& where, std::string message, std::string hint) const;

  const Object& m_object;
  std::vector<model::Fact>& m_facts;
  base::DiagnosticSink& m_sink;
};

}  // namespace postern::ingest::kubernetes
