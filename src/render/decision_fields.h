// SPDX-License-Identifier: Apache-2.0
// Every field of a decision with its key, once: the writer and the reader both go by it, so they cannot disagree.
#pragma once
#include <postern/model/decision.h>

#include <type_traits>

namespace postern::render {

/// `T` as an archive sees it: constant for one that writes. Also keeps the parameter out of template deduction.
template <typename Archive, typename T>
using Of = std::conditional_t<Archive::k_writes, const T, T>;

// An archive `a` has
//   a(key, value)                a value of a type that it knows, or one that has `fields` here; optional values may be absent
//   a.tenths(key, value)         tenths of a point as a decimal with one digit
//   a.pairs(key, names..., list) a list of objects with two keys
//   a.in(key, function)          the fields that `function` adds, in an object of their own
//   a.given(key, value)          written for readers, not read back

template <typename Archive>
void fields(Archive& a, Of<Archive, base::Location>& location) {
  a("file", location.file);
  a("line", location.line);
  a("column", location.column);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, base::Diagnostic>& diagnostic) {
  a("code", diagnostic.code);
  a("severity", diagnostic.severity);
  a("location", diagnostic.location);
  a("message", diagnostic.message);
  a("hint", diagnostic.hint);
  a("context", diagnostic.context);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::EntityId>& id) {
  a("application", id.application);
  a("target", id.target);
  a("address", id.address);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::RelationId>& id) {
  a("source", id.source);
  a("family", id.family);
  a("target", id.target);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Evidence>& evidence) {
  fields(a, evidence.location);
  a("note", evidence.note);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::UnitId>& id) {
  a("application", id.application);
  a("source_root", id.source_root);
  a("target", id.target);
  a("kind", id.kind);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Reason>& reason) {
  a("supports", reason.supports);
  a("code", reason.code);
  a("message", reason.message);
  a("hint", reason.hint);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Weakening>& weakening) {
  a("code", weakening.code);
  a("message", weakening.message);
  a("origin", weakening.origin);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::JudgedReport>& report) {
  a("path", report.path);
  a("tool", report.tool);
  a("version", report.version);
  a("findings", report.findings);
  a("bound", report.bound);
  a("succeeded", report.succeeded);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::JudgedSource>& source) {
  a("description", source.description);
  a("commit", source.commit);
  a("digest", source.digest);
  a("completeness", source.completeness);
  a("entities", source.entities);
  a("relations", source.relations);
  a("units", source.units);
  a.pairs("unread_kinds", "kind", "count", source.unread_kinds);
  a("unrecognised_files", source.unrecognised_files);
  a("reports", source.reports);
  a.pairs("inputs", "path", "sha256", source.inputs);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Posture>& posture) {
  a("services", posture.services);
  a("exposed_services", posture.exposed_services);
  a("third_parties", posture.third_parties);
  a("exposed_data", posture.exposed_data);
  a("data_to_third_parties", posture.data_to_third_parties);
  a.in("findings_per_band", [&](Archive& bands) {
    for (std::size_t band = 0; band < posture.findings_per_band.size(); ++band) {
      bands(model::to_string(static_cast<model::Band>(band)), posture.findings_per_band[band]);
    }
  });
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Funnel>& funnel) {
  a("facts", funnel.facts);
  a("changes", funnel.changes);
  a("risky", funnel.risky);
  a("blocking", funnel.blocking);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::EntryPath>& path) {
  a("entry", path.entry);
  a("hops", path.hops);
  a("authentication", path.authentication);
  a("network", path.network);
  a("nodes", path.nodes);
  a("evidence", path.evidence);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::DataInReach>& data) {
  a("class", data.data_class);
  a("hops", data.hops);
  a("privilege", data.privilege);
  a("holder", data.holder);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::RiskFactors>& factors) {
  a("severity", factors.severity);
  a("paths", factors.paths);
  a("maturity", factors.maturity);
  a("epss", factors.epss);
  a("code", factors.code);
  a("environment", factors.environment);
  a("data", factors.data);
  a("tier", factors.tier);
  a("regulation", factors.regulation);
  a("blast", factors.blast);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::RiskFactorShare>& share) {
  a("factor", share.factor);
  a.tenths("points_lost", share.tenths_lost);
  a("milli_nats", share.milli_nats);
  a("explanation", share.explanation);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::ImpactSource>& source) {
  a("source", source.source);
  a.tenths("points", source.tenths);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::RiskAssessment>& risk) {
  a.tenths("score", risk.score_tenths);
  a("band", risk.band);
  a("threat", risk.threat);
  a("probability", risk.probability);
  a("impact", risk.impact);
  a("shares", risk.shares);
  a("impact_sources", risk.impact_sources);
  a("unknown", risk.unknown);
  a.tenths("above_band_floor", risk.tenths_above_band_floor);
  a.tenths("to_next_band", risk.tenths_to_next_band);
  a("path", risk.path);
  a.tenths("score_after_fix", risk.score_after_fix_tenths);
  a("model_version", risk.model_version);
  a("model_digest", risk.model_digest);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::RiskDriftShare>& share) {
  a("factor", share.factor);
  a("exact", share.points);
  a.tenths("points", share.tenths);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::RiskDrift>& drift) {
  a.tenths("before", drift.before_tenths);
  a.tenths("after", drift.after_tenths);
  a("exact_before", drift.before);
  a("exact_after", drift.after);
  a("shares", drift.shares);
  a("text", drift.text);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::FindingSubject>& subject) {
  a.given("text", [&] { return model::to_string(subject); });
  a("kind", subject.kind);
  a("entity", subject.entity);
  a("relation", subject.relation);
  a("attribute", subject.attribute);
  a("change", subject.change);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Admission>& admission) {
  a("override", admission.override_id);
  a("expires", admission.expires);
  a.tenths("approved_score", admission.approved_tenths);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::WayStep>& step) {
  a("from", step.from);
  a("to", step.to);
  a("location", step.location);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::RemainingWay>& way) {
  a("steps", way.steps);
  a("location", way.location);
  a("origin", way.origin);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::CheapestCut>& cut) {
  fields(a, static_cast<Of<Archive, model::WayStep>&>(cut));
  a("new", cut.is_new);
  a.tenths("score", cut.score_tenths);
  a("other_findings", cut.other_findings);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::SameCause>& other) {
  a("fingerprint", other.fingerprint);
  a("rule", other.rule);
  a("subject", other.subject);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Witness>& witness) {
  a("source", witness.source);
  a("id", witness.id);
  a("severity", witness.severity);
  a("score", witness.score);
  a("vector", witness.vector);
  a("location", witness.location);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Weakness>& weakness) {
  a("subject", weakness.subject);
  a("id", weakness.id);
  a("aliases", weakness.aliases);
  a("category", weakness.category);
  a("title", weakness.title);
  a("package", weakness.package);
  a("versions", weakness.versions);
  a("fixed_in", weakness.fixed_in);
  a("file", weakness.file);
  a("cwes", weakness.cwes);
  a("score", weakness.score);
  a("vector", weakness.vector);
  a("severity", weakness.severity);
  a("severities_differ", weakness.severities_differ);
  a("known_exploited_since", weakness.known_exploited_since);
  a("in_ransomware", weakness.in_ransomware);
  a("epss", weakness.epss);
  a("maturity", weakness.maturity);
  a("code", weakness.code);
  a("reachability", weakness.reachability);
  a("published", weakness.published);
  a("status", weakness.status);
  a("status_by", weakness.status_by);
  a("witnesses", weakness.witnesses);
  a("evidence", weakness.evidence);
  a("certain", weakness.is_certain);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Finding>& finding) {
  a("rule", finding.rule);
  a("pack", finding.pack);
  a("title", finding.title);
  a("category", finding.category);
  a("subject", finding.subject);
  a("entity_kind", finding.entity_kind);
  a("fingerprint", finding.fingerprint);
  a("baseline_state", finding.state);
  a("enforcement", finding.enforcement);
  a("block_at", finding.block_at);
  a.given("blocks", [&] { return model::is_blocking(finding); });
  a("severity", finding.severity);
  a("undecided", finding.undecided);
  a("message", finding.message);
  a("why", finding.why);
  a("remediation", finding.remediation);
  a("references", finding.references);
  a("owner", finding.owner);
  a("root_cause", finding.root_cause);
  a("evidence", finding.evidence);
  a("salient", finding.salient);
  a("reach", finding.reach);
  a("risk", finding.risk);
  a("admission", finding.admission);
  a("drift", finding.drift);
  a.tenths("score_after_fix", finding.score_after_fix_tenths);
  a("fix_closes", finding.fix_closes);
  a("remaining", finding.remaining);
  a("cut", finding.cut);
  a("further_cuts", finding.further_cuts);
  a("also_fixed", finding.also_fixed);
  a("weakness", finding.weakness);
  a("factors", finding.factors);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::RuleProblem>& problem) {
  a("rule", problem.rule);
  a("pack", problem.pack);
  a("undecided_subjects", problem.undecided_subjects);
  a("failed_subjects", problem.failed_subjects);
  a("first_message", problem.first_message);
  a("makes_indeterminate", problem.makes_indeterminate);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::ReportedChange>& change) {
  a("kind", change.kind);
  a("subject_kind", change.subject_kind);
  a("subject", change.subject);
  a("what", change.what);
  a("attribute", change.attribute);
  a.optional("before", change.before, change.has_before);
  a.optional("after", change.after, change.has_after);
  a("derived", change.derived);
  a("location", change.location);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::PictureEntity>& entity) {
  a("id", entity.id);
  a("name", entity.name);
  a("kind", entity.kind);
  a("change", entity.change);
  a("exposure", entity.exposure);
  a("data_classes", entity.data_classes);
  a("folded", entity.folded);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::PictureRelation>& relation) {
  a("source", relation.source);
  a("target", relation.target);
  a("kind", relation.kind);
  a("change", relation.change);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Picture>& picture) {
  a("entities", picture.entities);
  a("relations", picture.relations);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::JudgedRule>& rule) {
  a("id", rule.id);
  a("pack", rule.pack);
  a("title", rule.title);
  a("category", rule.category);
  a("description", rule.description);
  a("remediation", rule.remediation);
  a("references", rule.references);
  a("enforcement", rule.enforcement);
  a("on_unknown", rule.on_unknown);
  a("block_at", rule.block_at);
  a("severity", rule.severity);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::VersionControl>& control) {
  a("repository", control.repository);
  a("revision", control.revision);
  a("branch", control.branch);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::ProtectedSide>& side) {
  a("reference", side.reference);
  a("commit", side.commit);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::ReportedFlow>& flow) {
  a("change", flow.change);
  a("source", flow.source);
  a("target", flow.target);
  a("kind", flow.kind);
  a("target_kind", flow.target_kind);
  a("transport", flow.transport);
  a("authentication", flow.authentication);
  a("data_classes", flow.data_classes);
  a("vendor", flow.vendor);
  a("leaves", flow.leaves);
  a("crosses_namespace", flow.crosses_namespace);
  a("owner", flow.owner);
  a("location", flow.location);
  a("note", flow.note);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::ReportedService>& service) {
  a("id", service.id);
  a("kind", service.kind);
  a("change", service.change);
  a("exposure", service.exposure);
  a("owner", service.owner);
  a("tier", service.tier);
  a("data_classes", service.data_classes);
  a("data_reach", service.data_reach);
  a("authentication", service.authentication);
  a("ingress_isolated", service.ingress_isolated);
  a("egress_isolated", service.egress_isolated);
  a("location", service.location);
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::ContextDrift>& drift) {
  a("since", drift.since);
  a("findings", drift.findings);
}

template <typename Archive>
void policy_fields(Archive& a, Of<Archive, model::Decision>& decision) {
  a.in("policy", [&](Archive& policy) {
    policy.pairs("packs", "name", "version", decision.packs);
    policy("rules", decision.rules);
    policy("judged", decision.judged_rules);
    policy("risk_model_version", decision.risk_model_version);
  });
  a.in("digests", [&](Archive& digests) {
    digests.given("decision", [] { return std::string(); });  // set when all else is known
    digests("policy", decision.policy_digest);
    digests("risk_model", decision.risk_model_digest);
    digests("knowledge", decision.knowledge_digest);
    digests("configuration", decision.configuration_digest);
    digests("threat_database", decision.threat_digest);
  });
}

template <typename Archive>
void fields(Archive& a, Of<Archive, model::Decision>& decision) {
  a.version("schema_version", model::Decision::k_schema_version);
  a("tool_version", decision.tool_version);
  a("application", decision.application);
  a("environment", decision.environment);
  a("environment_class", decision.environment_class);
  a("scope", decision.scope);
  a("verdict", decision.verdict);
  a("exit_code", decision.exit_code);
  a("reasons", decision.reasons);
  a("weakenings", decision.weakenings);
  a("funnel", decision.funnel);
  a("before", decision.before);
  a("after", decision.after);
  a("top", decision.top);
  a("findings", decision.findings);
  a("problems", decision.problems);
  a("changes", decision.changes);
  a.pairs("renames", "removed", "added", decision.renames);
  a("flows", decision.flows);
  a("services", decision.services);
  a("picture", decision.picture);
  a("map", decision.map);
  a("diagnostics", decision.diagnostics);
  policy_fields(a, decision);
  a("baseline", decision.baseline);
  a("candidate", decision.candidate);
  a("context_drift", decision.context_drift);
  a("version_control", decision.version_control);
  a("protected_side", decision.protected_side);
}

}  // namespace postern::render
