// SPDX-License-Identifier: Apache-2.0
// `postern version`, `schema`, `explain`, `list`: help that never drifts from the code, since it is the code's own
// tables.
#include "policy/reference.h"

#include <postern/base/error.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <map>

#include "acquire/acquire.h"
#include "app/commands/commands.h"
#include "app/output.h"
#include "app/request.h"
#include "app/version.h"
#include "baseline/codes.h"
#include "cel/environment.h"
#include "connection/technology.h"
#include "ingest/codes.h"
#include "ingest/project.h"
#include "ingest/registry.h"
#include "ingest/scanners/registry.h"
#include "policy/codes.h"
#include "postern/document/codes.h"
#include "render/codes.h"
#include "render/escape.h"
#include "render/reports.h"
#include "risk/codes.h"
#include "threatdb/codes.h"

namespace postern::app {
namespace {

std::vector<base::CodeRow> all_codes() {
  std::vector<base::CodeRow> rows;
  const auto add = [&](std::span<const base::CodeRow> more) { rows.insert(rows.end(), more.begin(), more.end()); };
  add(document::codes());
  add(acquire::code_rows());
  add(ingest::codes());
  add(codes());
  add(policy::codes());
  add(baseline::codes());
  add(risk::codes());
  add(threatdb::codes());
  add(render::codes());
  std::sort(rows.begin(), rows.end(), [](const base::CodeRow& a, const base::CodeRow& b) { return a.code < b.code; });
  const auto same = [](const base::CodeRow& a, const base::CodeRow& b) { return a.code == b.code; };
  POSTERN_ASSERT(std::adjacent_find(rows.begin(), rows.end(), same) == rows.end());  // one code, one meaning
  return rows;
}

std::string row(std::string_view name, std::string_view text) {
  std::string line(name);
  line.resize(std::max<std::size_t>(line.size() + 2, 32), ' ');
  return line + std::string(text) + "\n";
}

std::string list_attributes() {
  std::string text;
  for (const model::AttributeDefinition* each : model::all_attributes()) {
    text += row(each->name, std::string(model::to_string(each->type)) + " of " + model::to_string(each->subject) + ": " +
                                std::string(each->description));
  }
  return text;
}
std::string list_codes() {
  std::string text;
  for (const base::CodeRow& each : all_codes()) text += row(each.code, each.title);
  return text;
}
std::string list_formats() {
  std::string text;
  std::map<std::string_view, std::string_view> formats;
  for (const ingest::FormatRow& each : ingest::formats()) formats.emplace(each.id, each.description);
  for (const ingest::ProjectRow& each : ingest::project_formats()) formats.emplace(each.id, each.description);
  for (const ingest::scanners::Reader* each : ingest::scanners::readers()) formats.emplace(each->id, each->description);
  for (const auto& [id, description] : formats) text += row(id, std::string(description));
  return text;
}
std::string list_functions() {
  std::string text;
  for (const cel::Function& each : cel::standard_functions()) {
    if (!each.description.empty()) text += row(each.signature(), each.description);
  }
  for (const cel::Function& each : policy::cel_environment(model::SubjectKind::entity).functions())
    text += row(each.signature(), each.description);
  return text;
}
std::string list_reports() {
  std::string text;
  for (const render::ReportFormat& each : render::report_formats()) text += row(each.id, each.purpose);
  return text;
}
std::string list_rules() {
  std::string text;
  DecisionInputs inputs;
  const policy::PackSet packs = packs_in_use({}, {}, {}, inputs);
  for (const policy::Pack& pack : packs.packs) {
    for (const policy::Rule& rule : pack.rules) text += row(rule.id, rule.title);
  }
  return text;
}
std::string list_sinks() {
  std::string text;
  for (const render::SinkRow& each : render::sinks()) text += row(each.name, each.purpose);
  return text;
}
std::string list_technologies() {
  std::string text;
  for (const connection::Technology& each : connection::technologies()) {
    text += row(each.id, std::string(each.title) + ", " + connection::to_string(each.role));
  }
  return text;
}

std::string list_language() { return policy::reference_markdown(); }
std::string list_rule_texts() {
  DecisionInputs inputs;
  return policy::rules_markdown(packs_in_use({}, {}, {}, inputs));
}

struct ListRow {
  std::string_view what;
  std::string (*print)();
};
constexpr std::array k_lists = {
    ListRow{"attributes", list_attributes},
    ListRow{"codes", list_codes},
    ListRow{"formats", list_formats},
    ListRow{"functions", list_functions},
    ListRow{"policy-language", list_language},
    ListRow{"reports", list_reports},
    ListRow{"rule-texts", list_rule_texts},
    ListRow{"rules", list_rules},
    ListRow{"sinks", list_sinks},
    ListRow{"technologies", list_technologies},
};

constexpr std::array<std::string_view, 4> k_schemas = {"configuration", "decision", "policy-pack", "snapshot"};

}  // namespace

int show_version(const Options&) {
  write_output("postern " + version() + "\n");
  return 0;
}

int show_schema(const Options& options) {
  if (options.paths.empty()) {
    for (const std::string_view name : k_schemas) write_output(std::string(name) + "\n");
    return 0;
  }
  const std::string& name = options.paths.front();
  const std::string_view text = render::schema(name == "config" ? "configuration" : name);
  if (text.empty()) unknown_format(options.paths.front(), {k_schemas.begin(), k_schemas.end()});
  write_output(std::string(text));
  return 0;
}

int explain_code(const Options& options) {
  const std::string& wanted = options.paths.front();
  std::vector<std::string_view> known;
  const std::vector<base::CodeRow> rows = all_codes();
  for (const base::CodeRow& each : rows) {
    known.push_back(each.code);
    if (!base::equals_ignoring_case(each.code, wanted)) continue;
    write_output(std::string(each.code) + ": " + std::string(each.title) + "\n\n" + std::string(each.explanation) + "\n");
    return 0;
  }
  const auto close = base::did_you_mean(wanted, known);
  throw UsageError("there is no code '" + wanted + "'",
                   close ? "did you mean '" + *close + "'?" : "`postern list codes` prints all of them");
}

int list(const Options& options) {
  std::vector<std::string> known;
  for (const ListRow& each : k_lists) {
    known.emplace_back(each.what);
    if (options.paths.empty()) {
      write_output(std::string(each.what) + "\n");
    } else if (each.what == options.paths.front()) {
      write_output(each.print());
      return 0;
    }
  }
  if (options.paths.empty()) return 0;
  unknown_format(options.paths.front(), known);
}

}  // namespace postern::app
