// SPDX-License-Identifier: Apache-2.0
// Redaction: no piece of a secret survives, and what is no secret stays as it is.
#include "connection/redact.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "connection/endpoint.h"

using namespace postern::connection;

namespace {

constexpr std::string_view k_canary = "c4nARyV4lu3QzX8b";
constexpr std::string_view k_canary_base64 = "YzRuQVJ5VjRsdTNRelg4Yg==";

/// No eight bytes of the canary, nor of its base64 form, are in the text.
bool leaks(std::string_view text) {
  for (const std::string_view secret : {k_canary, k_canary_base64}) {
    for (std::size_t at = 0; at + 8 <= secret.size(); ++at) {
      if (text.find(secret.substr(at, 8)) != std::string_view::npos) return true;
    }
  }
  return false;
}

std::string with_canary(std::string_view pattern) {
  std::string text(pattern);
  const auto at = text.find("CANARY");
  return at == std::string::npos ? text : text.replace(at, 6, k_canary);
}

bool endpoints_leak(std::string_view name, std::string_view value) {
  for (const ParseMode mode : {ParseMode::setting, ParseMode::text}) {
    for (const Endpoint& endpoint : parse_endpoints(name, value, mode)) {
      std::string all = endpoint.scheme + ' ' + endpoint.host + ' ' + endpoint.host_template + ' ' + endpoint.path + ' ' +
                        endpoint.database + ' ' + endpoint.resource + ' ' + endpoint.account + ' ' + endpoint.key;
      for (const Reference& reference : endpoint.references) all += ' ' + reference.name + ' ' + reference.fallback.value_or("");
      if (leaks(all)) return true;
    }
  }
  return false;
}

struct Row {
  const char* name;
  const char* pattern;
  SecretKind kind;
  const char* text;  ///< expected, or null when only the absence of the canary matters
};

}  // namespace

