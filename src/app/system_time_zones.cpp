// SPDX-License-Identifier: Apache-2.0
// Reads compiled zones of the system.
#include "app/system_time_zones.h"

#include <fstream>

namespace postern::app {
namespace {

std::optional<std::string> load(std::string_view name) {
  constexpr std::size_t k_largest_file = std::size_t{256} * 1024;
  std::ifstream file("/usr/share/zoneinfo/" + std::string(name), std::ios::binary);
  if (!file) return std::nullopt;
  std::string data(k_largest_file, '\0');
  file.read(data.data(), static_cast<std::streamsize>(data.size()));
  data.resize(static_cast<std::size_t>(file.gcount()));
  return data;
}

}  // namespace

const cel::TimeZones& system_time_zones() {
  static const std::unique_ptr<const cel::TimeZones> k_zones = cel::make_time_zones(load);
  return *k_zones;
}

}  // namespace postern::app
