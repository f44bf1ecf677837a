// SPDX-License-Identifier: Apache-2.0
// Classes of data by names; and their accuracy on labelled fields of real schemas.
#include "connection/data_class.h"

#include <doctest/doctest.h>
#include <postern/base/text.h>

#include <cstdlib>
#include <fstream>
#include <map>
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
                              {"name", "customers", "PII", "person_name"},
                              {"emp_ssn_num", "employee", "GOV_ID", "national_id"},
                              {"cust_acct_no", "payments", "FINANCIAL", "bank_account"},
                              {"from_acct", "transactions", "FINANCIAL", "bank_account"},
                              {"passhash", "users", "CREDENTIAL", "password"},
                              {"hm_tel", "staff", "PII", "phone"},
                              {"geburtsdatum", "kunde", "PII", "date_of_birth"},
                              {"mot_de_passe", "utilisateur", "CREDENTIAL", "password"},
                              {"apellidos", "usuario", "PII", "person_name"},
                              {"created_by_name", "document", "PII", "person_name"},
                              {"witness_name", "claims", "PII", "person_name"},
                              {"CdtrNm", "CreditTransferTransaction", "PII", "person_name"},
                              {"mothername", "students", "PII", "marital_family"},
                              {"custphone", "orders", "PII", "phone"},
                              {"kreditkartennummer", "kunden", "PCI", "pan"},
                              {"Straße", "kunden", "PII", "postal_address"},
                              {"numéro_de_sécurité_sociale", "salariés", "GOV_ID", "national_id"},
                              {"data_de_nascimento", "clientes", "PII", "date_of_birth"},
                              {"nazwisko", "klient", "PII", "person_name"},
                              {"wachtwoord", "leden", "CREDENTIAL", "password"},
                              {"dx_code", "visits", "PHI", "diagnosis"},
                              {"disability_status", "worker", "PHI", "disability"}};
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
                                                                                      {"image", "product"},
                                                                                      {"email_template_id", "users"},
                                                                                      {"card_layout", "themes"},
                                                                                      {"verify_email", "realm"},
                                                                                      {"otp_required_for_login", "users"},
                                                                                      {"access_token_lifespan", "realm"},
                                                                                      {"password_never_expires", "users"},
                                                                                      {"no_show", "attendee"},
                                                                                      {"displayName", "tags"},
                                                                                      {"login_theme", "realm"},
                                                                                      {"product_name", "customers"},
                                                                                      {"hospital_name", "patients"},
                                                                                      {"client_name", "oauth_clients"},
                                                                                      {"group_name", "user_group"},
                                                                                      {"test_name", "test_run"},
                                                                                      {"referral_code", "riders"},
                                                                                      {"fare_class", "passenger"},
                                                                                      {"pin_to_top", "posts"}}) {
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
  struct Count {
    int hits = 0;
    int false_alarms = 0;
    int misses = 0;
  };
  std::map<std::string, Count> counts;  // by repository; "all" for the sum
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const auto cells = postern::base::split(line, '\t');
    REQUIRE(cells.size() == 6);
    if (cells[4] != "strong") continue;
    const FieldClass found = classify_field(cells[0], cells[1]);
    bool is_hit = false;
    for (const std::string_view label : postern::base::split(cells[2], '|')) is_hit = is_hit || label == found.data_class;
    for (const std::string& name : {std::string(cells[3]), std::string("all")}) {
      Count& count = counts[name];
      if (cells[2] == "none") {
        count.false_alarms += is_hit ? 0 : 1;
      } else if (is_hit) {
        ++count.hits;
      } else {
        ++count.misses;
        count.false_alarms += found ? 1 : 0;
      }
    }
  }
  for (const auto& [name, count] : counts) {
    const double precision = count.hits / static_cast<double>(count.hits + count.false_alarms);
    const double recall = count.hits / static_cast<double>(count.hits + count.misses);
    MESSAGE(name << ": precision " << precision << ", recall " << recall << " of " << count.hits + count.misses
                 << " labelled fields");
    // Those by which the tables were made: other schemas are harder, so these must be nearly right.
    CHECK(precision >= 0.95);
    CHECK(recall >= 0.97);
  }
}
