// SPDX-License-Identifier: Apache-2.0
// Answers to queries and hunts as text, JSON and CSV.
#pragma once
#include <string>

#include "app/inventory/hunt.h"
#include "app/inventory/query.h"
#include "render/text.h"

namespace postern::app {

[[nodiscard]] std::string query_text(const QueryResult& result, const Threats& threats, const render::TextOptions& options);
[[nodiscard]] std::string query_json(const QueryResult& result, const policy::Query& query, const Threats& threats);
/// A line an entity; the column `answer` says `match` or `unknown`.
[[nodiscard]] std::string query_csv(const QueryResult& result);

[[nodiscard]] std::string hunt_text(const HuntAnswer& answer, const Hunted& hunted, const Threats& threats,
                                    const render::TextOptions& options);
[[nodiscard]] std::string hunt_json(const HuntAnswer& answer, const Hunted& hunted, const Threats& threats);
/// A line a package of an entity; the column `answer` says `weak`, `present`, `possible`, or `unknown` where the libraries are.
[[nodiscard]] std::string hunt_csv(const HuntAnswer& answer);

}  // namespace postern::app
