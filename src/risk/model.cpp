// SPDX-License-Identifier: Apache-2.0
// Reads the tables of the score from YAML, checks them, and stamps them with version and digest.
#include "risk/model.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/text.h>
#include <postern/document/document.h>

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>
#include <vector>

#include "risk/codes.h"
#include "risk/model_tables.h"
#include "risk_model_file.h"

namespace postern::risk {
namespace {

std::string number_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

/// Reads one file over a model; collects what is wrong in it.
class ModelReader {
 public:
  ModelReader(RiskModel& target, base::DiagnosticSink& sink) : m_model(target), m_sink(sink) {}

  void read(document::Node root) {
    if (!root.is_mapping()) return wrong(k_not_a_model, root, "a risk model is a mapping of tables");
    for (const document::Entry entry : root.entries()) read_section(entry.key.text(), entry);
  }

  [[nodiscard]] std::size_t numbers_read() const { return m_numbers_read; }
  [[nodiscard]] const std::string& version() const { return m_version; }

 private:
  void wrong(std::string_view code, document::Node where, std::string message, std::string hint = {}) {
    m_sink.error(std::string(code), where.location(), std::move(message), std::move(hint));
  }

  void unknown_name(document::Node key, std::string_view what, Names candidates) {
    const auto near = base::did_you_mean(key.text(), candidates);
    wrong(k_unknown_name, key, "the risk model has no " + std::string(what) + " '" + std::string(key.text()) + "'",
          near ? "did you mean '" + *near + "'?" : std::string());
  }

  void read_section(std::string_view key, const document::Entry& entry) {
    if (key == "version") return read_version(entry.value);
    if (key == "constants") return read_constants(entry.value);
    for (const TableRow& row : model_tables()) {
      if (row.key == key) return read_table(row, entry.value);
    }
    std::vector<std::string_view> candidates{"version", "constants"};
    for (const TableRow& row : model_tables()) candidates.push_back(row.key);
    unknown_name(entry.key, "table", candidates);
  }

  void read_version(document::Node value) {
    if (!value.is_scalar() || value.text().empty()) return wrong(k_bad_number, value, "the version is a short text");
    m_version = std::string(value.text());
  }

  void read_constants(document::Node value) {
    if (!value.is_mapping()) return wrong(k_not_a_model, value, "'constants' is a mapping of names to numbers");
    std::vector<std::string_view> names;
    for (const ConstantRow& row : model_constants()) names.push_back(row.name);
    for (const document::Entry entry : value.entries()) {
      const auto row = std::ranges::find(model_constants(), entry.key.text(), &ConstantRow::name);
      if (row == model_constants().end()) {
        unknown_name(entry.key, "constant", names);
      } else {
        read_number(entry, row->limits, m_model.*(row->value));
      }
    }
  }

  void read_table(const TableRow& row, document::Node value) {
    if (!value.is_mapping()) return wrong(k_not_a_model, value, "'" + std::string(row.key) + "' is a mapping of names to numbers");
    const Names names = row.names();
    for (const document::Entry entry : value.entries()) {
      const auto name = std::ranges::find(names, entry.key.text());
      if (name == names.end()) {
        unknown_name(entry.key, std::string(row.key), names);
      } else {
        read_number(entry, row.limits, row.values(m_model)[static_cast<std::size_t>(name - names.begin())]);
      }
    }
  }

  void read_number(const document::Entry& entry, Limits limits, double& target) {
    const auto number = entry.value.as_number();
    if (!number || !(*number >= limits.least && *number <= limits.greatest)) {
      return wrong(k_bad_number, entry.value,
                   "'" + std::string(entry.key.text()) + "' must be a number from " + number_text(limits.least) + " to " +
                       number_text(limits.greatest));
    }
    target = *number;
    ++m_numbers_read;
  }

