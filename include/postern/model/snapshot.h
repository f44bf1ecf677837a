// SPDX-License-Identifier: Apache-2.0
// A state as it is recorded: units of unlinked facts. Never a linked graph: both sides of a comparison are linked by the same
// binary, so that a better Postern never looks like drift.
#pragma once
#include <postern/model/fact.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace postern::model {

/// What a unit's inputs are.
enum class InputKind : std::uint8_t { manifests, infrastructure, api_specifications, sbom, findings, catalogue };
[[nodiscard]] const char* to_string(InputKind kind);
[[nodiscard]] std::optional<InputKind> input_kind_from(std::string_view text);

/// How much of what was there could be read.
enum class Completeness : std::uint8_t {
  complete,  ///< everything that was found was read
  partial    ///< something could not be read or judged; the diagnostics say what
};
[[nodiscard]] const char* to_string(Completeness completeness);

/// One input file of a unit with what it says.
struct Input {
  Symbol path;         ///< relative to the repository (or to the source root outside of one)
  std::string digest;  ///< SHA-256 of the bytes
  std::vector<Fact> facts;
};

/// Identity of a unit.
struct UnitId {
  Symbol application;
  Symbol source_root;  ///< relative to the repository, empty for all of it; outside of one: the name of the folder
  Symbol target;
  InputKind kind = InputKind::manifests;
  friend bool operator==(const UnitId&, const UnitId&) = default;
  friend std::strong_ordering operator<=>(const UnitId&, const UnitId&) = default;
};

/// (application, source root, target, input kind) with its inputs: the piece that a run may replace, and nothing else may.
struct Unit {
  UnitId id;
  Completeness completeness = Completeness::complete;
  std::vector<std::shared_ptr<const Input>> inputs;  ///< sorted by path; shared where two states hold the same file
};

/// A finding that was let through by an override; when that expires or is void, the finding counts as new again.
struct AdmittedFinding {
  std::string fingerprint;
  std::string override_id;
  std::string expires;               ///< RFC 3339, UTC
  std::int32_t approved_tenths = 0;  ///< score as approved, in tenths of a point
};

/// A recorded state.
struct Snapshot {
  static constexpr std::int64_t k_schema_version = 1;
  std::vector<Unit> units;  ///< sorted by id
  std::vector<AdmittedFinding> admitted;
};

/// Borrowed inputs of one unit: what a composed state is made of, without copying a fact.
struct UnitView {
  UnitId id;
  std::vector<const Input*> inputs;               ///< sorted by path
  bool is_retained = false;                       ///< kept from the baseline by a candidate state
  std::unordered_set<Symbol> replaced_addresses;  ///< facts about these addresses are superseded by another unit and not looked at
};

/// A composed state, ready to be linked. The snapshots that it was composed of must outlive it.
struct StateView {
  std::vector<UnitView> units;  ///< sorted by id
};

/// The declared address that a fact is about.
[[nodiscard]] Symbol subject_of(const Fact& fact);

}  // namespace postern::model
