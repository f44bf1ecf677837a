// SPDX-License-Identifier: Apache-2.0
// The rules, part by part.
#include <ingest/codes.h>
#include <ingest/cyclonedx/rules.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace postern::ingest::cyclonedx {
namespace {

using Words = std::span<const std::string_view>;

constexpr int k_deepest = 48;
constexpr std::array<std::string_view, 15> k_algorithms = {"BLAKE2b-256", "BLAKE2b-384", "BLAKE2b-512",  "BLAKE3",       "MD5",
                                                           "SHA-1",       "SHA-256",     "SHA-384",      "SHA-512",      "SHA3-256",
                                                           "SHA3-384",    "SHA3-512",    "Streebog-256", "Streebog-512", "SHA-224"};
constexpr std::array<std::string_view, 3> k_scopes = {"excluded", "optional", "required"};
constexpr std::array<std::string_view, 4> k_patches = {"backport", "cherry-pick", "monkey", "unofficial"};
constexpr std::array<std::string_view, 3> k_issues = {"defect", "enhancement", "security"};
constexpr std::array<std::string_view, 4> k_flows = {"bi-directional", "inbound", "outbound", "unknown"};
constexpr std::array<std::string_view, 5> k_labels = {"AMBER", "AMBER_AND_STRICT", "CLEAR", "GREEN", "RED"};
constexpr std::array<std::size_t, 5> k_hash_sizes = {32, 40, 64, 96, 128};

bool is_hexadecimal(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
}

/// A text in which `0` stands for a digit, `x` for a hexadecimal digit, and all else for itself.
bool fits(std::string_view text, std::string_view pattern) {
  if (text.size() != pattern.size()) return false;
  return std::equal(text.begin(), text.end(), pattern.begin(), [](char c, char p) {
    if (p == '0') return c >= '0' && c <= '9';
    return p == 'x' ? std::isxdigit(static_cast<unsigned char>(c)) != 0 : c == p;
  });
}

/// RFC 3339: date, time and zone.
bool is_time(std::string_view text) {
  constexpr std::string_view k_start = "0000-00-00T00:00:00";
  if (!fits(text.substr(0, k_start.size()), k_start)) return false;
  text.remove_prefix(k_start.size());
  if (text.starts_with('.')) {
    const std::size_t end = text.find_first_not_of("0123456789", 1);
    if (end == std::string_view::npos || end == 1) return false;
    text.remove_prefix(end);
  }
  return text == "Z" || text == "z" || fits(text, "+00:00") || fits(text, "-00:00");
}

class Checker {
 public:
  explicit Checker(sbom::Trouble& trouble) : m_trouble(trouble) {}

  void check_document(const Node& root) {
    constexpr std::string_view k_serial = "urn:uuid:xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (const auto serial = root["serialNumber"].as_string(); serial && !fits(*serial, k_serial))
      odd(root["serialNumber"], "'serialNumber' is no urn:uuid: of a UUID");
    check_metadata(root["metadata"]);
    check_components(root["components"], 0);
    for (const Node service : root["services"].items()) check_service(service, 0);
    for (const Node item : root["dependencies"].items()) need_text(item, "ref", "a dependency");
    for (const Node item : root["citations"].items()) check_citation(item);
    check_properties(root["properties"]);
  }

 private:
  void odd(const Node& at, const std::string& message) {
    m_trouble.odd(code::k_sbom_rule, at, message, "the rest is read as it stands; correct the generator");
  }

  void one_of(const Node& value, std::string_view what, Words words) {
    const auto text = value.as_string();
    if (!text || std::find(words.begin(), words.end(), *text) != words.end()) return;
    std::string expected;
    for (const std::string_view word : words) expected += (expected.empty() ? "" : ", ") + std::string(word);
    odd(value, std::string(what) + " is '" + std::string(text->substr(0, 60)) + "', expected one of " + expected);
  }

  void need_text(const Node& owner, std::string_view key, std::string_view what) {
    const Node value = owner[key];
    if (value && !value.text().empty()) return;
    odd(value ? value : owner, std::string(what) + " has no '" + std::string(key) + "'");
  }

  void check_metadata(const Node& metadata) {
    if (const auto time = metadata["timestamp"].as_string(); time && !is_time(*time))
      odd(metadata["timestamp"], "'timestamp' is no date and time of RFC 3339");
    check_licences(metadata["licenses"]);
    check_properties(metadata["properties"]);
    one_of(metadata["distributionConstraints"]["tlp"], "the label of distribution", k_labels);
    if (metadata["distribution"]) odd(metadata["distribution"], "'metadata' has no field 'distribution'");
    if (const Node component = metadata["component"]; component.is_mapping()) check_component(component, 0);
  }

