// SPDX-License-Identifier: Apache-2.0
// Facts of many documents -> one linked graph.
#include "resolve/resolve.h"

#include "resolve/attachments.h"
#include "resolve/declarations.h"
#include "resolve/linker.h"
#include "resolve/settings.h"

namespace postern::resolve {
namespace {

void count_facts(const model::StateView& state, Resolution& resolution) {
  for (const model::UnitView& unit : state.units) {
    for (const model::Input* input : unit.inputs) {
      resolution.facts += input->facts.size();
      for (const model::Fact& fact : input->facts) {
        if (const auto* unread = std::get_if<model::UnreadFact>(&fact)) ++resolution.unread_kinds[unread->kind];
        if (const auto* sbom = std::get_if<model::SbomFact>(&fact)) resolution.facts += sbom->libraries.size();
        if (const auto* report = std::get_if<model::ReportFact>(&fact)) resolution.facts += report->findings.size();
      }
    }
  }
}

}  // namespace

Resolution resolve(const model::StateView& state, const AddressBook& addresses, base::DiagnosticSink& diagnostics) {
  Resolution resolution;
  count_facts(state, resolution);
  LinkIndex index;
  declare_entities(state, index, diagnostics);
  const std::vector<Attachment> attachments = attach_configurations(index);
  SettingTable settings(state, index, addresses);
  settings.attach(attachments);
  Linker linker(index, diagnostics);
  linker.link_attachments(attachments);
  linker.link_selectors(state);
  linker.link_references(state);
  linker.link_policies(state);
  linker.link_external_names();
  linker.link_mentions(settings.mentions(index));
  linker.link_outside_backends();
  linker.link_routes();
  resolution.graph = model::ArchitectureGraph(linker.finish());
  return resolution;
}

}  // namespace postern::resolve
