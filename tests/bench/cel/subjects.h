// SPDX-License-Identifier: Apache-2.0
// Subjects of the benchmark as CEL values: the same JSON once as maps and once as typed records with slots, as the product binds.
#pragma once
#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "cel/environment.h"

namespace postern::bench {

/// How the objects of a subject look to an expression.
enum class Form : std::uint8_t {
  maps,     ///< as other engines see decoded JSON: map(string, dyn)
  records,  ///< every object is a record of a declared type
};

/// Object types, found in the data: the objects below one path are of one type, named by the path. `labels` stays a map.
class Schema {
 public:
  explicit Schema(const std::vector<nlohmann::json>& subjects);
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;
  [[nodiscard]] const cel::ObjectType& type(const std::string& path) const;
  void declare(cel::Environment& environment) const;

 private:
  std::deque<cel::ObjectType> m_types;
};

/// The variables `entity` and `env` of one subject, in this order. `schema` is only used for records.
[[nodiscard]] std::vector<cel::Value> activation_of(const nlohmann::json& subject, Form form, const Schema& schema);

}  // namespace postern::bench
