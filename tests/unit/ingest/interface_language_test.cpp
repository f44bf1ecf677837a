// SPDX-License-Identifier: Apache-2.0
// protobuf and GraphQL.
#include <doctest/doctest.h>
#include <ingest/interface_language/graphql.h>
#include <ingest/interface_language/protobuf.h>

#include "project_facts.h"

using namespace postern::ingest;

TEST_CASE("services of protobuf, messages of several files, circles") {
  CHECK(test::project_facts(interface_language::read_protobuf, {{"a.proto", R"(syntax = "proto3"; // comment
package shop.v1;
import "b.proto";
option go_package = "x;y";
service Users {
  option deprecated = true;
  rpc Get(GetRequest) returns (stream common.User) { option (google.api.http) = { get: "/v1/{id}" }; }
  rpc Drop (GetRequest) returns (Empty);
}
message GetRequest { string id = 1 [(rule) = {min: 1}]; oneof by { string mail = 2; int32 number = 3; } reserved 4, 5; enum E { A = 0; } }
message Empty {}
)"},
                                                                {"b.proto", R"(package common;
message User { message Address { string city = 1; } repeated Address addresses = 1; map<string, Address> others = 2; User friend = 3; optional string name = 4; })"}}) ==
        R"(apis/shop.v1.Users api
  operation[RPC /shop.v1.Users/Drop] = unknown
  operation[RPC /shop.v1.Users/Get] = unknown
  operation_data[RPC /shop.v1.Users/Drop] = [in id, in mail, in number]
  operation_data[RPC /shop.v1.Users/Get] = [in id, in mail, in number, out addresses.city, out friend, out name, out others.city]
  resource_type = grpc
)");
}

TEST_CASE("schemas of GraphQL; documents of clients say nothing") {
  CHECK(test::project_facts(interface_language::read_graphql, {{"users/schema.graphqls", R"("""
About { braces
"""
type Query @authenticated { user(id: ID!, filter: Filter = {a: 1}): User, all: [Found!]! }
extend type Mutation { drop(id: ID! @constraint(max: 1)): Boolean @hasRole(role: ADMIN) }
input Filter { mail: String = "x" }
type User implements Node & Other @key(fields: "id") { id: ID! mail: String friends: [User!] }
union Found = | User | Group
type Group { label: String } # comment {
)"},
                                                               {"client/q.graphql", "query Me { user(id: 1) { mail } }"}}) ==
        R"(apis/users-graphql api
  operation[MUTATION drop] = hasRole ADMIN
  operation[QUERY all] = authenticated
  operation[QUERY user] = authenticated
  operation_data[MUTATION drop] = [in id]
  operation_data[QUERY all] = [out friends, out id, out label, out mail]
  operation_data[QUERY user] = [in filter.mail, in id, out friends, out id, out mail]
  resource_type = graphql
)");
}

TEST_CASE("what breaks off is said, and nothing hangs") {
  CHECK(test::project_facts(interface_language::read_protobuf, {{"a.proto", "service A { rpc B(C) returns (D)"}}).find("P1274") !=
        std::string::npos);
  CHECK(test::project_facts(interface_language::read_protobuf, {{"a.proto", "}"}}).find("P1274") != std::string::npos);
  CHECK(test::project_facts(interface_language::read_graphql, {{"a.graphql", "type Query { a"}}).find("P1274") !=
        std::string::npos);
  std::string deep;
  for (int i = 0; i < 50'000; ++i) deep += "message M { ";
  (void)test::project_facts(interface_language::read_protobuf, {{"a.proto", deep}});
  for (const char* text : {"rpc", "service", "service A {", "message A { map<", "message A { oneof x {", "\"", "type", "type A @x(",
                           "union A =", "schema { query", "type A { b(c: [", "extend", "input A { b = ["}) {
    CAPTURE(std::string(text));
    (void)test::project_facts(interface_language::read_protobuf, {{"a.proto", text}});
    (void)test::project_facts(interface_language::read_graphql, {{"a.graphql", text}});
  }
}
