// SPDX-License-Identifier: Apache-2.0
// Lists that are written as numbered variables.
#pragma once
#include <postern/model/graph.h>

#include <vector>

namespace postern::resolve {

/// Joins variables that differ in a number only (`Checks__0__Name`, `Checks__1__Name`, as .NET writes lists) to one with all their
/// values, sorted (`Checks__*__Name`): where an item is taken out of the middle, those behind it get other numbers, and nothing
/// else changed. Once everything that is an address is a relation.
void join_numbered_settings(std::vector<model::Entity>& entities);

}  // namespace postern::resolve
