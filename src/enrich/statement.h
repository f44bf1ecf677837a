// SPDX-License-Identifier: Apache-2.0
// What one source says about one entity, before statements about the same weakness are joined.
#pragma once
#include <postern/model/weakness.h>

#include <vector>

namespace postern::enrich {

struct Statement {
  model::EntityId subject;
  model::FindingCategory category = model::FindingCategory::vulnerability;
  std::vector<model::Symbol> names;  ///< ids and aliases
  model::Symbol title;
  model::Symbol package;  ///< package URL without version; empty where no package is weak
  model::Symbol version;
  std::vector<model::Symbol> fixed_in;
  model::Symbol file;
  std::uint32_t file_line = 0;
  std::vector<model::Symbol> cwes;
  model::Witness witness;
  model::Symbol known_exploited_since;
  bool in_ransomware = false;
  std::optional<double> epss;
  model::Reachability reachability = model::Reachability::unknown;
  model::CodeUse code = model::CodeUse::unknown;  ///< the same from who is believed
  model::Symbol published;
  std::optional<model::Location> evidence;
  bool is_certain = true;
};

/// What a report says became of a weakness: closed, for a reason.
struct Closing {
  model::EntityId subject;
  std::vector<model::Symbol> names;
  model::Symbol package;  ///< empty: whatever of the entity
  model::ToolStatus status = model::ToolStatus::open;
  std::string by;
  bool is_trusted = false;
};

/// Lets closings take effect on the weaknesses that they name: of those that are trusted the status changes, of others it is only
/// noted that they were made.
void close(std::vector<model::Weakness>& weaknesses, const std::vector<Closing>& closings);

/// Joins what is said about one weakness of one entity: statements that share a name of the weakness and its package or file; about
/// code also those about one line and one CWE. Names are closed over all of them. Sorted.
[[nodiscard]] std::vector<model::Weakness> join(std::vector<Statement> statements);

}  // namespace postern::enrich
