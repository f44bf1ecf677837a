// SPDX-License-Identifier: Apache-2.0
// Compares snapshots member by member.
#include <algorithm>
#include <tuple>
#include <type_traits>

#include "generator.h"

namespace postern::baseline {

using namespace model;

namespace {

// Each function names every member of its type, by tie or by structured binding, so that a member that is added breaks the build
// here (structured bindings) instead of being forgotten.
bool equal(const NetworkPeer& a, const NetworkPeer& b);
bool equal(const NetworkRule& a, const NetworkRule& b);
bool equal(const Fact& a, const Fact& b);
bool equal(const std::shared_ptr<const Input>& a, const std::shared_ptr<const Input>& b);
bool equal(const Unit& a, const Unit& b);
bool equal(const AdmittedFinding& a, const AdmittedFinding& b);

bool equal(const Attribute& a, const Attribute& b) {
  const auto& [definition, scope, key, value, location] = a;
  return std::tie(definition, scope, key, value, location) == std::tie(b.definition, b.scope, b.key, b.value, b.location);
}

bool equal(const LabelRequirement& a, const LabelRequirement& b) {
  const auto& [key, operation, values] = a;
  return std::tie(key, operation, values) == std::tie(b.key, b.operation, b.values);
}

bool equal(const Library& a, const Library& b) {
  const auto& [purl, name, version, qualifiers, licences, introduced_by, line, column, type, scope, directness] = a;
  return std::tie(purl, name, version, qualifiers, licences, introduced_by, line, column, type, scope, directness) ==
         std::tie(b.purl, b.name, b.version, b.qualifiers, b.licences, b.introduced_by, b.line, b.column, b.type, b.scope,
                  b.directness);
}

bool equal(const ReportedFinding& a, const ReportedFinding& b) {
  const auto& [category, status, reachability, id, aliases, cwes, title, severity, score, vectors, package, package_version,
               fixed_in, file, file_line, resource, image, digest, url, line, column] = a;
  return std::tie(category, status, reachability, id, aliases, cwes, title, severity, score, vectors) ==
             std::tie(b.category, b.status, b.reachability, b.id, b.aliases, b.cwes, b.title, b.severity, b.score, b.vectors) &&
         std::tie(package, package_version, fixed_in, file, file_line, resource, image, digest, url, line, column) ==
             std::tie(b.package, b.package_version, b.fixed_in, b.file, b.file_line, b.resource, b.image, b.digest, b.url, b.line,
                      b.column);
}

template <class T>
bool equal(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return equal(x, y); });
}

bool equal(const LabelSelector& a, const LabelSelector& b) {
  const auto& [requirements] = a;
  return equal(requirements, b.requirements);
}

bool equal(const std::optional<LabelSelector>& a, const std::optional<LabelSelector>& b) {
  return a.has_value() == b.has_value() && (!a || equal(*a, *b));
}

bool equal(const NetworkPeer& a, const NetworkPeer& b) {
  const auto& [pods, namespaces, ip_block, ip_except, host_pattern] = a;
  return equal(pods, b.pods) && equal(namespaces, b.namespaces) && ip_block == b.ip_block && ip_except == b.ip_except &&
         host_pattern == b.host_pattern;
}

bool equal(const NetworkRule& a, const NetworkRule& b) {
  const auto& [peers, ports] = a;
  return equal(peers, b.peers) && ports == b.ports;
}

bool equal(const EntityFact& a, const EntityFact& b) {
  const auto& [address, kind, name, namespace_name, namespace_declared, attributes, labels, aliases, location] = a;
  return std::tie(address, kind, name, namespace_name, namespace_declared, labels, aliases, location) ==
             std::tie(b.address, b.kind, b.name, b.namespace_name, b.namespace_declared, b.labels, b.aliases, b.location) &&
         equal(attributes, b.attributes);
}

bool equal(const SettingFact& a, const SettingFact& b) {
  const auto& [owner, scope, channel, source, name, text, object, key, secret, opaque, optional, location] = a;
  return std::tie(owner, scope, channel, source, name, text, object, key, secret, opaque, optional, location) ==
         std::tie(b.owner, b.scope, b.channel, b.source, b.name, b.text, b.object, b.key, b.secret, b.opaque, b.optional,
                  b.location);
}

