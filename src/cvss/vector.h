// SPDX-License-Identifier: Apache-2.0
// Metrics of a CVSS vector, read by the table of its version.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace postern::cvss {

/// Which metrics must be there, and how much of the environment's belongs together.
enum class Group : std::uint8_t { base, temporal, environmental, supplemental };

struct ValueRow {
  std::string_view name;
  double weight = 0;  ///< what the formulas of its version take it for; for 4.0 how many steps below the worst value it is
};

struct MetricRow {
  std::string_view name;
  Group group = Group::base;
  std::array<ValueRow, 6> values;  ///< rows without a name are none
};

/// Which order the metrics must be in.
enum class MetricOrder : std::uint8_t { any, base_first, as_listed };

constexpr std::size_t k_most_metrics = 32;

/// What a vector says: for each metric of the table the index of its value.
class Vector {
 public:
  explicit Vector(std::span<const MetricRow> table) : m_table(table) { m_chosen.fill(k_absent); }

  [[nodiscard]] bool has(std::size_t metric) const { return m_chosen[metric] != k_absent; }
  [[nodiscard]] bool has_any(Group group) const;
  /// The name of the value; empty where the vector does not have the metric.
  [[nodiscard]] std::string_view name(std::size_t metric) const;
  /// The weight of the value, or `otherwise` where the vector does not have the metric.
  [[nodiscard]] double weight(std::size_t metric, double otherwise) const;
  [[nodiscard]] std::span<const MetricRow> table() const { return m_table; }

  void choose(std::size_t metric, std::size_t value) { m_chosen[metric] = static_cast<std::int8_t>(value); }
  void forget(std::size_t metric) { m_chosen[metric] = k_absent; }

 private:
  static constexpr std::int8_t k_absent = -1;
  std::span<const MetricRow> m_table;
  std::array<std::int8_t, k_most_metrics> m_chosen{};
};

/// Reads `AV:N/AC:L/...` into the vector. Returns the sentence that says what is wrong; empty where nothing is.
[[nodiscard]] std::string read_metrics(std::string_view text, MetricOrder order, Vector& vector);

/// A refusal where a metric of the base group is missing; else empty.
[[nodiscard]] std::string find_missing(const Vector& vector);

}  // namespace postern::cvss
