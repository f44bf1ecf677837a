// SPDX-License-Identifier: Apache-2.0
// Looking into a report by paths, so that a reader is a table of where its tool writes what.
#pragma once
#include <postern/document/node.h>

#include <functional>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace postern::ingest::scanners {

using document::Node;

/// The text of a scalar, or of an element of XML that also has attributes; empty for all else and for null.
[[nodiscard]] std::string_view text_of(const Node& node);
/// The value at keys joined by `.`; a number takes an item of a sequence. Missing where any step is.
[[nodiscard]] Node at(const Node& node, std::string_view path);
/// The texts at all of `paths`, joined by `|`: of the first one that has any. A step `*` takes every item or value.
[[nodiscard]] std::vector<std::string_view> texts(const Node& node, std::string_view paths);
/// The first of these; empty where there is none.
[[nodiscard]] std::string_view text(const Node& node, std::string_view paths);
/// The whole number at one of `paths`, also where it is written as a text; 0 where there is none that fits.
[[nodiscard]] std::uint32_t number(const Node& node, std::string_view paths);
/// Whether a flag is set at one of `paths`, as a boolean or as the text of one.
[[nodiscard]] bool is_true(const Node& node, std::string_view paths);

/// Whether a mapping has all of these keys.
[[nodiscard]] bool has(const Node& node, std::initializer_list<std::string_view> keys);
/// Whether a table has all of these columns.
[[nodiscard]] bool has_columns(const Node& root, std::initializer_list<std::string_view> columns);
/// Whether one of the first items of a sequence is like this; the mapping itself where it is none.
[[nodiscard]] bool any_item(const Node& node, const std::function<bool(const Node&)>& is_like);
/// The items of a sequence; what is no sequence as the only item. XML has one element where a list has one item. Nothing for null.
[[nodiscard]] std::vector<Node> each(const Node& node);
/// The same for the values at the first of `paths` that is there; `*` takes every item or value.
[[nodiscard]] std::vector<Node> each(const Node& node, std::string_view paths);

}  // namespace postern::ingest::scanners
