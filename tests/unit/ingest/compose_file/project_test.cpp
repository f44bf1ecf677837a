// SPDX-License-Identifier: Apache-2.0
// Whole projects: which files are one, how they are merged, and what they say.
#include <doctest/doctest.h>
#include <ingest/compose_file/compose_file.h>

#include <string>
#include <utility>

#include "../fact_text.h"

namespace postern::ingest::compose_file {
namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

/// The facts of all files, then the diagnostics as `CODE FILE:LINE`.
std::string project(const Files& files, const std::vector<std::string>& values = {}) {
  std::vector<SourceFile> list;
  for (const auto& [path, text] : files) list.push_back({path, text});
  const SourceFiles source({}, std::move(list));
  ProjectSettings settings;
  settings.values = values;
  test::Reading reading;
  base::DiagnosticSink sink;
  for (ProjectFile& file : read_projects(source, settings, sink)) {
    for (model::Fact& fact : file.facts) reading.file.input.facts.push_back(std::move(fact));
  }
  std::string text = test::facts_text(reading);
  for (const base::Diagnostic& each : sink.all()) {
    text += each.code + " " + each.location.file.str() + ":" + std::to_string(each.location.line) + "\n";
  }
  return text;
}

bool holds(const std::string& text, std::string_view part) {
  INFO(text);
  const bool found = text.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

void lacks(const std::string& text, std::string_view part) {
  INFO(text);
  CHECK(text.find(part) == std::string::npos);
}

TEST_CASE("an override is put on top of the file that Compose takes by itself") {
  const std::string text = project({
      {"compose.yaml",
       "services:\n  web:\n    image: a\n    command: [x, y]\n    environment: {A: '1', B: '2'}\n    ports: ['80:80']\n"},
      {"compose.override.yaml",
       "services:\n  web:\n    image: b\n    command: z\n    environment: ['B=3', 'C=4']\n    ports: ['80:80', '81:81']\n"},
      {"compose.tracing.yaml", "services:\n  tracer: {image: t}\n"},
  });
  holds(text, "image = b");
  holds(text, "environment[A] = 1");
  holds(text, "environment[B] = 3");
  holds(text, "environment[C] = 4");
  holds(text, "args = [z]");
  holds(text, "host_ports = [80, 81]");
  lacks(text, "tracer");
  holds(text, "P1251 compose.tracing.yaml:0");
}

TEST_CASE("an optional file is merged where the environment names it") {
  const Files files = {{"compose.yaml", "services: {web: {image: a}}\n"}, {"compose.prod.yaml", "services: {web: {image: b}}\n"}};
  const std::string text = project(files, {"compose.prod.yaml"});
  holds(text, "image = b");
  lacks(text, "P1251");
}

TEST_CASE("a folder without the usual names holds a project a file") {
  const std::string text = project(
      {{"docker-compose.dev.yml", "services: {web: {image: a}}\n"}, {"docker-compose.prod.yml", "services: {web: {image: b}}\n"}});
  holds(text, "dev/web");
  holds(text, "prod/web");
}

TEST_CASE("reset and replace") {
  const std::string text = project({
      {"compose.yaml", "services:\n  web: {image: a, ports: ['80:80'], environment: {A: '1', B: '2'}, expose: ['1']}\n"},
      {"compose.override.yaml",
       "services:\n  web:\n    ports: !override ['81:81']\n    environment: {A: !reset null}\n    expose: !reset []\n"},
  });
  holds(text, "host_ports = [81]");
  lacks(text, "environment[A]");
  holds(text, "environment[B] = 2");
  holds(text, "ports = [81/TCP]");
}

TEST_CASE("services extend services of the same and of another file") {
  const std::string text = project({
      {"compose.yaml",
       "services:\n  a: {extends: {file: base/common.yml, service: base}, environment: {X: own}}\n"
       "  b: {extends: a, image: other}\n"},
      {"base/common.yml", "services:\n  base: {image: common, environment: {X: base, Y: base}, env_file: vars.env}\n"},
      {"base/vars.env", "Z=from file\n"},
  });
  holds(text, "image = common");
  holds(text, "image = other");
  holds(text, "environment[X] = own");
  holds(text, "environment[Y] = base");
  holds(text, "environment[Z] = from file");
}

TEST_CASE("projects include others, which are no projects of their own then") {
  const std::string text = project({
      {"app/compose.yaml", "include: ['../db/compose.yaml']\nservices: {web: {image: a}}\n"},
      {"db/compose.yaml", "services: {db: {image: 'postgres:${VERSION}'}}\n"},
      {"db/.env", "VERSION=16\n"},
  });
  holds(text, "image = postgres:16");
  lacks(text, "db/db");
}

TEST_CASE("cycles and missing files are told and end") {
  holds(project({{"compose.yaml", "include: [compose.yaml]\nservices: {}\n"}}), "P1253");
  holds(project({{"compose.yaml", "services: {a: {extends: b}, b: {extends: a}}\n"}}), "P1253");
  holds(project({{"compose.yaml", "include: [other.yaml]\nservices: {a: {image: x}}\n"}}), "P1252");
  holds(project({{"compose.yaml", "services: {a: {extends: nobody}}\n"}}), "P1254");
  holds(project({{"compose.yaml", "services: {a: {ports: ['x']}}\n"}}), "P1255");
}

TEST_CASE("variables without a value are told once and stay unknown") {
  const std::string text = project({{"compose.yaml", "services: {a: {image: 'x:${TAG}', environment: {B: '${TAG}', C: }}}\n"}});
  holds(text, "image = x:${TAG}");
  holds(text, "environment[C] = unknown");
  CHECK(text.find("P1250") == text.rfind("P1250"));
}

TEST_CASE("secrets are redacted and files in the tree are none any more") {
  const std::string text = project({
      {"compose.yaml",
       "services: {db: {image: postgres, environment: {POSTGRES_PASSWORD: hunter2hunter2}, secrets: [pw]}}\n"
       "secrets: {pw: {file: pw.txt}}\n"},
      {"pw.txt", "correct-horse-battery\n"},
  });
  lacks(text, "hunter2");
  lacks(text, "correct-horse");
  holds(text, "plaintext_secrets = [POSTGRES_PASSWORD]");
  holds(text, "plaintext_secrets = [pw]");
}

TEST_CASE("mounted configuration is read, source code is not") {
  const std::string text = project({
      {"compose.yaml", "services: {web: {image: nginx, volumes: ['./conf:/etc/nginx/conf.d:ro', './src:/app']}}\n"},
      {"conf/app.conf", "location / { proxy_pass http://backend:8080; }\n"},
      {"src/settings.yaml", "url: http://elsewhere:1\n"},
  });
  holds(text, "backend");
  lacks(text, "elsewhere");
}

TEST_CASE("files that are no Compose files are left to others") {
  CHECK(project({{"compose.yaml", "apiVersion: v1\nkind: Service\n"}}).empty());
  CHECK(project({{"app.yaml", "services: {a: {image: x}}\n"}, {"b.yaml", "x: 1\n"}}).empty());
}

}  // namespace
}  // namespace postern::ingest::compose_file
