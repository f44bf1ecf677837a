// SPDX-License-Identifier: Apache-2.0
// What the names of arguments tell: which hold a resource's own name, an address of it, something that the provider chose.
#pragma once
#include <ingest/cloud/arguments.h>
#include <ingest/cloud/value.h>

#include <optional>
#include <string>
#include <string_view>

namespace postern::ingest::cloud {

/// What people call the resource, by its arguments in one spelling; empty where they do not say or it is no name to tell.
[[nodiscard]] std::string given_name(const Value& arguments);
/// Whether providers fill in this argument themselves, so that it is no setting of anybody.
[[nodiscard]] bool is_computed(std::string_view path);
/// Whether providers fill in this argument where nobody sets it, so that only a configuration that sets it says something.
[[nodiscard]] bool is_filled_in(std::string_view path);
/// Whether the argument may hold another resource's id or name.
[[nodiscard]] bool may_name_resource(std::string_view path, const Value& value);
/// Whether the argument is read elsewhere (rules of firewalls) or speaks to people only, so that it leads nowhere.
[[nodiscard]] bool leads_nowhere(std::string_view path);
/// Whether the attribute `source_ranges` tells what this argument says.
[[nodiscard]] bool is_told_by_ranges(std::string_view path, bool of_firewall);
/// Whether taking this attribute of a resource means the resource, not just a value that it happens to have.
[[nodiscard]] bool means_resource(const Reference& reference);
/// A host at which the resource answers, where this argument of it says one; lower case.
[[nodiscard]] std::optional<std::string> host_in(std::string_view path, const Value& value);
/// Whether the argument holds an address that the resource sends to.
[[nodiscard]] bool is_outgoing_address(std::string_view path, const Value& value);

}  // namespace postern::ingest::cloud
