// SPDX-License-Identifier: Apache-2.0
// Takes variables apart, asks their sources one after the other, and puts texts together.
#include <ingest/codes.h>
#include <ingest/serverless/variables.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace postern::ingest::serverless {
namespace {

using cloud::Value;
using document::Node;

constexpr int k_deepest = 32;
constexpr std::size_t k_most_variables = 20'000;
constexpr std::size_t k_longest_text = 1U << 16U;

/// Where the brace that opens a variable's content closes; npos where it does not.
std::size_t closing_brace(std::string_view text, std::size_t start) {
  int depth = 1;
  for (std::size_t at = start; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

bool is_document(std::string_view path) { return path.ends_with(".yml") || path.ends_with(".yaml") || path.ends_with(".json"); }

/// `a, 'b, c', f(d, e)` -> three parts, trimmed.
std::vector<std::string_view> parts_of(std::string_view content) {
  std::vector<std::string_view> parts;
  char quote = 0;
  int depth = 0;
  std::size_t start = 0;
  for (std::size_t at = 0; at < content.size(); ++at) {
    const char c = content[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '{') {
      ++depth;
    } else if (c == ')' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      parts.push_back(base::trim(content.substr(start, at - start)));
      start = at + 1;
    }
  }
  parts.push_back(base::trim(content.substr(start)));
  return parts;
}

bool is_word(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  });
}

/// A text, number or boolean as it may stand among sources.
std::optional<Value> literal_of(std::string_view text) {
  if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front())
    return Value::text(std::string(text.substr(1, text.size() - 2)));
  if (text == "true" || text == "false") return Value::boolean(text == "true");
  if (text == "null") return Value::null();
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!text.empty() && error == std::errc{} && end == text.data() + text.size()) return Value::number_text(std::string(text));
  return std::nullopt;
}

}  // namespace

Parts::Parts(const SourceFiles& files, std::string folder, const document::Limits& limits, base::DiagnosticSink& sink)
    : m_files(files), m_folder(std::move(folder)), m_limits(limits), m_sink(sink) {}

bool Parts::has(const std::string& path) const { return m_files.find(m_folder + "/" + path).has_value(); }

Node Parts::root_of(const std::string& path) {
  const auto index = m_files.find(m_folder + "/" + path);
  if (!index || !is_document(path)) return {};
  auto at = m_documents.find(*index);
  if (at == m_documents.end()) {
    m_used.insert(*index);
    const SourceFile& file = m_files[*index];
    at = m_documents
             .emplace(*index, document::read_documents(std::string(file.bytes), document::Format::detect, base::Symbol(file.path),
                                                       m_limits, m_sink))
             .first;
  }
  return at->second.empty() ? Node() : at->second.front().root();
}

ServiceVariables::ServiceVariables(const Node& root, Parts& parts, base::DiagnosticSink& sink)
    : m_root(root), m_parts(parts), m_sink(sink), m_left(k_most_variables) {}

std::optional<std::vector<ServiceVariables::Source>> ServiceVariables::sources_of(std::string_view content) {
  std::vector<Source> sources;
  for (const std::string_view part : parts_of(content)) {
    if (const auto literal = literal_of(part)) {
      if (sources.empty()) return std::nullopt;
      sources.push_back({{}, {}, std::string(part), true});
      continue;
    }
    Source source;
    std::string_view rest = part;
    const std::size_t mark = rest.find_first_of(":(");
    source.kind = std::string(rest.substr(0, mark));
    rest = mark == std::string_view::npos ? std::string_view() : rest.substr(mark);
    if (rest.starts_with('(')) {
      const std::size_t end = rest.find(')');
      if (end == std::string_view::npos) return std::nullopt;
      source.parameter = std::string(base::trim(rest.substr(1, end - 1)));
      rest = rest.substr(end + 1);
    } else if (rest.empty()) {
      return std::nullopt;  // a name of the template: ${Table}
    }
    if (rest.starts_with("::") || !is_word(source.kind)) return std::nullopt;  // ${AWS::Region}
    if (rest.starts_with(':')) source.address = std::string(base::trim(rest.substr(1)));
    sources.push_back(std::move(source));
  }
  return sources;
}

Node ServiceVariables::at(Node node, std::string_view address) {
  node = follow(node);
  for (const std::string_view part : base::split(address, '.')) {
    if (part.empty()) continue;
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
    const bool number = error == std::errc{} && end == part.data() + part.size();
    node = follow(node.is_sequence() && number ? node.at(index) : node[part]);
  }
  return node;
}

Value ServiceVariables::stage() {
  if (const Node own = at(m_root, "provider.stage")) {
    const Value value = m_evaluator->value(own);
    if (value.is_scalar() || value.is_unknown()) return value;
  }
  return Value::text("dev").as_default();
}

ServiceVariables::Answer ServiceVariables::of_file(const Source& source, const base::Location& location) {
  if (!is_document(source.parameter)) return {{}, Value::unknown(), true, false};  // code
  if (!m_parts.has(source.parameter)) {
    if (m_missing.insert(source.parameter).second) {
      m_sink.warning(std::string(code::k_serverless_missing_file), location,
                     "'" + source.parameter + "' is not part of this source, so what it says is unknown",
                     "give Postern the folder that holds all files of the service");
    }
    return {{}, Value::unknown(), false, false};
  }
  const Node found = at(m_parts.root_of(source.parameter), source.address);
  return {found, {}, static_cast<bool>(found), false};
}

