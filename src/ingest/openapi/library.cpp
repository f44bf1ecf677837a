// SPDX-License-Identifier: Apache-2.0
// JSON pointers and relative references (RFC 6901, RFC 3986) as specifications of interfaces use them.
#include <ingest/codes.h>
#include <ingest/openapi/library.h>
#include <postern/base/path.h>
#include <postern/base/text.h>

#include <charconv>

namespace postern::ingest::openapi {
namespace {

/// More references one after the other lead in a circle.
constexpr int k_most_steps = 50;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string without_percents(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escape = text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    result += escape ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i];
    if (escape) i += 2;
  }
  return result;
}

std::string pointer_part(std::string_view part) {
  std::string result;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const bool escape = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
    result += escape ? (part[i + 1] == '0' ? '~' : '/') : part[i];
    if (escape) ++i;
  }
  return result;
}

document::Node at_pointer(document::Node node, std::string_view pointer) {
  const std::string plain = without_percents(pointer);
  for (const std::string_view part : base::split(std::string_view(plain), '/')) {
    if (part.empty()) continue;
    if (node.is_sequence()) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), index);
      node = error == std::errc{} && end == part.data() + part.size() ? node.at(index) : document::Node();
    } else {
      node = node[pointer_part(part)];
    }
  }
  return node;
}

bool is_remote(std::string_view reference) {
  return reference.find("://") != std::string_view::npos || reference.starts_with("urn:");
}

}  // namespace

Place Library::root(std::size_t file) {
  auto at = m_documents.find(file);
  if (at == m_documents.end()) {
    base::DiagnosticSink parsing;
    auto documents = document::read_documents(std::string(m_files[file].bytes), document::Format::detect,
                                              base::Symbol(m_files[file].path), m_limits, parsing);
    at = m_documents.emplace(file, std::move(documents)).first;
    m_sink.merge(std::move(parsing));
  }
  return at->second.empty() ? Place{{}, file} : Place{at->second.front().root(), file};
}

void Library::report(const Place& from, std::string_view reference) {
  const base::Location location = from.node.location();
  if (!m_reported.insert(base::to_string(location) + ' ' + std::string(reference)).second) return;
  m_sink.warning(std::string(code::k_api_reference), location, "'$ref' leads nowhere: " + std::string(reference.substr(0, 200)),
                 "correct it, or give Postern the file that it names");
}

Place Library::look_up(const Place& from, std::string_view reference) {
  const std::size_t hash = reference.find('#');
  const std::string_view path = reference.substr(0, hash);
  const std::string_view pointer = hash == std::string_view::npos ? std::string_view() : reference.substr(hash + 1);
  Place base = root(from.file);
  if (!path.empty()) {
    std::string wanted(base::folder_of(m_files[from.file].path));
    wanted += (wanted.empty() ? "" : "/") + without_percents(path);
    const auto file = m_files.find(wanted);
    if (!file) return {{}, from.file};
    m_referred.insert(*file);
    base = root(*file);
  }
  return {at_pointer(base.node, pointer), base.file};
}

Place Library::follow(Place place) {
  for (int step = 0; step < k_most_steps; ++step) {
    const document::Node reference = place.node["$ref"];
    if (!reference || !reference.is_scalar()) return place;
    // What others publish is not in the tree; that is known and no mistake.
    if (is_remote(reference.text())) return {{}, place.file};
    const Place next = look_up(place, reference.text());
    if (!next) {
      report(place, reference.text());
      return next;
    }
    place = next;
  }
  report(place, "a circle");
  return {{}, place.file};
}

std::string_view Library::name_of_reference(const Place& place) {
  const std::string_view text = place.node["$ref"].text();
  return base::file_name(text);
}

}  // namespace postern::ingest::openapi
