// SPDX-License-Identifier: Apache-2.0
// Fuzzes the address grammars and redaction. A canary in the password of a URL, or under a key that says "password", must not come
// out of anything, whatever stands around it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "connection/data_class.h"
#include "connection/endpoint.h"
#include "connection/host.h"
#include "connection/redact.h"
#include "connection/technology.h"

namespace {

using namespace postern::connection;

constexpr std::string_view k_canary = "c4nARyV4lu3QzX8b";

void expect_without_canary(std::string_view text) {
  if (text.find(k_canary) != std::string_view::npos) std::abort();
}

void check_endpoints(std::string_view name, std::string_view value) {
  for (const ParseMode mode : {ParseMode::setting, ParseMode::text}) {
    for (const Endpoint& endpoint : parse_endpoints(name, value, mode)) {
      if (endpoint.offset > value.size() || endpoint.line == 0 || endpoint.column == 0) std::abort();
    }
  }
}

/// What a person can write between "user:" and "@host" with the canary in it. Line ends end the value; a reference is no password.
bool is_password(std::string_view text) { return text.find_first_of(std::string_view("\n\r\0$#{<%", 8)) == std::string_view::npos; }

void check_canary(std::string_view before, std::string_view after) {
  if (!is_password(before) || !is_password(after) || before.size() + after.size() > 64) return;
  const std::string password = std::string(before) + std::string(k_canary) + std::string(after);
  // "vault:...", "file://...": an indirection is shown on purpose.
  if (is_placeholder(password)) return;
  for (const char* scheme : {"postgres", "redis", "amqp", "mongodb+srv"}) {
    const std::string url = std::string(scheme) + "://user:" + password + "@db.example.com:5432/shop";
    expect_without_canary(redact("DATABASE_URL", url).text);
    for (const Endpoint& endpoint : parse_endpoints("DATABASE_URL", url, ParseMode::setting)) {
      expect_without_canary(endpoint.host + endpoint.path + endpoint.database + endpoint.resource + endpoint.host_template);
    }
  }
  expect_without_canary(redact("DB_PASSWORD", password).text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t half = size / 2;
  const std::string_view name = input.substr(0, std::min<std::size_t>(half, 40));
  check_endpoints(name, input.substr(half));
  check_endpoints({}, input);
  (void)pair_settings(
      std::vector<Setting>{{std::string(name) + "_HOST", std::string(input.substr(half))}, {std::string(name) + "_PORT", "1"}});
  (void)redact(name, input.substr(half));
  (void)redact_text(input);
  (void)describe_host(input);
  (void)classify_field(name, input.substr(half));
  (void)classify_store_name(input);
  (void)technology_of_image(input);
  (void)technology_of_name(input);
  check_canary(input.substr(0, half), input.substr(half));
  return 0;
}
