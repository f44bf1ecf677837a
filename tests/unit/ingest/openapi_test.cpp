// SPDX-License-Identifier: Apache-2.0
// Specifications of interfaces of all versions, references through files, and circles.
#include <doctest/doctest.h>
#include <ingest/openapi/interface.h>
#include <ingest/openapi/project.h>
#include <ingest/openapi/specification.h>

#include "project_facts.h"

using namespace postern::ingest;
using postern::ingest::test::NamedTexts;

namespace {

std::string facts_of(const NamedTexts& texts) { return test::project_facts(openapi::read_specifications, texts); }

}  // namespace

TEST_CASE("OpenAPI 3: callers, parameters, bodies through references and compositions") {
  CHECK(facts_of({{"a.yaml", R"(openapi: 3.1.0
info: {title: "Shop: Users", version: "2", x-owner: team-a}
servers: [{url: "https://{tenant}.example.com"}, {url: "https://users.example.com/v1"}, {url: /relative}]
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
    flow: {type: oauth2}
  schemas:
    Base: {type: object, properties: {id: {type: integer, readOnly: true}, secret: {type: string, writeOnly: true}}}
    User:
      allOf:
        - $ref: '#/components/schemas/Base'
        - properties:
            address: {type: object, properties: {city: {type: string}}}
            friends: {type: array, items: {$ref: '#/components/schemas/User'}}
security: [{token: []}]
paths:
  /users/{id}:
    parameters: [{name: id, in: path, schema: {type: string}}]
    get:
      responses:
        "200": {content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
        "404": {content: {application/json: {schema: {properties: {fault: {}}}}}}
    put:
      security: [{flow: [write, read]}, {key: [], token: []}, {}]
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}
      responses: {}
    delete: {security: [], responses: {default: {content: {x: {schema: {type: object, properties: {done: {}}}}}}}}
)"}}) == R"(apis/shop-users api
  api_version = 2
  hosts = [users.example.com]
  operation[DELETE /users/{id}] = none
  operation[GET /users/{id}] = bearer
  operation[PUT /users/{id}] = apiKey header X-Key and bearer or none or oauth2 read write
  operation_data[DELETE /users/{id}] = [in id, out done]
  operation_data[GET /users/{id}] = [in id, out address.city, out friends, out id]
  operation_data[PUT /users/{id}] = [in address.city, in friends, in id, in secret]
  owner = team-a
  resource_type = openapi
)");
}

TEST_CASE("Swagger 2, in JSON, through files of the tree") {
  const NamedTexts texts = {
      {"api/swagger.json",
       R"({"swagger": "2.0", "info": {"title": "Pets", "version": "1"}, "host": "pets.example.com", "securityDefinitions": {"b": {"type": "basic"}},
  "paths": {"/pets": {"post": {"security": [{"b": []}], "parameters": [{"name": "pet", "in": "body", "schema": {"$ref": "parts/Pet.json"}},
    {"name": "colour", "in": "formData", "type": "string"}], "responses": {"201": {"schema": {"$ref": "parts/Pet.json#/properties/tag"}}}}}}})"},
      {"api/parts/Pet.json",
       R"({"properties": {"name": {"type": "string"}, "tag": {"properties": {"label": {}}}, "gone": {"$ref": "../none.json"}}})"},
      {"other.json", "{}"}};
  CHECK(facts_of(texts) == R"(apis/pets api
  api_version = 1
  hosts = [pets.example.com]
  operation[POST /pets] = basic
  operation_data[POST /pets] = [in colour, in name, in tag.label, out label]
  resource_type = openapi
P1272 api/parts/Pet.json:1
)");
  CHECK(test::project_files(openapi::read_specifications, texts) ==
        std::vector<std::string>{"api/parts/Pet.json", "api/swagger.json"});
}

TEST_CASE("AsyncAPI 2 and 3") {
  CHECK(facts_of({{"a.yaml", R"(asyncapi: 2.6.0
info: {title: Events}
servers: {main: {url: "broker.example.com:9092", security: [{s: []}]}}
components: {securitySchemes: {s: {type: scramSha256}}}
channels:
  users/created: {publish: {message: {payload: {properties: {mail: {}}}}}, subscribe: {message: {oneOf: [{payload: {properties: {id: {}}}}]}}}
)"}}) == R"(apis/events api
  hosts = [broker.example.com]
  operation[PUBLISH users/created] = scramSha256
  operation[SUBSCRIBE users/created] = scramSha256
  operation_data[PUBLISH users/created] = [in mail]
  operation_data[SUBSCRIBE users/created] = [out id]
  resource_type = asyncapi
)");
  CHECK(facts_of({{"a.yaml", R"(asyncapi: 3.0.0
info: {title: Events}
channels: {c: {address: users, messages: {m: {payload: {properties: {mail: {}}}}}}}
operations: {o: {action: send, channel: {$ref: '#/channels/c'}, messages: [{$ref: '#/channels/c/messages/m'}]}}
)"}}) == R"(apis/events api
  operation[SEND users] = none
  operation_data[SEND users] = [out mail]
  resource_type = asyncapi
)");
}

TEST_CASE("circles, nonsense and other documents") {
  CHECK(
      facts_of({{"a.yaml", "openapi: 3.0.0\ninfo: {title: T}\npaths:\n  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1a'}\n"}})
          .find("P1272 a.yaml") != std::string::npos);
  CHECK(facts_of({{"a.yaml", "apiVersion: v1\nkind: ConfigMap\ndata:\n  openapi: no\n"}}).empty());
  CHECK(facts_of({{"a.json", "{\"openapi\": "}}).empty());
  CHECK(facts_of({{"a.yaml", "openapi: 3.0.0\ninfo: {title: T}\npaths: [1, {a: b}]\n"}}) ==
        "apis/t api\n  resource_type = openapi\n");
  CHECK(facts_of({{"a.yaml", "openapi: 3.0.0\ninfo: {title: T}\npaths: {/a: 7}\n"}}) ==
        "apis/t api\n  resource_type = openapi\nP1273 a.yaml:3\n");
}

TEST_CASE("names of interfaces") {
  using openapi::FoundInterface;
  const auto named = [](std::string path, std::string title) {
    FoundInterface found{0, std::move(path), {}};
    found.interface.title = std::move(title);
    return found;
  };
  CHECK(openapi::names_of({named("src/cart/openapi.yml", "OpenAPI definition"),
                           named("src/orders/openapi.yml", "OpenAPI definition"), named("x/catalog.yml", "Catalog API")}) ==
        std::vector<std::string>{"cart", "orders", "catalog-api"});
  CHECK(openapi::names_of({named("v1/pets.yml", "Pets"), named("v2/pets.yml", "Pets"), named("pets.json", "Pets")}) ==
        std::vector<std::string>{"v1/pets", "v2/pets", "pets.json"});
  CHECK(openapi::host_of("https://user@a.example.com:8443/x") == "a.example.com");
  CHECK(openapi::host_of("http://localhost:8080/").empty());
  CHECK(openapi::host_of("/v1").empty());
}
