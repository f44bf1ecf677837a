// SPDX-License-Identifier: Apache-2.0
// Finding a row, and the types that belong to no cloud.
#include <ingest/cloud/resource_types.h>
#include <postern/base/text.h>

#include <array>
#include <string>
#include <unordered_map>

namespace postern::ingest::cloud {
namespace {

using enum model::EntityKind;

constexpr std::array k_other = {
    ResourceType{"http", "", "", resource, "", "", TypeTrait::lookup},
    ResourceType{"helm_release", "", "", application},
    ResourceType{"kubernetes_namespace", "", "", namespace_},
    ResourceType{"kubernetes_namespace_v1", "", "", namespace_},
    ResourceType{"kubernetes_secret", "", "", secret},
    ResourceType{"kubernetes_secret_v1", "", "", secret},
    ResourceType{"kubernetes_config_map", "", "", configuration},
    ResourceType{"kubernetes_config_map_v1", "", "", configuration},
    ResourceType{"kubernetes_service_account", "", "", identity},
    ResourceType{"kubernetes_service_account_v1", "", "", identity},
    ResourceType{"null_resource", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"terraform_data", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"random_id", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"random_integer", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"random_password", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"random_pet", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"random_shuffle", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"random_string", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"random_uuid", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"random_bytes", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"time_sleep", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"time_rotating", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"time_static", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"local_file", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"local_sensitive_file", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"tls_private_key", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"tls_self_signed_cert", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"tls_cert_request", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"archive_file", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"cloudinit_config", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"external", "", "", resource, "", "", TypeTrait::utility},
    ResourceType{"template_file", "", "", resource, "", "", TypeTrait::utility},
};

using Index = std::unordered_map<std::string, const ResourceType*>;

Index make_index() {
  Index index;
  for (const auto rows : {aws_types(), azure_types(), google_types(), other_types()}) {
    for (const ResourceType& row : rows) {
      if (!row.terraform.empty()) index.emplace(row.terraform, &row);
      if (!row.cloudformation.empty()) index.emplace(row.cloudformation, &row);
      if (!row.arm.empty()) index.emplace(base::to_lower(row.arm), &row);
    }
  }
  return index;
}

}  // namespace

std::span<const ResourceType> other_types() { return k_other; }

const ResourceType* find_resource_type(std::string_view type) {
  static const Index k_index = make_index();
  auto at = k_index.find(std::string(type));
  if (at == k_index.end() && type.find('/') != std::string_view::npos) at = k_index.find(base::to_lower(type));
  return at == k_index.end() ? nullptr : at->second;
}

}  // namespace postern::ingest::cloud
