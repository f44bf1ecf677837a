// SPDX-License-Identifier: Apache-2.0
// Functions of Terraform, over values that are known. What depends on time, chance or files is unknown.
#pragma once
#include <ingest/cloud/value.h>

#include <span>
#include <string_view>

namespace postern::ingest::terraform {

/// The result of a call, with the references of its arguments; an unknown value for a function that is not evaluated, and where an
/// argument that decides is unknown or does not fit. `try` and `can` are not here: what they ask is whether evaluation works.
[[nodiscard]] cloud::Value call_function(std::string_view name, std::span<const cloud::Value> arguments);

/// Two texts put together, two numbers added and so on.
[[nodiscard]] cloud::Value apply_operator(std::string_view name, const cloud::Value& left, const cloud::Value& right);
/// Keeps what an operation's operands rest on.
[[nodiscard]] cloud::Value resting_on(cloud::Value result, std::span<const cloud::Value> operands);

}  // namespace postern::ingest::terraform
