// SPDX-License-Identifier: Apache-2.0
// Writes facts as text.
#include "fact_text.h"

#include <sstream>

namespace postern::ingest::test {
namespace {

using namespace model;

std::string name_of(const Attribute& row) { return path_of(row) + " = " + to_string(row.value); }

std::string range_text(const PortRange& range) {
  std::ostringstream out;
  out << range.first << "-" << range.last << "/" << range.protocol << (range.name.empty() ? "" : " " + range.name.str());
  return out.str();
}

std::string rule_text(const NetworkRule& rule) {
  std::string text = "[";
  for (const NetworkPeer& peer : rule.peers) {
    text += " {pods " + (peer.pods ? to_string(*peer.pods) : "-") + " namespaces " +
            (peer.namespaces ? to_string(*peer.namespaces) : "-") + " block " + peer.ip_block.str();
    for (const Symbol except : peer.ip_except) text += " !" + except.str();
    text += "}";
  }
  for (const PortRange& range : rule.ports) text += " " + range_text(range);
  return text + " ]";
}

struct Writer {
  std::ostringstream out;

  void operator()(const EntityFact& fact) {
    out << "entity " << fact.address << " " << to_string(fact.kind) << " name=" << fact.name << " namespace=" << fact.namespace_name
        << (fact.namespace_declared ? "" : "?");
    for (const Label& label : fact.labels) out << " " << label.first << "=" << label.second;
    for (const Alias& alias : fact.aliases) out << " " << to_string(alias.kind) << ":" << alias.text;
    out << "\n";
    const Attributes sorted = Attributes::from_rows(fact.attributes);
    for (const Attribute& row : sorted.all()) out << "  " << name_of(row) << "\n";
  }
  void operator()(const SettingFact& fact) {
    out << "setting " << fact.owner << (fact.scope.empty() ? "" : "/") << fact.scope << " " << to_string(fact.channel) << " "
        << to_string(fact.source) << " " << fact.name << " = " << (fact.opaque ? "<opaque>" : fact.text.str());
    if (!fact.object.empty()) out << " from " << fact.object << "/" << fact.key;
    if (!fact.secret.empty()) out << " secret:" << fact.secret;
    out << (fact.optional ? " optional" : "") << "\n";
  }
  void operator()(const MentionFact& fact) {
    out << "mention " << fact.owner << " " << fact.name << ": " << fact.scheme << "://" << fact.host << ":" << fact.port << "/"
        << fact.path << " " << fact.technology << " " << fact.transport << " " << fact.confidence << "\n";
  }
  void operator()(const ReferenceFact& fact) {
    out << "reference " << fact.source << " " << to_string(fact.kind) << " " << fact.target << " (" << fact.note << ")"
        << (fact.optional ? " optional" : "") << (fact.incoming ? " incoming" : "");
    for (const Symbol grant : fact.grants) out << " needs \"" << grant << "\"";
    for (const Attribute& row : fact.attributes) out << " " << name_of(row);
    out << "\n";
  }
  void operator()(const SelectorFact& fact) {
    out << "selector " << fact.subject << " " << to_string(fact.kind) << " in " << fact.namespace_name << ": "
        << to_string(fact.selector) << "\n";
  }
  void operator()(const NetworkPolicyFact& fact) {
    out << "policy " << fact.address << " in " << fact.namespace_name << ": " << to_string(fact.selector)
        << (fact.restricts_ingress ? " ingress" : "") << (fact.restricts_egress ? " egress" : "") << "\n";
    for (const NetworkRule& rule : fact.ingress) out << "  in " << rule_text(rule) << "\n";
    for (const NetworkRule& rule : fact.egress) out << "  out " << rule_text(rule) << "\n";
  }
  void operator()(const UnreadFact& fact) { out << "unread " << fact.kind << "\n"; }
  void operator()(const SbomFact& fact) {
    out << "sbom " << fact.name << " " << fact.version << (fact.complete ? "" : " incomplete") << "\n";
    for (const Library& row : fact.libraries) out << "  " << row.purl << " " << row.version << "\n";
  }
  void operator()(const ReportFact& fact) {
    out << "report " << fact.tool << " " << fact.version << (fact.succeeded ? "" : " failed") << "\n";
    for (const ReportedFinding& row : fact.findings) out << "  " << row.id << " " << row.severity << " " << row.package << "\n";
  }
};

std::string diagnostics_text(const base::DiagnosticSink& sink) {
  std::ostringstream out;
  for (const base::Diagnostic& one : sink.all()) {
    out << one.code << " " << to_string(one.severity) << " " << one.location.line << ":" << one.location.column << " "
        << one.message << "\n";
  }
  return out.str();
}

}  // namespace

Reading read(std::string_view text, std::string_view path) {
  Reading reading;
  reading.file = read_input(path, std::string(text), "digest", document::Limits{}, reading.sink);
  return reading;
}

std::string facts_text(const Reading& reading) {
  Writer writer;
  for (const Fact& fact : reading.file.input.facts) std::visit(writer, fact);
  return writer.out.str();
}

std::string facts_of(std::string_view text) {
  const Reading reading = read(text);
  return "\n" + facts_text(reading) + diagnostics_text(reading.sink);
}

std::string troubles_of(std::string_view text, std::string_view path) { return "\n" + diagnostics_text(read(text, path).sink); }

std::string everything(const Reading& reading) {
  std::string text = facts_text(reading);
  for (const base::Diagnostic& one : reading.sink.all()) {
    text += one.message + "\n" + one.hint + "\n";
    for (const std::string& context : one.context) text += context + "\n";
  }
  return text;
}

}  // namespace postern::ingest::test
