// SPDX-License-Identifier: Apache-2.0
// Addresses of Terraform: their parts, and what people call what they mean.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace postern::ingest::terraform {

/// The parts between the dots that are not inside of brackets: `module`, `db["x.y"]`, `aws_db_instance`, `this[0]`.
[[nodiscard]] std::vector<std::string_view> parts_of(std::string_view address);
/// The part without its index.
[[nodiscard]] std::string_view without_index(std::string_view part);
/// The path of the modules around a resource, without indexes: `module.db.module.db_instance`; empty for the root.
[[nodiscard]] std::string module_path(std::string_view module_address);
/// The name that tells most: of the resource, or of its module where every resource is called that (`this`, `main`).
[[nodiscard]] std::string label_of(std::string_view address);
/// The part of a reference that is the address of a resource (`aws_x.y`, `data.aws_x.y`, with index), and the rest after it; an
/// empty address where it is none (`var.x`, `local.x`, `each.key`).
struct SplitReference {
  std::string address;
  std::string attribute;
};
[[nodiscard]] SplitReference split_reference(std::string_view reference);

}  // namespace postern::ingest::terraform
