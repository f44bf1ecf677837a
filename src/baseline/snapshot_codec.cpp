// SPDX-License-Identifier: Apache-2.0
// The frame of a snapshot: header, units, inputs, admitted findings, and the order that makes the text canonical.
#include "baseline/snapshot_codec.h"

#include <postern/base/error.h>
#include <postern/document/document.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "baseline/codes.h"
#include "baseline/fact_codec.h"
#include "baseline/seal.h"
#include "baseline/value_codec.h"
#include "snapshot_schemas.h"

namespace postern::baseline {

using document::Node;
using model::AdmittedFinding;
using model::Input;
using model::Snapshot;
using model::Unit;
using model::UnitId;
using enum Presence;
using InputPointer = std::shared_ptr<const Input>;

namespace {

/// The root of the file. The header's three keys come first; they are written and checked by the seal.
struct SnapshotFile {
  std::string format;
  std::int64_t schema_version = 0;
  std::string digest;
  std::vector<Unit> units;
  std::vector<AdmittedFinding> admitted;
};

/// A unit with its id's parts as members of their own, which is how they are written.
struct UnitRecord {
  base::Symbol application;
  base::Symbol source_root;
  base::Symbol target;
  model::InputKind kind = model::InputKind::manifests;
  model::Completeness completeness = model::Completeness::complete;
  std::vector<InputPointer> inputs;
};

}  // namespace

template <>
struct Fields<SnapshotFile> {
  static constexpr std::array k_rows = {
      field<&SnapshotFile::format>("format", required),     field<&SnapshotFile::schema_version>("schema_version", required),
      field<&SnapshotFile::digest>("digest", required),     field<&SnapshotFile::units>("units", required),
      field<&SnapshotFile::admitted>("admitted", required),
  };
  static std::span<const Field<SnapshotFile>> rows() { return k_rows; }
};

template <>
struct Fields<UnitRecord> {
  static constexpr std::array k_rows = {
      field<&UnitRecord::application>("application", required),
      field<&UnitRecord::source_root>("source_root", required),
      field<&UnitRecord::target>("target", required),
      field<&UnitRecord::kind>("kind", required),
      field<&UnitRecord::completeness>("completeness", required),
      field<&UnitRecord::inputs>("inputs", required),
  };
  static std::span<const Field<UnitRecord>> rows() { return k_rows; }
};

template <>
struct Fields<Input> {
  static constexpr std::array k_rows = {
      field<&Input::path>("path", required),
      field<&Input::digest>("digest", required),
      field<&Input::facts>("facts", required),
  };
  static std::span<const Field<Input>> rows() { return k_rows; }
};

template <>
struct Fields<AdmittedFinding> {
  static constexpr std::array k_rows = {
      field<&AdmittedFinding::fingerprint>("fingerprint", required),
      field<&AdmittedFinding::override_id>("override_id", required),
      field<&AdmittedFinding::expires>("expires", required),
      field<&AdmittedFinding::approved_tenths>("approved_tenths", required),
  };
  static std::span<const Field<AdmittedFinding>> rows() { return k_rows; }
};

/// Inputs are shared between states, hence pointers; in a file each stands where it is used.
template <>
struct Codec<InputPointer> {
  static void write(Writing& writing, const InputPointer& value) {
    writing.input_path = value->path;
    writing.out += '{';
    write_fields(writing, *value);
    writing.out += '}';
  }
  static void read(Reading& reading, const Node& node, InputPointer& value) {
    reading.input_path = base::Symbol(node["path"].text());
    auto input = std::make_shared<Input>();
    read_fields(reading, node, *input);
    value = std::move(input);
  }
};

template <>
struct Codec<Unit> {
  static void write(Writing& writing, const Unit& value) {
    const UnitId& id = value.id;
    writing.out += '{';
    write_fields(writing, UnitRecord{id.application, id.source_root, id.target, id.kind, value.completeness, value.inputs});
    writing.out += '}';
  }
  static void read(Reading& reading, const Node& node, Unit& value) {
    UnitRecord record;
    read_fields(reading, node, record);
    value.id = {record.application, record.source_root, record.target, record.kind};
    value.completeness = record.completeness;
    value.inputs = std::move(record.inputs);
  }
};

namespace {

auto order_of(const InputPointer& input) { return std::tie(input->path, input->digest); }
const UnitId& order_of(const Unit& unit) { return unit.id; }
auto order_of(const AdmittedFinding& finding) {
  return std::tie(finding.fingerprint, finding.override_id, finding.expires, finding.approved_tenths);
}

constexpr auto k_before = [](const auto& a, const auto& b) { return order_of(a) < order_of(b); };
constexpr auto k_same = [](const auto& a, const auto& b) { return order_of(a) == order_of(b); };

/// Adds the inputs of `more` to `unit`, which has the same id. What is partial stays so.
void merge(Unit& unit, const Unit& more) {
  unit.inputs.insert(unit.inputs.end(), more.inputs.begin(), more.inputs.end());
  if (more.completeness == model::Completeness::partial) unit.completeness = model::Completeness::partial;
}

/// The units in canonical form: sorted, one a unit's id; an input that was named twice stands once.
std::vector<Unit> canonical_units(std::vector<Unit> all) {
  std::stable_sort(all.begin(), all.end(), k_before);
  std::vector<Unit> units;
  for (Unit& unit : all) {
    if (!units.empty() && k_same(units.back(), unit)) {
      merge(units.back(), unit);
    } else {
      units.push_back(std::move(unit));
    }
  }
  for (Unit& unit : units) {
    POSTERN_ASSERT(std::find(unit.inputs.begin(), unit.inputs.end(), nullptr) == unit.inputs.end());
    std::stable_sort(unit.inputs.begin(), unit.inputs.end(), k_before);
    unit.inputs.erase(std::unique(unit.inputs.begin(), unit.inputs.end(), k_same), unit.inputs.end());
  }
  return units;
}

std::size_t likely_size(const std::vector<Unit>& units) {
  constexpr std::size_t k_bytes_of_fact = 300;
  std::size_t facts = 0;
  for (const Unit& unit : units) {
    for (const InputPointer& input : unit.inputs) facts += 1 + input->facts.size();
  }
  return facts * k_bytes_of_fact;
}

/// Reports the first of `items` that does not come after the one before it.
template <class Item>
void check_order(Reading& reading, const Node& list, const std::vector<Item>& items, const char* what) {
  if (reading.gave_up() || reading.errors() != 0 || items.size() < 2) return;
  auto node = list.items().begin();
  for (std::size_t at = 1; at < items.size(); ++at) {
    ++node;
    if (k_before(items[at - 1], items[at])) continue;
    const bool repeated = k_same(items[at - 1], items[at]);
    const char* trouble = repeated ? " stands in the snapshot twice" : " comes before the one above it";
    return reading.error(repeated ? k_repeated : k_wrong_order, *node, std::string(what) + trouble, "record the baseline again");
  }
}

void check_orders(Reading& reading, const Node& root, const std::vector<Unit>& units) {
  const Node list = root["units"];
  check_order(reading, list, units, "this unit");
  if (reading.errors() != 0) return;
  auto node = list.items().begin();
  for (const Unit& unit : units) {
    check_order(reading, (*node)["inputs"], unit.inputs, "this file of the unit");
    ++node;
  }
}

constexpr const char* k_record_hint = "record one with `postern map PATH --format snapshot > FILE`";

/// True when the root says that it is a snapshot of a version that can be read.
bool is_readable(Reading& reading, const Node& root) {
  if (!root.is_mapping() || root["format"].as_string() != k_format) {
    reading.error(k_not_a_snapshot, root, "this file is no snapshot that Postern recorded", k_record_hint);
    return false;
  }
  const auto version = root["schema_version"].as_integer();
  if (!version || *version < 1) {
    reading.error(k_not_a_snapshot, root, "this snapshot does not say its schema version", k_record_hint);
    return false;
  }
  if (*version == Snapshot::k_schema_version) return true;
  reading.error(k_newer_version, root["schema_version"],
                "this snapshot has schema version " + std::to_string(*version) + "; this Postern reads version " +
                    std::to_string(Snapshot::k_schema_version),
                "use the Postern that recorded it or a newer one, or record the baseline again with this one");
  return false;
}

struct SealTrouble {
  const char* message;
  const char* hint;
};

SealTrouble trouble_of(Seal seal) {
  if (seal == Seal::line_endings) {
    return {"baseline corrupt: its lines end in CR LF, which a tool must have made of LF",
            "keep git from converting it: `*.snapshot.json -text` in .gitattributes, then check it out again"};
  }
  return {"baseline corrupt: the digest in the first line is not that of the rest",
          "it was edited, merged or cut after it was recorded: restore the file, or record the baseline again"};
}

/// Reports what is wrong with a text that could not be parsed, beyond the place where that ended.
void report_unparsed(Seal seal, base::Location start, base::DiagnosticSink& sink) {
  if (seal == Seal::broken || seal == Seal::line_endings) {
    const SealTrouble trouble = trouble_of(seal);
    sink.error(k_corrupt, start, trouble.message, trouble.hint);
  } else if (seal == Seal::other_version) {
    sink.error(k_newer_version, start, "this snapshot has a schema version that this Postern does not read",
               "use the Postern that recorded it or a newer one, or record the baseline again with this one");
  } else if (seal == Seal::none) {
    sink.error(k_not_a_snapshot, start, "this file is no snapshot that Postern recorded", k_record_hint);
  }
}

}  // namespace

std::string write_snapshot(const Snapshot& snapshot) {
  const std::vector<Unit> units = canonical_units(snapshot.units);
  std::vector<AdmittedFinding> admitted = snapshot.admitted;
  std::sort(admitted.begin(), admitted.end(), k_before);
  std::string text(header_size(), ' ');
  text.reserve(header_size() + likely_size(units));
  Writing writing{text};
  text += "\"units\":";
  Codec<std::vector<Unit>>::write(writing, units);
  text += ",\n\"admitted\":";
  Codec<std::vector<AdmittedFinding>>::write(writing, admitted);
  text += "}\n";
  seal_in_place(text);
  return text;
}

std::optional<Snapshot> read_snapshot(std::string text, base::Symbol file, base::DiagnosticSink& sink) {
  const Seal seal = check_seal(text);
  const std::size_t errors_before = sink.error_count();
  const base::Location start{file, 1, 1};
  const auto documents = document::read_documents(std::move(text), document::Format::json, file, document::Limits{}, sink);
  if (documents.empty()) {
    report_unparsed(seal, start, sink);
    return std::nullopt;
  }
  Reading reading(sink);
  const Node root = documents.front().root();
  if (!is_readable(reading, root)) return std::nullopt;
  if (seal != Seal::intact) {
    const SealTrouble trouble = trouble_of(seal);
    reading.error(k_corrupt, root, trouble.message, trouble.hint);
  }
  SnapshotFile content;
  read_fields(reading, root, content);
  check_orders(reading, root, content.units);
  if (sink.error_count() != errors_before) return std::nullopt;
  return Snapshot{std::move(content.units), std::move(content.admitted)};
}

std::string_view snapshot_schema() { return snapshot_schemas().front().text; }

}  // namespace postern::baseline
