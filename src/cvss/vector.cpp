// SPDX-License-Identifier: Apache-2.0
// Metrics of a CVSS vector, read by the table of its version.
#include "cvss/vector.h"

#include <postern/base/error.h>

#include <algorithm>

namespace postern::cvss {
namespace {

/// A long wrong text need not be repeated.
std::string shown(std::string_view text) { return "'" + std::string(text.substr(0, 40)) + "'"; }

std::size_t find_metric(std::span<const MetricRow> table, std::string_view name) {
  const auto at = std::find_if(table.begin(), table.end(), [&](const MetricRow& row) { return row.name == name; });
  return static_cast<std::size_t>(at - table.begin());
}

/// One `NAME:VALUE`; `previous` is the last metric of the table that was read.
std::string read_metric(std::string_view part, MetricOrder order, std::size_t& previous, Vector& vector) {
  const std::size_t colon = part.find(':');
  if (colon == std::string_view::npos) return "not a metric: " + shown(part);
  const auto table = vector.table();
  const std::size_t metric = find_metric(table, part.substr(0, colon));
  if (metric == table.size()) return "unknown metric " + shown(part.substr(0, colon));
  if (vector.has(metric)) return "metric " + std::string(table[metric].name) + " twice";
  const auto& values = table[metric].values;
  const std::string_view wanted = part.substr(colon + 1);
  const auto value = std::find_if(values.begin(), values.end(), [&](const ValueRow& row) { return row.name == wanted; });
  if (wanted.empty() || value == values.end()) {
    return "metric " + std::string(table[metric].name) + " has no value " + shown(wanted);
  }
  const bool ordered = order == MetricOrder::as_listed || (order == MetricOrder::base_first && table[metric].group == Group::base);
  if (ordered && previous != table.size() && previous > metric) {
    return "metric " + std::string(table[metric].name) + " must come before " + std::string(table[previous].name);
  }
  previous = metric;
  vector.choose(metric, static_cast<std::size_t>(value - values.begin()));
  return {};
}

}  // namespace

bool Vector::has_any(Group group) const {
  for (std::size_t metric = 0; metric < m_table.size(); ++metric) {
    if (m_table[metric].group == group && has(metric)) return true;
  }
  return false;
}

std::string_view Vector::name(std::size_t metric) const {
  return has(metric) ? m_table[metric].values[static_cast<std::size_t>(m_chosen[metric])].name : std::string_view();
}

double Vector::weight(std::size_t metric, double otherwise) const {
  return has(metric) ? m_table[metric].values[static_cast<std::size_t>(m_chosen[metric])].weight : otherwise;
}

std::string read_metrics(std::string_view text, MetricOrder order, Vector& vector) {
  POSTERN_ASSERT(vector.table().size() <= k_most_metrics);
  std::size_t previous = vector.table().size();
  for (bool more = true; more;) {
    const std::size_t slash = text.find('/');
    std::string wrong = read_metric(text.substr(0, slash), order, previous, vector);
    if (!wrong.empty()) return wrong;
    more = slash != std::string_view::npos;
    if (more) text.remove_prefix(slash + 1);
  }
  return {};
}

std::string find_missing(const Vector& vector) {
  for (std::size_t metric = 0; metric < vector.table().size(); ++metric) {
    const MetricRow& row = vector.table()[metric];
    if (row.group == Group::base && !vector.has(metric)) return "mandatory metric " + std::string(row.name) + " is missing";
  }
  return {};
}

}  // namespace postern::cvss
