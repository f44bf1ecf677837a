// SPDX-License-Identifier: Apache-2.0
// Classes of data by names; and their accuracy on labelled fields of real schemas.
#include "connection/data_class.h"

#include <doctest/doctest.h>
#include <postern/base/text.h>

#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

using namespace postern::connection;

namespace {

struct Row {
  const char* name;
  const char* context;
  const char* data_class;
  const char* subtype;
};

}  // namespace

TEST_CASE("field names in every spelling") {
  const std::vector<Row> rows{{"firstName", "Customer", "PII", "person_name"},
                              {"customer.first_name", "", "PII", "person_name"},
                              {"EMAIL_ADDRESS", "", "PII", "email"},
                              {"emails", "", "PII", "email"},
                              {"shipping_address_2", "order", "PII", "postal_address"},
                              {"card_number", "payments", "PCI", "pan"},
                              {"cvv", "", "PCI", "cvv"},
                              {"cc_exp_month", "", "PCI", "card_expiry"},
                              {"iban", "", "FINANCIAL", "bank_account"},
                              {"ssn", "", "GOV_ID", "national_id"},
                              {"diagnosisCode", "", "PHI", "diagnosis"},
                              {"religion", "", "SPECIAL", "religion"},
                              {"password_hash", "users", "CREDENTIAL", "password"},
                              {"dateOfBirth", "", "PII", "date_of_birth"},
                              {"customer_ip_address", "", "ONLINE_ID", "ip_address"},
                              {"latitude", "person_address", "LOCATION", "precise_geo"},
                              {"name", "customers", "PII", "person_name"}};
  for (const Row& row : rows) {
    CAPTURE(std::string(row.name));
    const FieldClass found = classify_field(row.name, row.context);
    CHECK(found.data_class == row.data_class);
    CHECK(found.subtype == row.subtype);
    CHECK(found.confidence > 0.4);
    CHECK(found.confidence <= 1.0);
  }
}

TEST_CASE("names that only tell about a datum, and things that are no persons") {
  for (const auto& [name, context] : std::vector<std::pair<const char*, const char*>>{{"email_verified", "users"},
                                                                                      {"is_email_public", "users"},
                                                                                      {"password_reset_at", "users"},
                                                                                      {"first_name_length", "users"},
                                                                                      {"payment_address_format", "order"},
                                                                                      {"address_id", "customers"},
                                                                                      {"name", "product"},
                                                                                      {"address1", "warehouse"},
                                                                                      {"weight", "product"},
                                                                                      {"id", ""},
                                                                                      {"", ""},
                                                                                      {"created_at", "patients"},
                                                                                      {"sort_key", "x"},
                                                                                      {"image", "product"}}) {
    CAPTURE(std::string(name));
    CHECK(classify_field(name, context).data_class == "none");
  }
}

TEST_CASE("special categories are marked") {
  CHECK(classify_field("ethnicity").special_category);
  CHECK_FALSE(classify_field("email").special_category);
}

TEST_CASE("names of stores") {
  CHECK(classify_store_name("customers-db").data_class == "PII");
  CHECK(classify_store_name("payments").data_class == "FINANCIAL");
  CHECK(classify_store_name("cardholder").data_class == "PCI");
  CHECK(classify_store_name("patient_records").data_class == "PHI");
  CHECK(classify_store_name("userProfiles").data_class == "PII");
  CHECK(classify_store_name("catalog").data_class == "none");
  CHECK(classify_store_name("redis").data_class == "none");
  CHECK(classify_store_name("customers-db").confidence <= 0.7);
}

TEST_CASE("accuracy on labelled fields of real schemas") {
  const char* const configured = std::getenv("POSTERN_SHARED");
  const std::string root = configured != nullptr ? configured : std::string(POSTERN_SOURCE_DIR) + "/../shared";
  std::ifstream file(root + "/knowledge/labelled-fields.tsv");
  if (!file) {
    MESSAGE("skipped: shared data not found");
    return;
  }
  int hits = 0;
  int false_alarms = 0;
  int misses = 0;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const auto cells = postern::base::split(line, '\t');
    REQUIRE(cells.size() == 6);
    if (cells[4] == "ambiguous") continue;
    const FieldClass found = classify_field(cells[0], cells[1]);
    bool is_hit = false;
    for (const std::string_view label : postern::base::split(cells[2], '|')) is_hit = is_hit || label == found.data_class;
    if (cells[2] == "none") {
      if (!is_hit) ++false_alarms;
    } else if (is_hit) {
      ++hits;
    } else {
      ++misses;
      if (found) ++false_alarms;
    }
  }
  const double precision = hits / static_cast<double>(hits + false_alarms);
  const double recall = hits / static_cast<double>(hits + misses);
  MESSAGE("precision " << precision << ", recall " << recall << " of " << hits + misses << " labelled fields");
  CHECK(precision >= 0.97);
  CHECK(recall >= 0.93);
}
