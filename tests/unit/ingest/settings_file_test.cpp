// SPDX-License-Identifier: Apache-2.0
// Files of proxies and files of variables beside source code: what they are, whose they are, what is left to Compose.
#include <doctest/doctest.h>
#include <ingest/settings_file/proxy_file.h>
#include <ingest/settings_file/settings_file.h>
#include <postern/model/service_label.h>

#include <algorithm>

#include "project_facts.h"

namespace postern::ingest::settings_file {
namespace {

using test::NamedTexts;

/// `FILE LABEL=SERVICE HOSTS...` of every configuration.
std::vector<std::string> configurations(const NamedTexts& texts, std::vector<std::string> values = {}) {
  std::vector<SourceFile> files;
  for (const auto& [path, text] : texts) files.push_back({path, text});
  base::DiagnosticSink sink;
  ProjectSettings settings;
  settings.values = std::move(values);
  std::vector<std::string> lines;
  for (const ProjectFile& file : read_files(SourceFiles({}, std::move(files)), settings, sink)) {
    std::string line;
    std::vector<std::string> hosts;
    for (const model::Fact& fact : file.facts) {
      if (const auto* mention = std::get_if<model::MentionFact>(&fact))
        hosts.push_back(mention->host.str() + "@" + std::to_string(mention->location.line));
      if (const auto* setting = std::get_if<model::SettingFact>(&fact); setting != nullptr && !setting->opaque)
        hosts.push_back(setting->name.str() + "=" + setting->text.str());
      const auto* entity = std::get_if<model::EntityFact>(&fact);
      if (entity == nullptr) continue;
      for (const auto& [key, value] : entity->labels)
        line = entity->address.str() + (key.view() == model::k_known_service_label ? " if " : " of ") + value.str();
    }
    std::sort(hosts.begin(), hosts.end());
    for (const std::string& host : hosts) line += " " + host;
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

constexpr const char* k_nginx = R"(upstream shop {
  server app.internal:8080;
}
server {
  server_name www.example.com;
  add_header Content-Security-Policy "default-src https://fonts.example.net";
  location / { proxy_pass http://shop; }
  location /php { fastcgi_pass php.internal:9000; }
  location /old { return 301 https://moved.example.org; }  # http://comment.example.org
}
)";
constexpr const char* k_envoy = R"(static_resources:
  clusters:
    - name: api
      load_assignment:
        endpoints:
          - lb_endpoints: [{endpoint: {address: {socket_address: {address: api.internal, port_value: 80}}}}]
)";

}  // namespace

TEST_CASE("files of proxies belong to the folder that has a name, and say whom they hand on to") {
  CHECK(configurations({{"deploy/edge/conf.d/default.conf", k_nginx}}) ==
        Lines{"files/deploy/edge/conf.d/default.conf of edge app.internal@2 php.internal@8"});
  CHECK(configurations({{"sites-enabled/shop", k_nginx}}).front().starts_with("files/sites-enabled/shop of nginx "));
  CHECK(configurations({{"docker/nginx.conf", k_nginx}}).front().starts_with("files/docker/nginx.conf of nginx "));
  CHECK(configurations({{"gateways/web/envoy.yaml", k_envoy}})
            .front()
            .starts_with("files/gateways/web/envoy.yaml of web api.internal@"));
}

TEST_CASE("a proxy that only serves files is a part of a known service at most") {
  CHECK(configurations({{"frontend/nginx.conf", "server {\n  listen 80;\n  root /srv;\n}\n"}}) ==
        Lines{"files/frontend/nginx.conf if frontend"});
}

TEST_CASE("other files of these names, and what Compose mounts, are left alone") {
  CHECK(
      configurations({{"conf.d/apache.conf", "<VirtualHost *:80>\n ProxyPass / http://a.example.com/\n</VirtualHost>\n"}}).empty());
  CHECK(configurations({{"conf.d/php.conf", "[www]\nlisten = 9000\n"}}).empty());
  CHECK(configurations({{"a/values.yaml", "proxy:\n  static_resources: 1\n"}}).empty());
  CHECK(configurations({{"a/map.yaml", std::string("apiVersion: v1\nkind: ConfigMap\n") + k_envoy}}).empty());
  const std::string compose =
      "services:\n  edge:\n    image: nginx\n    env_file: [./settings/.env]\n    volumes:\n      - "
      "./edge/nginx.conf:/etc/nginx/nginx.conf:ro\n"
      "      - {type: bind, source: ./sites, target: /etc/nginx/conf.d}\n";
  CHECK(configurations({{"docker-compose.yml", compose},
                        {"edge/nginx.conf", k_nginx},
                        {"sites/conf.d/a.conf", k_nginx},
                        {"settings/.env", "A=b\n"},
                        {".env", "A=b\n"}})
            .empty());
  // What no service uses is an alternative; what one is built from is its own.
  CHECK(configurations({{"docker-compose.yml", compose}, {"other/nginx.conf", k_nginx}}).empty());
  CHECK(configurations({{"docker-compose.yml", compose + "  other: {build: ./other}\n"}, {"other/nginx.conf", k_nginx}}).size() ==
        1);
}

TEST_CASE("files of variables speak for the service of their folder, if there is one") {
  const std::string text = "# local\nexport API=https://api.example.com\nDB_PASSWORD='Wq7-vNp2xKd94-rTz'\nAPI=again\n";
  const Lines found = configurations({{"orders/.env", text}});
  REQUIRE(found.size() == 1);
  CHECK(found.front().starts_with("files/orders/.env if orders API="));
  CHECK(found.front().find("Wq7") == std::string::npos);
  for (const char* name : {".env.example", ".env.sample", ".env.template", ".env.production"}) {
    CAPTURE(name);
    CHECK(configurations({{std::string("orders/") + name, text}}).empty());
  }
  CHECK(configurations({{"orders/.env.production", text}}, {"orders/.env.production"}).size() == 1);
  CHECK(configurations({{".env", text}}).empty());
  CHECK(configurations({{"tests/orders/.env", text}}).empty());
}

}  // namespace postern::ingest::settings_file
