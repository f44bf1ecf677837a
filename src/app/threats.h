// SPDX-License-Identifier: Apache-2.0
// The threat database as a run uses it: opened once, asked for the components of both sides, and told how old it is.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "enrich/enrich.h"
#include "policy/pack.h"
#include "threatdb/database.h"
#include "threatdb/staleness.h"

namespace postern::app {

/// Which database a run uses, and how old it may be.
struct ThreatChoice {
  std::string folder;     ///< empty: none
  bool is_named = false;  ///< somebody asked for it: then it must be there
  threatdb::AgeLimits limits;
};

/// What a database is to a run. Without a database it knows nothing.
class Threats {
 public:
  /// Opens the database. Throws SourceError when one was asked for and cannot be used; one that only might be there is not missed.
  Threats(const ThreatChoice& choice, std::string_view now);

  [[nodiscard]] enrich::Intelligence intelligence() const;
  [[nodiscard]] bool is_there() const noexcept { return m_database.has_value(); }
  /// nullptr without one.
  [[nodiscard]] const threatdb::Database* database() const noexcept { return m_database ? &*m_database : nullptr; }
  /// SHA-256 of its content; empty without one.
  [[nodiscard]] std::string digest() const;
  [[nodiscard]] threatdb::Freshness freshness() const noexcept { return m_freshness; }
  /// `advisories of 2026-11-20 (2 days old)...`, for people.
  [[nodiscard]] std::string age_text() const;

 private:
  std::optional<threatdb::Database> m_database;
  std::vector<threatdb::KindAge> m_ages;
  threatdb::Freshness m_freshness = threatdb::Freshness::missing;
};

/// The same answers from the threats that a case of a pack declares.
[[nodiscard]] enrich::Intelligence intelligence_of(const std::vector<policy::CaseThreat>& threats);

}  // namespace postern::app
