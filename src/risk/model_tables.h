// SPDX-License-Identifier: Apache-2.0
// What a risk model consists of: one row a table, constant and rule of order, with names and limits.
#pragma once
#include <span>
#include <string_view>

#include "risk/model.h"

namespace postern::risk {

using Names = std::span<const std::string_view>;

/// What a number may be: [least, greatest].
struct Limits {
  double least;
  double greatest;
};

/// A table over an enumeration: its key in the file, its entries' names, and where its numbers are.
struct TableRow {
  std::string_view key;
  Names (*names)();
  std::span<double> (*values)(RiskModel&);
  Limits limits;
};

struct ConstantRow {
  std::string_view name;
  double RiskModel::*value;
  Limits limits;
};

/// A rule of monotony: in `table`, the value of `greater` may not be below that of `lesser`. An empty `lesser` means every name.
struct OrderRow {
  std::string_view table;
  std::string_view greater;
  std::string_view lesser;
};

[[nodiscard]] std::span<const TableRow> model_tables();
[[nodiscard]] std::span<const ConstantRow> model_constants();
[[nodiscard]] std::span<const OrderRow> model_orders();

}  // namespace postern::risk
