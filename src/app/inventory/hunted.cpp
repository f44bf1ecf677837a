// SPDX-License-Identifier: Apache-2.0
// What a hunt looks for, and where it may be.
#include "app/inventory/hunted.h"

#include <postern/base/error.h>

#include <algorithm>
#include <cctype>

#include "package/purl.h"
#include "package/version.h"
#include "threatdb/database.h"

namespace postern::app {
namespace {

using model::Symbol;

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return result;
}
std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `CVE-2021-44228`, `GHSA-jfh8-c2r7-25r9`, `RUSTSEC-2021-0001`, `DSA-5020-1`: words in capitals, then a number.
bool looks_like_advisory(std::string_view text) {
  const std::string name = upper(text);
  if (name.starts_with("CVE-") || name.starts_with("GHSA-")) return true;
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || dash < 2 || dash + 1 >= text.size()) return false;
  const auto is_capital = [](char c) { return (c >= 'A' && c <= 'Z') || is_digit(c); };
  const std::string_view number = text.substr(text.find_last_of("-:") + 1);
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(dash), is_capital) && !number.empty() &&
         std::all_of(number.begin(), number.end(), is_digit);
}

std::string key_of(std::string_view family, std::string_view name) {
  std::string key;
  threatdb::append_key(key, family, name);
  return key;
}

/// The package of a row as the threat database knows it.
std::optional<threatdb::PackageVersion> identity_of(const model::Library& library) {
  if (!library.purl.view().starts_with("pkg:")) return std::nullopt;
  const auto purl = package::parse_purl(library.purl.str() + (library.qualifiers.empty() ? "" : "?" + library.qualifiers.str()));
  return purl ? threatdb::identity_of(*purl) : std::nullopt;
}

package::Range range_of(const std::string& text) {
  package::RangeReading reading = package::parse_vers(text);
  if (!reading.range)
    throw UsageError("'" + text + "' is no range of versions: " + reading.refusal, "for instance vers:maven/>=2.0|<2.15.0");
  return std::move(*reading.range);
}

}  // namespace

std::string package_name_of(std::string_view purl) {
  const auto parsed = package::parse_purl(purl);
  return parsed ? parsed->name : std::string(purl.substr(purl.find(':') == std::string_view::npos ? 0 : purl.find(':') + 1));
}

Hunted::Hunted(const std::string& text, const Threats& threats) : m_text(text), m_intelligence(threats.intelligence()) {
  if (text.empty()) throw UsageError("nothing is looked for", "name a CVE, a GHSA, a package URL or a package");
  if (text.starts_with("pkg:")) {
    become_package();
    return;
  }
  if (m_intelligence.by_name) m_known = m_intelligence.by_name(Symbol(text));
  if (!m_known && m_intelligence.by_name) m_known = m_intelligence.by_name(Symbol(upper(text)));
  m_lower = lower(text);
  if (m_known || looks_like_advisory(text)) become_weakness(threats);
}

void Hunted::become_weakness(const Threats& threats) {
  m_kind = HuntedKind::weakness;
  m_names.insert(upper(m_text));
  if (m_known) {
    m_names.insert(upper(m_known->id.view()));
    for (const Symbol alias : m_known->aliases) m_names.insert(upper(alias.view()));
  }
  if (threats.database() == nullptr) return;
  const auto record = threats.database()->find_weakness(m_text);
  if (!record) return;
  for (const threatdb::AdvisoryRecord& each : record->advisories) {
    for (const threatdb::AffectedPackage& affected : each.advisory.affected)
      m_package_keys.insert(key_of(threatdb::split_ecosystem(affected.ecosystem).family, affected.name));
  }
}

void Hunted::become_package() {
  m_kind = HuntedKind::package;
  std::string text = m_text;
  if (const std::size_t at = text.find("@vers:"); at != std::string::npos) {
    m_range = range_of(text.substr(at + 1));
    text.resize(at);
  }
  const auto purl = package::parse_purl(text);
  if (!purl) throw UsageError("'" + m_text + "' is no package URL", "expected pkg:TYPE/NAMESPACE/NAME[@VERSION]");
  if (const std::string_view range = purl->qualifier("vers"); !range.empty()) m_range = range_of(std::string(range));
  m_package = package::identity_of(*purl);
  m_version = purl->version;
  m_scheme = package::scheme_of(purl->type);
}

bool Hunted::has_name(Symbol name) const { return m_names.contains(upper(name.view())); }

bool Hunted::is_package(std::string_view purl, std::string_view name) const {
  if (m_kind == HuntedKind::package) return purl == m_package;
  return lower(name) == m_lower || lower(package_name_of(purl)) == m_lower;
}

std::optional<bool> Hunted::holds(std::string_view version) const {
  if (m_range) return version.empty() ? std::nullopt : package::contains(*m_range, version);
  if (m_version.empty() || version == m_version) return true;
  if (version.empty()) return std::nullopt;
  return m_scheme && package::compare(*m_scheme, version, m_version) == std::strong_ordering::equal;
}

std::optional<bool> Hunted::is(const model::Library& library) const {
  if (m_kind == HuntedKind::weakness) {
    if (m_package_keys.empty()) return false;
    const auto identity = identity_of(library);
    return identity && m_package_keys.contains(key_of(identity->package.ecosystem, identity->package.name));
  }
  if (!is_package(library.purl.view(), library.name.view())) return false;
  return holds(library.version.view());
}

bool Hunted::is(const model::Weakness& weakness) const {
  if (m_kind == HuntedKind::weakness)
    return has_name(weakness.id) ||
           std::any_of(weakness.aliases.begin(), weakness.aliases.end(), [&](Symbol name) { return has_name(name); });
  if (weakness.package.empty() || !is_package(weakness.package.view(), {})) return false;
  const auto& versions = weakness.versions;
  return versions.empty() ||
         std::any_of(versions.begin(), versions.end(), [&](Symbol version) { return holds(version.view()).value_or(true); });
}

bool Hunted::is_in_report(const model::ReportedFinding& row) const {
  if (m_kind != HuntedKind::weakness) return !row.package.empty() && is_package(row.package.view(), {});
  if (has_name(row.id)) return true;
  return std::any_of(row.aliases.begin(), row.aliases.end(), [&](Symbol name) { return has_name(name); });
}

bool Hunted::may_be_in(const model::StateView& view) const {
  const auto in_fact = [&](const model::Fact& fact) {
    if (const auto* sbom = std::get_if<model::SbomFact>(&fact))
      return std::any_of(sbom->libraries.begin(), sbom->libraries.end(),
                         [&](const model::Library& row) { return is(row).value_or(true); });
    if (const auto* report = std::get_if<model::ReportFact>(&fact))
      return std::any_of(report->findings.begin(), report->findings.end(), [&](const auto& row) { return is_in_report(row); });
    return false;
  };
  for (const model::UnitView& unit : view.units) {
    for (const model::Input* input : unit.inputs) {
      if (std::any_of(input->facts.begin(), input->facts.end(), in_fact)) return true;
    }
  }
  return false;
}

enrich::Intelligence Hunted::intelligence() const {
  enrich::Intelligence narrowed = m_intelligence;
  if (!m_intelligence.of_component) return narrowed;
  narrowed.of_component = [this](const model::Library& library) {
    if (!is(library).value_or(true)) return std::vector<enrich::KnownWeakness>();
    return m_intelligence.of_component(library);
  };
  return narrowed;
}

}  // namespace postern::app
