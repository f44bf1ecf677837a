// SPDX-License-Identifier: Apache-2.0
// ConfigMaps and Secrets: what of them goes on, and above all what does not.
#include <doctest/doctest.h>

#include <string>

#include "../fact_text.h"

namespace postern::ingest {
namespace {

using test::facts_of;

TEST_CASE("single lines of a ConfigMap are settings") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: ConfigMap
metadata: {name: conf, namespace: n}
immutable: true
data: {LOG_LEVEL: debug, API_URL: "http://api:80"}
)") == R"(
setting n/configmaps/conf data literal LOG_LEVEL = debug
setting n/configmaps/conf data literal API_URL = http://api:80
entity n/configmaps/conf configuration name=conf namespace=n
  data[API_URL] = http://api:80
  data[LOG_LEVEL] = debug
  keys = [API_URL, LOG_LEVEL]
)");
}

TEST_CASE("files of a ConfigMap are withheld; their addresses and a digest go on") {
  const std::string text = facts_of(R"(
apiVersion: v1
kind: ConfigMap
metadata: {name: conf}
data:
  app.properties: |
    # a comment
    spring.datasource.url=jdbc:postgresql://db:5432/shop
    spring.datasource.password=canary-4711
  app.json: '{"cache": "redis://cache:6379"}'
binaryData: {blob: AAEC}
)");
  CHECK(text.find("canary") == std::string::npos);
  CHECK(text.find("setting default/configmaps/conf data literal app.properties = <opaque> secret:password\n") != std::string::npos);
  CHECK(text.find("setting default/configmaps/conf data literal app.json = <opaque>\n") != std::string::npos);
  CHECK(text.find("mention default/configmaps/conf app.properties: jdbc:postgresql://db:5432/shop postgres  url\n") !=
        std::string::npos);
  CHECK(text.find("mention default/configmaps/conf app.json: redis://cache:6379/ redis plaintext url\n") != std::string::npos);
  CHECK(text.find("  keys = [app.json, app.properties, blob]\n") != std::string::npos);
  CHECK(text.find("  plaintext_secrets = [app.properties]\n") != std::string::npos);
}

TEST_CASE("the digest of a file sees every change but those of its secrets") {
  const auto digest = [](const std::string& line) {
    const std::string text =
        facts_of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  f: |\n    a: 1\n    " + line + "\n");
    const std::size_t at = text.find("data[f] = ");
    return text.substr(at, 10 + 16);
  };
  CHECK(digest("level: debug").size() == 26);
  CHECK(digest("level: debug") != digest("level: info"));
  CHECK(digest("level: debug") == digest("level: debug"));
  CHECK(digest("password: canary-one") == digest("password: canary-two"));
}

TEST_CASE("mentions in a literal block stand in the line that holds them") {
  const test::Reading reading =
      test::read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  f: |\n    first\n    url: http://api:80/x\n");
  bool found = false;
  for (const model::Fact& fact : reading.file.input.facts) {
    const auto* mention = std::get_if<model::MentionFact>(&fact);
    if (mention == nullptr) continue;
    found = true;
    CHECK(mention->location.line == 7);
  }
  CHECK(found);
}

TEST_CASE("identifiers of schemas and links of dashboards are no addresses") {
  const auto mentions = [](const std::string& json) {
    const std::string text =
        facts_of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  f.json: |\n    " + json + "\n");
    return text.find("mention ") != std::string::npos;
  };
  CHECK_FALSE(mentions(R"({"$schema": "https://example.org/schema.json", "level": 1})"));
  CHECK_FALSE(mentions(R"({"panels": [{"content": "https://example.org/help"}], "schemaVersion": 36})"));
  CHECK(mentions(R"({"url": "https://example.org/api", "level": 1})"));
  CHECK(mentions(R"({"panels": "https://example.org/help", "schemaVersion": 36})"));
  CHECK(mentions(R"({"nested": {"panels": [], "schemaVersion": 36}, "url": "https://example.org/api"})"));
}

TEST_CASE("of a Secret only names of keys, its type and hosts go on") {
  CHECK(facts_of(R"(
apiVersion: v1
kind: Secret
metadata: {name: cred}
type: Opaque
data:
  password: Y2FuYXJ5LTQ3MTE=
  DATABASE_URL: cG9zdGdyZXM6Ly91OmNhbmFyeS00NzEyQGRiOjU0MzIvc2hvcA==
stringData:
  REDIS_ADDR: cache:6379
  token: canary.example.org
  pair: canary:1234
)") == R"(
mention default/secrets/cred DATABASE_URL: postgres://db:5432/shop postgres  url
mention default/secrets/cred REDIS_ADDR: ://cache:6379/ redis  host-port
entity default/secrets/cred secret name=cred namespace=default?
  keys = [DATABASE_URL, REDIS_ADDR, pair, password, token]
  secret_type = Opaque
)");
}

TEST_CASE("paths of addresses inside secrets are secrets") {
  const std::string text = facts_of(R"(
apiVersion: v1
kind: Secret
metadata: {name: hook}
stringData:
  SLACK_URL: https://hooks.slack.com/services/TCANARY/BCANARY/canary4711
  DB_URL: postgres://user:can/ary@db/canary%2Fname?password=canary
)");
  CHECK(text.find("https://hooks.slack.com:0/ ") != std::string::npos);
  std::string lower;
  for (const char c : text) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  CHECK(lower.find("canary") == std::string::npos);
}

TEST_CASE("values that are not base64 are spoken of, without the value") {
  const std::string text = facts_of("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {k: canary!}\n");
  CHECK(text.find("P1210 warning 4:11 the value of 'k' is not base64\n") != std::string::npos);
  CHECK(text.find("canary") == std::string::npos);
}

TEST_CASE("wrong shapes of configuration") {
  const std::string text =
      facts_of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {n: 5, m: {x: 1}, z: null, e: ''}\n");
  CHECK(text.find("P1212 warning 4:11 'n' is integer, expected text\n") != std::string::npos);
  CHECK(text.find("P1201 error 4:17 'm' is mapping, expected text\n") != std::string::npos);
  CHECK(text.find("  keys = [e, n]\n") != std::string::npos);
  CHECK(facts_of("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: canary\n").find("canary") == std::string::npos);
}

}  // namespace
}  // namespace postern::ingest
