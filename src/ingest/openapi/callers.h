// SPDX-License-Identifier: Apache-2.0
// How callers prove who they are, in one line of text.
#pragma once
#include <ingest/openapi/library.h>

#include <string>

namespace postern::ingest::openapi {

/// The text of a list of security requirements (alternatives of sets of schemes): `none`, `bearer`, `oauth2 read:pets`,
/// `apiKey header X-Key and basic or none`. `schemes` is where schemes are declared; an undeclared one keeps its own name.
[[nodiscard]] std::string callers_of(const Place& requirements, const Place& schemes, Library& library);
/// The same for AsyncAPI 3, where the list holds (references to) the schemes themselves.
[[nodiscard]] std::string callers_of_schemes(const Place& list, Library& library);

}  // namespace postern::ingest::openapi