TEST_CASE("a canary in any place of a value disappears") {
  const std::vector<Row> rows{
      {"DATABASE_URL", "postgres://user:CANARY@h/db", SecretKind::connection_credential, "postgres://user:***@h/db"},
      {"DATABASE_URL", "postgres://user:a@CANARY@h:5432/db", SecretKind::connection_credential, "postgres://user:***@h:5432/db"},
      {"DATABASE_URL", "postgres://user:a/CANARY@h/db", SecretKind::connection_credential, "postgres://user:***@h/db"},
      {"DATABASE_URL", "postgres://user:12/CANARY@h/db", SecretKind::connection_credential, "postgres://user:***@h/db"},
      {"DATABASE_URL", "postgres://user:a:CANARY@h/db", SecretKind::connection_credential, "postgres://user:***@h/db"},
      {"DATABASE_URL", "postgres://user:a?CANARY@h/db", SecretKind::connection_credential, "postgres://user:***@h/db"},
      {"DATABASE_URL", "postgres://user:a#CANARY@h/db", SecretKind::connection_credential, "postgres://user:***@h/db"},
      {"DATABASE_URL", "postgres://user:a;CANARY@h/db", SecretKind::connection_credential, "postgres://user:***@h/db"},
      {"DATABASE_URL", "postgres://user:a,CANARY@h/db", SecretKind::connection_credential, "postgres://user:***@h/db"},
      {"DATABASE_URL", "postgres://user:a CANARY@h/db", SecretKind::connection_credential, "postgres://user:***@h/db"},
      {"DATABASE_URL", "postgres://user:a\"CANARY@h/db", SecretKind::connection_credential, nullptr},
      {"DATABASE_URL", "postgres://user:a'CANARY@h/db", SecretKind::connection_credential, nullptr},
      {"DATABASE_URL", "postgres://user:%40CANARY@h1,h2/db", SecretKind::connection_credential, "postgres://user:***@h1,h2/db"},
      {"DATABASE_URL", "postgres://h/db?user=a&password=CANARY&sslmode=require", SecretKind::password,
       "postgres://h/db?user=a&password=***&sslmode=require"},
      {"REDIS_URL", "redis://:CANARY@cache:6379/0", SecretKind::connection_credential, "redis://:***@cache:6379/0"},
      {"API", "https://CANARY:@api.stripe.com/v1", SecretKind::connection_credential, "https://***:@api.stripe.com/v1"},
      {"REPO", "https://CANARY@github.com/x/y", SecretKind::connection_credential, "https://***@github.com/x/y"},
      {"SENTRY_DSN", "https://CANARY@o1.ingest.sentry.io/2", SecretKind::connection_credential,
       "https://***@o1.ingest.sentry.io/2"},
      {"DSN", "app:CANARY@tcp(mysql:3306)/shop", SecretKind::connection_credential, "app:***@tcp(mysql:3306)/shop"},
      {"DSN", "app:p@(CANARY@tcp(mysql:3306)/shop", SecretKind::connection_credential, "app:***@tcp(mysql:3306)/shop"},
      {"X", "jdbc:oracle:thin:scott/CANARY@ora:1521:ORCL", SecretKind::connection_credential,
       "jdbc:oracle:thin:scott/***@ora:1521:ORCL"},
      {"X", "jdbc:sqlserver://h:1433;user=sa;password=CANARY;encrypt=true", SecretKind::password,
       "jdbc:sqlserver://h:1433;user=sa;password=***;encrypt=true"},
      {"X", "Server=h;Database=d;User Id=sa;Password=CANARY;Encrypt=true", SecretKind::password,
       "Server=h;Database=d;User Id=sa;Password=***;Encrypt=true"},
      {"X", "Server=h;Password='a;CANARY';Encrypt=true", SecretKind::password, "Server=h;Password=***;Encrypt=true"},
      {"X", "Server=h;Pwd=a b CANARY", SecretKind::password, "Server=h;Pwd=***"},
      {"X", "AccountEndpoint=https://x.documents.azure.com:443/;AccountKey=CANARY==;", SecretKind::cloud_key,
       "AccountEndpoint=https://x.documents.azure.com:443/;AccountKey=***;"},
      {"X", "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=CANARY=", SecretKind::cloud_key,
       "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey=***"},
      {"X", "https://x.blob.core.windows.net/c?sv=2020&sig=CANARY", SecretKind::token,
       "https://x.blob.core.windows.net/c?sv=2020&sig=***"},
      {"X", "https://maps.example.com/js?api_key=CANARY&v=3", SecretKind::api_key, "https://maps.example.com/js?api_key=***&v=3"},
      {"ARGS", "--password=CANARY --verbose", SecretKind::password, "--password=*** --verbose"},
      {"ARGS", "--password CANARY --verbose", SecretKind::password, "--password *** --verbose"},
      {"CMD", "mysql -uroot -pCANARY shop", SecretKind::password, "mysql -uroot -p*** shop"},
      {"CMD", "curl -H 'Authorization: Bearer CANARY' https://x", SecretKind::token,
       "curl -H 'Authorization: Bearer ***' https://x"},
      {"JSON", "{\"user\":\"a\",\"password\":\"CANARY\",\"port\":1}", SecretKind::password,
       "{\"user\":\"a\",\"password\":\"***\",\"port\":1}"},
      {"JAVA_OPTS", "-Xmx1g -Ddb.password=CANARY -Dx=1", SecretKind::password, "-Xmx1g -Ddb.password=*** -Dx=1"},
      {"DB_PASSWORD", "CANARY", SecretKind::password, "***"},
      {"PGPASSWORD", "CANARY", SecretKind::password, "***"},
      {"DB_PASS", "CANARY", SecretKind::password, "***"},
      {"REDIS_AUTH", "CANARY", SecretKind::password, "***"},
      {"API_TOKEN", "CANARY", SecretKind::token, "***"},
      {"STRIPE_API_KEY", "CANARY", SecretKind::api_key, "***"},
      {"SENDGRID_KEY", "CANARY", SecretKind::api_key, "***"},
      {"JWT_SECRET", "CANARY", SecretKind::token, "***"},
      {"AWS_SECRET_ACCESS_KEY", "CANARY", SecretKind::cloud_key, "***"},
      {"clientSecret", "CANARY", SecretKind::generic_secret, "***"},
      {"PRIVATE_KEY", "CANARY", SecretKind::private_key, "***"},
      {"DB_PASSWORD", "${DB_PASSWORD:-CANARY}", SecretKind::password, "${DB_PASSWORD:-***}"},
      {"DATABASE_URL", "postgres://u:${PW:-CANARY}@h/db", SecretKind::connection_credential, "postgres://u:${PW:-***}@h/db"},
      {"SLACK", "https://hooks.slack.com/services/T0/B0/CANARY", SecretKind::webhook_url, "https://hooks.slack.com/services/***"},
      {"DISCORD", "https://discord.com/api/webhooks/12/CANARY", SecretKind::webhook_url, "https://discord.com/api/webhooks/***"},
      {"BOT", "https://api.telegram.org/bot12:CANARY/sendMessage", SecretKind::token,
       "https://api.telegram.org/bot***/sendMessage"},
      {"CFG", "-----BEGIN RSA PRIVATE KEY-----\nCANARY\n-----END RSA PRIVATE KEY-----\n", SecretKind::private_key, "***"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.name));
    CAPTURE(std::string(row.pattern));
    const std::string value = with_canary(row.pattern);
    const Redacted redacted = redact(row.name, value);
    CHECK_FALSE(leaks(redacted.text));
    CHECK(redacted.kind == row.kind);
    CHECK(redacted.hard_coded());
    if (row.text != nullptr) CHECK(redacted.text == row.text);
    const RedactedText text = redact_text(std::string("key: 1\n") + row.name + ": " + value + "\n");
    CHECK_FALSE(leaks(text.text));
    CHECK_FALSE(text.secrets.empty());
    CHECK_FALSE(endpoints_leak(row.name, value));
  }
}

