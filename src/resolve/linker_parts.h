// SPDX-License-Identifier: Apache-2.0
// What the files of the linker share.
#pragma once
#include <postern/model/attribute.h>

#include <string_view>

namespace postern::resolve {

/// The word of the attribute `forwarding` for routes that answer with another address.
inline constexpr std::string_view k_redirect = "redirect";

/// The namespace of `NS/KINDS/NAME`; empty where the address has no such form.
[[nodiscard]] std::string_view namespace_of(std::string_view address);

/// Sets a list of one text, where there is a text.
void add_text(model::Attributes& attributes, const model::AttributeDefinition& definition, std::string_view text);

}  // namespace postern::resolve
