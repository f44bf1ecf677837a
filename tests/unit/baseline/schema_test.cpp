// SPDX-License-Identifier: Apache-2.0
// The JSON Schema of snapshots says what is written: the same keys and words, and a validator accepts generated snapshots.
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "baseline/enum_names.h"
#include "baseline/seal.h"
#include "baseline/snapshot_codec.h"
#include "generator.h"

using namespace postern;
using namespace postern::baseline;
using nlohmann::json;

namespace {

const json& schema() {
  static const json k_schema = json::parse(snapshot_schema());
  return k_schema;
}

json generated() {
  Generator generator(12);
  return json::parse(write_snapshot(generator.snapshot({3, 3, 200})));
}

std::set<std::string> keys_of(const json& object) {
  std::set<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.insert(key);
  return keys;
}

/// The keys that each definition of the schema allows, and those that were written. Follows `$ref` through the written value.
struct Coverage {
  std::map<std::string, std::set<std::string>> written;

  void visit(const json& value, const std::string& definition) {
    const json& rules = schema()["$defs"][definition];
    if (rules.contains("oneOf")) return visit(value, value["fact"].get<std::string>() + "_fact");
    if (value.is_array()) return visit_items(value, rules);
    if (!value.is_object()) return;
    written[definition].merge(keys_of(value));
    for (const auto& [key, member] : value.items()) {
      CAPTURE(definition);
      CAPTURE(key);
      REQUIRE(rules["properties"].contains(key));
      visit_by(member, rules["properties"][key]);
    }
  }

 private:
  void visit_items(const json& value, const json& rules) {
    if (!rules.contains("items") || !rules["items"].is_object()) return;
    for (const json& item : value) visit_by(item, rules["items"]);
  }
  void visit_by(const json& value, const json& rules) {
    if (rules.contains("$ref")) {
      visit(value, rules["$ref"].get<std::string>().substr(std::string("#/$defs/").size()));
    } else if (value.is_array()) {
      visit_items(value, rules);
    }
  }
};

template <class Enumeration>
void check_words(const json& rules) {
  CAPTURE(EnumNames<Enumeration>::k_title);
  std::set<std::string> words;
  for (const std::string_view name : names_of<Enumeration>()) words.emplace(name);
  CHECK(rules["enum"].get<std::set<std::string>>() == words);
}

/// A folder that goes away with it.
struct ScratchFolder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / ("postern-schema-test-" + std::to_string(::getpid()));
  ScratchFolder() { std::filesystem::create_directories(path); }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  void write(const std::string& name, std::string_view text) const { std::ofstream(path / name, std::ios::binary) << text; }
};

bool python_says_yes(const std::string& arguments) { return std::system(("python3 -W ignore " + arguments).c_str()) == 0; }

constexpr std::string_view k_validator = R"(import json, sys
from jsonschema import Draft202012Validator
schema = json.load(open(sys.argv[1]))
Draft202012Validator.check_schema(schema)
sys.exit(0 if Draft202012Validator(schema).is_valid(json.load(open(sys.argv[2]))) else 1)
)";

}  // namespace

TEST_CASE("each key that the schema allows is written, and each key that is written is allowed") {
  Coverage coverage;
  const json snapshot = generated();
  for (const json& unit : snapshot["units"]) coverage.visit(unit, "unit");
  for (const auto& [definition, rules] : schema()["$defs"].items()) {
    if (!rules.contains("properties") || definition == "admitted_finding") continue;
    CAPTURE(definition);
    CHECK(coverage.written[definition] == keys_of(rules["properties"]));
    CHECK(rules["additionalProperties"] == false);
  }
}

TEST_CASE("the schema lists the words of each enumeration") {
  const json& definitions = schema()["$defs"];
  check_words<model::EntityKind>(definitions["entity_kind"]);
  check_words<model::RelationKind>(definitions["relation_kind"]);
  check_words<model::AliasKind>(definitions["alias"]["properties"]["kind"]);
  check_words<model::SettingChannel>(definitions["setting_fact"]["properties"]["channel"]);
  check_words<model::SettingSource>(definitions["setting_fact"]["properties"]["source"]);
  check_words<model::InputKind>(definitions["unit"]["properties"]["kind"]);
  check_words<model::Completeness>(definitions["unit"]["properties"]["completeness"]);
  check_words<model::LabelRequirement::Operator>(definitions["label_requirement"]["properties"]["operator"]);
  CHECK(schema()["properties"]["format"]["const"] == std::string(k_format));
  CHECK(schema()["properties"]["schema_version"]["const"] == model::Snapshot::k_schema_version);
}

TEST_CASE("a validator accepts written snapshots and refuses changed ones") {
  if (!python_says_yes("-c 'from jsonschema import Draft202012Validator' 2>/dev/null")) {
    MESSAGE("skipped: Python's jsonschema not found");
    return;
  }
  const ScratchFolder folder;
  folder.write("validate.py", k_validator);
  folder.write("schema.json", snapshot_schema());
  const auto is_valid = [&](const json& snapshot) {
    folder.write("snapshot.json", snapshot.dump());
    return python_says_yes("'" + (folder.path / "validate.py").string() + "' '" + (folder.path / "schema.json").string() + "' '" +
                           (folder.path / "snapshot.json").string() + "'");
  };
  json snapshot = generated();
  CHECK(is_valid(snapshot));
  json changed = snapshot;
  changed["units"][0]["inputs"][0]["facts"][0]["surprise"] = 1;
  CHECK_FALSE(is_valid(changed));
  changed = snapshot;
  changed["units"][0]["completeness"] = "mostly";
  CHECK_FALSE(is_valid(changed));
}
