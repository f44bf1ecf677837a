// SPDX-License-Identifier: Apache-2.0
// Fuzzes pages and pictures: a decision whose texts are pieces of the input, and a picture whose boxes and lines the input chooses.
#include <postern/base/text.h>
#include <render/html/report.h>
#include <render/svg/map_drawing.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/decision_filler.h"
#include "support/grid_layout.h"
#include "support/output_rules.h"
#include "support/page_rules.h"
#include "support/xml_check.h"

namespace {

using postern::model::Picture;
constexpr std::string_view k_declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view k_doctype = "<!DOCTYPE html>\n";

void require(bool holds) {
  if (!holds) __builtin_trap();
}

void check(const std::string& page) {
  require(postern::test::broken_line_rule(page).empty());
  require(postern::test::broken_page_rule(page).empty());
  const bool is_page = page.starts_with(k_doctype);
  const std::string text = is_page ? std::string(k_declaration) + page.substr(k_doctype.size()) : page;
  require(postern::test::XmlCheck(text).trouble().empty());
}

/// Boxes and lines by bytes: kinds, changes, namespaces and ends come from the input.
Picture picture_of(std::string_view bytes, const std::vector<std::string>& texts) {
  Picture picture;
  const auto number = [&](std::size_t at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(bytes[at % bytes.size()]));
  };
  const std::size_t boxes = 1 + number(0);
  for (std::size_t at = 0; at < boxes; ++at) {
    postern::model::PictureEntity box;
    const std::string& name = texts[at % texts.size()];
    box.id = {postern::model::Symbol(at % 7 == 0 ? "" : name),
              {},
              postern::model::Symbol(name + std::to_string(number(at) % 9) + "/" + std::to_string(at))};
    box.name = name;
    box.kind = static_cast<postern::model::EntityKind>(number(at + 1) % 31);
    if (number(at + 2) % 4 != 3) box.change = static_cast<postern::model::ChangeKind>(number(at + 2) % 4);
    if (number(at + 3) % 3 == 0) box.exposure = "internet";
    box.data_classes.assign(number(at + 4) % 6, name);
    picture.entities.push_back(std::move(box));
  }
  for (std::size_t at = 0; at < 3 * boxes; ++at) {
    picture.relations.push_back({picture.entities[number(at) % boxes].id,
                                 picture.entities[number(at + 5) % boxes].id,
                                 postern::model::RelationKind::calls,
                                 {}});
    if (number(at) % 5 < 3) picture.relations.back().change = static_cast<postern::model::ChangeKind>(number(at) % 5);
  }
  return picture;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  // Byte 0: elements of each list; byte 1: boxes of a picture; the rest: texts, one a NUL-ended piece, so that line ends are part
  // of them.
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> texts;
  for (const std::string_view piece : postern::base::split(text.substr(2), '\0')) texts.emplace_back(piece);
  const postern::model::Decision decision = postern::test::filled_decision(texts, data[0] % 4);
  const auto style = data[0] % 2 == 0 ? postern::render::html::StyleSheet::inside : postern::render::html::StyleSheet::beside;
  check(postern::render::html::report(decision, postern::test::grid_layout, style));
  const postern::render::svg::MapOptions options{std::size_t{4} + data[1] % 60, {}};
  check(postern::render::svg::map_document(picture_of(text, texts), options, postern::test::grid_layout));
  return 0;
}
