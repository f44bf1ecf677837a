// SPDX-License-Identifier: Apache-2.0
// The page as a whole: its head, the verdict, the contents, the sections in the order in which they are read.
#include "render/html/report.h"

#include <postern/base/digest.h>

#include <algorithm>
#include <array>

#include "render/decision_json.h"
#include "render/escape.h"
#include "render/html/findings.h"
#include "render/html/sections.h"
#include "render/picture.h"
#include "render/words.h"
#include "style_files.h"

namespace postern::render::html {
namespace {

using model::Decision;
using model::Verdict;

/// SHA-256 of `text` in Base64, as policies of content name a style sheet.
std::string base64_digest(std::string_view text) {
  constexpr std::string_view k_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string digits = base::sha256_hex(text);
  const auto value = [&](std::size_t at) {
    return at < digits.size() ? std::string_view("0123456789abcdef").find(digits[at]) : 0U;
  };
  std::string result;
  // Three hexadecimal digits are two letters.
  for (std::size_t at = 0; at < digits.size(); at += 3) {
    const std::size_t bits = value(at) << 8U | value(at + 1) << 4U | value(at + 2);
    result += k_letters[bits >> 6U];
    result += at + 1 < digits.size() ? std::string(1, k_letters[bits & 63U]) : "";
  }
  while (result.size() % 4 != 0) result += '=';
  return result;
}

/// Comments of a style sheet are for those who change it; a line of a page must not begin with a slash.
std::string without_comments(std::string_view sheet) {
  std::string result;
  for (;;) {
    const std::size_t begin = sheet.find("/*");
    result += sheet.substr(0, begin);
    if (begin == std::string_view::npos) return result;
    sheet.remove_prefix(std::min(sheet.find("*/", begin), sheet.size() - 2) + 2);
    sheet.remove_prefix(std::min(sheet.find_first_not_of('\n'), sheet.size()));
  }
}

/// The head is the one place where elements stand that load or run things; nothing of an input but the title is in it.
std::string document(const std::string& title, StyleSheet style, const Markup& body) {
  std::string head =
      "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n";
  const std::string& sheet = style_sheet();
  const std::string allowed = style == StyleSheet::inside ? "default-src 'none'; style-src 'sha256-" + base64_digest(sheet) + "'; "
                                                          : "script-src 'none'; object-src 'none'; frame-src 'none'; ";
  head += "<meta http-equiv=\"Content-Security-Policy\" content=\"" + allowed + "base-uri 'none'; form-action 'none'\"/>\n";
  head +=
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<meta name=\"color-scheme\" content=\"light "
      "dark\"/>\n";
  head += "<meta name=\"referrer\" content=\"no-referrer\"/>\n<title>" + html_text(title) + "</title>\n";
  head += style == StyleSheet::inside ? "<style>" + sheet + "</style>\n"
                                      : "<link rel=\"stylesheet\" href=\"" + std::string(k_style_file) + "\"/>\n";
  return head + "</head>\n" + body.str() + "\n</html>\n";
}

struct VerdictLook {
  Word style;
  Word sign;
};
constexpr std::array k_verdicts = {VerdictLook{"banner pass", "✓"}, VerdictLook{"banner warn", "!"},
                                   VerdictLook{"banner block", "✕"}, VerdictLook{"banner indeterminate", "?"}};

Markup funnel_of(const Decision& decision) {
  Markup steps;
  for (const std::string& step : funnel_words(decision.funnel)) {
    const std::size_t space = step.find(' ');
    steps += element("li", element("b", text(step.substr(0, space))) + text(step.substr(space)));
  }
  return steps.empty() ? Markup()
                       : element("ol", {fixed("class", "funnel"), fixed("aria-label", "From facts to what blocks")}, steps);
}

Markup banner_of(const Decision& decision) {
  const VerdictLook& look = k_verdicts.at(static_cast<std::size_t>(decision.verdict));
  const Markup title = element("span", "verdict",
                               element("span", {fixed("class", "mark"), fixed("aria-hidden", "true")}, words(look.sign)) +
                                   text(verdict_title(decision.verdict))) +
                       words(" ") +
                       element("span", "release",
                               text(decision.application) + element("span", "arrow", words(" → ")) +
                                   text(decision.environment + class_words(decision)));
  return element("header", look.style,
                 line_end() +
                     element("div", "page",
                             element("p", "product", words("Postern · pre-deploy gate")) + line_end() + element("h1", title) +
                                 line_end() + element("p", "sentence", text(verdict_sentence(decision))) + line_end() +
                                 funnel_of(decision)) +
                     line_end()) +
         line_end();
}

Section deciding_of(const Decision& decision, const std::vector<std::size_t>& numbered) {
  Markup cards = overview(decision, numbered);
  for (std::size_t at = 0; at < numbered.size(); ++at) cards += finding_card(decision.findings[numbered[at]], at + 1);
  const bool blocks = decision.funnel.blocking != 0;
  return {{"findings"}, blocks ? Word("What decides") : Word("What matters most"), std::to_string(numbered.size()), cards};
}

Section folds_of(const Decision& decision, const std::vector<std::size_t>& indexes, Word anchor, Word title) {
  return {{anchor}, title, std::to_string(indexes.size()), finding_folds(decision, indexes)};
}

/// Counted, not shouted: one fold around all of them.
Section before_of(const Decision& decision, const std::vector<std::size_t>& indexes) {
  Section section{{"before"}, "There before", std::to_string(indexes.size()), {}};
  if (indexes.empty()) return section;
  section.content = fold(text(counted(indexes.size(), "finding") + (indexes.size() == 1 ? " was" : " were") +
                              " there before and did not get worse: no reason to block"),
                         finding_folds(decision, indexes));
  return section;
}

Markup section_markup(const Section& section) {
  return element("section", {anchored(section.anchor)},
                 line_end() +
                     element("h2",
                             words(section.title) +
                                 (section.count.empty() ? Markup() : words(" ") + element("span", "count", text(section.count)))) +
                     line_end() + section.content) +
         line_end();
}

Markup contents_of(const std::vector<Section>& sections) {
  Markup items;
  for (const Section& section : sections) {
    items +=
        element("li", element("a", {links_to(section.anchor)},
                              words(section.title) +
                                  (section.count.empty() ? Markup() : words(" ") + element("span", "count", text(section.count)))));
  }
  return element("nav", {fixed("class", "contents"), fixed("aria-label", "Contents")}, element("ul", items)) + line_end();
}

Markup body_of(const Markup& banner, const Markup& notices, const std::vector<Section>& sections, const Markup& foot) {
  Markup main = notices;
  for (const Section& section : sections) main += section_markup(section);
  return element("body",
                 line_end() + element("a", {fixed("class", "skip"), links_to({"main"})}, words("Skip to the report")) + line_end() +
                     banner +
                     element("div", "page columns",
                             line_end() + contents_of(sections) + element("main", {anchored({"main"})}, line_end() + main)) +
                     line_end() + element("footer", element("div", "page", foot)) + line_end());
}

std::vector<Section> filled(std::vector<Section> sections) {
  std::erase_if(sections, [](const Section& section) { return section.content.empty(); });
  return sections;
}

/// Top findings and others that block, in the order of their numbers; as many as a page bears.
std::vector<std::size_t> numbered_of(FindingGroups& groups) {
  constexpr std::size_t k_most_cards = 100;
  std::vector<std::size_t> numbered = groups.top;
  const std::size_t room = k_most_cards - std::min(numbered.size(), k_most_cards);
  const auto end = groups.blocking.begin() + static_cast<std::ptrdiff_t>(std::min(room, groups.blocking.size()));
  numbered.insert(numbered.end(), groups.blocking.begin(), end);
  groups.blocking.erase(groups.blocking.begin(), end);
  return numbered;
}

/// Findings that stand in no group, since the fix of one of the top fixes them as well: also they are told in full.
std::vector<std::size_t> remaining(const Decision& decision, const FindingGroups& groups,
                                   const std::vector<std::size_t>& numbered) {
  std::vector<bool> is_grouped(decision.findings.size(), false);
  for (const std::vector<std::size_t>* list :
       {&numbered, &groups.blocking, &groups.others, &groups.told, &groups.news, &groups.unchanged, &groups.fixed}) {
    for (const std::size_t index : *list) is_grouped[index] = true;
  }
  std::vector<std::size_t> rest;
  for (std::size_t index = 0; index < is_grouped.size(); ++index) {
    if (!is_grouped[index]) rest.push_back(index);
  }
  return rest;
}

svg::MapOptions map_options(const Decision& decision, const std::vector<std::size_t>& numbered) {
  constexpr std::size_t k_most_numbers = 20;
  svg::MapOptions options;
  for (std::size_t at = 0; at < std::min(numbered.size(), k_most_numbers); ++at) {
    const model::FindingSubject& subject = decision.findings[numbered[at]].subject;
    options.findings.push_back({subject.relation ? subject.relation->source : subject.entity});
    if (subject.relation) options.findings.back().push_back(subject.relation->target);
  }
  return options;
}

}  // namespace

const std::string& style_sheet() {
  static const std::string k_sheet = without_comments(style_files().front().text);
  return k_sheet;
}

std::string report(const Decision& decision, const model::LayoutEngine& layout, StyleSheet style) {
  FindingGroups groups = groups_of(decision);
  const std::vector<std::size_t> numbered = numbered_of(groups);
  const std::vector<std::size_t> together = remaining(decision, groups, numbered);
  const model::Picture& picture = decision.map.entities.empty() ? decision.picture : decision.map;
  const std::vector<Section> sections = filled(
      {deciding_of(decision, numbered), folds_of(decision, groups.blocking, "blocking", "Also blocks"),
       folds_of(decision, together, "together", "Fixed together with those"), questions(decision),
       map_section(svg::draw_map(picture, map_options(decision, numbered), layout)),
       folds_of(decision, groups.others, "others", "Also new or worse"), troubles(decision), changes(decision), libraries(decision),
       folds_of(decision, groups.told, "told", "To know"),
       folds_of(decision, groups.news, "news", "News about what was there before"),
       folds_of(decision, groups.fixed, "fixed", "No longer there"), before_of(decision, groups.unchanged), basis(decision)});
  const Markup foot =
      element("p", text("Postern " + decision.tool_version + " · decision ") + code(decision_id(decision).substr(0, 16)) +
                       words(" · scores order what to look at; they are no probabilities"));
  const std::string title =
      std::string(verdict_title(decision.verdict)) + ": " + decision.application + " → " + decision.environment;
  return document(title, style, body_of(banner_of(decision), notices(decision), sections, foot));
}

std::string map_page(const model::ArchitectureGraph& graph, const model::LayoutEngine& layout) {
  const model::Picture picture = picture_of(graph);
  svg::MapOptions options;
  options.most_boxes = k_most_boxes_of_state;
  const std::vector<Section> sections = filled({map_section(svg::draw_map(picture, options, layout))});
  const Markup banner = element("header", "banner plain",
                                element("div", "page",
                                        element("p", "product", words("Postern · architecture")) + line_end() +
                                            element("h1", words("Architecture")) + line_end() +
                                            element("p", "sentence",
                                                    text(counted(picture.entities.size(), "part") + ", " +
                                                         counted(picture.relations.size(), "relation"))))) +
                        line_end();
  return document("Architecture", StyleSheet::inside, body_of(banner, {}, sections, element("p", words("Made by Postern"))));
}

}  // namespace postern::render::html
