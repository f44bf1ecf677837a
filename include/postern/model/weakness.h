// SPDX-License-Identifier: Apache-2.0
// What is known to be weak in an environment: one weakness of one entity, whoever says so. Knowledge, not a fact: it is worked out
// anew for both sides from the same sources, so that news about an old component is never the fault of a release.
#pragma once
#include <postern/model/entity.h>
#include <postern/model/fact.h>
#include <postern/model/risk.h>

#include <optional>
#include <string>
#include <vector>

namespace postern::model {

/// One row of a bill of materials with what contains it. Borrowed from the state's facts.
struct Component {
  EntityId owner;
  const Library* library = nullptr;
  Symbol file;  ///< the bill of materials; the row knows its line
};

/// Who says that the weakness is there.
struct Witness {
  Symbol source;                ///< `threat database`, or the id of the tool
  Symbol id;                    ///< as that source calls it
  Symbol severity;              ///< the word or number that it gives; empty where it gives none
  std::optional<double> score;  ///< 0..10, from its vector or number
  Symbol vector;                ///< of CVSS; empty where it gives none
  Location location;            ///< in the report; none for the threat database
};

/// One weakness of one entity.
struct Weakness {
  EntityId subject;             ///< the entity that has it: a workload, a bucket, an application
  Symbol id;                    ///< CVE where there is one, else GHSA, else the smallest of its names
  std::vector<Symbol> aliases;  ///< its other names, sorted
  FindingCategory category = FindingCategory::vulnerability;
  Symbol title;                    ///< one line; may be empty
  Symbol package;                  ///< package URL without version; empty where no package is weak
  std::vector<Symbol> versions;    ///< installed, sorted
  std::vector<Symbol> fixed_in;    ///< versions without the weakness, sorted as texts
  Symbol file;                     ///< in what was scanned; empty where none is named
  std::vector<Symbol> cwes;        ///< sorted
  std::optional<double> score;     ///< CVSS base score, 0..10: v4 over v3.1 over v3.0 over v2; absent: nobody says
  Symbol vector;                   ///< of that score
  Symbol severity;                 ///< `critical`, `high`, `medium`, `low`, `none`; empty where nobody says anything
  bool severities_differ = false;  ///< witnesses put it into different bands
  Symbol known_exploited_since;    ///< day on which CISA listed it (KEV); empty: not listed
  bool in_ransomware = false;      ///< known use in ransomware campaigns, as KEV says
  std::optional<double> epss;      ///< probability 0..1
  ExploitMaturity maturity = ExploitMaturity::unknown;
  CodeUse code = CodeUse::unknown;                    ///< what trusted evidence says; never lowered on the word of who is judged
  Reachability reachability = Reachability::unknown;  ///< what tools say, whoever made their reports
  Symbol published;                                   ///< day; empty where nobody says
  std::vector<Witness> witnesses;                     ///< sorted by source, id
  std::vector<Location> evidence;                     ///< where the component or flaw stands
  ToolStatus status = ToolStatus::open;               ///< what somebody who is trusted says became of it; else open
  std::string status_by;   ///< who says so, and why; also claims of who is not trusted, which change nothing
  bool is_certain = true;  ///< false: whether the version is affected cannot be told
};

/// Order and identity of weaknesses within one state: subject, id, package, file.
[[nodiscard]] bool is_before(const Weakness& a, const Weakness& b);

/// `CVE-2021-44228 in pkg:maven/org.apache.logging.log4j/log4j-core`: what tells a weakness of an entity apart from its others.
[[nodiscard]] std::string key_of(const Weakness& weakness);

}  // namespace postern::model