TEST_CASE("tokens of known shapes are found under any name") {
  // Put together from halves, so that no scanner takes this file for a leak.
  const std::vector<std::pair<std::string, SecretKind>> tokens{
      {std::string("AKIA") + "QWERTYUIOPASDF12", SecretKind::cloud_key},
      {std::string("ghp_") + "abcdefghijklmnopqrstuvwxyz0123456789", SecretKind::token},
      {std::string("github_pat_") + "11AAAAAAA0abcdefghijkl_mnop", SecretKind::token},
      {std::string("glpat-") + "abcDEF123456ghiJKL78", SecretKind::token},
      {std::string("xoxb-") + "123456789012-abcdefGHIJ", SecretKind::token},
      {std::string("sk_live_") + "abcdEFGH12345678", SecretKind::api_key},
      {std::string("rk_live_") + "abcdEFGH12345678", SecretKind::api_key},
      {std::string("AIza") + "SyA1234567890abcdefghijklmnopqrstuv", SecretKind::api_key},
      {std::string("eyJ") + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abcDEF123", SecretKind::token},
      {std::string("npm_") + "abcdefghijklmnopqrstuvwxyz0123456789", SecretKind::token},
      {std::string("SG.") + "abcdefghijklmnopqrstuv.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefg", SecretKind::api_key},
  };
  for (const auto& [token, kind] : tokens) {
    CAPTURE(token);
    CHECK(redact("NEUTRAL", token).text == "***");
    CHECK(redact("NEUTRAL", token).kind == kind);
    CHECK(redact("NEUTRAL", token).extent == SecretExtent::whole);
    CHECK(redact("CMD", "tool --x " + token + " y").text == "tool --x *** y");
    CHECK(redact("URL", "https://x.example.com/" + token).text.find(token) == std::string::npos);
  }
}

TEST_CASE("indirections and empty places are no hard-coded secrets, and stay readable") {
  for (const char* value : {"", "***", "xxxx", "<password>", "$(DB_PASSWORD)", "${DB_PASSWORD}", "{{ .Values.password }}",
                            "vault:secret/data/db#password", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db",
                            "projects/p/secrets/db/versions/1", "$DB_PASSWORD", "null"}) {
    CAPTURE(std::string(value));
    const Redacted redacted = redact("DB_PASSWORD", value);
    CHECK(redacted.is_placeholder);
    CHECK_FALSE(redacted.hard_coded());
    CHECK(redacted.kind == SecretKind::password);
    CHECK(redacted.text == value);
  }
  const Redacted url = redact("DATABASE_URL", "postgres://u:$(PW)@h/db");
  CHECK(url.is_placeholder);
  CHECK(url.text == "postgres://u:$(PW)@h/db");
}

TEST_CASE("weak words are hard-coded secrets") {
  for (const char* value : {"changeme", "password", "admin", "Password", "minioadmin"}) {
    CAPTURE(std::string(value));
    const Redacted redacted = redact("DB_PASSWORD", value);
    CHECK(redacted.hard_coded());
    CHECK(redacted.weak);
    CHECK(redacted.text == "***");
  }
  CHECK(redact("DATABASE_URL", "postgres://postgres:postgres@db/x").weak);
}

TEST_CASE("names that only mention a secret keep their values") {
  const std::vector<std::pair<const char*, const char*>> rows{{"DB_SECRET_NAME", "orders-db"},
                                                              {"AWS_ACCESS_KEY_ID", "some-id"},
                                                              {"KEYCLOAK_REALM", "shop"},
                                                              {"KEYCLOAK_URL", "http://keycloak:8080"},
                                                              {"TOKEN_URL", "https://auth.example.com/token"},
                                                              {"PASSWORD_POLICY", "length(12)"},
                                                              {"ACCESS_TOKEN_EXPIRY", "3600"},
                                                              {"SECRET_REF", "orders-db"},
                                                              {"PARTITION_KEY", "customerId1234567890"},
                                                              {"DB_PASSWORD_FILE", "/run/secrets/db"},
                                                              {"DB_PASSWORD", "/run/secrets/db-password"},
                                                              {"TLS_PRIVATE_KEY_PATH", "/etc/tls/key.pem"},
                                                              {"MAX_TOKENS", "4096"},
                                                              {"USE_TOKEN", "true"},
                                                              {"LOG_LEVEL", "info"},
                                                              {"MESSAGE", "hello world"},
                                                              {"API_URL", "https://example.com/@scope/pkg?x=a@b.com"},
                                                              {"IMAGE", "registry.example.com:5000/x@sha256:0123456789abcdef"},
                                                              {"REPO", "ssh://git@github.com/x/y"},
                                                              {"STRIPE_PUBLISHABLE_KEY", "pk_live_abcdEFGH12345678"},
                                                              {"PROXY_PASS", "http://backend:80"},
                                                              {"TOKENIZER", "bert-base-uncased-1234"}};
  for (const auto& [name, value] : rows) {
    CAPTURE(std::string(name));
    const Redacted redacted = redact(name, value);
    CHECK(redacted.text == value);
    CHECK(redacted.kind == SecretKind::none);
    CHECK(redacted.extent == SecretExtent::none);
  }
}

TEST_CASE("files keep their lines and say where each secret was") {
  const std::string text = with_canary(
      "server:\n  port: 8080\ndb:\n  url: jdbc:postgresql://db/x\n  password: CANARY\nkey: |\n  -----BEGIN PRIVATE KEY-----\n  "
      "abc\n"
      "  -----END PRIVATE KEY-----\napi_token: \"changeme\"\nother: \"$(X)\"\n");
  const RedactedText redacted = redact_text(text);
  CHECK_FALSE(leaks(redacted.text));
  CHECK(std::count(redacted.text.begin(), redacted.text.end(), '\n') == std::count(text.begin(), text.end(), '\n'));
  CHECK(redacted.text.find("abc") == std::string::npos);
  CHECK(redacted.text.find("jdbc:postgresql://db/x") != std::string::npos);
  CHECK(redacted.secrets == std::vector<SecretFinding>{{5, SecretKind::password, "password", false},
                                                       {7, SecretKind::private_key, "key", false},
                                                       {10, SecretKind::token, "api_token", true}});
}

TEST_CASE("block scalars and lists of named values") {
  const RedactedText block = redact_text(with_canary("password: |\n  CANARY\n  more\nnext: 1\n"));
  CHECK(block.text == "password: |\n  ***\n  ***\nnext: 1\n");
  const RedactedText list = redact_text(with_canary("- name: DB_PASSWORD\n  value: CANARY\n- name: HOST\n  value: db\n"));
  CHECK(list.text == "- name: DB_PASSWORD\n  value: ***\n- name: HOST\n  value: db\n");
}

TEST_CASE("redaction is stable and linear") {
  for (const char* piece : {"a=", "password=", "a://u:p ", "a://u:p@", "Bearer ", "\"", "hooks.slack.com/services/",
                            ";Password=", "jdbc:oracle:thin:a/b@", "\\\"", "${"}) {
    CAPTURE(std::string(piece));
    std::string text;
    while (text.size() < 200000) text += piece;
    const Redacted once = redact("X", text);
    CHECK(redact_text(text).text.size() <= text.size() * 3);
    CHECK_NOTHROW((void)redact("X", once.text));
  }
}

TEST_CASE("options of known programs give passwords away") {
  const std::vector<const char*> lines{"curl -u admin:CANARY http://api.example.com/x",
                                       "redis-cli -h cache -a CANARY ping",
                                       "sshpass -p CANARY ssh u@h.example",
                                       "mysqladmin ping -pCANARY",
                                       "echo CANARY | docker login -u x --password-stdin r.example",
                                       "export PW=CANARY; run",
                                       "aws configure set aws_secret_access_key CANARY",
                                       "vault login CANARY",
                                       "mc alias set m http://minio:9000 AK CANARY",
                                       "rabbitmqctl add_user u CANARY",
                                       "openssl enc -k CANARY",
                                       "openssl rsa -passin pass:CANARY",
                                       "consul kv put db/secret CANARY",
                                       "CREATE USER x IDENTIFIED BY 'CANARY';",
                                       "ALTER ROLE x PASSWORD 'CANARY'",
                                       "helm install x --set=auth.password=CANARY",
                                       "kubectl create secret generic x --from-literal=password=CANARY",
                                       "run --user=root:CANARY",
                                       "sh -c \"curl -u a:CANARY http://h\""};
  for (const char* const line : lines) {
    CAPTURE(line);
    const RedactedText redacted = redact_text(with_canary(line));
    CHECK_FALSE(leaks(redacted.text));
    CHECK_FALSE(redacted.secrets.empty());
  }
  for (const std::string line :
       {"docker run --user 1000:1000 -p 8080:80 x", "chown -u www-data:www-data", "curl -u $USER:$PASSWORD http://h.example",
        "psql -h db -p 5432 -U app", "nc -z cache 6379", "redis-cli -h cache ping", "vault kv get x", "mkdir -p /data/x"}) {
    CAPTURE(line);
    CHECK(redact_text(line).text == line);
  }
}

TEST_CASE("users, passwords and tokens in what is nearly a URL") {
  CHECK(redact("HOST", "u:" + std::string(k_canary) + "@h.example:99").text == "u:***@h.example:99");
  CHECK_FALSE(leaks(redact("PW", k_canary).text));
  CHECK_FALSE(leaks(redact("MASTERKEY", k_canary).text));
  CHECK_FALSE(leaks(redact("BASIC_AUTH", "admin:" + std::string(k_canary)).text));
  CHECK(redact("X", "https://api.example.com/t/Kx9abc097zQ7wLp2/x").text == "https://api.example.com/t/***/x");
  CHECK(redact("X", "https://chat.example/services/T000/B000/abc").text == "https://chat.example/services/***");
  CHECK(redact_path("/health?token=" + std::string(k_canary)) == "/health?token=***");
  CHECK(redact_path("/health/live?verbose=1") == "/health/live?verbose=1");
  for (const std::string value : {"user:joe@example.com:1", "r.example/x:1@sha256:0123", "joe@example.com", "pkg:npm/x@1.2",
                                  "https://api.example.com/v1/OpenTelemetryCollector2/x"}) {
    CAPTURE(value);
    CHECK(redact("X", value).text == value);
  }
}
