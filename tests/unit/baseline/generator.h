// SPDX-License-Identifier: Apache-2.0
// Random snapshots from a seed: every type of fact, every enumeration, every kind of value, awkward texts.
#pragma once
#include <postern/model/snapshot.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace postern::baseline {

/// How large a generated snapshot is.
struct GeneratedSize {
  std::size_t units = 3;
  std::size_t inputs = 3;  ///< of each unit
  std::size_t facts = 6;   ///< of each input
};

/// Makes values in the same order from the same seed, everywhere.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : m_state(seed * 2 + 1) {}

  [[nodiscard]] model::Snapshot snapshot(const GeneratedSize& size);
  [[nodiscard]] model::Fact fact();
  /// From 0 to `below` - 1.
  std::uint64_t number(std::uint64_t below);

 private:
  bool chance(unsigned percent) { return number(100) < percent; }
  base::Symbol text();
  base::Symbol often_empty();
  template <class Enumeration>
  Enumeration value_of();
  base::Location location();
  model::Attribute attribute(bool of_relation);
  std::vector<model::Attribute> attributes(bool of_relation);
  model::TextList texts();
  model::LabelSelector selector();
  std::vector<model::NetworkRule> rules();
  model::EntityFact entity();
  model::SettingFact setting();
  model::MentionFact mention();
  model::NetworkPolicyFact policy();
  model::SbomFact sbom();
  model::ReportFact report();
  std::shared_ptr<const model::Input> input(std::size_t facts);

  std::uint64_t m_state;
  base::Symbol m_path;
};

/// Member by member; definitions by address.
[[nodiscard]] bool equal(const model::Snapshot& a, const model::Snapshot& b);

}  // namespace postern::baseline
