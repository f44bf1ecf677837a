// SPDX-License-Identifier: Apache-2.0
// The order in which people see findings, the three that they see first, from where they block, and whose admission has ended.
#pragma once
#include <postern/model/finding.h>
#include <postern/model/snapshot.h>

#include <optional>
#include <string>
#include <vector>

namespace postern::gate {

/// Blocking first, then new and updated before what was there before, then by score, severity and fingerprint.
void rank(std::vector<model::Finding>& findings);

/// Indexes of the top three of ranked new or updated findings, one a root cause: the others of a root cause are fixed with it.
[[nodiscard]] std::vector<std::size_t> top_three(const std::vector<model::Finding>& findings);

/// In an environment with a threshold of its own, findings of soft rules block from that band on. Hard rules keep theirs.
void block_from(std::vector<model::Finding>& findings, std::optional<model::Band> block_at);

/// A finding that an override let through into the baseline counts as new again once that has expired, or once its score is higher
/// than the one that was approved; until then it carries its admission. `now` is RFC 3339 in UTC, to the second; a malformed expiry
/// counts as expired.
void readmit(std::vector<model::Finding>& findings, const std::vector<model::AdmittedFinding>& admitted, std::string_view now);

}  // namespace postern::gate
