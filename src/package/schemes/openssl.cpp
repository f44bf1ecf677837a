// SPDX-License-Identifier: Apache-2.0
// Versions of OpenSSL: numbers and letters of a patch (`1.0.2zg`, after which `1.0.2zh`), SemVer since 3.0.0.
#include "package/schemes/schemes.h"
#include "package/schemes/semver.h"
#include "package/schemes/text_order.h"

namespace postern::package {
namespace {

struct OpensslVersion {
  SemanticVersion numbered;
  std::string_view letters;
};

std::optional<OpensslVersion> parse(std::string_view text) {
  const std::string_view whole = text;
  const std::string_view numbers = take_dotted_numbers(text);
  const std::string_view letters = take_while(text, is_lower_letter);
  if (!text.empty() && text.front() != '-' && text.front() != '+') return std::nullopt;
  const std::string_view beginning = whole.substr(0, numbers.size());
  if (letters.empty()) {
    const auto semantic = parse_semantic(whole);
    return semantic ? std::optional(OpensslVersion{*semantic, {}}) : std::nullopt;
  }
  const auto semantic = parse_semantic(beginning);
  if (!semantic) return std::nullopt;
  OpensslVersion version{*semantic, letters};
  version.numbered.is_prerelease = text.starts_with('-');
  if (version.numbered.is_prerelease) version.numbered.prerelease = text.substr(1);
  return version;
}

}  // namespace

Order compare_openssl(std::string_view a, std::string_view b) {
  const auto left = parse(a);
  const auto right = parse(b);
  if (!left || !right) return std::nullopt;
  const std::strong_ordering order = compare_dotted_numbers(left->numbered.numbers, right->numbered.numbers);
  if (order != 0) return order;
  const std::strong_ordering letters = compare_text(left->letters, right->letters);
  return letters == 0 ? compare_semantic(left->numbered, right->numbered) : letters;
}

}  // namespace postern::package
