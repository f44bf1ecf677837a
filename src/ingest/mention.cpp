// SPDX-License-Identifier: Apache-2.0
// Turns addresses into facts.
#include <ingest/mention.h>
#include <postern/base/text.h>
#include <postern/document/document.h>

#include <algorithm>
#include <array>

namespace postern::ingest {
namespace {

bool is_plain_name(const std::string& text) {
  constexpr std::size_t k_longest = 63;
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return text.size() <= k_longest && std::all_of(text.begin(), text.end(), allowed);
}

std::string path_of(const connection::Endpoint& endpoint, Discretion discretion) {
  if (discretion == Discretion::secret) return is_plain_name(endpoint.database) ? endpoint.database : std::string();
  if (!endpoint.database.empty()) return endpoint.database;
  return endpoint.resource.empty() ? endpoint.path : endpoint.resource;
}

}  // namespace

bool is_outward(const connection::Endpoint& endpoint) {
  const bool names_schema = endpoint.key.ends_with("$schema");
  return !endpoint.host.empty() && !endpoint.loopback && !names_schema && endpoint.direction != connection::Direction::self;
}

bool is_dashboard(std::string_view text) {
  if (text.find("\"panels\"") == std::string_view::npos || text.find("\"schemaVersion\"") == std::string_view::npos) return false;
  base::DiagnosticSink unheard;
  const document::Documents documents =
      document::read_documents(std::string(text), document::Format::json, {}, document::Limits{}, unheard);
  if (documents.size() != 1) return false;
  const document::Node root = documents.front().root();
  return root["panels"].is_sequence() && root["schemaVersion"].as_integer().has_value();
}

bool is_prose(std::string_view file_name) {
  constexpr std::array<std::string_view, 8> k_endings = {".adoc", ".htm", ".html", ".markdown", ".md", ".rst", ".svg", ".xhtml"};
  constexpr std::array<std::string_view, 4> k_names = {"changelog", "licence", "license", "readme"};
  const std::string name = base::to_lower(file_name);
  return std::any_of(k_endings.begin(), k_endings.end(), [&](std::string_view ending) { return name.ends_with(ending); }) ||
         std::find(k_names.begin(), k_names.end(), std::string_view(name).substr(0, name.find('.'))) != k_names.end();
}

model::MentionFact make_mention(const connection::Endpoint& endpoint, Discretion discretion) {
  using base::Symbol;
  model::MentionFact fact;
  fact.scheme = Symbol(endpoint.scheme);
  fact.host = Symbol(endpoint.host);
  fact.port = endpoint.port.value_or(0);
  fact.path = Symbol(path_of(endpoint, discretion));
  fact.technology = Symbol(endpoint.technology);
  if (endpoint.transport != connection::Transport::unknown) fact.transport = Symbol(connection::to_string(endpoint.transport));
  fact.confidence = Symbol(connection::to_string(endpoint.confidence));
  return fact;
}

}  // namespace postern::ingest
