// SPDX-License-Identifier: Apache-2.0
// Words that tell in which files a format of projects may be: all of them are looked for in one pass over a file, since every
// format is asked about every file.
#pragma once
#include <cstdint>
#include <string_view>

namespace postern::ingest {

/// The words; hint_words.cpp has their spelling.
enum class Hint : std::uint8_t {
  api_version,
  asset,
  aws_template_version,
  aws_type,
  azure_id,
  backstage,
  every_group,
  google_name,
  hosts,
  id_member,
  provider,
  resource_type,
  resources,
  service,
  specification,
  static_resources,
  type_member,
};

/// Which of the words a file holds anywhere.
class Hints {
 public:
  Hints() = default;
  /// Cost is linear in the text, whatever it holds.
  [[nodiscard]] static Hints of(std::string_view text);

  template <typename... Words>
  [[nodiscard]] bool hold(Words... words) const noexcept {
    const std::uint32_t wanted = ((std::uint32_t{1} << static_cast<unsigned>(words)) | ...);
    return (m_found & wanted) == wanted;
  }

 private:
  std::uint32_t m_found = 0;
};

}  // namespace postern::ingest
