// SPDX-License-Identifier: Apache-2.0
// The settings that a container really gets: literals, keys of configurations and secrets, references to one another expanded.
#pragma once
#include <span>

#include "resolve/address_book.h"
#include "resolve/attachments.h"
#include "resolve/mention.h"

namespace postern::resolve {

/// Facts of one state by the entity that they are about.
class SettingTable {
 public:
  /// Collects the settings and mentions of the state; `index` holds all declared entities. `addresses` must outlive the table.
  SettingTable(const model::StateView& state, const LinkIndex& index, const AddressBook& addresses);

  /// Counts configurations as those of workloads.
  void attach(const std::vector<Attachment>& attachments);

  /// Addresses that the settings of each workload (or other owner) say, in the order of entities and settings. Variables whose
  /// value is a key of a configuration get the key's text instead of the reference in `index`'s entities.
  [[nodiscard]] Mentions mentions(LinkIndex& index) const;

 private:
  struct OwnFacts {
    std::vector<const model::SettingFact*> settings;
    std::vector<const model::MentionFact*> mentions;
    std::vector<const model::ReferenceFact*> mounts;
    std::vector<EntityIndex> attached;  ///< configurations that are read without being mounted
  };
  friend class ContainerSettings;

  const AddressBook& m_addresses;
  std::vector<OwnFacts> m_facts;  ///< by entity index
};

}  // namespace postern::resolve
