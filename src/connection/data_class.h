// SPDX-License-Identifier: Apache-2.0
// What kind of data a field or a store holds, judged by names.
#pragma once
#include <string>
#include <string_view>

namespace postern::connection {

/// A class of data. All views live as long as the process.
struct FieldClass {
  std::string_view data_class =
      "none";                     ///< PII, PCI, PHI, CREDENTIAL, FINANCIAL, GOV_ID, SPECIAL, LOCATION, ONLINE_ID, ... or "none"
  std::string_view subtype;       ///< "email", "pan" ...; empty for none
  int sensitivity = 0;            ///< 0 to 100
  bool special_category = false;  ///< GDPR article 9 (and 10) data
  double confidence = 0;          ///< 0 to 1; for "none": how sure it is that nothing personal is there

  [[nodiscard]] explicit operator bool() const noexcept { return data_class != "none"; }
};

/// Classifies a column, property or parameter by its name (camelCase, snake_case, dots) and its table, schema or object.
[[nodiscard]] FieldClass classify_field(std::string_view name, std::string_view context = {});

/// Classifies a store, database, topic, bucket or table by its name ("customers-db", "cardholder"); moderate confidence.
[[nodiscard]] FieldClass classify_store_name(std::string_view name);

}  // namespace postern::connection
