// SPDX-License-Identifier: Apache-2.0
// Who may send to what, in the forms of the providers.
#include <doctest/doctest.h>
#include <ingest/cloud/arguments.h>
#include <ingest/cloud/openings.h>

#include <string>

namespace postern::ingest::cloud {
namespace {

std::string ingress(const std::string& json, std::string_view type = "") {
  const Openings openings = openings_of(normalised(*parse_json(json)), type);
  std::string text;
  for (const std::string& opening : openings.ingress) text += (text.empty() ? "" : "; ") + opening;
  return text;
}

}  // namespace

TEST_CASE("bits after the prefix do not count") {
  CHECK(masked("192.168.1.0/0") == "0.0.0.0/0");
  CHECK(masked("10.1.2.3/8") == "10.0.0.0/8");
  CHECK(masked("10.1.2.3") == "10.1.2.3/32");
  CHECK(masked("2001:db8::/0") == "::/0");
  CHECK(masked("pl-123") == "pl-123");
  CHECK(masked("10.0.0.0/33") == "10.0.0.0/33");
}

TEST_CASE("one rule is one text, whoever provides it") {
  const std::string expected = "0.0.0.0/0 22/TCP";
  CHECK(ingress(R"({"ingress":[{"from_port":22,"to_port":22,"protocol":"tcp","cidr_blocks":["0.0.0.0/0"]}]})") == expected);
  CHECK(ingress(R"({"SecurityGroupIngress":[{"FromPort":"22","ToPort":22,"IpProtocol":"tcp","CidrIp":"192.168.1.0/0"}]})") ==
        expected);
  CHECK(ingress(R"({"IpProtocol":"tcp","FromPort":22,"ToPort":22,"CidrIp":"0.0.0.0/0"})", "AWS::EC2::SecurityGroupIngress") ==
        expected);
  CHECK(ingress(R"({"type":"ingress","from_port":22,"to_port":22,"protocol":"6","cidr_blocks":["0.0.0.0/0"]})") == expected);
  CHECK(
      ingress(
          R"({"access":"Allow","direction":"Inbound","protocol":"Tcp","destination_port_range":"22","source_address_prefix":"*"})") ==
      expected);
  CHECK(ingress(R"({"allow":[{"protocol":"tcp","ports":["22"]}],"source_ranges":["0.0.0.0/0"]})") == expected);
}

TEST_CASE("what goes out, what is denied and whole ranges are told apart") {
  CHECK(ingress(R"({"egress":[{"from_port":0,"to_port":0,"protocol":"-1","cidr_blocks":["0.0.0.0/0"]}]})").empty());
  CHECK(
      ingress(R"({"access":"Deny","direction":"Inbound","protocol":"*","destination_port_range":"*","source_address_prefix":"*"})")
          .empty());
  CHECK(ingress(R"({"ingress":[{"from_port":0,"to_port":0,"protocol":"-1","cidr_blocks":["10.0.0.0/8"],"self":true}]})") ==
        "10.0.0.0/8 all; itself all");
  CHECK(ingress(R"({"ingress":[{"from_port":8000,"to_port":9000,"protocol":"udp","security_groups":["sg-1"]}]})") ==
        "sg-1 8000-9000/UDP");
  CHECK(ingress(R"({"start_ip_address":"0.0.0.0","end_ip_address":"255.255.255.255"})") == "0.0.0.0/0 all");
  CHECK(ingress(R"({"start_ip_address":"0.0.0.0","end_ip_address":"0.0.0.0"})") == "services-of-the-cloud all");
}

TEST_CASE("names of arguments have one spelling") {
  CHECK(snake_case("DBInstanceClass") == "db_instance_class");
  CHECK(snake_case("MultiAZ") == "multi_az");
  CHECK(snake_case("publicNetworkAccess") == "public_network_access");
  CHECK(snake_case("kms_key_id") == "kms_key_id");
  const Value value = normalised(*parse_json(R"({"Environment":{"Variables":{"DbHost":"x"}},"properties":{"httpsOnly":true}})"));
  CHECK(value["environment"]["variables"]["DbHost"].as_text() == "x");
  CHECK(value["https_only"].truth());
}

}  // namespace postern::ingest::cloud
