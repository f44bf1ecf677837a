// SPDX-License-Identifier: Apache-2.0
// OpenAPI 2.0 (Swagger), 3.0 and 3.1, and AsyncAPI 2 and 3, as interfaces.
#pragma once
#include <ingest/openapi/interface.h>
#include <ingest/openapi/library.h>

namespace postern::ingest::openapi {

/// Whether the document says that it is of OpenAPI / AsyncAPI.
[[nodiscard]] bool is_openapi(const document::Node& root);
[[nodiscard]] bool is_asyncapi(const document::Node& root);

[[nodiscard]] Interface read_openapi(const Place& root, Library& library);
[[nodiscard]] Interface read_asyncapi(const Place& root, Library& library);

/// What both have in common: title, version, who is behind it.
void read_information(const Place& root, Interface& interface);
/// The host of a URL or of `HOST/PATH`; empty where it is a variable, a placeholder or missing.
[[nodiscard]] std::string host_of(std::string_view url);

}  // namespace postern::ingest::openapi
