// SPDX-License-Identifier: Apache-2.0
// The tables of the score as data: the shipped file, overrides, and what is refused.
#include "risk/model.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "risk/codes.h"
#include "risk/scorer.h"

using namespace postern;
using namespace postern::risk;
using namespace postern::model;

namespace {

struct Overridden {
  std::optional<RiskModel> model;
  base::DiagnosticSink sink;
};

Overridden overridden(std::string_view text) {
  Overridden result;
  result.model = override_model(standard_model(), text, base::Symbol("risk.yaml"), result.sink);
  return result;
}

}  // namespace

TEST_CASE("the shipped model holds the published numbers") {
  const RiskModel& model = standard_model();
  CHECK(model.version == "1");
  CHECK(model.digest.size() == 64);
  CHECK(model.entry[EntryZone::corporate] == 0.20);
  CHECK(model.hop[HopKind::datastore] == 0.50);
  CHECK(model.authentication[AuthenticationKind::mutual_tls_authorised] == 0.40);
  CHECK(model.network[NetworkControl::vpn] == 0.35);
  CHECK(model.maturity[ExploitMaturity::unknown] == 0.90);
  CHECK(model.code[CodeUse::not_loaded] == 0.15);
  CHECK(model.environment[EnvironmentClass::development] == 0.25);
  CHECK(model.data[DataClass::payment_card] == 0.90);
  CHECK(model.privilege[DataPrivilege::least] == 0.85);
  CHECK(model.tier[BusinessTier::mission_critical] == 0.60);
  CHECK(model.regulation[Regulation::cross_border] == 0.35);
  CHECK(model.band_floor[Band::critical] == 65);
  CHECK(model.default_severity == 7.0);
}

TEST_CASE("bands begin at their floors") {
  const RiskModel& model = standard_model();
  CHECK(band_of(model, 0) == Band::low);
  CHECK(band_of(model, 199) == Band::low);
  CHECK(band_of(model, 200) == Band::medium);
  CHECK(band_of(model, 449) == Band::medium);
  CHECK(band_of(model, 450) == Band::high);
  CHECK(band_of(model, 649) == Band::high);
  CHECK(band_of(model, 650) == Band::critical);
  const Overridden finer = overridden("version: finer\nbands: {medium: 20.3}\n");
  REQUIRE(finer.model);
  CHECK(band_of(*finer.model, 202) == Band::low);
  CHECK(band_of(*finer.model, 203) == Band::medium);
}

TEST_CASE("an override changes what it names, the version and the digest") {
  const Overridden result = overridden("version: acme-3\ntier: { mission: 0.8 }\nconstants: { default_severity: 8 }\n");
  REQUIRE(result.model);
  CHECK(result.sink.all().empty());
  CHECK(result.model->version == "1+acme-3");
  CHECK(result.model->tier[BusinessTier::mission_critical] == 0.8);
  CHECK(result.model->default_severity == 8);
  CHECK(result.model->tier[BusinessTier::high] == standard_model().tier[BusinessTier::high]);
  CHECK(result.model->digest != standard_model().digest);
  RiskFactors factors;
  factors.tier = BusinessTier::mission_critical;
  CHECK(score_tenths(*result.model, factors) > score_tenths(standard_model(), factors));
  CHECK(assess(*result.model, factors).model_version == "1+acme-3");
}

TEST_CASE("the digest is of the numbers, not of how they are written") {
  const Overridden one = overridden("version: a\ntier: {mission: 0.70, high: 0.5}\n");
  const Overridden other = overridden("# the same\nversion: 'a'\ntier:\n  high: 5e-1\n  mission: 0.7\n");
  REQUIRE(one.model);
  REQUIRE(other.model);
  CHECK(one.model->digest == other.model->digest);
}

TEST_CASE("a wrong override is refused with its place and a suggestion") {
  struct Row {
    std::string_view text;
    std::string_view code;
    std::string_view hint;
  };
  const Row rows[] = {
      {"version: a\ntiers: {high: 0.5}\n", k_unknown_name, "did you mean 'tier'?"},
      {"version: a\ntier: {mision: 0.5}\n", k_unknown_name, "did you mean 'mission'?"},
      {"version: a\nconstants: {path_flor: 0.5}\n", k_unknown_name, "did you mean 'path_floor'?"},
      {"version: a\ntier: {high: 1.5}\n", k_bad_number, ""},
      {"version: a\nhop: {service: 0}\n", k_bad_number, ""},
      {"version: a\nhop: {service: .nan}\n", k_bad_number, ""},
      {"version: a\nhop: {service: quick}\n", k_bad_number, ""},
      {"version: a\nhop: [0.5]\n", k_not_a_model, ""},
      {"[1, 2]\n", k_not_a_model, ""},
      {"", k_not_a_model, ""},
      {"version: a\n---\nversion: b\n", k_not_a_model, ""},
      {"tier: {high: 0.5}\n", k_no_version, "add 'version: NAME-1' and raise it with every change"},
      {"version: a\nauth: {mtls: 1, none: 0.9}\n", k_not_monotone,
       "otherwise a control, or not knowing, would turn a score the wrong way round"},
      {"version: a\nconstants: {epss_span: 0.5}\n", k_not_monotone, ""},
      {"version: a\nbands: {medium: 70}\n", k_not_monotone,
       "otherwise a control, or not knowing, would turn a score the wrong way round"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Overridden result = overridden(row.text);
    CHECK_FALSE(result.model);
    REQUIRE(result.sink.has_errors());
    CHECK(result.sink.all().front().code == row.code);
    CHECK(result.sink.all().front().hint == row.hint);
    CHECK(result.sink.all().front().location.file.str() == "risk.yaml");
  }
}

TEST_CASE("a duplicate or malformed file is refused by the reader") {
  CHECK_FALSE(overridden("version: a\ntier: {high: 0.5, high: 0.4}\n").model);
  CHECK_FALSE(overridden("version: [a\n").model);
}

TEST_CASE("every code is explained, in ascending order") {
  CHECK(std::ranges::is_sorted(codes(), {}, &base::CodeRow::code));
  for (const base::CodeRow& row : codes()) CHECK_FALSE(row.explanation.empty());
  CHECK(codes().size() == 5);
}
