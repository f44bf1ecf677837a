// SPDX-License-Identifier: Apache-2.0
// Text: the verdict first, on about one screen, within the width, in colour only when asked.
#include <doctest/doctest.h>
#include <postern/base/text.h>
#include <render/code_points.h>
#include <render/delta.h>
#include <render/text.h>

#include <string>

#include "hostile_texts.h"
#include "sample.h"
#include "support/decision_filler.h"
#include "support/output_rules.h"

namespace postern::render {
namespace {

TEST_CASE("the verdict is the first word") {
  CHECK(text(test::sample_decision()).starts_with("BLOCKED  shop -> live (class production)\n2 findings block this release.\n"));
  CHECK(text(test::quiet_decision()).starts_with("PASSED  shop -> live"));
  CHECK(text(test::undecided_decision()).starts_with("NOT DECIDED  shop -> live"));
}

TEST_CASE("the essential part fits a screen") {
  const auto lines = base::split(text(test::sample_decision()), '\n');
  CHECK(lines.size() <= 75);
}

TEST_CASE("lines keep to the width where words allow it") {
  for (const std::size_t width : {std::size_t{80}, std::size_t{100}, std::size_t{160}}) {
    for (const Detail detail : {Detail::essential, Detail::full}) {
      const std::string shown = text(test::quiet_decision(), {Colour::never, detail, width});
      for (const std::string_view line : base::split(shown, '\n')) {
        const bool has_long_word = line.find("sha256") != std::string_view::npos || columns(base::trim(line)) >= 64;
        if (!has_long_word) CHECK(columns(line) <= width);
      }
    }
  }
}

TEST_CASE("colours are there only when asked for, and change no character") {
  const std::string plain = text(test::sample_decision());
  std::string coloured = text(test::sample_decision(), {Colour::always, Detail::essential, 100});
  CHECK(plain.find('\x1b') == std::string::npos);
  CHECK(coloured.find("\x1b[31mBLOCKED\x1b[0m") != std::string::npos);
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
    coloured.erase(at, coloured.find('m', at) + 1 - at);
  }
  CHECK(coloured == plain);
}

TEST_CASE("details are there only when asked for") {
  const std::string essential = text(test::sample_decision());
  const std::string full = text(test::sample_decision(), {Colour::never, Detail::full, 100});
  for (const std::string_view wanted : {"two documents in one file", "What this rests on", "server.image", "There before"}) {
    CAPTURE(wanted);
    CHECK(essential.find(wanted) == std::string::npos);
    CHECK(full.find(wanted) != std::string::npos);
  }
  CHECK(essential.find("1 finding was there before and did not get worse") != std::string::npos);
}

TEST_CASE("hostile names stay names at any width") {
  for (const std::string& hostile : test::hostile_texts()) {
    CAPTURE(hostile);
    const model::Decision decision = test::filled_decision({hostile}, 2);
    for (const std::size_t width : {std::size_t{0}, std::size_t{20}, std::size_t{100}}) {
      CHECK(test::broken_line_rule(text(decision, {Colour::never, Detail::full, width})) == "");
      CHECK(test::broken_line_rule(delta_text(delta_of(decision), {Colour::never, Detail::full, width})) == "");
    }
  }
}

TEST_CASE("a text is shortened between characters") {
  CHECK(shortened("Köln", 4) == "Köln");
  CHECK(shortened("Kölner", 4) == "Köl…");
  CHECK(shortened("", 0) == "");
  CHECK(columns("Köln") == 4);
}

}  // namespace
}  // namespace postern::render
