// SPDX-License-Identifier: Apache-2.0
// From the bytes of a file to its facts, and what to say when that fails.
#include <ingest/codes.h>
#include <ingest/cut_off.h>
#include <ingest/cyclonedx/cyclonedx.h>
#include <ingest/read_input.h>
#include <ingest/registry.h>
#include <ingest/scanners/registry.h>
#include <ingest/source_layout.h>
#include <ingest/spdx/tag_value.h>
#include <ingest/template_syntax.h>
#include <postern/base/search.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace postern::ingest {
namespace {

using base::DiagnosticSink;
using base::Symbol;

/// What must be asked of the bytes before the reader takes them.
struct Impression {
  bool blank = false;  ///< nothing but white space
  bool is_template = false;
  bool hints_at_input = false;   ///< holds a word that only inputs hold, or an escape that could spell it
  bool hints_at_sbom = false;    ///< holds a word that only bills of materials hold
  bool hints_at_report = false;  ///< holds words that only reports of other tools hold
};

/// Cut off so early that what decides may be lost: `{"` or `[` and little more.
bool may_be_cut_off(std::string_view text) {
  constexpr std::size_t k_short = 256;
  const std::size_t inner = text.find_first_not_of(" \t\r\n{[");
  return text.size() < k_short && (inner == std::string_view::npos || text[inner] == '"');
}

/// Words that decide about the format of a JSON file; an escape might hide them.
bool hints_at_input(std::string_view text) {
  constexpr std::array<std::string_view, 11> k_words = {"apiVersion",
                                                        "\"kind\"",
                                                        "\\u",
                                                        "\"AWS::",
                                                        "AWSTemplateFormatVersion",
                                                        "deploymentTemplate.json#",
                                                        "\"swagger\"",
                                                        "\"openapi\"",
                                                        "\"asyncapi\"",
                                                        "\"resource_changes\"",
                                                        "\"terraform_version\""};
  const auto holds_any = [&](std::string_view part) {
    return std::any_of(k_words.begin(), k_words.end(), [&](std::string_view word) { return base::holds_word(part, word); });
  };
  // Most say it at their beginning; a plan of a hundred MiB need not be searched for each word.
  constexpr std::size_t k_head = 4096;
  return may_be_cut_off(text) || holds_any(text.substr(0, k_head)) || holds_any(text);
}

/// A file that begins like this and ends nowhere is a bill of materials that was cut off.
bool hints_at_sbom(std::string_view text) {
  constexpr std::size_t k_head = 4096;
  const std::string_view head = text.substr(0, k_head);
  if (head.find('{') == std::string_view::npos) return false;
  return base::holds_word(head, "\"bomFormat\"") || base::holds_word(head, "\"spdxVersion\"") ||
         base::holds_word(head, "\"SPDXID\"");
}

bool is_json_name(std::string_view path) {
  constexpr std::string_view k_extension = ".json";
  return path.size() > k_extension.size() && base::equals_ignoring_case(path.substr(path.size() - k_extension.size()), k_extension);
}

void report_failure(std::string_view path, Symbol file, const Impression& impression, DiagnosticSink parsing,
                    DiagnosticSink& sink) {
  if (impression.is_template) {
    sink.error(std::string(code::k_template), {file, 0, 0}, "the file holds template expressions and cannot be read as it is",
               "render it first, e.g. `helm template RELEASE CHART > rendered.yaml`, and give the result to Postern");
  } else if (is_json_name(path) && !impression.hints_at_input) {
    const base::Diagnostic& first = parsing.all().front();
    sink.warning(std::string(code::k_unreadable_json), first.location, "not valid JSON, and of no known format: passed over",
                 "correct the file if it is an input");
  } else {
    sink.merge(std::move(parsing));
  }
}

/// Whether the document is a report of another tool; what it says goes to `file`.
bool extract_report(const document::Node& root, ReadFile& file, DiagnosticSink& sink) {
  const scanners::Reader* reader = scanners::find_reader(root);
  if (reader == nullptr) return false;
  if (file.documents++ == 0) {
    file.format = reader->id;
    file.kind = model::InputKind::findings;
  }
  for (model::ReportFact& fact : scanners::read_report(*reader, root, sink)) file.input.facts.emplace_back(std::move(fact));
  return true;
}

void extract(const document::Documents& documents, ReadFile& file, Moment moment, DiagnosticSink& sink) {
  for (const document::Document& document : documents) {
    const document::Node root = document.root();
    if (root.is_null()) continue;
    const FormatRow* format = find_format(root);
    if (format == nullptr) {
      if (!extract_report(root, file, sink)) ++file.unrecognised_documents;
      continue;
    }
    if (file.documents++ == 0) {
      file.format = format->id;
      file.kind = format->kind;
    }
    const bool prior = moment == Moment::before && format->extract_prior != nullptr;
    (prior ? format->extract_prior : format->extract)(root, file.input.facts, sink);
  }
}

/// What it lists is unknown, which is something else than a list that lacks everything.
void note_unreadable_sbom(ReadFile& file) {
  model::SbomFact fact;
  fact.complete = false;
  fact.location = {file.input.path, 0, 0};
  file.input.facts.emplace_back(std::move(fact));
  file.kind = model::InputKind::sbom;
}

/// What it reported is unknown, which is something else than a report without findings.
void note_unreadable_report(ReadFile& file, DiagnosticSink& sink) {
  model::ReportFact fact;
  fact.tool = Symbol("unknown");
  fact.succeeded = false;
  fact.complete = false;
  fact.reason = Symbol("the report cannot be read to its end");
  fact.location = {file.input.path, 0, 0};
  sink.error(std::string(code::k_report_cut_off), fact.location, "a report of another tool that cannot be read to its end",
             "make the report again; what it reported is unknown");
  file.input.facts.emplace_back(std::move(fact));
  file.kind = model::InputKind::findings;
}

/// Facts of a text that no reader of documents knows.
void take_sbom(std::string_view id, model::SbomFact fact, ReadFile& file) {
  file.input.facts.emplace_back(std::move(fact));
  file.documents = 1;
  file.format = id;
  file.kind = model::InputKind::sbom;
  file.outcome = ReadOutcome::read;
}

/// As what a file must be read that is neither plain JSON nor YAML.
std::optional<document::Format> format_of(std::string_view text) {
  if (const auto format = scanners::format_of_report(text)) return format;
  return cyclonedx::is_cyclonedx_xml(text) ? std::optional(document::Format::xml) : std::nullopt;
}

/// Reads a file that is a report or a bill of materials in one of the formats that are neither plain JSON nor YAML. False: it is
/// something else.
bool read_as_report(std::string bytes, document::Format format, const document::Limits& limits, ReadFile& file, Moment moment,
                    DiagnosticSink& sink) {
  const bool is_sbom = cyclonedx::is_cyclonedx_xml(bytes);
  DiagnosticSink parsing;
  const document::Documents documents = document::read_documents(std::move(bytes), format, file.input.path, limits, parsing);
  if (!documents.empty()) {
    const document::Node root = documents.front().root();
    // Tables and values in a row are reports or nothing of ours.
    if (format != document::Format::xml && !extract_report(root, file, sink)) return false;
    if (format == document::Format::xml) extract(documents, file, moment, sink);
    file.unrecognised_documents = 0;
    if (file.documents == 0) return false;
    sink.merge(std::move(parsing));
    file.outcome = ReadOutcome::read;
    return true;
  }
  // A table is known by its columns, and XML by its element; values in a row may be anything.
  if (format == document::Format::json_lines) return false;
  sink.merge(std::move(parsing));
  if (is_sbom)
    note_unreadable_sbom(file);
  else
    note_unreadable_report(file, sink);
  file.outcome = ReadOutcome::failed;
  return true;
}

ReadOutcome outcome_of(const ReadFile& file, bool failed) {
  if (file.documents != 0) return ReadOutcome::read;
  if (failed) return ReadOutcome::failed;
  return file.unrecognised_documents != 0 ? ReadOutcome::unrecognised : ReadOutcome::nothing;
}

/// A file of a kind that holds many things, of which reports are read and nothing else.
void read_report_file(std::string bytes, const document::Limits& limits, ReadFile& file, Moment moment, DiagnosticSink& sink) {
  file.outcome = ReadOutcome::nothing;
  if (bytes.size() > limits.file_bytes) return;
  if (const auto format = format_of(bytes)) {
    read_as_report(std::move(bytes), *format, limits, file, moment, sink);
    return;
  }
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first == std::string::npos || (bytes[first] != '{' && bytes[first] != '[' && bytes[first] != '\xEF')) return;
  const bool hints = scanners::hints_at_report(bytes);
  const bool hints_sbom = hints_at_sbom(bytes);
  DiagnosticSink parsing;
  const document::Documents documents =
      document::read_documents(std::move(bytes), document::Format::json, file.input.path, limits, parsing);
  const FormatRow* format = documents.empty() ? nullptr : find_format(documents.front().root());
  const bool is_sbom = format != nullptr && format->kind == model::InputKind::sbom;
  if (is_sbom) extract(documents, file, moment, sink);
  if (is_sbom || (!documents.empty() && extract_report(documents.front().root(), file, sink))) {
    sink.merge(std::move(parsing));
    file.outcome = ReadOutcome::read;
  } else if (documents.empty() && (hints || hints_sbom)) {
    sink.merge(std::move(parsing));
    if (hints_sbom)
      note_unreadable_sbom(file);
    else
      note_unreadable_report(file, sink);
    file.outcome = ReadOutcome::failed;
  }
}

}  // namespace

