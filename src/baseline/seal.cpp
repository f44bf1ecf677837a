// SPDX-License-Identifier: Apache-2.0
// Makes and checks the header line of snapshots.
#include "baseline/seal.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/model/snapshot.h>

namespace postern::baseline {
namespace {

constexpr std::size_t k_digest_digits = 64;

std::string header_start() { return "{\"format\":\"" + std::string(k_format) + "\",\"schema_version\":"; }

std::string header_line(std::string_view digest) {
  return header_start() + std::to_string(model::Snapshot::k_schema_version) + ",\"digest\":\"" + std::string(digest) + "\",\n";
}

}  // namespace

std::size_t header_size() { return header_line(std::string(k_digest_digits, '0')).size(); }

void seal_in_place(std::string& text) {
  const std::size_t size = header_size();
  POSTERN_ASSERT(text.size() >= size);
  text.replace(0, size, header_line(base::sha256_hex(std::string_view(text).substr(size))));
}

std::string seal(std::string_view body) {
  std::string text(header_size(), ' ');
  text += body;
  seal_in_place(text);
  return text;
}

Seal check_seal(std::string_view text) {
  const std::string start = header_start();
  if (!text.starts_with(start)) return Seal::none;
  const std::string version = std::to_string(model::Snapshot::k_schema_version);
  const std::string_view rest = text.substr(start.size());
  if (const std::size_t end = rest.find_first_not_of("0123456789"); rest.substr(0, end) != version) return Seal::other_version;
  const std::size_t line_end = text.find('\n');
  if (line_end != std::string_view::npos && text[line_end - 1] == '\r') return Seal::line_endings;
  const std::size_t size = header_size();
  if (text.size() < size) return Seal::broken;
  return text.substr(0, size) == header_line(base::sha256_hex(text.substr(size))) ? Seal::intact : Seal::broken;
}

}  // namespace postern::baseline
