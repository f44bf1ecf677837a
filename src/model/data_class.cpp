// SPDX-License-Identifier: Apache-2.0
// What the words for classes of data mean, whoever wrote them.
#include <postern/base/text.h>
#include <postern/model/data_class.h>

#include <algorithm>
#include <array>
#include <string>

namespace postern::model {

bool is_sensitive_class(std::string_view written) {
  constexpr std::array<std::string_view, 15> k_sensitive = {
      "credential", "credentials", "financial", "gov_id", "government_id", "health",           "payment_card",      "pci",
      "personal",   "phi",         "pii",       "secret", "special",       "special_category", "special_categories"};
  const std::string category = base::to_lower(written.substr(0, written.find_first_of(":/@ ")));
  return std::find(k_sensitive.begin(), k_sensitive.end(), category) != k_sensitive.end();
}

}  // namespace postern::model
