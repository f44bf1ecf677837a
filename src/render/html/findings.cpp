// SPDX-License-Identifier: Apache-2.0
// What a finding says: what, where, why, the way in, what is in reach, the fix, the owner, the score and where it comes from.
#include "render/html/findings.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "render/finding_text.h"
#include "render/words.h"

namespace postern::render::html {
namespace {

using model::Finding;

constexpr std::size_t k_most_places = 4;
constexpr std::size_t k_most_steps = 12;
constexpr std::size_t k_most_reached = 12;
constexpr std::size_t k_most_folds = 500;

constexpr std::array k_bands = {Word("low"), Word("medium"), Word("high"), Word("critical")};
constexpr std::array k_scores = {Word("score low"), Word("score medium"), Word("score high"), Word("score critical")};
constexpr std::array k_bars = {Word("bar low"), Word("bar medium"), Word("bar high"), Word("bar critical")};
constexpr std::array k_cards = {Word("finding low"), Word("finding medium"), Word("finding high"), Word("finding critical")};

std::size_t band_of(const Finding& finding) { return static_cast<std::size_t>(finding.risk.band); }

Markup score_of(const Finding& finding) {
  return element(
      "span", k_scores.at(band_of(finding)),
      element("b", text(model::tenths_to_string(finding.risk.score_tenths))) + words(" ") + words(k_bands.at(band_of(finding))));
}

Markup effect_of(const Finding& finding) {
  return element("span", model::is_blocking(finding) ? Word("effect blocks") : Word("effect"), text(effect_words(finding)));
}

Markup places_of(const Finding& finding) {
  Markup items;
  const std::size_t shown = std::min(finding.evidence.size(), k_most_places);
  for (std::size_t at = 0; at < shown; ++at) {
    const model::Evidence& evidence = finding.evidence[at];
    const Markup where = place(evidence.location);
    const Markup note = evidence.note.empty() ? Markup() : element("span", "note", text(evidence.note.view()));
    items += element("li", where + (where.empty() || note.empty() ? Markup() : words(" ")) + note);
  }
  if (finding.evidence.size() > shown)
    items += element("li", text("and " + std::to_string(finding.evidence.size() - shown) + " more"));
  return items.empty() ? Markup() : element("ul", "places", items);
}

Markup path_of(const Finding& finding) {
  Markup steps;
  for (const std::string& step : path_words(finding, k_most_steps)) steps += element("li", code(step));
  return steps.empty() ? Markup() : element("ol", "path", steps);
}

/// The score as a bar of 100 points, with a mark where it would be after the fix.
Markup bar_of(const Finding& finding) {
  constexpr double k_width = 160;
  constexpr double k_height = 8;
  const auto points = [](std::int32_t tenths) { return std::clamp(static_cast<double>(tenths) / 1000, 0.0, 1.0) * k_width; };
  Markup bar = element("rect", {fixed("class", "track"), measure("width", k_width), measure("height", k_height), measure("rx", 4),
                                fixed("fill", "#d8dee4")});
  bar += element("rect", {fixed("class", "value"), measure("width", points(finding.risk.score_tenths)), measure("height", k_height),
                          measure("rx", 4), fixed("fill", "#57606a")});
  if (const auto fixed_tenths = score_after_fix(finding)) {
    bar += element("rect", {fixed("class", "mark"), measure("x", std::min(points(*fixed_tenths), k_width - 3)), measure("width", 3),
                            measure("height", k_height), fixed("fill", "#1c2128")});
  }
  return element("svg",
                 {fixed("class", k_bars.at(band_of(finding))), measure("width", k_width), measure("height", k_height),
                  box_of_view(k_width, k_height), fixed("aria-hidden", "true")},
                 bar);
}

Markup shares_of(const Finding& finding) {
  Markup rows;
  for (const model::RiskFactorShare& share : finding.risk.shares) {
    rows += row({text(to_string(share.factor)), element("span", "figure", text("−" + model::tenths_to_string(share.tenths_lost))),
                 text(share.explanation)});
  }
  Markup content;
  if (!rows.empty())
    content += element("p", words("A score begins at 100; each factor takes its share.")) +
               table("shares", "Shares of the score", {"Factor", "Points", "Because"}, rows);
  Markup sources;
  for (const model::ImpactSource& source : finding.risk.impact_sources) {
    if (!sources.empty()) sources += words(", ");
    sources += text(std::string(to_string(source.source)) + " " + model::tenths_to_string(source.tenths));
  }
  if (!sources.empty()) content += element("p", words("Impact comes from ") + sources + words("."));
  Markup drift;
  if (finding.drift) {
    for (const model::RiskDriftShare& share : finding.drift->shares) {
      if (share.tenths == 0) continue;
      if (!drift.empty()) drift += words(", ");
      drift += text(std::string(to_string(share.factor)) + (share.tenths > 0 ? " +" : " ") + model::tenths_to_string(share.tenths));
    }
    if (!drift.empty()) content += element("p", words("Against the baseline: ") + drift + words("."));
  }
  return content.empty() ? Markup() : fold(words("How the score comes about"), content);
}

Markup score_line(const Finding& finding) {
  Markup parts;
  for (const std::string& part : score_words(finding)) {
    if (!parts.empty()) parts += element("span", "dot", words(" · "));
    parts += text(part);
  }
  return bar_of(finding) + words(" ") + parts;
}

Markup foot_of(const Finding& finding) {
  const Markup dot = element("span", "dot", words(" · "));
  Markup foot = words("Rule ") + code(finding.rule) + words(" of ") + text(finding.pack) + dot +
                text(to_string(finding.enforcement)) + dot + words("fingerprint ") +
                element("code", {given("title", finding.fingerprint)}, text(finding.fingerprint.substr(0, 12)));
  for (const std::string& reference : finding.references) foot += dot + text(reference);
  if (finding.admission)
    foot += dot + text("let through by " + finding.admission->override_id + " until " + finding.admission->expires);
  return element("p", "foot", foot);
}

/// Everything but the heading.
Markup body_of(const Finding& finding) {
  Markup terms = term("Where", places_of(finding)) + term("Why", text(finding.why)) + term("Path", path_of(finding)) +
                 term("Reaches", codes(reach_words(finding, k_most_reached), ", "));
  if (!finding.remediation.empty())
    terms += element("dt", words("Fix")) + element("dd", "fix", text(finding.remediation)) + line_end();
  terms += term("Remains", text(remaining_words(finding)));
  bool first = true;
  for (const std::string& cut : cut_words(finding)) {
    terms += first ? term("Or cut", text(cut)) : term("and", text(cut));
    first = false;
  }
  terms += term("Also fixes", codes(also_fixed_words(finding, k_most_reached), ", "));
  terms += term("Owner", finding.owner.empty() ? element("span", "nobody", words("nobody is named")) : text(finding.owner));
  terms += term("Score", score_line(finding));
  return element("dl", line_end() + terms) + shares_of(finding) + foot_of(finding);
}

Markup finding_fold(const Finding& finding) {
  const Markup summary =
      score_of(finding) + words(" ") + element("span", "what", text(headline(finding))) + words(" ") + effect_of(finding);
  return element("details", k_cards.at(band_of(finding)),
                 element("summary", summary) + line_end() +
                     element("div", "inside", element("p", "kicker", text(finding.title)) + body_of(finding))) +
         line_end();
}

}  // namespace

Markup finding_card(const Finding& finding, std::size_t number) {
  const Anchor title{"title", number};
  const Markup head = element("span", {fixed("class", "number"), fixed("aria-hidden", "true")}, text(std::to_string(number))) +
                      element("h3", {anchored(title)}, text(finding.title)) +
                      element("p", "badges", score_of(finding) + words(" ") + effect_of(finding));
  const Markup what = finding.message.empty() ? Markup() : element("p", "what", text(finding.message)) + line_end();
  return element("article", {fixed("class", k_cards.at(band_of(finding))), anchored({"finding", number}), labelled_by(title)},
                 line_end() + element("header", head) + line_end() + what + body_of(finding)) +
         line_end();
}

Markup overview(const model::Decision& decision, const std::vector<std::size_t>& numbered) {
  constexpr std::size_t k_most_lines = 12;
  if (numbered.size() < 2) return {};
  Markup lines;
  const std::size_t shown = std::min(numbered.size(), k_most_lines);
  for (std::size_t at = 0; at < shown; ++at) {
    const Finding& finding = decision.findings[numbered[at]];
    const auto fixed_tenths = score_after_fix(finding);
    const Markup after =
        fixed_tenths ? element("span", "after", text("→ " + model::tenths_to_string(*fixed_tenths) + " after the fix")) : Markup();
    const Markup owner = element("span", "owner", finding.owner.empty() ? words("nobody is named") : text(finding.owner));
    lines += element("li", element("span", "number", text(std::to_string(at + 1))) +
                               element("span", "what", element("a", {links_to({"finding", at + 1})}, text(headline(finding)))) +
                               owner + element("span", "scores", score_of(finding) + words(" ") + after)) +
             line_end();
  }
  return element("ol", "overview", line_end() + lines) + rest(numbered.size(), shown) + line_end();
}

Markup finding_folds(const model::Decision& decision, const std::vector<std::size_t>& indexes) {
  const std::size_t shown = std::min(indexes.size(), k_most_folds);
  Markup folds;
  for (std::size_t at = 0; at < shown; ++at) folds += finding_fold(decision.findings[indexes[at]]);
  return folds + rest(indexes.size(), shown);
}

}  // namespace postern::render::html
