// SPDX-License-Identifier: Apache-2.0
// Redaction at the door: no secret of an input goes further than here. What is kept is where it was and of what kind.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::connection {

enum class SecretKind : std::uint8_t {
  none,
  password,
  token,
  api_key,
  private_key,
  connection_credential,  ///< user information or a password inside a URL, DSN or connection string
  cloud_key,              ///< key of a cloud account (AWS, Azure storage, Google service account)
  webhook_url,            ///< a URL whose path is the credential (Slack, Discord, Teams)
  generic_secret,
};
[[nodiscard]] const char* to_string(SecretKind kind);

/// How much of the value is the secret.
enum class SecretExtent : std::uint8_t { none, embedded, whole };

/// What stands for every secret in redacted text. Its length says nothing about the secret.
inline constexpr std::string_view k_redacted = "***";

/// A value that is safe to keep and show. Nothing of the secret is kept, neither its length nor a digest.
struct Redacted {
  std::string text;
  SecretKind kind = SecretKind::none;
  SecretExtent extent = SecretExtent::none;
  /// The place is a secret's, but the value is an indirection or empty (`$(X)`, `${X}`, `{{ }}`, `<...>`, `***`, vault:, a secret's
  /// ARN): `kind` says what would stand there, and nothing is hard-coded. Also when only a part is (`postgres://u:$(PW)@h`).
  bool is_placeholder = false;
  bool weak = false;  ///< a hard-coded word that anyone guesses (changeme, password, admin): a secret all the same

  /// A secret really stands in the input.
  [[nodiscard]] bool hard_coded() const noexcept { return kind != SecretKind::none && !is_placeholder; }
};

/// Redacts the value of one named setting. Values of several lines are handled like `redact_text`.
[[nodiscard]] Redacted redact(std::string_view name, std::string_view value);

/// The path of a URL that is written without its host, with its query: query parameters and segments that are tokens go.
[[nodiscard]] std::string redact_path(std::string_view path);

/// One secret in a longer text.
struct SecretFinding {
  std::uint32_t line = 1;  ///< from 1
  SecretKind kind = SecretKind::none;
  std::string key;  ///< the key or flag before it; empty when the shape alone gave it away
  bool weak = false;
  friend bool operator==(const SecretFinding&, const SecretFinding&) = default;
};

struct RedactedText {
  std::string text;
  std::vector<SecretFinding> secrets;  ///< hard-coded ones only, in the order of the lines
  std::vector<bool> dull;              ///< by line: it stays as it is, and by itself it holds no address (see dull_line.h)
};

/// Redacts a configuration file or script line by line (`key: value`, `key=value`, JSON, flags); the number of lines stays the
/// same. Linear in the size of `text`.
[[nodiscard]] RedactedText redact_text(std::string_view text);

/// What the *name* of a setting promises about its value: none for names that only mention a secret (TOKEN_URL, SECRET_NAME,
/// PASSWORD_POLICY, PARTITION_KEY, KEYCLOAK_HOST).
[[nodiscard]] SecretKind secret_kind_of_name(std::string_view name);

/// An indirection or an empty place instead of a value.
[[nodiscard]] bool is_placeholder(std::string_view value);

}  // namespace postern::connection
