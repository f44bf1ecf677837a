// SPDX-License-Identifier: Apache-2.0
// Line by line: `#model_version:...,score_date:...`, the header, then `CVE,score,percentile`.
#include "threatdb/epss_reader.h"

#include <postern/base/text.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "threatdb/codes.h"

namespace postern::threatdb {
namespace {

constexpr std::uint64_t k_told = 5;

std::optional<float> share(std::string_view text) {
  float value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_share = error == std::errc() && end == text.data() + text.size() && value >= 0 && value <= 1;
  return is_share ? std::optional(value) : std::nullopt;
}

/// `#model_version:v2025.03.14,score_date:2025-08-25T12:55:00Z`
void read_comment(std::string_view line, EpssScores& scores) {
  line.remove_prefix(1);
  for (const std::string_view part : base::split(line, ',')) {
    const std::size_t colon = part.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string_view key = base::trim(part.substr(0, colon));
    const std::string_view value = base::trim(part.substr(colon + 1));
    if (key == "model_version") scores.model = value;
    if (key == "score_date") scores.date = parse_moment(value).value_or(k_never);
  }
}

/// Where the columns are.
struct Columns {
  std::size_t id = SIZE_MAX, probability = SIZE_MAX, percentile = SIZE_MAX;
  [[nodiscard]] bool is_whole() const { return id != SIZE_MAX && probability != SIZE_MAX; }
};

Columns columns_of(std::string_view line) {
  Columns columns;
  const auto names = base::split(line, ',');
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = base::trim(names[i]);
    if (name == "cve") columns.id = i;
    if (name == "epss") columns.probability = i;
    if (name == "percentile") columns.percentile = i;
  }
  return columns;
}

std::optional<ProbabilityInput> read_row(std::string_view line, const Columns& columns) {
  ProbabilityInput row;
  bool has_probability = false;
  std::size_t column = 0;
  while (true) {
    const std::size_t comma = line.find(',');
    const std::string_view field = base::trim(line.substr(0, comma));
    if (column == columns.id) row.key = cve_key(field);
    if (column == columns.probability || column == columns.percentile) {
      const auto value = share(field);
      if (!value) return {};
      (column == columns.probability ? row.probability : row.percentile) = *value;
      has_probability = has_probability || column == columns.probability;
    }
    ++column;
    if (comma == std::string_view::npos) break;
    line.remove_prefix(comma + 1);
  }
  return row.key != 0 && has_probability ? std::optional(row) : std::nullopt;
}

}  // namespace

bool is_epss(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text.starts_with("#model_version") || text.starts_with("cve,epss");
}

EpssScores read_epss(std::string_view text, base::Symbol file, base::DiagnosticSink& sink) {
  EpssScores scores;
  Columns columns;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = base::trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (line.empty()) continue;
    if (line.front() == '#') {
      read_comment(line, scores);
    } else if (!columns.is_whole()) {
      columns = columns_of(line);
      if (columns.is_whole()) continue;
      sink.error(k_bad_epss, {file, number, 1}, "expected a header with the columns cve and epss");
      return scores;
    } else if (const auto row = read_row(line, columns)) {
      scores.rows.push_back(*row);
    } else if (++scores.refused <= k_told) {
      sink.error(k_bad_epss, {file, number, 1}, "expected a CVE and numbers from 0 to 1");
    }
  }
  if (scores.date == k_never)
    sink.error(k_bad_epss, {file, 1, 1}, "the first line says no date of the scores, so nobody knows how old they are");
  return scores;
}

}  // namespace postern::threatdb