  void check_components(const Node& list, int depth) {
    if (depth > k_deepest) return;
    for (const Node component : list.items()) {
      if (component.is_mapping()) check_component(component, depth);
    }
  }

  void check_component(const Node& component, int depth) {
    if (const Node reference = component["bom-ref"]; reference && reference.text().empty()) odd(reference, "'bom-ref' is empty");
    if (component["name"].text().empty() && component["purl"]) odd(component, "a component has no 'name'");
    one_of(component["scope"], "the scope of a component", k_scopes);
    check_hashes(component["hashes"]);
    check_licences(component["licenses"]);
    check_properties(component["properties"]);
    if (const Node swid = component["swid"]; swid.is_mapping()) {
      need_text(swid, "tagId", "a software identification");
      need_text(swid, "name", "a software identification");
    }
    for (const Node patch : component["pedigree"]["patches"].items()) {
      one_of(patch["type"], "the type of a patch", k_patches);
      for (const Node issue : patch["resolves"].items()) one_of(issue["type"], "the type of an issue", k_issues);
    }
    if (const Node range = component["versionRange"]) {
      if (component["version"]) odd(range, "a component has 'version' and 'versionRange'");
      if (!component["isExternal"].as_boolean().value_or(false)) odd(range, "'versionRange' of a component that is not external");
    }
    check_components(component["components"], depth + 1);
  }

  void check_hashes(const Node& list) {
    for (const Node hash : list.items()) {
      one_of(hash["alg"], "the algorithm of a hash", k_algorithms);
      const std::string_view content = hash["content"].text();
      const bool has_size = std::find(k_hash_sizes.begin(), k_hash_sizes.end(), content.size()) != k_hash_sizes.end();
      // SHA-224 is known since 1.6 only, and its size to no schema.
      if (!is_hexadecimal(content) || !(has_size || content.size() == 56)) odd(hash, "the content of a hash is none");
    }
  }

  void check_licences(const Node& list) {
    std::size_t expressions = 0;
    for (const Node choice : list.items()) {
      if (!choice.is_mapping()) continue;
      if (choice["expression"]) ++expressions;
      if (choice["expression"] && choice["license"]) odd(choice, "a licence is an expression and a licence at once");
      const Node licence = choice["license"];
      if (!licence.is_mapping()) continue;
      if (!licence["id"] && !licence["name"]) odd(licence, "a licence has neither 'id' nor 'name'");
      if (licence["id"] && licence["name"]) odd(licence, "a licence has 'id' and 'name'");
      if (const auto id = licence["id"].as_string(); id && !is_licence_id(*id))
        odd(licence["id"],
            "'" + std::string(id->substr(0, 60)) + "' is no identifier of the SPDX licence list; expected it as 'name'");
      if (const auto encoding = licence["text"]["encoding"].as_string(); encoding && *encoding != "base64")
        odd(licence["text"]["encoding"],
            "the encoding of a text is '" + std::string(encoding->substr(0, 60)) + "', expected base64");
      check_properties(licence["properties"]);
    }
    const bool may_mix = m_version_mixes;
    if (expressions != 0 && list.size() > 1 && !may_mix)
      odd(list, "licences beside an expression, where this version allows only one");
  }

  void check_properties(const Node& list) {
    for (const Node property : list.items()) {
      if (property.is_mapping()) need_text(property, "name", "a property");
    }
  }

  void check_service(const Node& service, int depth) {
    if (depth > k_deepest || !service.is_mapping()) return;
    need_text(service, "name", "a service");
    for (const Node item : service["data"].items()) {
      one_of(item["flow"], "the flow of data", k_flows);
      need_text(item, "classification", "a flow of data");
    }
    check_licences(service["licenses"]);
    check_properties(service["properties"]);
    for (const Node inner : service["services"].items()) check_service(inner, depth + 1);
  }

  void check_citation(const Node& citation) {
    if (!citation["attributedTo"] && !citation["process"]) odd(citation, "a citation has neither 'attributedTo' nor 'process'");
    if (static_cast<bool>(citation["pointers"]) == static_cast<bool>(citation["expressions"]))
      odd(citation, "a citation has not exactly one of 'pointers' and 'expressions'");
  }

 public:
  /// Since 1.7 licences and expressions may stand beside one another.
  void set_version(std::string_view version) { m_version_mixes = version == "1.7"; }

 private:
  sbom::Trouble& m_trouble;
  bool m_version_mixes = false;
};

}  // namespace

void check_rules(const Shape& shape, sbom::Trouble& trouble) {
  if (shape.is_xml()) return;
  Checker checker(trouble);
  checker.set_version(shape.top()["specVersion"].text());
  checker.check_document(shape.top());
}

}  // namespace postern::ingest::cyclonedx
