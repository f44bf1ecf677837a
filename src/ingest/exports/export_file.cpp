// SPDX-License-Identifier: Apache-2.0
// Finds exports among files, one JSON value a line included, and hands their resources on.
#include <ingest/codes.h>
#include <ingest/exports/export_file.h>
#include <postern/base/text.h>

#include <algorithm>
#include <set>
#include <utility>

namespace postern::ingest::exports {
namespace {

using cloud::Member;
using cloud::Value;
using document::Node;

constexpr int k_deepest = 40;

bool may_be_export(const SourceFile& file, const Format& format) {
  const std::string_view path = file.path;
  if (!path.ends_with(".json") && !path.ends_with(".yaml") && !path.ends_with(".yml") && !is_json_lines(path)) return false;
  return format.may_be(file.hints);
}

/// Several JSON objects, each in a line of its own.
bool holds_lines(std::string_view text) {
  const std::size_t end = text.find('\n');
  const std::string_view first = base::trim(text.substr(0, end));
  return end != std::string_view::npos && first.starts_with('{') && first.ends_with('}') &&
         base::trim(text.substr(end)).starts_with('{');
}

/// One JSON value a line as one list, each value in the line where it was.
std::string as_list(std::string_view text) {
  std::string list = "[";
  list.reserve(text.size() + text.size() / 64 + 64);
  bool any = false;
  std::size_t blank = 0;
  for (const std::string_view line : base::split(text, '\n')) {
    const std::string_view value = base::trim(line);
    if (value.empty()) {
      ++blank;
      continue;
    }
    if (any) list += ",\n";
    list.append(blank, '\n');
    list += value;
    blank = 0;
    any = true;
  }
  return list + "]\n";
}

document::Documents documents_of(const SourceFile& file, const document::Limits& limits, base::DiagnosticSink& sink) {
  const bool lines = is_json_lines(file.path) || holds_lines(file.bytes);
  return document::read_documents(lines ? as_list(file.bytes) : std::string(file.bytes),
                                  lines ? document::Format::json : document::Format::detect, base::Symbol(file.path), limits, sink);
}

Value with_texts(const Value& value, const std::function<Value(const Value&)>& change, int depth) {
  if (value.is_text()) return change(value);
  if (depth > k_deepest) return value;
  if (value.is_list()) {
    std::vector<Value> items;
    for (const Value& item : value.items()) items.push_back(with_texts(item, change, depth + 1));
    return Value::list(std::move(items)).at(value.location());
  }
  if (!value.is_map()) return value;
  std::vector<Member> members;
  for (const Member& member : value.members()) members.emplace_back(member.first, with_texts(member.second, change, depth + 1));
  return Value::map(std::move(members)).at(value.location());
}

}  // namespace

bool is_json_lines(std::string_view path) { return path.ends_with(".jsonl") || path.ends_with(".ndjson"); }

Value with_texts(const Value& value, const std::function<Value(const Value&)>& change) { return with_texts(value, change, 0); }

Value with_members(const Value& map, std::vector<Member> more) {
  std::vector<Member> members(map.members().begin(), map.members().end());
  for (Member& member : more) {
    if (!member.second.is_null() && map.find(member.first) == nullptr) members.push_back(std::move(member));
  }
  return Value::map(std::move(members)).at(map.location());
}

void note_partial(const base::Location& location, std::string_view what, base::DiagnosticSink& sink) {
  const auto said = [&](const base::Diagnostic& each) {
    return each.code == code::k_export_partial && each.location.file == location.file;
  };
  if (std::any_of(sink.all().begin(), sink.all().end(), said)) return;
  sink.warning(std::string(code::k_export_partial), location, std::string(what), "export all columns, all types and all pages");
}

std::vector<ProjectFile> read_exports(const SourceFiles& files, const ProjectSettings& settings, base::DiagnosticSink& sink,
                                      const Format& format) {
  std::vector<ProjectFile> results;
  std::vector<Exported> all;
  std::vector<std::size_t> result_of;  // for each of `all`
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!may_be_export(files[i], format)) continue;
    base::DiagnosticSink trouble;
    const document::Documents documents = documents_of(files[i], settings.limits, trouble);
    bool any = false;
    for (const document::Document& document : documents) {
      const std::vector<Node> rows = format.rows(document.root());
      any = any || !rows.empty();
      for (const Node& row : rows) format.read(row, all, trouble);
    }
    if (!any) continue;
    result_of.resize(all.size(), results.size());
    results.push_back({i, trouble.has_errors(), {}});
    sink.merge(std::move(trouble));
  }
  if (all.empty()) return results;
  format.settle(all);
  std::set<std::string> seen;
  std::vector<std::size_t> kept;
  cloud::Collector collector;
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (!seen.insert(all[at].resource.address).second) continue;
    kept.push_back(result_of[at]);
    collector.add(std::move(all[at].resource));
  }
  collector.finish([&](std::size_t index, model::Fact fact) { results[kept[index]].facts.push_back(std::move(fact)); });
  return results;
}

}  // namespace postern::ingest::exports
