// SPDX-License-Identifier: Apache-2.0
// One pass for all words: three tables say which words may have a byte at their first, second and third place.
#include <ingest/hint_words.h>

#include <array>
#include <cstddef>

namespace postern::ingest {
namespace {

struct Spelling {
  Hint hint;
  std::string_view text;  ///< three bytes or more
};
constexpr std::array k_spellings = {
    Spelling{Hint::api_version, "apiVersion"},
    Spelling{Hint::asset, "sset"},
    Spelling{Hint::aws_template_version, "AWSTemplateFormatVersion"},
    Spelling{Hint::aws_type, "AWS::"},
    Spelling{Hint::azure_id, "/subscriptions/"},
    Spelling{Hint::backstage, "backstage.io/"},
    Spelling{Hint::every_group, "all:"},
    Spelling{Hint::google_name, "googleapis.com/"},
    Spelling{Hint::hosts, "hosts:"},
    Spelling{Hint::id_member, "\"id\""},
    Spelling{Hint::provider, "provider"},
    Spelling{Hint::resource_type, "resourceType"},
    Spelling{Hint::resources, "Resources"},
    Spelling{Hint::service, "service"},
    Spelling{Hint::specification, "asyncapi"},
    Spelling{Hint::specification, "openapi"},
    Spelling{Hint::specification, "swagger"},
    Spelling{Hint::static_resources, "static_resources"},
    Spelling{Hint::type_member, "\"type\""},
};
static_assert(k_spellings.size() <= 32, "one bit a spelling");

using Table = std::array<std::uint32_t, 256>;

/// Which spellings have a byte at `place`.
constexpr Table table_of(std::size_t place) {
  Table table{};
  for (std::size_t i = 0; i < k_spellings.size(); ++i) {
    table[static_cast<unsigned char>(k_spellings[i].text[place])] |= std::uint32_t{1} << i;
  }
  return table;
}
constexpr Table k_first = table_of(0);
constexpr Table k_second = table_of(1);
constexpr Table k_third = table_of(2);

constexpr std::uint32_t bit_of(Hint hint) { return std::uint32_t{1} << static_cast<unsigned>(hint); }

}  // namespace

Hints Hints::of(std::string_view text) {
  Hints hints;
  std::uint32_t missing = (std::uint32_t{1} << k_spellings.size()) - 1;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  for (std::size_t at = 0; at + 2 < text.size(); ++at) {
    std::uint32_t candidates = k_first[bytes[at]] & k_second[bytes[at + 1]] & k_third[bytes[at + 2]] & missing;
    for (; candidates != 0; candidates &= candidates - 1) {
      const auto which = static_cast<std::size_t>(__builtin_ctz(candidates));
      if (!text.substr(at).starts_with(k_spellings[which].text)) continue;
      hints.m_found |= bit_of(k_spellings[which].hint);
      missing &= ~(std::uint32_t{1} << which);
    }
    if (missing == 0) break;
  }
  return hints;
}

}  // namespace postern::ingest
