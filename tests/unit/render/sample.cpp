// SPDX-License-Identifier: Apache-2.0
// The sample, field by field.
#include "sample.h"

#include <postern/base/digest.h>

#include <string>
#include <string_view>

namespace postern::test {
namespace {

using namespace model;

EntityId id(std::string_view address) { return {Symbol("shop"), Symbol("production"), Symbol(address)}; }
EntityId outside(std::string_view address) { return {Symbol(), Symbol(), Symbol(address)}; }
Location at(std::string_view file, std::uint32_t line, std::uint32_t column = 5) { return {Symbol(file), line, column}; }
Evidence evidence(std::string_view file, std::uint32_t line, std::string_view note) { return {at(file, line), Symbol(note)}; }

/// Score, band and what they are made of.
RiskAssessment risk(std::int32_t tenths, Band band, std::vector<std::string> nodes) {
  RiskAssessment risk;
  risk.score_tenths = tenths;
  risk.band = band;
  risk.threat = 0.8;
  risk.probability = 0.97;
  risk.impact = 0.834567;
  risk.shares = {
      {RiskFactorKind::impact, 1000 - tenths - 118, 131, "PII and PCI data in reach, tier high, regulation several, blast 0.2"},
      {RiskFactorKind::severity, 118, 122, "severity 8"}};
  risk.impact_sources = {{ImpactSourceKind::data, 612}, {ImpactSourceKind::business, 142}};
  risk.unknown = {"auth", "epss/maturity"};
  risk.tenths_above_band_floor = 26;
  risk.model_version = "1.0.0";
  risk.model_digest = base::sha256_hex("model");
  if (!nodes.empty())
    risk.path = EntryPath{EntryZone::internet,  {HopKind::proxy}, AuthenticationKind::unknown,
                          NetworkControl::open, std::move(nodes), {at("deploy/cart/service.yaml", 12)}};
  return risk;
}

Finding finding(std::string_view rule, std::string_view pack, std::string_view title, FindingSubject subject) {
  Finding finding;
  finding.rule = rule;
  finding.pack = pack;
  finding.category = pack;
  finding.title = title;
  finding.fingerprint = fingerprint_of(rule, subject);
  finding.subject = std::move(subject);
  return finding;
}

Finding exposed_cart() {
  Finding one =
      finding("SURFACE-NEW-INTERNET-PATH", "attack-surface", "A service that reaches personal data is opened to the internet",
              {SubjectKind::change, id("shop/cart"), {}, "exposure", ChangeKind::modified});
  one.enforcement = Enforcement::soft;
  one.severity = 8;
  one.message =
      "shop/cart can now be reached from the internet through Service shop/cart (LoadBalancer); before, only from within the "
      "cluster";
  one.why =
      "cart reads customers-db, which holds PII, without any authentication on the way: an attacker needs one request to reach it";
  one.remediation =
      "Set spec.type of Service shop/cart back to ClusterIP and publish cart through api-gateway, which authenticates its callers.";
  one.references = {"CWE-668", "OWASP API2:2023"};
  one.owner = "team-checkout";
  one.root_cause = "exposure shop/cart";
  one.evidence = {evidence("deploy/cart/service.yaml", 12, "type: LoadBalancer"),
                  evidence("deploy/cart/deployment.yaml", 31, "environment variable CUSTOMERS_DB_URL")};
  one.salient = {"0.0.0.0/0"};
  one.reach = {id("shop/customers-db"), id("shop/payments-db")};
  one.risk = risk(762, Band::critical, {"internet", "shop/services/cart", "shop/cart", "shop/customers-db"});
  one.drift = RiskDrift{538,
                        762,
                        53.79,
                        76.21,
                        {{RiskFactorKind::impact, 0, 0}, {RiskFactorKind::reachability, 22.42, 224}},
                        "53.8 -> 76.2, all of it from the easiest path: corporate -> internet"};
  one.score_after_fix_tenths = 121;
  const base::Location service = {base::Symbol("deploy/cart/service.yaml"), 12, 3};
  const base::Location ingress = {base::Symbol("deploy/cart/ingress.yaml"), 4, 1};
  one.fix_closes = model::WayStep{"internet", "shop/services/cart", service};
  one.remaining = model::RemainingWay{{"internet", "shop/ingresses/cart", "shop/cart"}, ingress, model::WayOrigin::release};
  one.cut = model::CheapestCut{{"internet", "shop/services/cart", service}, true, 640, 2};
  one.further_cuts = {{{"internet", "shop/ingresses/cart", ingress}, true, 98, 0}};
  one.also_fixed = {{std::string(64, 'e'), "ATTACK-PATH-OPENED", "shop/cart<b>"}};
  one.factors.severity = 8.0;
  one.factors.paths = {*one.risk.path};
  one.factors.data = {{DataClass::personal, 1, DataPrivilege::read, "shop/customers-db"}};
  one.factors.tier = BusinessTier::high;
  one.factors.regulation = Regulation::several;
  one.factors.blast = 0.2;
  return one;
}

Finding removed_policy() {
  Finding one = finding("CONTROL-NETWORK-POLICY-REMOVED", "removed-controls", "The network policy in front of a data store is gone",
                        {SubjectKind::change, id("shop/networkpolicies/customers-db"), {}, "", ChangeKind::removed});
  one.enforcement = Enforcement::hard;
  one.severity = 8;
  one.message = "NetworkPolicy shop/customers-db, which let only customers and checkout in, is removed";
  one.why = "11 services of the namespace can now open connections to customers-db (PII), 2 of them face the internet";
  one.remediation = "Keep deploy/customers-db/networkpolicy.yaml, or add the new caller to its ingress rules.";
  one.owner = "team-customers";
  one.root_cause = "network policy shop/customers-db";
  one.evidence = {evidence("deploy/customers-db/networkpolicy.yaml", 1, "NetworkPolicy customers-db (baseline)")};
  one.reach = {id("shop/customers-db")};
  one.risk = risk(661, Band::critical, {"internet", "shop/storefront", "shop/customers-db"});
  one.score_after_fix_tenths = 284;
  return one;
}

Finding hostile_third_party() {
  Finding one = finding("THIRD-PARTY-NEW-DATA-FLOW", "third-parties", "Data flows to a third party for the first time",
                        {SubjectKind::relation,
                         id("shop/recommendations"),
                         RelationId{id("shop/recommendations"), RelationFamily::network, outside("external/api.segment.example")},
                         "",
                         {}});
  one.message = "shop/recommendations now sends to api.segment.example (analytics), set by TRACKER=\"<script>alert(1)</script>|x\"";
  one.why = "recommendations handles order histories; no transfer agreement names this vendor";
  one.remediation = "Name the vendor in postern.yaml with the agreement that covers it, or send pseudonyms.";
  one.evidence = {evidence("deploy/recommendations/\xE2\x80\xAEgnp.yaml", 27, "environment variable TRACKER")};
  one.severity = 6;
  one.risk = risk(417, Band::medium, {"internet", "shop/storefront", "shop/recommendations"});
  return one;
}

Finding small(std::string_view rule, std::string_view message, BaselineState state, std::int32_t tenths, std::uint32_t line) {
  Finding one = finding(rule, "resilience", message, {SubjectKind::entity, id("shop/" + std::string(rule)), {}, "", {}});
  one.state = state;
  one.message = message;
  one.evidence = {evidence("deploy/all.yaml", line, "")};
  one.risk = risk(tenths, tenths >= 200 ? Band::medium : Band::low, {});
  return one;
}

ReportedChange change(ChangeKind kind, std::string_view subject, std::string_view what, Location location) {
  ReportedChange one;
  one.kind = kind;
  one.subject_kind = subject.find(" -> ") == std::string_view::npos ? "entity" : "relation";
  one.subject = subject;
  one.what = what;
  one.location = location;
  return one;
}

ReportedChange modified(std::string_view subject, std::string_view attribute, std::optional<std::string> before,
                        std::optional<std::string> after, Location location) {
  ReportedChange one = change(ChangeKind::modified, subject, "service", location);
  one.attribute = attribute;
  one.has_before = before.has_value();
  one.before = before.value_or("");
  one.has_after = after.has_value();
  one.after = after.value_or("");
  one.derived = location.file.empty();
  return one;
}

std::vector<ReportedChange> changes() {
  return {change(ChangeKind::removed, "shop/networkpolicies/customers-db", "network_policy",
                 at("deploy/customers-db/networkpolicy.yaml", 1, 1)),
          change(ChangeKind::added, "shop/recommendations", "service", at("deploy/recommendations/deployment.yaml", 1, 1)),
          change(ChangeKind::added, "shop/recommendations -> external/api.segment.example", "sends_to",
                 at("deploy/recommendations/deployment.yaml", 27)),
          change(ChangeKind::added, "shop/recommendations -> shop/catalogue", "calls",
                 at("deploy/recommendations/deployment.yaml", 25)),
          modified("shop/cart", "exposure", "cluster", "internet", {}),
          modified("shop/cart", "server.image", "registry.shop.example/cart:2.3.0", "registry.shop.example/cart:2.4.0",
                   at("deploy/cart/deployment.yaml", 22)),
          modified("shop/cart", "server.cpu_limit", std::nullopt, "500", at("deploy/cart/deployment.yaml", 40)),
          modified("shop/services/cart", "endpoint_type", "ClusterIP", "LoadBalancer", at("deploy/cart/service.yaml", 12)),
          modified("shop/x|y\n/approve", "server.environment[A`B]", "a|b", "\x1b[31mred ##vso[task.complete]",
                   at("deploy/odd.yaml", 3)),
          change(ChangeKind::added, "shop/notifications-v2", "service", at("deploy/notifications/workload.yaml", 1, 1)),
          change(ChangeKind::removed, "shop/notifications", "service", at("deploy/notifications/deployment.yaml", 1, 1))};
}

PictureEntity box(EntityId entity, std::string_view name, EntityKind kind, std::optional<ChangeKind> change,
                  std::string_view exposure, std::vector<std::string> data = {}) {
  return {std::move(entity), std::string(name), kind, change, std::string(exposure), std::move(data)};
}

Picture picture() {
  Picture picture;
  picture.entities = {
      box(id("shop/api-gateway"), "api-gateway", EntityKind::gateway, {}, "internet"),
      box(id("shop/storefront"), "storefront", EntityKind::service, {}, "internet"),
      box(id("shop/cart"), "cart", EntityKind::service, ChangeKind::modified, "internet"),
      box(id("shop/customers-db"), "customers-db", EntityKind::datastore, {}, "cluster", {"PII"}),
      box(id("shop/payments-db"), "payments-db", EntityKind::datastore, {}, "cluster", {"PCI", "PII"}),
      box(id("shop/networkpolicies/customers-db"), "customers-db", EntityKind::network_policy, ChangeKind::removed, ""),
      box(id("shop/recommendations"), "recommendations", EntityKind::service, ChangeKind::added, "cluster"),
      box(id("shop/catalogue"), "cata\"]-->logue<br/>", EntityKind::service, {}, "cluster"),
      box(outside("external/api.segment.example"), "api.segment.example", EntityKind::third_party, ChangeKind::added, "")};
  picture.relations = {
      {id("shop/api-gateway"), id("shop/storefront"), RelationKind::routes_to, {}},
      {id("shop/storefront"), id("shop/cart"), RelationKind::calls, {}},
      {id("shop/storefront"), id("shop/recommendations"), RelationKind::calls, ChangeKind::added},
      {id("shop/cart"), id("shop/customers-db"), RelationKind::reads, {}},
      {id("shop/cart"), id("shop/payments-db"), RelationKind::writes, {}},
      {id("shop/networkpolicies/customers-db"), id("shop/customers-db"), RelationKind::protects, ChangeKind::removed},
      {id("shop/recommendations"), id("shop/catalogue"), RelationKind::calls, ChangeKind::added},
      {id("shop/recommendations"), outside("external/api.segment.example"), RelationKind::sends_to, ChangeKind::added}};
  return picture;
}

JudgedRule rule(std::string_view id, std::string_view pack, std::string_view title, std::string_view description) {
  JudgedRule one;
  one.id = id;
  one.pack = pack;
  one.title = title;
  one.category = pack;
  one.description = description;
  one.remediation = "Set it back, or record with an override why it is meant.";
  one.references = {"GDPR Art. 32"};
  one.enforcement = Enforcement::soft;
  one.on_unknown = OnUnknown::report;
  one.severity = 8;
  return one;
}

JudgedSource source(std::string_view description, std::string_view salt, std::uint64_t entities) {
  JudgedSource one;
  one.description = description;
  one.digest = base::sha256_hex(salt);
  one.inputs = {{"deploy/cart/deployment.yaml", base::sha256_hex("1")}, {"deploy/cart/service.yaml", base::sha256_hex(salt)}};
  one.units = {{Symbol("shop"), Symbol(), Symbol("production"), InputKind::manifests}};
  one.entities = entities;
  one.relations = entities + 12;
  return one;
}

void judge(Decision& decision) {
  decision.policy_digest = base::sha256_hex("policy");
  decision.packs = {
      {"attack-surface", "1.0.0"}, {"removed-controls", "1.0.0"}, {"resilience", "1.0.0"}, {"third-parties", "1.0.0"}};
  decision.rules = 31;
  decision.judged_rules = {
      rule("SURFACE-NEW-INTERNET-PATH", "attack-surface", "A service that reaches personal data is opened to the internet",
           "Everybody can send it requests."),
      rule("CONTROL-NETWORK-POLICY-REMOVED", "removed-controls", "The network policy in front of a data store is gone",
           "Nothing else keeps callers away."),
      rule("RESILIENCE-QUIET", "resilience", "Says nothing here", "There is no {placeholder} and no [link](x).")};
  decision.judged_rules.back().enforcement = Enforcement::advisory;
  decision.risk_model_version = "1.0.0";
  decision.risk_model_digest = base::sha256_hex("model");
  decision.knowledge_digest = base::sha256_hex("knowledge");
  decision.configuration_digest = base::sha256_hex("configuration");
  decision.baseline = source("store:production", "baseline", 43);
  decision.baseline.commit = "8a7d0f4c1e6b2d3958fb17ac40e6d2c9b3a15f70";
  decision.candidate = source("deploy/", "candidate", 45);
  decision.candidate.unread_kinds = {{"networking.istio.io/v1/VirtualService", 2}};
  decision.candidate.unrecognised_files = 3;
}

Decision named(Verdict verdict, int exit_code) {
  Decision decision;
  decision.tool_version = "0.1.0";
  decision.application = "shop";
  decision.environment = "live";
  decision.environment_class = "production";
  decision.scope = "full";
  decision.verdict = verdict;
  decision.exit_code = exit_code;
  return decision;
}

}  // namespace

Decision sample_decision() {
  Decision decision = named(Verdict::block, 1);
  judge(decision);
  decision.reasons = {{Verdict::block, "finding-blocks", "SURFACE-NEW-INTERNET-PATH blocks", ""},
                      {Verdict::block, "finding-blocks", "CONTROL-NETWORK-POLICY-REMOVED blocks", ""}};
  decision.weakenings = {{"threshold", "findings of band high only warn in this environment", "postern.yaml:14"}};
  decision.funnel = {412, 11, 5, 2};
  decision.before = {10, 2, 1, {}, {"PII -> mail.example"}, {9, 3, 0, 0}};
  decision.after = {11, 3, 2, {"PCI", "PII"}, {"PII -> mail.example", "business -> segment.example"}, {10, 4, 0, 2}};
  decision.findings = {
      exposed_cart(),
      removed_policy(),
      hostile_third_party(),
      small("RESILIENCE-SINGLE-REPLICA", "recommendations runs with a single replica and nothing restarts it elsewhere",
            BaselineState::added, 212, 8),
      small("RESILIENCE-NO-PROBE", "recommendations has no readiness probe", BaselineState::updated, 96, 19),
      small("RESILIENCE-NO-BUDGET", "storefront has no disruption budget", BaselineState::unchanged, 104, 77),
      small("RESILIENCE-NO-LIMIT", "cart had no processor limit", BaselineState::absent, 83, 40)};
  decision.findings.front().entity_kind = EntityKind::service;
  decision.findings[5].admission = Admission{"OVR-17", "2027-01-31T00:00:00Z", 140};
  decision.version_control =
      VersionControl{"https://git.shop.example/shop/deploy", "0f1e2d3c4b5a69788796a5b4c3d2e1f001234567", "release/2.4"};
  decision.top = {0, 1, 2};
  decision.problems = {{"DATA-CROSS-BORDER", "data-protection", 4, 0, "region of shop/customers-db", false}};
  decision.changes = changes();
  decision.renames = {{"shop/notifications", "shop/notifications-v2"}};
  decision.picture = picture();
  decision.diagnostics = {{"P3004",
                           base::Severity::warning,
                           at("deploy/all.yaml", 4),
                           "'VirtualService' is not read: routes that it opens are not seen",
                           "tell us which kind you need",
                           {"shop"}},
                          {"P1101", base::Severity::note, at("deploy/odd.yaml", 1), "two documents in one file", "", {}}};
  return decision;
}

Decision quiet_decision() {
  Decision decision = named(Verdict::pass, 0);
  judge(decision);
  decision.funnel.facts = 412;
  decision.before = decision.after = {10, 2, 1, {}, {"PII -> mail.example"}, {9, 3, 0, 0}};
  return decision;
}

Decision undecided_decision() {
  Decision decision = named(Verdict::indeterminate, 3);
  judge(decision);
  decision.reasons = {{Verdict::indeterminate, "baseline-missing", "no baseline of shop is recorded for the environment live",
                       "postern baseline record deploy/ --env live"},
                      {Verdict::indeterminate, "input-unreadable", "1 input could not be read", "see the errors below"}};
  decision.candidate.completeness = Completeness::partial;
  decision.diagnostics = {{"P1003",
                           base::Severity::error,
                           at("deploy/broken.yaml", 7, 3),
                           "found a tab where indentation was expected",
                           "use spaces",
                           {}}};
  decision.problems = {{"SURFACE-NEW-INTERNET-PATH", "attack-surface", 0, 1, "no such key: 'region'", true}};
  return decision;
}

}  // namespace postern::test
