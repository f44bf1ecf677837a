// SPDX-License-Identifier: Apache-2.0
// The only place where values of variables and arguments are seen unredacted.
#include <connection/escaped_text.h>
#include <ingest/command_text.h>

#include <algorithm>

namespace postern::ingest {
namespace {

using base::Symbol;

/// `--password` for the value in the next element; nothing when the element before is no lone flag.
std::string_view flag_before(std::string_view previous, std::string_view value) {
  if (!previous.starts_with('-') || previous.find_first_of("= \n") != std::string_view::npos || value.starts_with('-')) return {};
  previous.remove_prefix(previous.find_first_not_of('-') == std::string_view::npos ? previous.size()
                                                                                   : previous.find_first_not_of('-'));
  return previous;
}

}  // namespace

void take_redacted(model::SettingFact& fact, const connection::Redacted& redacted) {
  if (redacted.hard_coded()) {
    fact.secret = Symbol(connection::to_string(redacted.kind));
    fact.opaque = redacted.extent == connection::SecretExtent::whole;
  }
  if (!fact.opaque) fact.text = Symbol(redacted.text);
}

Symbol take_literal(model::SettingFact& fact, std::string_view value) {
  std::string buffer;
  const connection::Redacted redacted = connection::redact(fact.name.view(), connection::without_escapes(value, buffer));
  take_redacted(fact, redacted);
  return redacted.hard_coded() ? Symbol("(secret)") : fact.text;
}

CommandText::CommandText(std::span<const std::string_view> words) {
  std::string buffer;
  m_words.reserve(words.size());
  for (const std::string_view word : words) m_words.emplace_back(connection::without_escapes(word, buffer));
  m_secrets = connection::secrets_of_command(m_words);
  std::stable_sort(m_secrets.begin(), m_secrets.end(),
                   [](const auto& a, const auto& b) { return a.word != b.word ? a.word < b.word : a.place.begin < b.place.begin; });
}

std::span<const connection::WordSecret> CommandText::secrets_of(std::size_t word) const {
  const auto [begin, end] = std::equal_range(m_secrets.begin(), m_secrets.end(), connection::WordSecret{word, {}},
                                             [](const auto& a, const auto& b) { return a.word < b.word; });
  return {begin, end};
}

void CommandText::redact(std::size_t index, std::string_view previous, model::SettingFact& fact,
                         std::vector<Symbol>& secrets) const {
  const std::string_view value = m_words[index];
  const std::string_view flag = flag_before(previous, value);
  if (!flag.empty() && connection::secret_kind_of_name(flag) != connection::SecretKind::none) {
    const connection::Redacted redacted = connection::redact(flag, value);
    take_redacted(fact, redacted);
    if (redacted.hard_coded()) secrets.emplace_back(previous);
    return;
  }
  std::string without(value);
  const std::span<const connection::WordSecret> given_away = secrets_of(index);
  for (auto secret = given_away.rbegin(); secret != given_away.rend(); ++secret) {
    const connection::SecretPlace& place = secret->place;
    if (place.placeholder || place.end > without.size()) continue;
    without.replace(place.begin, place.end - place.begin, connection::k_redacted);
    fact.secret = Symbol(connection::to_string(place.kind));
    fact.opaque = place.end - place.begin == value.size();
    secrets.emplace_back(place.key);
  }
  if (fact.opaque) return;
  const connection::RedactedText redacted = connection::redact_text(without);
  fact.text = Symbol(redacted.text);
  for (const connection::SecretFinding& secret : redacted.secrets) {
    fact.secret = Symbol(connection::to_string(secret.kind));
    secrets.emplace_back(secret.key.empty() ? fact.name.str() : secret.key);
  }
}

}  // namespace postern::ingest
