// SPDX-License-Identifier: Apache-2.0
// yaml-test-suite: what must fail fails; what is valid gives the suite's JSON or is refused for a reason that is on our list.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "suites.h"

namespace postern::conformance {
namespace {

using Json = nlohmann::json;

struct Counts {
  int invalid_rejected = 0;
  int invalid_accepted = 0;
  int valid_equal = 0;
  int valid_refused = 0;
  int valid_misread = 0;
  int valid_without_json = 0;
  int unlisted = 0;      ///< refused without a listed reason
  int off_the_list = 0;  ///< refused without a listed reason, or listed and not refused
};

/// Rows "id <tab> reason"; lines that begin with # are comments.
std::map<std::string, std::string> read_refusals(const std::filesystem::path& path) {
  std::map<std::string, std::string> refusals;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const std::size_t tab = line.find('\t');
    if (!line.starts_with('#') && tab != std::string::npos) refusals.emplace(line.substr(0, tab), line.substr(tab + 1));
  }
  return refusals;
}

/// in.json holds one value a document, one after the other.
Json expected_values(const std::string& text) {
  Json values = Json::array();
  std::istringstream in(text);
  while (in >> std::ws, in.peek() != std::istringstream::traits_type::eof()) {
    Json value;
    in >> value;
    values.push_back(std::move(value));
  }
  return values;
}

class YamlSuite {
 public:
  explicit YamlSuite(const std::filesystem::path& refusals) : m_refusals(read_refusals(refusals)) {}

  void run(const std::filesystem::path& folder, const std::string& id) {
    const Answer answer = ask("yaml", read_file(folder / "in.yaml"));
    if (std::filesystem::exists(folder / "error")) {
      ++(answer.accepted ? m_counts.invalid_accepted : m_counts.invalid_rejected);
      if (answer.accepted) std::cout << "ACCEPTED although invalid: " << id << " " << answer.row << "\n";
      return;
    }
    check_list(id, answer);
    const auto expected = folder / "in.json";
    if (!answer.accepted) {
      ++m_counts.valid_refused;
    } else if (!std::filesystem::exists(expected)) {
      ++m_counts.valid_without_json;
    } else {
      compare(id, answer, expected_values(read_file(expected)));
    }
  }

  int report() const {
    std::cout << "yaml-test-suite: invalid rejected " << m_counts.invalid_rejected << " of "
              << m_counts.invalid_rejected + m_counts.invalid_accepted << "; valid read to the same JSON " << m_counts.valid_equal
              << ", refused " << m_counts.valid_refused << ", accepted where the suite has no JSON " << m_counts.valid_without_json
              << ", misread " << m_counts.valid_misread << "; disagreements with our list of refusals " << m_counts.off_the_list
              << "\n";
    const int passed = m_counts.invalid_rejected + m_counts.valid_equal + m_counts.valid_without_json;
    const int run = passed + m_counts.invalid_accepted + m_counts.valid_misread + m_counts.unlisted;
    std::cout << "figures: YAML suite | " << run << " | " << passed << " | " << m_counts.valid_refused - m_counts.unlisted << " | "
              << reasons() << "\n";
    const bool fine = m_counts.invalid_rejected > 0 && m_counts.valid_equal > 0 && m_counts.invalid_accepted == 0 &&
                      m_counts.valid_misread == 0 && m_counts.off_the_list == 0;
    return fine ? 0 : 1;
  }

 private:
  void check_list(const std::string& id, const Answer& answer) {
    const bool listed = m_refusals.contains(id);
    if (listed == !answer.accepted) return;
    ++m_counts.off_the_list;
    m_counts.unlisted += int{!listed};
    std::cout << (listed ? "LISTED as refused, but accepted: " : "REFUSED and not listed: ") << id << " " << answer.error << "\n";
  }

  /// What is refused on purpose, by reason: "15 a key that is a list...; 12 a tab...".
  [[nodiscard]] std::string reasons() const {
    std::map<std::string, int> count;
    for (const auto& [id, reason] : m_refusals) ++count[reason];
    std::string text;
    for (const auto& [reason, cases] : count) text += (text.empty() ? "" : " + ") + std::to_string(cases) + " " + reason;
    return text;
  }

  void compare(const std::string& id, const Answer& answer, const Json& expected) {
    const Json values = Json::parse(answer.row, nullptr, false);
    if (values.is_object() && values.contains("values") && values["values"] == expected) {
      ++m_counts.valid_equal;
      return;
    }
    ++m_counts.valid_misread;
    std::cout << "MISREAD " << id << ": " << answer.row << " instead of " << expected.dump() << "\n";
  }

  std::map<std::string, std::string> m_refusals;
  Counts m_counts;
};

void run_below(YamlSuite& suite, const std::filesystem::path& folder, const std::string& id) {
  if (std::filesystem::exists(folder / "in.yaml")) {
    suite.run(folder, id);
    return;
  }
  for (const auto& entry : entries(folder)) {
    if (std::filesystem::is_directory(entry)) run_below(suite, entry, id + "/" + entry.filename().string());
  }
}

}  // namespace

int run_yaml_suite(const std::filesystem::path& suite, const std::filesystem::path& refusals) {
  YamlSuite run(refusals);
  for (const auto& entry : entries(suite)) {
    if (std::filesystem::is_directory(entry)) run_below(run, entry, entry.filename().string());
  }
  return run.report();
}

}  // namespace postern::conformance
