// SPDX-License-Identifier: Apache-2.0
// Each sink: what stays, what is encoded, and what can never get through.
#include <doctest/doctest.h>
#include <postern/base/text.h>
#include <render/escape.h>

#include <algorithm>
#include <string>

#include "hostile_texts.h"
#include "support/output_rules.h"

namespace postern::render {
namespace {

struct Example {
  std::string_view sink;
  std::string_view text;
  std::string_view expected;
};

constexpr Example k_examples[] = {
    {"markdown", "cart", "`cart`"},
    {"markdown", "", "` `"},
    {"markdown", "a`b", "``a`b``"},
    {"markdown", "`", "`` ` ``"},
    {"markdown", "x\n/approve", "`x\\n/approve`"},
    {"markdown", "a|b", "<code>a&#124;b</code>"},
    {"markdown", "<b>`", "<code>&#60;b&#62;&#96;</code>"},
    {"markdown", "\xE2\x80\xAEgnp", "`\\u202egnp`"},
    {"markdown", "##vso[x]", "`##vso\\x5bx]`"},
    {"markdown_text", "cart now reads customers-db, twice.", "cart now reads customers-db, twice."},
    {"markdown_text", "cluster -> internet", "cluster → internet"},
    {"markdown_text", "a > b / c", "a &gt; b / c"},
    {"markdown_text", "> quote / x", "`>` quote / x"},
    {"markdown_text", "see http://a/b.", "see `http://a/b`."},
    {"markdown_text", "ask @everyone: #12 (a_b)", "ask `@everyone`: `#12` (`a_b`)"},
    {"markdown_text", "/approve now", "`/approve` now"},
    {"markdown_text", "- item", "`-` item"},
    {"markdown_text", "1. item", "`1.` item"},
    {"markdown_text", "<b>", "<code>&#60;b&#62;</code>"},
    {"markdown_text", "www.a.example", "`www.a.example`"},
    {"html", "<a href=\"x\">'&", "&#60;a href=&#34;x&#34;&#62;&#39;&#38;"},
    {"html_attribute", "a b\"`=", "a&#32;b&#34;&#96;&#61;"},
    {"mermaid", "a\"]-->b", "a#34;#93;#45;#45;#62;b"},
    {"mermaid", "payments-db v1.2", "payments-db v1.2"},
    {"terminal", "\x1b[31mred\r\n", "\\x1b[31mred\\r\\n"},
    {"terminal", "::error::x a::b", ":\\x3aerror::x a::b"},
    {"terminal", "bad\xFFutf8", "bad\\xffutf8"},
    {"csv", "=1+1", "\"'=1+1\""},
    {"csv", " @x \"y\"", "\"' @x \"\"y\"\"\""},
    {"csv", "plain", "\"plain\""},
    {"jira", "{code} [~a] h1. x-y", "&#123;code&#125; &#91;&#126;a&#93; h1. x-y"},
    {"jira", "h1. big", "h1&#46; big"},
    {"github", "100%\r\nnext", "100%25%0D%0Anext"},
    {"github_property", "a:b,c", "a%3Ab%2Cc"},
    {"azure", "1%\n2", "1%AZP25%0A2"},
    {"azure_property", "a;b]", "a%3Bb%5D"},
    {"sarif", "plain_secrets: [A] (b)", "plain_secrets: [A] (b)"},
    {"sarif", "see [here](1) or {0}", "see [here] (1) or {{0}}"},
    {"sarif", "a\x1b\n", "a\\x1b\\n"},
    {"xml", "]]><a b='c'>&\"", "]]&#62;&#60;a b=&#39;c&#39;&#62;&#38;&#34;"},
    {"xml", "\x01\xEF\xBF\xBE\xEF\xBF\xBF\t", "\\x01\\ufffe\\uffff\\t"},
    {"dot", "a\"b\\N<c>", "a&#34;b\\\\N&#60;c&#62;"},
};

TEST_CASE("a text looks in a sink as it should") {
  for (const Example& example : k_examples) {
    CAPTURE(example.sink);
    CAPTURE(example.text);
    const SinkRow* sink = find_sink(example.sink);
    REQUIRE(sink != nullptr);
    CHECK(sink->escape(example.text) == example.expected);
  }
}

TEST_CASE("no text gets out of its sink") {
  for (const SinkRow& row : sinks()) {
    for (const std::string& text : test::hostile_texts()) {
      CAPTURE(row.name);
      CAPTURE(text);
      const std::string shown = row.escape(text);
      CHECK(test::broken_rule(shown) == "");
      CHECK(shown.find('\n') == std::string::npos);
      // SARIF says that the text of a message is plain: no reader may take it for HTML.
      const bool is_markup = row.sink != Sink::terminal && row.sink != Sink::sarif && row.sink != Sink::csv &&
                             !row.name.starts_with("github") && !row.name.starts_with("azure");
      if (is_markup) CHECK(shown.find("<script") == std::string::npos);
    }
  }
}

TEST_CASE("Markdown cannot leave its cell, its span or its line") {
  for (const std::string& text : test::hostile_texts()) {
    CAPTURE(text);
    for (const std::string& shown : {markdown_code(text), markdown_text(text)}) {
      CHECK(test::broken_line_rule(shown) == "");
      CHECK(shown.find('|') == std::string::npos);
    }
    const std::string code = markdown_code(text);
    const bool is_html = code.starts_with("<code>") && code.ends_with("</code>");
    const std::size_t fence = code.find_first_not_of('`');
    const bool is_span = fence != 0 && fence != std::string::npos && code.ends_with(code.substr(0, fence));
    CHECK((is_html || is_span));
    // The fence occurs at both ends only.
    if (is_span) CHECK(code.find(code.substr(0, fence), fence) == code.size() - fence);
  }
}

TEST_CASE("labels, cells and attributes hold no character that could end them") {
  for (const std::string& text : test::hostile_texts()) {
    CAPTURE(text);
    CHECK(mermaid_label(text).find_first_of("\"[](){}<>`|%\\") == std::string::npos);
    CHECK(html_text(text).find_first_of("<>\"'") == std::string::npos);
    CHECK(html_attribute(text).find_first_of("<>\"' =`") == std::string::npos);
    CHECK(dot_string(text).find_first_of("\"<>") == std::string::npos);
    CHECK(jira_markup(text).find_first_of("{}[]!*_|~^\\") == std::string::npos);
    CHECK(github_workflow_property(text).find_first_of(":,\r\n") == std::string::npos);
    CHECK(azure_logging_property(text).find_first_of(";]\r\n") == std::string::npos);
    const std::string cell = csv_cell(text);
    std::size_t quotes = 0;
    for (const char c : cell.substr(1, cell.size() - 2)) quotes += c == '"' ? 1U : 0U;
    CHECK(quotes % 2 == 0);
    CHECK(std::string_view("=+-@").find(cell[1]) == std::string_view::npos);
  }
}

TEST_CASE("the table of sinks is sorted, and finds its rows") {
  const auto rows = sinks();
  CHECK(rows.size() == 15);
  CHECK(std::is_sorted(rows.begin(), rows.end(), [](const SinkRow& a, const SinkRow& b) { return a.name < b.name; }));
  for (const SinkRow& row : rows) CHECK(find_sink(row.name) == &row);
  CHECK(find_sink("paper") == nullptr);
}

}  // namespace
}  // namespace postern::render
