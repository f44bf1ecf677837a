// SPDX-License-Identifier: Apache-2.0
// JSONTestSuite: y_ must be accepted, n_ rejected, i_ is free but must not change from one reading to the next.
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "suites.h"

namespace postern::conformance {
namespace {

struct Count {
  int right = 0;
  int wrong = 0;
};

bool is_right(char expected, const std::string& text, const Answer& answer) {
  if (expected == 'i') {
    const Answer again = ask("json", text);
    return again.accepted == answer.accepted && again.row == answer.row && again.error == answer.error;
  }
  if (expected == 'n') return !answer.accepted;
  if (!answer.accepted) return false;
  const auto values = nlohmann::json::parse(answer.row, nullptr, false);
  return values.is_object() && values.contains("values") && values["values"].size() == 1 &&
         values["values"][0] == nlohmann::json::parse(text, nullptr, false);
}

}  // namespace

int run_json_suite(const std::filesystem::path& suite) {
  std::map<char, Count> counts;
  for (const auto& file : entries(suite / "test_parsing")) {
    const std::string name = file.filename().string();
    const std::string text = read_file(file);
    const Answer answer = ask("json", text);
    Count& count = counts[name.front()];
    if (is_right(name.front(), text, answer)) {
      ++count.right;
    } else {
      ++count.wrong;
      std::cout << "WRONG " << name << ": " << (answer.accepted ? answer.row : answer.error) << "\n";
    }
  }
  int right = 0;
  int run = 0;
  bool fine = counts['y'].right > 0 && counts['n'].right > 0;
  for (const auto& [kind, count] : counts) {
    std::cout << "JSONTestSuite " << kind << "_: " << count.right << " of " << count.right + count.wrong << " right\n";
    fine = fine && count.wrong == 0;
    right += count.right;
    run += count.right + count.wrong;
  }
  std::cout << "figures: JSON suite | " << run << " | " << right << " | 0 | none\n";
  return fine ? 0 : 1;
}

}  // namespace postern::conformance
