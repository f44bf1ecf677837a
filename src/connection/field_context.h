// SPDX-License-Identifier: Apache-2.0
// What tables, objects and the words before a field are about: the groups of knowledge/data-contexts.tsv.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace postern::connection {

/// Names of groups (`person`, `thing`, `health`...), each once. They live as long as the process.
using Groups = std::vector<std::string_view>;

/// The groups that a table's or object's name belongs to.
[[nodiscard]] Groups groups_of(std::span<const std::string> context);

/// Groups of a field whose own words say whose it is: `witness_name` in a table of claims, `product_name` in one of customers. The
/// word that ends straight before `start` decides over person or thing, and adds what else it is about to the groups of the
/// context.
[[nodiscard]] Groups groups_before(std::span<const std::string> tokens, std::size_t start, const Groups& context);

/// Whether any of `wanted` is among the groups.
[[nodiscard]] bool any_in(const Groups& wanted, const Groups& groups);

}  // namespace postern::connection
