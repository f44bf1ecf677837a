// SPDX-License-Identifier: Apache-2.0
// Redaction at the door: finds the places that hold secrets and writes the text again without them.
#include "connection/redact.h"

#include <postern/base/text.h>

#include <algorithm>
#include <optional>

#include "connection/dull_line.h"
#include "connection/key_value.h"
#include "connection/name_tokens.h"
#include "connection/reference.h"
#include "connection/secret_value.h"

namespace postern::connection {
namespace {

constexpr std::string_view k_pem_begin = "-----BEGIN ";
constexpr std::string_view k_pem_private = "PRIVATE KEY";
constexpr std::string_view k_pem_end = "-----END ";

std::vector<SecretPlace> find_places(std::string_view line, std::span<const KeyValue> pairs, Reach reach) {
  std::vector<SecretPlace> places;
  find_url_secrets(line, reach, places);
  find_keyed_secrets(line, pairs, places);
  find_shapes(line, places);
  find_command_secrets(line, places);
  std::stable_sort(places.begin(), places.end(), [](const SecretPlace& a, const SecretPlace& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  return places;
}

/// `${X:-secret}` keeps its name and loses its fallback; anything else becomes "***".
std::string replacement_of(std::string_view value) {
  if (!has_secret_fallback(value)) return std::string(k_redacted);
  const auto references = references_in(value);
  const bool is_whole = references.size() == 1 && end_of_reference(value, 0) == value.size();
  return is_whole ? "${" + references.front().name + ":-" + std::string(k_redacted) + "}" : std::string(k_redacted);
}

/// Adds `line` without the places that are no placeholders; overlapping places become one.
void write_without(std::string_view line, const std::vector<SecretPlace>& places, std::string& text) {
  std::size_t at = 0;
  for (const SecretPlace& place : places) {
    if (place.placeholder || place.end <= at) continue;
    if (place.begin >= at) {
      text += line.substr(at, place.begin - at);
      text += replacement_of(line.substr(place.begin, place.end - place.begin));
    }
    at = place.end;
  }
  text += line.substr(at);
}

bool is_pem_begin(std::string_view line) {
  const auto at = line.find(k_pem_begin);
  return at != std::string_view::npos && line.find(k_pem_private, at) != std::string_view::npos;
}

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

bool is_block_scalar(std::string_view value) {
  return !value.empty() && value.size() <= 3 && (value[0] == '|' || value[0] == '>') &&
         value.find_first_not_of("|>-+0123456789") == std::string_view::npos;
}

/// Reads a file line by line and remembers what reaches over several lines.
class TextRedactor {
 public:
  /// `size`: of the whole text, which the result will hardly exceed.
  explicit TextRedactor(std::size_t size) { m_result.text.reserve(size); }

  void line(std::string_view line) {
    ++m_line;
    if (m_line != 1) m_result.text += '\n';
    m_result.dull.push_back(false);
    if (inside_of_block(line)) {
      m_result.text += line.substr(0, indent_of(line));
      m_result.text += k_redacted;
    } else if (const auto simple = simple_line(line); simple && is_dull_name(simple->key)) {
      m_last_key = simple->key;
      m_result.text += line;
      m_result.dull.back() = true;
    } else {
      redact_line(line);
    }
  }

  RedactedText take() { return std::move(m_result); }

 private:
  /// The line belongs to a key in PEM form or to a block scalar under a secret's key.
  bool inside_of_block(std::string_view line) {
    if (m_in_pem) {
      if (line.find(k_pem_end) != std::string_view::npos) m_in_pem = false;
      return true;
    }
    if (m_block_indent) {
      if (base::trim(line).empty()) return false;
      if (indent_of(line) > *m_block_indent) return true;
      m_block_indent.reset();
    }
    if (!is_pem_begin(line)) return false;
    const auto end = line.find(k_pem_end);
    m_in_pem = end == std::string_view::npos;
    const auto pairs = find_key_values(line.substr(0, line.find(k_pem_begin)));
    note(SecretKind::private_key, pairs.empty() ? m_last_key : std::string(pairs.front().key(line)), false);
    return true;
  }

  void redact_line(std::string_view line) {
    find_key_values(line, m_pairs);
    std::vector<SecretPlace> places = find_places(line, m_pairs, Reach::token);
    if (!m_pairs.empty() && m_pairs.front().style == KeyStyle::line) read_line_key(line, m_pairs.front(), places);
    std::size_t at = 0;
    for (const SecretPlace& place : places) {
      if (!place.placeholder && place.end > at) note(place.kind, place.key, place.weak);
      if (!place.placeholder) at = std::max(at, place.end);
    }
    write_without(line, places, m_result.text);
  }

  /// Block scalars, and "name: X" / "value: Y" of lists of variables.
  void read_line_key(std::string_view line, const KeyValue& pair, std::vector<SecretPlace>& places) {
    const std::string_view key = pair.key(line);
    const std::string_view value = pair.value(line);
    if (is_block_scalar(value) && secret_kind_of_name(key) != SecretKind::none) {
      m_block_indent = indent_of(line);
      note(secret_kind_of_name(key), key, false);
    }
    m_last_key = key;
    if (key == "name") m_name = value;
    if (key != "value" || m_name.empty()) return;
    const SecretKind kind = secret_kind_of_name(m_name);
    if (kind != SecretKind::none && is_block_scalar(value)) {
      m_block_indent = indent_of(line);
      note(kind, m_name, false);
    } else if (kind != SecretKind::none) {
      std::vector<SecretPlace> named;
      add_named_value(line, pair.value_begin, pair.value_end, kind, m_name, named);
      if (!named.empty()) places = std::move(named);
    }
    m_name.clear();
  }

  void note(SecretKind kind, std::string_view key, bool weak) {
    m_result.secrets.push_back({m_line, kind, std::string(key), weak});
  }

  RedactedText m_result;
  std::vector<KeyValue> m_pairs;  ///< of the line that is being read
  std::uint32_t m_line = 0;
  bool m_in_pem = false;
  std::optional<std::size_t> m_block_indent;
  std::string m_last_key;  ///< the last line's own key: a block scalar below belongs to it
  std::string m_name;      ///< of the list element that is being read
};

Redacted whole_secret(SecretKind kind, std::string_view value) {
  return {replacement_of(value), kind, SecretExtent::whole, false, is_weak(value)};
}

/// The value of a setting whose name says "secret"; nothing when the value contradicts the name.
std::optional<Redacted> redact_named(std::string_view name, std::string_view value) {
  SecretKind kind = secret_kind_of_name(name);
  if (kind == SecretKind::none && looks_random(value) && may_name_key(name)) kind = SecretKind::api_key;
  if (kind == SecretKind::none) return std::nullopt;
  if (is_placeholder(value)) return Redacted{std::string(value), kind, SecretExtent::whole, true, false};
  std::vector<SecretPlace> places;
  add_named_value(value, 0, value.size(), kind, name, places);
  if (places.empty()) return std::nullopt;
  if (is_pem_begin(value)) kind = SecretKind::private_key;
  return whole_secret(kind, value);
}

/// PORT=..., where no number and no address follows but what only a generator writes: somebody's key in the wrong place.
bool is_no_port(std::string_view name, std::string_view value) {
  const std::string lower = base::to_lower(name);
  const bool is_port = lower == "port" || lower.ends_with("_port") || lower.ends_with("-port") || lower.ends_with(".port");
  return is_port && looks_random(value) && value.find_first_of(".:/$") == std::string_view::npos;
}

/// BASIC_AUTH=user:password; a switch or the name of a place has no colon inside.
std::optional<Redacted> redact_user_pair(std::string_view name, std::string_view value) {
  const std::string lower = base::to_lower(name);
  if (!lower.ends_with("basic_auth") && !lower.ends_with("basicauth") && !lower.ends_with("basic-auth") &&
      !lower.ends_with("userpass") && !lower.ends_with("basic_auth_credentials"))
    return std::nullopt;
  const std::size_t colon = value.find(':');
  if (colon == std::string_view::npos || colon == 0 || value.find_first_of(" \t\n/{") != std::string_view::npos)
    return std::nullopt;
  const std::string_view password = value.substr(colon + 1);
  if (password.empty() || is_placeholder(password)) return std::nullopt;
  return whole_secret(SecretKind::password, value);
}

Redacted redact_lines(std::string_view value) {
  if (is_pem_begin(value)) return whole_secret(SecretKind::private_key, value);
  RedactedText text = redact_text(value);
  Redacted result{std::move(text.text), SecretKind::none, SecretExtent::none, false, false};
  if (text.secrets.empty()) return result;
  result.kind = text.secrets.front().kind;
  result.extent = SecretExtent::embedded;
  result.weak = text.secrets.front().weak;
  return result;
}

Redacted redact_embedded(std::string_view value) {
  const std::vector<SecretPlace> places = find_places(value, find_key_values(value), Reach::line);
  Redacted result{{}, SecretKind::none, SecretExtent::none, false, false};
  write_without(value, places, result.text);
  const auto hard_coded = std::find_if(places.begin(), places.end(), [](const SecretPlace& place) { return !place.placeholder; });
  const auto first = hard_coded == places.end() ? places.begin() : hard_coded;
  if (first == places.end()) return result;
  result.kind = first->kind;
  const std::string_view trimmed = base::trim(value);
  result.extent = first->end - first->begin >= trimmed.size() ? SecretExtent::whole : SecretExtent::embedded;
  result.is_placeholder = first->placeholder;
  result.weak = first->weak && !first->placeholder;
  return result;
}

}  // namespace

Redacted redact(std::string_view name, std::string_view value) {
  if (auto named = redact_named(name, value)) return std::move(*named);
  if (auto pair = redact_user_pair(name, value)) return std::move(*pair);
  if (is_no_port(name, value)) return whole_secret(SecretKind::generic_secret, value);
  return value.find('\n') == std::string_view::npos ? redact_embedded(value) : redact_lines(value);
}

std::string redact_path(std::string_view path) {
  constexpr std::string_view k_origin = "https://host/";
  const bool is_absolute = path.starts_with('/');
  const std::string text = redact({}, std::string(k_origin) + std::string(path.substr(is_absolute ? 1 : 0))).text;
  if (!text.starts_with(k_origin)) return std::string(k_redacted);
  return text.substr(k_origin.size() - (is_absolute ? 1 : 0));
}

RedactedText redact_text(std::string_view text) {
  TextRedactor redactor(text.size());
  for (const std::string_view line : base::split(text, '\n')) redactor.line(line);
  return redactor.take();
}

}  // namespace postern::connection
