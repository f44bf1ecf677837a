// SPDX-License-Identifier: Apache-2.0
// Reads files for their addresses and secrets.
#include <connection/command_line.h>
#include <connection/endpoint.h>
#include <connection/escaped_text.h>
#include <connection/redact.h>
#include <ingest/embedded_file.h>
#include <ingest/mention.h>
#include <postern/base/digest.h>

namespace postern::ingest {
namespace {

using base::Location;
using base::Symbol;

Symbol digest_of(const std::string& redacted) {
  constexpr std::size_t k_digits = 16;
  return Symbol(base::sha256_hex(redacted).substr(0, k_digits));
}

/// `line` counts from 1 in the text.
Location location_in(const EmbeddedFile& file, std::uint32_t line) {
  if (!file.first_line) return file.location;
  return {file.location.file, *file.first_line + line - 1, 0};
}

void emit_mention(const EmbeddedFile& file, const connection::Endpoint& endpoint, std::uint32_t line,
                  std::vector<model::Fact>& facts) {
  if (!is_outward(endpoint)) return;
  model::MentionFact mention = make_mention(endpoint, Discretion::open);
  mention.owner = file.owner;
  mention.name = file.key;
  mention.location = location_in(file, line);
  facts.emplace_back(std::move(mention));
}

}  // namespace

Symbol digest_of_redacted(std::string_view text) { return digest_of(connection::redact_text(text).text); }

bool is_script(std::string_view key, std::string_view text) {
  return key.ends_with(".sh") || key.ends_with(".bash") || text.starts_with("#!");
}

EmbeddedFileSummary read_embedded_file(const EmbeddedFile& file, std::vector<model::Fact>& facts) {
  std::string buffer;
  const std::string_view text = connection::without_escapes(file.text, buffer);
  const connection::RedactedText redacted = connection::redact_text(text);
  model::SettingFact fact;
  fact.owner = file.owner;
  fact.channel = model::SettingChannel::data;
  fact.name = file.key;
  fact.location = file.location;
  fact.opaque = true;
  if (!redacted.secrets.empty()) fact.secret = Symbol(connection::to_string(redacted.secrets.front().kind));
  facts.emplace_back(std::move(fact));
  const EmbeddedFileSummary summary{digest_of(redacted.text), !redacted.secrets.empty()};
  if (is_prose(file.key.view()) || is_dashboard(text)) return summary;
  // The redacted text, so that nothing secret can be taken for a part of an address. The file's name says nothing about addresses.
  for (const connection::Endpoint& endpoint : connection::endpoints_of_text(redacted)) {
    emit_mention(file, endpoint, endpoint.line, facts);
  }
  if (!is_script(file.key.view(), text)) return summary;
  for (const connection::WordEndpoint& found : connection::endpoints_of_script(redacted.text)) {
    emit_mention(file, found.endpoint, static_cast<std::uint32_t>(found.word + 1), facts);
  }
  return summary;
}

}  // namespace postern::ingest
