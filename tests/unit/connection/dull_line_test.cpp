// SPDX-License-Identifier: Apache-2.0
// Lines that are passed over, and those that only look like them.
#include "connection/dull_line.h"

#include <doctest/doctest.h>

#include <string>

#include "connection/endpoint.h"
#include "connection/redact.h"

using namespace postern::connection;

TEST_CASE("one key and one short word") {
  for (const char* line :
       {"a=1", "  feature.retries = 5", "\"timeout\": \"250ms\",", "LOG_LEVEL: debug", "x: y\r", "\tmax-size=10 ,"})
    CHECK(simple_line(line));
  CHECK(simple_line("  feature.retries = 5")->indent == 2);
  CHECK(simple_line("\"timeout\": \"250ms\",")->key == "timeout");
  for (const char* line : {"", "a", "a=", "a:", "a:b", "- a: b", "a: b c", "a: b # c", "a=b=c", "a==b", "a: 'b'", "host: db:5432",
                           "a: b.c", "a: \"b", "\"a: b", "--flag=x", "a: abcdefghijklmno", "a=>b"})
    CHECK_FALSE_MESSAGE(simple_line(line), std::string(line));
}

TEST_CASE("names that promise something are looked at") {
  for (const char* name : {"timeout", "feature.retries", "page.size", "log.level", "image"})
    CHECK_MESSAGE(is_dull_name(name), std::string(name));
  for (const char* name : {"password", "db.password", "API_TOKEN", "redis.host", "DB_PORT", "upstream", "server", "name", "value",
                           "spring.name", "encryption.key", "sslmode", "kafka.brokers"})
    CHECK_FALSE_MESSAGE(is_dull_name(name), std::string(name));
}

TEST_CASE("short secrets and bare hosts in simple lines are still found") {
  const RedactedText redacted = redact_text("a=1\ndb.password=abc\nname: SMTP_PASSWORD\nvalue: xyz12\nretries: 3");
  CHECK(redacted.text == "a=1\ndb.password=***\nname: SMTP_PASSWORD\nvalue: ***\nretries: 3");
  CHECK(redacted.secrets.size() == 2);
  const auto hosts = [](std::string_view text) {
    std::string all;
    for (const Endpoint& endpoint : parse_endpoints({}, text, ParseMode::text)) all += endpoint.host + ' ';
    return all;
  };
  CHECK(hosts("[redis]\ntimeout=5\nhost=cache\nport=6379\n") == "cache ");
  CHECK(hosts("redis:\n  timeout: 5\n  nested:\n    size: 1\n  host: cache\n  port: 6379\n") == "cache ");
}

TEST_CASE("what redaction found dull is not looked at again, and the addresses are the same") {
  const char* const texts[] = {
      "a=1\nurl=http://cart:8080/x\nretries=3\nhost=db\nport=5432\n",
      "[redis]\ntimeout=5\nhost=cache\nport=6379\n[other]\nsize=1\n",
      "redis:\n  timeout: 5\n  nested:\n    size: 1\n  host: cache\n  port: 6379\nlast: 1\n",
      "password: |\n  size=1\n  url=http://inside/\nsize=2\nb=http://outside/\n",
      "-----BEGIN RSA PRIVATE KEY-----\nsize=1\n-----END RSA PRIVATE KEY-----\nx=http://a.example.com\n",
      "upstream:\n  weight: 1\nserver: api:80",
      "",
  };
  for (const std::string text : texts) {
    INFO(text);
    const RedactedText redacted = redact_text(text);
    const auto summary = [](const std::vector<Endpoint>& endpoints) {
      std::string all;
      for (const Endpoint& endpoint : endpoints)
        all += endpoint.host + " at " + std::to_string(endpoint.line) + ' ' + endpoint.key + '\n';
      return all;
    };
    CHECK(summary(endpoints_of_text(redacted)) == summary(parse_endpoints({}, redacted.text, ParseMode::text)));
  }
}

TEST_CASE("addresses that are known are taken instead of read") {
  const std::vector<Setting> settings = {{"A_URL", "http://a/"}, {"B_HOST", "b"}, {"B_PORT", "80"}, {"C_URL", "http://c/"}};
  const auto hosts = [](const std::vector<SettingEndpoint>& found) {
    std::string all;
    for (const SettingEndpoint& each : found) all += each.endpoint.host + ' ';
    return all;
  };
  CHECK(hosts(endpoints_of_settings(settings)) == "a b c ");
  const std::vector<Endpoint> other = parse_endpoints("A_URL", "http://other/", ParseMode::setting);
  const std::vector<const std::vector<Endpoint>*> known = {&other, nullptr, nullptr, nullptr};
  CHECK(hosts(endpoints_of_settings(settings, known)) == "other b c ");
}
