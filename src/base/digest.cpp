// SPDX-License-Identifier: Apache-2.0
// SHA-256 through OpenSSL's EVP interface.
#include <openssl/evp.h>
#include <postern/base/digest.h>
#include <postern/base/error.h>

namespace postern::base {
namespace {

using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

std::string to_hex(const unsigned char* bytes, unsigned int size) {
  constexpr char k_digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(std::size_t{size} * 2);
  for (unsigned int i = 0; i < size; ++i) {
    text += k_digits[bytes[i] >> 4U];
    text += k_digits[bytes[i] & 15U];
  }
  return text;
}

Context new_context() {
  Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  POSTERN_ASSERT(context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1);
  return context;
}

std::string finish(EVP_MD_CTX* context) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  POSTERN_ASSERT(EVP_DigestFinal_ex(context, digest, &size) == 1);
  return to_hex(digest, size);
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  const Context context = new_context();
  POSTERN_ASSERT(EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1);
  return finish(context.get());
}

struct PartsDigest::State {
  Context context = new_context();
};

PartsDigest::PartsDigest() : m_state(std::make_unique<State>()) {}
PartsDigest::~PartsDigest() = default;
PartsDigest::PartsDigest(PartsDigest&&) noexcept = default;
PartsDigest& PartsDigest::operator=(PartsDigest&&) noexcept = default;

PartsDigest& PartsDigest::add(std::string_view part) {
  const std::string length = std::to_string(part.size()) + ':';
  POSTERN_ASSERT(EVP_DigestUpdate(m_state->context.get(), length.data(), length.size()) == 1);
  POSTERN_ASSERT(EVP_DigestUpdate(m_state->context.get(), part.data(), part.size()) == 1);
  return *this;
}

std::string PartsDigest::hex() const {
  const Context copy(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  POSTERN_ASSERT(copy != nullptr && EVP_MD_CTX_copy_ex(copy.get(), m_state->context.get()) == 1);
  return finish(copy.get());
}

}  // namespace postern::base
