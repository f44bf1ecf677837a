// SPDX-License-Identifier: Apache-2.0
// Secrets as places in text, before anything is replaced; and what values look like. Internal to redaction.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connection/key_value.h"
#include "connection/redact.h"
#include "connection/url.h"

namespace postern::connection {

/// A place that holds a secret or an indirection to one.
struct SecretPlace {
  std::size_t begin = 0;
  std::size_t end = 0;
  SecretKind kind = SecretKind::none;
  std::string key;  ///< the key before it, may be empty
  bool weak = false;
  bool placeholder = false;  ///< stays as it is
};

/// A reference whose fallback is written out: `${PASSWORD:-hunter2}`.
[[nodiscard]] bool has_secret_fallback(std::string_view value);
[[nodiscard]] bool is_weak(std::string_view value);
/// A path where a secret is mounted, instead of the secret.
[[nodiscard]] bool is_path_to_secret(std::string_view value);
/// true, false, auto ...: a switch, not a secret.
[[nodiscard]] bool is_plain_word(std::string_view value);
/// At least 16 bytes of letters and digits without a space.
[[nodiscard]] bool looks_random(std::string_view value);
/// `<X>_KEY` where X does not make it a harmless key (PARTITION_KEY): a secret when the value looks random.
[[nodiscard]] bool may_name_key(std::string_view name);

/// Tokens whose shape is known (ghp_..., AKIA..., eyJ..., Bearer ...) and webhook paths, in one line. Linear.
void find_shapes(std::string_view line, std::vector<SecretPlace>& places);
/// Credentials in URLs and DSNs of one line or value.
void find_url_secrets(std::string_view line, Reach reach, std::vector<SecretPlace>& places);
/// Values under keys that say "secret" in one line.
/// `pairs`: what `find_key_values` finds in the line.
void find_keyed_secrets(std::string_view line, std::span<const KeyValue> pairs, std::vector<SecretPlace>& places);

/// Passwords in command lines of known programs and in SQL, in one line. Linear.
void find_command_secrets(std::string_view line, std::vector<SecretPlace>& places);

/// The place for a value under a name that says `kind`; nothing is added for switches, paths and (as a place that stays)
/// indirections.
void add_named_value(std::string_view text, std::size_t begin, std::size_t end, SecretKind kind, std::string_view key,
                     std::vector<SecretPlace>& places);

}  // namespace postern::connection
