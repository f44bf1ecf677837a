// SPDX-License-Identifier: Apache-2.0
// What reports of queries and hunts have in common.
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "app/inventory/state.h"
#include "app/threats.h"
#include "render/text_layout.h"

namespace postern::app {

/// Words joined by `separator`.
[[nodiscard]] std::string joined(const std::vector<std::string>& words, std::string_view separator);
[[nodiscard]] std::vector<std::string> texts_of(const std::vector<model::Symbol>& symbols);
/// `internet -> shop/services/web -> shop/web`; empty where no way in is known.
[[nodiscard]] std::string way_of(const InventoryEntity& entity);
/// `internet`, `unknown`: empty data is `none`.
[[nodiscard]] std::string data_words(const InventoryEntity& entity);

/// `looked at 3 sources: 12 services, 340 components; threat database: ...`, services whose libraries are unknown, and what could
/// not be read.
void write_looked(render::TextLayout& out, const LookedAt& looked, const Threats& threats);

[[nodiscard]] nlohmann::ordered_json json_of(const InventoryEntity& entity);
[[nodiscard]] nlohmann::ordered_json json_of(const LookedAt& looked, const Threats& threats);
[[nodiscard]] std::string json_text(const nlohmann::ordered_json& whole);

/// One line of CSV; no cell is taken for a formula.
[[nodiscard]] std::string csv_line(const std::vector<std::string>& cells);
/// What each line of CSV says of an entity, and the titles of these columns.
[[nodiscard]] std::vector<std::string> csv_cells(const InventoryEntity& entity);
[[nodiscard]] std::vector<std::string> csv_titles();

}  // namespace postern::app
