// SPDX-License-Identifier: Apache-2.0
// Options, environment and configuration of threat data, settled.
#include "app/threat_data/settings.h"

#include <postern/base/error.h>
#include <postern/base/path.h>

#include <charconv>
#include <chrono>
#include <cstdlib>
#include <string_view>

#include "render/words.h"

namespace postern::app {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

std::string threat_folder(const Options& options, const Configuration& configuration) {
  if (options.threat_db) return *options.threat_db;
  if (const std::string& folder = configuration.threat_data.folder; !folder.empty()) {
    if (folder.starts_with('/') || configuration.path.find('/') == std::string::npos) return folder;
    return std::string(base::folder_of(configuration.path)) + "/" + folder;
  }
  // The specification says that a relative path is no value.
  if (const std::string data = variable("XDG_DATA_HOME"); data.starts_with('/')) return data + "/postern/threatdb";
  if (const std::string home = variable("HOME"); !home.empty()) return home + "/.local/share/postern/threatdb";
  throw UsageError("nobody says where the threat database is", "name its folder with --threat-db");
}

ThreatChoice threat_choice(const Options& options, const Configuration& configuration) {
  const bool is_named = options.threat_db || !configuration.threat_data.folder.empty();
  const bool has_home = !variable("XDG_DATA_HOME").empty() || !variable("HOME").empty();
  return {is_named || has_home ? threat_folder(options, configuration) : std::string(), is_named, age_limits(configuration)};
}

threatdb::AgeLimits age_limits(const Configuration& configuration) {
  threatdb::AgeLimits limits;
  const ThreatDataSetting& setting = configuration.threat_data;
  const auto take = [](const std::optional<std::int64_t>& hours, threatdb::Moment& into) {
    if (hours) into = *hours * threatdb::k_hour;
  };
  take(setting.warn_hours, limits.warn);
  take(setting.max_hours, limits.most);
  take(setting.kev_warn_hours, limits.warn_kev);
  take(setting.kev_max_hours, limits.most_kev);
  return limits;
}

threatdb::Moment present() {
  const std::string fixed = variable("SOURCE_DATE_EPOCH");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(fixed.data(), fixed.data() + fixed.size(), seconds);
  if (!fixed.empty() && error == std::errc() && end == fixed.data() + fixed.size() && seconds >= 0 && seconds < 253'402'300'800)
    return seconds * threatdb::k_second;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

std::string age_text(threatdb::Moment age) {
  const auto days = static_cast<std::size_t>(age / threatdb::k_day);
  const auto hours = static_cast<std::size_t>(age / threatdb::k_hour);
  return days >= 2 ? render::counted(days, "day") : render::counted(hours, "hour");
}

}  // namespace postern::app
