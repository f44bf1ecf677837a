// SPDX-License-Identifier: Apache-2.0
// Markdown: the deciding things come first, tables and fences stay whole at any budget, and no name becomes a command.
#include <doctest/doctest.h>
#include <postern/base/text.h>
#include <render/delta.h>
#include <render/markdown.h>

#include <algorithm>
#include <string>

#include "hostile_texts.h"
#include "sample.h"
#include "support/decision_filler.h"
#include "support/output_rules.h"

namespace postern::render {
namespace {

std::size_t cells_of(std::string_view row) { return static_cast<std::size_t>(std::count(row.begin(), row.end(), '|')); }

std::size_t count_of(std::string_view text, std::string_view wanted) {
  std::size_t count = 0;
  for (std::size_t at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) ++count;
  return count;
}

/// Each table has rows of one width under a head, fences and folds are closed.
void check_whole(const std::string& text) {
  CHECK(test::broken_line_rule(text) == "");
  CHECK(count_of(text, "\n```") % 2 == 0);
  CHECK(count_of(text, "<details") == count_of(text, "</details>"));
  CHECK(text.ends_with('\n'));
  CHECK(text.find("<script") == std::string::npos);
  std::size_t width = 0;
  bool is_fenced = false;
  for (const std::string_view line : base::split(text, '\n')) {
    if (line.starts_with("```")) is_fenced = !is_fenced;
    const bool is_row = !is_fenced && line.starts_with('|');
    if (is_row && width != 0) CHECK(cells_of(line) == width);
    if (is_row) CHECK(line.ends_with('|'));
    width = is_row ? cells_of(line) : 0;
  }
}

TEST_CASE("the verdict comes first, then what blocks") {
  const std::string text = markdown(test::sample_decision());
  CHECK(text.starts_with("## 🛑 Blocked: `shop` → `live` (class `production`)\n"));
  const std::size_t first = text.find("can now be reached from the internet");
  const std::size_t second = text.find("which let only customers and checkout in");
  CHECK(text.find("412 facts → 11 changes → 5 risky → 2 blocking") < first);
  CHECK(first < second);
  CHECK(second < text.find("```mermaid"));
  // After the picture the same findings in detail, none of them behind a fold.
  CHECK(text.find("```mermaid") < text.find("| Fix |"));
  CHECK(text.find("| Fix |") < text.find("<details><summary>"));
  CHECK(text.find("deploy/cart/service.yaml:12") != std::string::npos);
}

TEST_CASE("any budget gives a whole report") {
  model::Decision decision = test::sample_decision();
  for (int copies = 0; copies < 400; ++copies) decision.changes.push_back(decision.changes[static_cast<std::size_t>(copies) % 11]);
  const std::string all = markdown(decision, {1'000'000});
  CHECK(all.find("left out") == std::string::npos);
  CHECK(all.find("Left out") == std::string::npos);
  for (std::size_t budget = 2'000; budget < all.size() + 2'000; budget += 1'501) {
    CAPTURE(budget);
    const std::string text = markdown(decision, {budget});
    CHECK(text.size() <= budget);
    check_whole(text);
    CHECK(text.starts_with("## 🛑 Blocked"));
    if (text.size() < all.size()) CHECK(text.find("eft out for length") != std::string::npos);
  }
}

TEST_CASE("hostile names everywhere stay names") {
  for (const std::string& hostile : test::hostile_texts()) {
    CAPTURE(hostile);
    const model::Decision decision = test::filled_decision({hostile}, 3);
    for (const std::size_t budget : {std::size_t{2'000}, std::size_t{12'345}, std::size_t{60'000}}) {
      const std::string text = markdown(decision, {budget});
      CHECK(text.size() <= budget);
      check_whole(text);
    }
    const std::string delta = delta_markdown(delta_of(decision));
    CHECK(test::broken_line_rule(delta) == "");
  }
  check_whole(markdown(test::filled_decision(test::hostile_texts(), 7)));
}

TEST_CASE("what passed and what could not be judged say so") {
  CHECK(markdown(test::quiet_decision()).starts_with("## ✅ Passed: `shop`"));
  const std::string undecided = markdown(test::undecided_decision());
  CHECK(undecided.starts_with("## ❓ Not decided: `shop`"));
  CHECK(undecided.find("no baseline of shop is recorded") < undecided.find("<details"));
  CHECK(undecided.find("deploy/broken.yaml:7") != std::string::npos);
  check_whole(undecided);
}

}  // namespace
}  // namespace postern::render