bool equal(const MentionFact& a, const MentionFact& b) {
  const auto& [owner, scope, name, scheme, host, port, path, technology, transport, confidence, forwarding, location] = a;
  return std::tie(owner, scope, name, scheme, host, port, path, technology, transport, confidence, forwarding, location) ==
         std::tie(b.owner, b.scope, b.name, b.scheme, b.host, b.port, b.path, b.technology, b.transport, b.confidence, b.forwarding,
                  b.location);
}

bool equal(const ReferenceFact& a, const ReferenceFact& b) {
  const auto& [source, kind, target, attributes, note, optional, incoming, grants, location] = a;
  return std::tie(source, kind, target, note, optional, incoming, grants, location) ==
             std::tie(b.source, b.kind, b.target, b.note, b.optional, b.incoming, b.grants, b.location) &&
         equal(attributes, b.attributes);
}

bool equal(const SelectorFact& a, const SelectorFact& b) {
  const auto& [subject, kind, namespace_name, selector, location] = a;
  return std::tie(subject, kind, namespace_name, location) == std::tie(b.subject, b.kind, b.namespace_name, b.location) &&
         equal(selector, b.selector);
}

bool equal(const NetworkPolicyFact& a, const NetworkPolicyFact& b) {
  const auto& [address, namespace_name, namespaces, selector, restricts_ingress, restricts_egress, ingress, egress, location] = a;
  return std::tie(address, namespace_name, restricts_ingress, restricts_egress, location) ==
             std::tie(b.address, b.namespace_name, b.restricts_ingress, b.restricts_egress, b.location) &&
         equal(namespaces, b.namespaces) && equal(selector, b.selector) && equal(ingress, b.ingress) && equal(egress, b.egress);
}

bool equal(const SbomFact& a, const SbomFact& b) {
  const auto& [name, version, purl, images, digests, source, complete, libraries, location] = a;
  return std::tie(name, version, purl, images, digests, source, complete, location) ==
             std::tie(b.name, b.version, b.purl, b.images, b.digests, b.source, b.complete, b.location) &&
         equal(libraries, b.libraries);
}

bool equal(const ReportFact& a, const ReportFact& b) {
  const auto& [tool, product, version, subject, images, digests, succeeded, reason, complete, findings, location] = a;
  return std::tie(tool, product, version, subject, images, digests, succeeded, reason, complete, location) ==
             std::tie(b.tool, b.product, b.version, b.subject, b.images, b.digests, b.succeeded, b.reason, b.complete,
                      b.location) &&
         equal(findings, b.findings);
}

bool equal(const UnreadFact& a, const UnreadFact& b) {
  const auto& [kind, location] = a;
  return kind == b.kind && location == b.location;
}

bool equal(const Fact& a, const Fact& b) {
  if (a.index() != b.index()) return false;
  return std::visit([&](const auto& fact) { return equal(fact, std::get<std::decay_t<decltype(fact)>>(b)); }, a);
}

bool equal(const std::shared_ptr<const Input>& a, const std::shared_ptr<const Input>& b) {
  const auto& [path, digest, facts] = *a;
  return path == b->path && digest == b->digest && equal(facts, b->facts);
}

bool equal(const Unit& a, const Unit& b) {
  const auto& [id, completeness, inputs] = a;
  return id == b.id && completeness == b.completeness && equal(inputs, b.inputs);
}

bool equal(const AdmittedFinding& a, const AdmittedFinding& b) {
  const auto& [fingerprint, override_id, expires, approved_tenths] = a;
  return std::tie(fingerprint, override_id, expires, approved_tenths) ==
         std::tie(b.fingerprint, b.override_id, b.expires, b.approved_tenths);
}

}  // namespace

bool equal(const Snapshot& a, const Snapshot& b) {
  const auto& [units, admitted] = a;
  return equal(units, b.units) && equal(admitted, b.admitted);
}

}  // namespace postern::baseline
