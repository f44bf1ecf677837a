// SPDX-License-Identifier: Apache-2.0
// Inventories of Ansible: ranges, groups, variables and their order, secrets, hostile input.
#include <doctest/doctest.h>
#include <ingest/ansible/inventory.h>
#include <ingest/ansible/project.h>

#include <algorithm>

#include "../terraform/resources.h"

namespace postern::ingest::ansible {
namespace {

using namespace model::attribute;
using test::Architecture;

Architecture read(const std::vector<std::pair<std::string, std::string>>& files) {
  return test::read_files(read_inventories, files);
}

/// `NAME=TEXT` of what a host is told that may be an address.
std::vector<std::string> told(const Architecture& found, const std::string& address) {
  std::vector<std::string> texts;
  for (const model::SettingFact& fact : found.settings) {
    if (fact.owner.str() == address) texts.push_back(fact.name.str() + "=" + fact.text.str());
  }
  std::sort(texts.begin(), texts.end());
  return texts;
}

bool has_alias(const Architecture& found, const std::string& address, const std::string& text) {
  const auto& aliases = found.entities.at(address).aliases;
  return std::any_of(aliases.begin(), aliases.end(), [&](const model::Alias& alias) { return alias.text.str() == text; });
}

constexpr const char* k_ini = R"(# machines
lonely.example.com ansible_port=2222

[web]
web[01:03].example.com http_port=8080
[db]
db-a ansible_host=10.0.0.5 ansible_user=root   # the first one
[shop:children]
web
db
[shop:vars]
payment_url=https://pay.example.com/v1
db_host=db-a
ansible_password="Tr0ub4dor&3"
[all:vars]
db_host=elsewhere.example.com
)";

}  // namespace

TEST_CASE("ranges make names") {
  using Names = std::vector<std::string>;
  CHECK(names_of("web", 10) == Names{"web"});
  CHECK(names_of("web[01:03].x", 10) == Names{"web01.x", "web02.x", "web03.x"});
  CHECK(names_of("db-[a:c]", 10) == Names{"db-a", "db-b", "db-c"});
  CHECK(names_of("n[1:9:4]", 10) == Names{"n1", "n5", "n9"});
  CHECK(names_of("r[1:2]-[a:b]", 10) == Names{"r1-a", "r1-b", "r2-a", "r2-b"});
  CHECK(names_of("w[0:99999999]", 4).size() == 4);
  for (const char* bad : {"w[", "w[]", "w[1]", "w[2:1]", "w[a:1]", "w[1:2:0]", "w[1:2:x]", "a b", ""}) {
    CAPTURE(bad);
    CHECK(names_of(bad, 10).empty());
  }
}

TEST_CASE("hosts have the variables of their groups, the nearer the stronger") {
  const Architecture found = read({{"inventory/hosts", k_ini}});
  CHECK(found.diagnostics.all().empty());
  CHECK(found.entities.at("hosts/web02.example.com").kind == model::EntityKind::host);
  CHECK(found.attribute("hosts/web02.example.com", settings, "groups") == "shop, web");
  CHECK(found.attribute("hosts/db-a", settings, "ansible_user") == "root");
  CHECK(has_alias(found, "hosts/db-a", "10.0.0.5"));
  CHECK(told(found, "hosts/db-a") == std::vector<std::string>{"db_host=db-a", "payment_url=https://pay.example.com/v1"});
  CHECK(told(found, "hosts/lonely.example.com") == std::vector<std::string>{"db_host=elsewhere.example.com"});
  CHECK(found.from("groups/shop").size() == 4);
  CHECK(found.attribute("groups/shop", plaintext_secrets) == "[ansible_password]");
  CHECK(found.attribute("groups/shop", data, "ansible_password").find("Tr0ub") == std::string::npos);
}

TEST_CASE("folders of variables belong to the inventory beside or below them; what is encrypted is no secret in clear text") {
  const Architecture found =
      read({{"group_vars/all.yml", "api_url: https://old.example.com\nregion: eu\n"},
            {"inventories/prod/group_vars/web/main.yml", "api_url: https://new.example.com\n"},
            {"inventories/prod/group_vars/web/vault.yml", "db_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n"},
            {"inventories/prod/group_vars/other.yml", "x_url: https://never.example.com\n"},
            {"inventories/prod/host_vars/web1", "cache: {host: \"{{ groups['cache'][0] }}\", port: 6379}\n"},
            {"inventories/prod/hosts.yml", "all: {children: {web: {hosts: {web1: {ansible_host: web1.example.com}}}}}\n"}});
  CHECK(told(found, "hosts/web1") == std::vector<std::string>{"api_url=https://new.example.com", "cache.port=6379"});
  CHECK(found.attribute("hosts/web1", settings, "cache.host") == "unknown");
  CHECK(found.attribute("groups/web", data, "db_password") == "(vault)");
  CHECK(found.attribute("groups/web", plaintext_secrets).empty());
  CHECK_FALSE(found.entities.contains("groups/other"));
}

TEST_CASE("two inventories with the same host are told apart; other files are left alone") {
  const Architecture found = read({{"production", "[web]\nweb1\n"}, {"staging", "[web]\nweb1\nweb2\n"}});
  CHECK(found.entities.contains("production:hosts/web1"));
  CHECK(found.entities.contains("staging:hosts/web1"));
  for (const char* text : {"127.0.0.1 localhost\n::1 ip6-localhost\n", "[section]\nkey = value\nother: value\n", "", "hello\n"}) {
    CAPTURE(text);
    CHECK(read({{"hosts", text}}).entities.empty());
  }
  CHECK(read({{"playbook.yml", "- hosts: all\n  tasks: []\n"}}).entities.empty());
  CHECK(read({{"values.yml", "all:\n  hosts: [a, b]\n"}}).entities.empty());
  CHECK(read({{"ingress.yaml", "web: {hosts: {a: {}}, other: 1}\n"}}).entities.empty());
}

TEST_CASE("a slip is told, a range without end is cut, a circle ends") {
  std::string text = "[web]\n";
  for (int i = 0; i < 30; ++i) text += "web" + std::to_string(i) + "\n";
  const Architecture slip = read({{"hosts", text + "web30 what is this\n"}});
  REQUIRE(slip.diagnostics.all().size() == 1);
  CHECK(slip.diagnostics.all().front().code == "P1282");
  const Architecture large = read({{"hosts", "[web]\nweb[0:99999999]\n"}});
  CHECK(large.entities.size() == k_most_hosts);
  REQUIRE(large.diagnostics.all().size() == 1);
  CHECK(large.diagnostics.all().front().code == "P1283");
  const Architecture circle =
      read({{"hosts", "[a:children]\nb\n[b:children]\na\n[b]\nh\n[a:vars]\nx_url=https://x.example.com\n"}});
  CHECK(told(circle, "hosts/h") == std::vector<std::string>{"x_url=https://x.example.com"});
}

}  // namespace postern::ingest::ansible
