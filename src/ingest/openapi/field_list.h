// SPDX-License-Identifier: Apache-2.0
// The names of the fields that a schema describes, through nested objects, lists, references and compositions.
#pragma once
#include <ingest/openapi/library.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::openapi {

/// What a message takes or gives: `in user.address.city`.
enum class DataDirection : std::uint8_t { in, out };

class FieldList {
 public:
  FieldList(Library& library, std::set<std::string>& fields) : m_library(library), m_fields(fields) {}

  /// Adds all fields below `schema`; `name` is what the whole is called (a parameter), empty for a body. Schemas that hold
  /// themselves are followed once; what lies deeper than anybody reads, or is too much, is left out.
  void add(const Place& schema, std::string_view name, DataDirection direction);
  /// Adds one field.
  void add_name(std::string_view name, DataDirection direction);

 private:
  struct Walk {
    DataDirection direction = DataDirection::in;
    std::vector<std::pair<std::size_t, std::string>> open;  ///< schemas that are being read, as (file, place)
  };
  void walk(const Place& at, const std::string& prefix, int depth, Walk& walk);
  void walk_properties(const Place& schema, const std::string& prefix, int depth, Walk& walk);

  Library& m_library;
  std::set<std::string>& m_fields;
  std::size_t m_steps = 0;
};

}  // namespace postern::ingest::openapi