const char* to_string(ReadOutcome outcome) {
  constexpr std::array k_names = {"read", "nothing", "unrecognised", "failed"};
  return k_names.at(static_cast<std::size_t>(outcome));
}

bool may_hold_manifest(std::string_view bytes) { return base::holds_word(bytes, "apiVersion") || base::holds_word(bytes, "\\"); }

ReadFile read_input(std::string_view path, std::string bytes, std::string digest, const document::Limits& limits,
                    DiagnosticSink& sink, Moment moment) {
  ReadFile file;
  file.input.path = Symbol(path);
  file.input.digest = std::move(digest);
  if (bytes.size() <= limits.file_bytes && spdx::is_tag_value(bytes)) {
    take_sbom("spdx", spdx::read_tag_value(bytes, file.input.path, limits.nodes, sink), file);
    return file;
  }
  if (is_report_file(path)) {
    read_report_file(std::move(bytes), limits, file, moment, sink);
    return file;
  }
  if (bytes.size() <= limits.file_bytes) {
    const auto format = format_of(bytes);
    if (format && read_as_report(bytes, *format, limits, file, moment, sink)) return file;
  }
  const std::string_view text = bytes;
  const Ending ending = text.ends_with('\n') ? Ending::line_feed : Ending::middle_of_line;
  Impression impression;
  impression.blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
  if (impression.blank) {
    sink.error(std::string(code::k_empty_file), {file.input.path, 0, 0}, "the file is empty",
               "render or restore it, or delete it if nothing should be there");
    file.outcome = ReadOutcome::failed;
    return file;
  }
  const bool too_large = bytes.size() > limits.file_bytes;
  impression.is_template = !too_large && base::holds_word(text, "{{") && has_template_syntax(text);
  impression.hints_at_sbom = hints_at_sbom(text);
  impression.hints_at_report = is_json_name(path) && scanners::hints_at_report(text);
  // Asked only where a file of JSON cannot be read.
  impression.hints_at_input =
      too_large || impression.hints_at_sbom || impression.hints_at_report || (is_json_name(path) && hints_at_input(text));

  DiagnosticSink parsing;
  const document::Documents documents =
      document::read_documents(std::move(bytes), document::Format::detect, file.input.path, limits, parsing);
  const bool failed = parsing.has_errors();
  DiagnosticSink extraction;
  extract(documents, file, moment, extraction);
  // What failed is said already, and JSON that can be read is whole: its outermost bracket is closed.
  if (!failed && file.documents != 0 && file.kind == model::InputKind::manifests && !is_json_name(path)) {
    report_cut_off(documents, ending, extraction);
  }
  file.outcome = outcome_of(file, failed);
  if (failed && file.documents == 0 && impression.hints_at_sbom) {
    note_unreadable_sbom(file);
  } else if (failed && file.documents == 0 && impression.hints_at_report) {
    note_unreadable_report(file, extraction);
  }
  // Remarks on files that are no inputs are of no use to anybody.
  if (failed) {
    report_failure(path, file.input.path, impression, std::move(parsing), sink);
  } else if (file.outcome == ReadOutcome::read) {
    sink.merge(std::move(parsing));
  }
  sink.merge(std::move(extraction));
  return file;
}

}  // namespace postern::ingest