ServiceVariables::Answer ServiceVariables::of_parameters(const std::string& name) {
  const Value stage_value = stage();
  const std::string stage_name(stage_value.as_text());
  for (const std::string& path : {"stages." + stage_name + ".params." + name, "params." + stage_name + "." + name,
                                  "stages.default.params." + name, "params.default." + name}) {
    if (const Node found = at(m_root, path)) return {found, {}, true, stage_value.by_default()};
  }
  return {{}, Value::unknown(), false, true};
}

ServiceVariables::Answer ServiceVariables::ask(const Source& source, const base::Location& location) {
  if (source.literal) return {{}, literal_of(source.address).value_or(Value::unknown()), true, false};
  if (source.kind == "self") {
    const Node found = at(m_root, source.address);
    if (!found && source.address == "provider.stage") return {{}, stage(), true, true};
    if (!found && source.address == "provider.region") return {{}, Value::text("us-east-1"), true, true};
    return {found, {}, static_cast<bool>(found), false};
  }
  if (source.kind == "file") return of_file(source, location);
  if (source.kind == "param") return of_parameters(source.address);
  if (source.kind == "sls" && source.address == "stage") return {{}, stage(), true, false};
  const bool replaceable = source.kind == "opt" || source.kind == "env";
  return {{}, Value::unknown(), false, replaceable};
}

std::optional<ServiceVariables::Answer> ServiceVariables::answer(std::string_view content, const base::Location& location) {
  if (m_left == 0 || m_depth >= k_deepest) return Answer{{}, Value::unknown(), true, false};
  --m_left;
  ++m_depth;
  bool replaceable = false;
  std::optional<std::vector<Source>> sources;
  if (content.find("${") != std::string_view::npos) {
    const Value expanded = expand(content, location);
    replaceable = expanded.by_default();
    sources = expanded.is_scalar() ? sources_of(expanded.as_text()) : std::vector<Source>{{"unknown", {}, {}, false}};
  } else {
    sources = sources_of(content);
  }
  std::optional<Answer> result;
  if (sources) {
    bool elsewhere = false;
    result = Answer{{}, Value::unknown(), true, false};
    for (const Source& source : *sources) {
      Answer found = ask(source, location);
      replaceable = replaceable || found.replaceable;
      if (found.found) {
        // What a place out of sight says first is not known, only what holds where it says nothing.
        if (!elsewhere) result = std::move(found);
        break;
      }
      elsewhere = elsewhere || (!found.replaceable && source.kind != "self" && source.kind != "file");
    }
    result->replaceable = result->replaceable || replaceable;
  }
  --m_depth;
  return result;
}

Value ServiceVariables::value_of(const Answer& answer) {
  if (m_depth >= k_deepest || m_left == 0) return Value::unknown();
  ++m_depth;
  Value value = answer.node ? m_evaluator->value(answer.node) : answer.value;
  --m_depth;
  return answer.replaceable ? value.as_default() : value;
}

Node ServiceVariables::follow(const Node& start) {
  Node node = start;
  for (int step = 0; step < k_deepest; ++step) {
    const std::string_view text = base::trim(node.text());
    if (!text.starts_with("${") || closing_brace(text, 2) != text.size() - 1) return node;
    const auto found = answer(text.substr(2, text.size() - 3), node.location());
    // A value that another stage may replace must keep the mark of it.
    if (!found || !found->node || (found->replaceable && found->node.is_scalar())) return node;
    node = found->node;
  }
  return start;
}

Value ServiceVariables::expand(std::string_view text, const base::Location& location) {
  std::string result;
  std::vector<Value> filled;
  bool known = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = text.find("${", at);
    const std::size_t end = start == std::string_view::npos ? start : closing_brace(text, start + 2);
    if (end == std::string_view::npos) {
      result += text.substr(at);
      break;
    }
    result += text.substr(at, start - at);
    const auto found = answer(text.substr(start + 2, end - start - 2), location);
    at = end + 1;
    if (!found) {  // not one of ours: it stays as it is
      result += text.substr(start, end + 1 - start);
      continue;
    }
    Value value = value_of(*found);
    if (start == 0 && at == text.size()) return value;
    known = known && (value.is_scalar() || value.is_null()) && result.size() < k_longest_text;
    if (known) result += value.as_text();
    filled.push_back(std::move(value));
  }
  Value value = known ? Value::text(std::move(result)) : Value::unknown();
  bool by_default = false;
  std::vector<cloud::Reference> references;
  for (const Value& part : filled) {
    by_default = by_default || part.by_default();
    const auto all = part.all_references();
    references.insert(references.end(), all.begin(), all.end());
  }
  value = value.with_references(references).within_text();
  return by_default ? value.as_default() : value;
}

Value ServiceVariables::text(const Node& node) {
  if (node.text().find("${") == std::string_view::npos) return cloud::value_of(node);
  return expand(node.text(), node.location()).at(node.location());
}

std::optional<Value> ServiceVariables::variable(std::string_view name) {
  const auto found = answer(name, {});
  return found ? std::optional(value_of(*found)) : std::nullopt;
}

}  // namespace postern::ingest::serverless
