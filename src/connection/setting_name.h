// SPDX-License-Identifier: Apache-2.0
// What the name of a setting says about its value, as far as addresses go.
#pragma once
#include <string>
#include <string_view>

#include "connection/endpoint.h"

namespace postern::connection {

enum class NameKind : std::uint8_t {
  neutral,  ///< says nothing
  address,  ///< HOST, ADDR, ENDPOINT, SERVER, BROKERS, URL ...: even a bare word is an address
  listen,   ///< where the program itself listens: PORT, LISTEN_ADDR, BIND_*
  other,    ///< certainly no address: IMAGE, VERSION, TAG, EMAIL, USER, SCHEDULE, PATH ...
};

struct NameMeaning {
  NameKind kind = NameKind::neutral;
  Direction direction = Direction::unknown;
  std::string_view technology;  ///< id, when the words of the name say it
};

[[nodiscard]] NameMeaning meaning_of_name(std::string_view name);

/// "DB" of DB_HOST, DB_PORT ...: the name without the part that says host or port; and that part.
enum class PairPart : std::uint8_t { none, host, port, database, tls };
struct PairName {
  PairPart part = PairPart::none;
  std::string prefix;  ///< tokens joined with '_', lower case
  int rank = 0;        ///< of several hosts with one prefix the lowest rank counts (HOST before ADDR before URL-like ones)
};
[[nodiscard]] PairName pair_name(std::string_view name);
/// The part alone, which costs no copy.
[[nodiscard]] PairPart pair_part(std::string_view name);

}  // namespace postern::connection
