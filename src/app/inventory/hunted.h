// SPDX-License-Identifier: Apache-2.0
// What a hunt looks for: a weakness by one of its names, a package in some versions, or whatever is called so.
#pragma once
#include <postern/model/fact.h>
#include <postern/model/snapshot.h>
#include <postern/model/weakness.h>

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "app/threats.h"
#include "package/range.h"

namespace postern::app {

enum class HuntedKind : std::uint8_t { weakness, package, name };

/// What is looked for. Immutable once made; safe to use from several threads.
class Hunted {
 public:
  /// Reads CVE-..., GHSA-... and other ids of advisories; `pkg:TYPE/NAME[@VERSION]`, `pkg:TYPE/NAME@vers:TYPE/RANGE` and the
  /// qualifier `vers`; anything else is the name of a package. Throws UsageError for what begins like one of these and is none.
  Hunted(const std::string& text, const Threats& threats);

  [[nodiscard]] HuntedKind kind() const noexcept { return m_kind; }
  [[nodiscard]] const std::string& text() const noexcept { return m_text; }
  /// Of a weakness: what the threat database knows of it; nothing where it knows nothing.
  [[nodiscard]] const std::optional<enrich::KnownWeakness>& known() const noexcept { return m_known; }
  /// Of a weakness: its names, upper case.
  [[nodiscard]] const std::set<std::string>& names() const noexcept { return m_names; }

  /// Whether anything in these facts may be what is looked for. Cheap: nothing is linked.
  [[nodiscard]] bool may_be_in(const model::StateView& view) const;
  /// Whether a row of a bill of materials is what is looked for, for a weakness: a package that it may be in. Nothing: its version
  /// says too little.
  [[nodiscard]] std::optional<bool> is(const model::Library& library) const;
  /// Whether a weakness of an entity belongs to the answer.
  [[nodiscard]] bool is(const model::Weakness& weakness) const;

  /// What the threat database says of the components that are looked for, and of nothing else.
  [[nodiscard]] enrich::Intelligence intelligence() const;

 private:
  void become_weakness(const Threats& threats);
  void become_package();
  [[nodiscard]] bool is_in_report(const model::ReportedFinding& row) const;
  [[nodiscard]] bool is_package(std::string_view purl, std::string_view name) const;
  [[nodiscard]] std::optional<bool> holds(std::string_view version) const;
  [[nodiscard]] bool has_name(model::Symbol name) const;

  HuntedKind m_kind = HuntedKind::name;
  std::string m_text;
  std::string m_lower;  ///< of a name: lower case
  std::set<std::string> m_names;
  std::set<std::string> m_package_keys;  ///< of a weakness: packages that advisories speak of
  std::optional<enrich::KnownWeakness> m_known;
  enrich::Intelligence m_intelligence;
  std::string m_package;  ///< package URL without version
  std::string m_version;
  std::optional<package::Scheme> m_scheme;
  std::optional<package::Range> m_range;
};

/// The name of a library without its group or namespace, by its package URL.
[[nodiscard]] std::string package_name_of(std::string_view purl);

}  // namespace postern::app
