// SPDX-License-Identifier: Apache-2.0
// SHA-256, for content digests and fingerprints. Never used on the value of a secret.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace postern::base {

/// SHA-256 of `bytes` as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

/// Incremental SHA-256 over length-prefixed parts, so that distinct lists of parts never collide by concatenation.
class PartsDigest {
 public:
  PartsDigest();
  ~PartsDigest();
  PartsDigest(PartsDigest&&) noexcept;
  PartsDigest& operator=(PartsDigest&&) noexcept;
  PartsDigest(const PartsDigest&) = delete;
  PartsDigest& operator=(const PartsDigest&) = delete;

  PartsDigest& add(std::string_view part);
  /// The digest of all parts so far, as hexadecimal digits.
  [[nodiscard]] std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace postern::base
