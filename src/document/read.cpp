// SPDX-License-Identifier: Apache-2.0
// The door: size, encoding, which format, then the reader of that format.
#include <postern/document/document.h>

#include <algorithm>
#include <limits>

#include "code_names.h"
#include "csv_reader.h"
#include "json_reader.h"
#include "reporter.h"
#include "storage.h"
#include "text_checks.h"
#include "toml_reader.h"
#include "xml_reader.h"
#include "yaml_reader.h"

namespace postern::document {
namespace {

Format by_name(std::string_view name) noexcept {
  if (name.ends_with(".json")) return Format::json;
  return name.ends_with(".yaml") || name.ends_with(".yml") ? Format::yaml : Format::detect;
}

Format by_content(std::string_view text) noexcept {
  text.remove_prefix(byte_order_mark(text));
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && (text[first] == '{' || text[first] == '[') ? Format::json : Format::yaml;
}

/// True when everything that was reported says that this is no JSON at all, so that it may be YAML in flow style.
bool is_no_json(const base::DiagnosticSink& sink) {
  return std::any_of(sink.all().begin(), sink.all().end(),
                     [](const base::Diagnostic& found) { return found.code == k_json_syntax || found.code == k_trailing_bytes; });
}

void read_as_json(const std::shared_ptr<const Source>& source, const Limits& limits, base::DiagnosticSink& sink,
                  Documents& documents) {
  Reporter reporter(*source, limits.errors, sink);
  try {
    if (auto document = read_json(source, limits, reporter)) documents.push_back(std::move(*document));
  } catch (const GivenUp&) {  // said in the sink
  }
}

/// The formats of which a file is one document.
void read_one(const std::shared_ptr<const Source>& source, Format format, const Limits& limits, base::DiagnosticSink& sink,
              Documents& documents) {
  Reporter reporter(*source, limits.errors, sink);
  const auto read = [&]() -> std::optional<Document> {
    if (format == Format::csv) return read_csv(source, limits, reporter);
    if (format == Format::xml) return read_xml(source, limits, reporter);
    if (format == Format::toml) return read_toml(source, limits, reporter);
    return read_json(source, limits, reporter, JsonValues::many);
  };
  try {
    if (auto document = read()) documents.push_back(std::move(*document));
  } catch (const GivenUp&) {  // said in the sink
  }
}

void report_size(base::Symbol file, std::size_t size, std::size_t most, base::DiagnosticSink& sink) {
  sink.error(k_file_too_large, {file, 0, 0}, "the file has " + std::to_string(size) + " bytes, more than " + std::to_string(most),
             "split it, leave it out, or raise the limit");
}

void read_as_yaml(const std::shared_ptr<const Source>& source, const Limits& limits, base::DiagnosticSink& sink,
                  Documents& documents) {
  if (source->text().size() > limits.yaml_bytes) {
    report_size(source->file(), source->text().size(), limits.yaml_bytes, sink);
    return;
  }
  Reporter reporter(*source, limits.errors, sink);
  try {
    if (auto trouble = check_yaml_characters(source->text().substr(byte_order_mark(source->text())))) {
      trouble->offset += byte_order_mark(source->text());
      reporter.error(std::move(*trouble));
      return;
    }
    read_yaml(source, limits, reporter, documents);
  } catch (const GivenUp&) {  // said in the sink
  }
}

/// Text that looks like JSON but may be YAML in flow style: the diagnostics of the reading that counts are kept.
void read_as_either(const std::shared_ptr<const Source>& source, const Limits& limits, base::DiagnosticSink& sink,
                    Documents& documents) {
  base::DiagnosticSink attempt;
  read_as_json(source, limits, attempt, documents);
  if (documents.empty() && is_no_json(attempt)) {
    read_as_yaml(source, limits, sink, documents);
  } else {
    sink.merge(std::move(attempt));
  }
}

}  // namespace

Documents read_documents(std::string text, Format format, base::Symbol file, const Limits& limits, base::DiagnosticSink& sink) {
  Documents documents;
  const std::size_t most = std::min<std::size_t>(limits.file_bytes, std::numeric_limits<std::uint32_t>::max() - Source::k_padding);
  if (text.size() > most) {
    report_size(file, text.size(), most, sink);
    return documents;
  }
  const auto source = std::make_shared<const Source>(std::move(text), file);
  if (auto trouble = check_encoding(source->text())) {
    sink.error(trouble->code, source->locate(trouble->offset), std::move(trouble->message), std::move(trouble->hint));
    return documents;
  }
  if (format == Format::detect) format = by_name(file.view());
  if (format == Format::json_lines || format == Format::csv || format == Format::xml || format == Format::toml) {
    read_one(source, format, limits, sink, documents);
  } else if (format == Format::json) {
    read_as_json(source, limits, sink, documents);
  } else if (format == Format::detect && by_content(source->text()) == Format::json) {
    read_as_either(source, limits, sink, documents);
  } else {
    read_as_yaml(source, limits, sink, documents);
  }
  return documents;
}

}  // namespace postern::document