  RiskModel& m_model;
  base::DiagnosticSink& m_sink;
  std::size_t m_numbers_read = 0;
  std::string m_version;
};

double value_in(RiskModel& model, const TableRow& row, std::string_view name) {
  const Names names = row.names();
  return row.values(model)[static_cast<std::size_t>(std::ranges::find(names, name) - names.begin())];
}

/// Whether more protection can never raise a score, and no unknown can lower one.
void check_order(RiskModel& model, base::Symbol file, base::DiagnosticSink& sink) {
  for (const OrderRow& order : model_orders()) {
    const TableRow& row = *std::ranges::find(model_tables(), order.table, &TableRow::key);
    for (const std::string_view name : row.names()) {
      if (!order.lesser.empty() && name != order.lesser) continue;
      if (value_in(model, row, order.greater) >= value_in(model, row, name)) continue;
      sink.error(std::string(k_not_monotone), {file, 0, 0},
                 "in '" + std::string(order.table) + "', '" + std::string(order.greater) + "' may not be below '" +
                     std::string(name) + "'",
                 "otherwise a control, or not knowing, would turn a score the wrong way round");
    }
  }
  if (model.epss_floor + model.epss_span > 1) {
    sink.error(std::string(k_not_monotone), {file, 0, 0}, "'epss_floor' and 'epss_span' may not exceed 1 together");
  }
  if (model.band_floor[model::Band::low] > 0) {
    sink.error(std::string(k_not_monotone), {file, 0, 0}, "the band 'low' must begin at 0");
  }
}

void stamp(RiskModel& model, std::string version) {
  model.version = std::move(version);
  base::PartsDigest digest;
  digest.add(model.version);
  for (const TableRow& row : model_tables()) {
    const Names names = row.names();
    for (std::size_t i = 0; i < names.size(); ++i) digest.add(row.key).add(names[i]).add(number_text(row.values(model)[i]));
  }
  for (const ConstantRow& row : model_constants()) digest.add(row.name).add(number_text(model.*(row.value)));
  model.digest = digest.hex();
}

std::size_t number_count() {
  std::size_t count = model_constants().size();
  for (const TableRow& row : model_tables()) count += row.names().size();
  return count;
}

struct ReadModel {
  RiskModel model;
  std::size_t numbers = 0;
  std::string version;
};

std::optional<ReadModel> read_over(const RiskModel& base, std::string_view text, base::Symbol file, base::DiagnosticSink& sink) {
  const std::size_t errors_before = sink.error_count();
  const document::Documents documents = document::read_documents(std::string(text), document::Format::yaml, file, {}, sink);
  if (sink.error_count() != errors_before) return std::nullopt;
  if (documents.size() != 1) {
    sink.error(std::string(k_not_a_model), {file, 0, 0}, "a risk model is exactly one YAML document");
    return std::nullopt;
  }
  ReadModel result{base, 0, {}};
  ModelReader reader(result.model, sink);
  reader.read(documents.front().root());
  if (sink.error_count() == errors_before) check_order(result.model, file, sink);
  if (sink.error_count() != errors_before) return std::nullopt;
  result.numbers = reader.numbers_read();
  result.version = reader.version();
  return result;
}

RiskModel load_standard_model() {
  const base::EmbeddedFile& file = risk_model_file().front();
  base::DiagnosticSink sink;
  auto read = read_over(RiskModel{}, file.text, base::Symbol(file.path), sink);
  POSTERN_ASSERT(read && read->numbers == number_count() && !read->version.empty());
  stamp(read->model, read->version);
  return std::move(read->model);
}

}  // namespace

const RiskModel& standard_model() {
  static const RiskModel model = load_standard_model();
  return model;
}

std::optional<RiskModel> override_model(const RiskModel& base, std::string_view text, base::Symbol file,
                                        base::DiagnosticSink& sink) {
  auto read = read_over(base, text, file, sink);
  if (!read) return std::nullopt;
  if (read->version.empty()) {
    sink.error(std::string(k_no_version), {file, 0, 0}, "an override of the risk model needs a version",
               "add 'version: NAME-1' and raise it with every change");
    return std::nullopt;
  }
  stamp(read->model, base.version + "+" + read->version);
  return std::move(read->model);
}

}  // namespace postern::risk
