// SPDX-License-Identifier: Apache-2.0
// ServiceAccount: what a workload runs as, also towards a cloud.
#include <ingest/kubernetes/field_table.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/metadata.h>

#include <array>

namespace postern::ingest::kubernetes {
namespace {

constexpr std::array k_fields = {FieldRow{"automountServiceAccountToken", &model::attribute::automount_service_account_token}};

/// Annotations that name the identity of a cloud which the account stands for.
constexpr std::array<std::string_view, 3> k_cloud_identities = {"azure.workload.identity/client-id", "eks.amazonaws.com/role-arn",
                                                                "iam.gke.io/gcp-service-account"};

}  // namespace

void read_service_account(ObjectReader& reader) {
  model::EntityFact entity = reader.entity(model::EntityKind::identity);
  read_fields(reader, reader.object().root, k_fields, entity.attributes);
  for (const std::string_view key : k_cloud_identities) {
    if (const auto identity = annotation(reader, key)) {
      entity.aliases.push_back({model::AliasKind::resource_name, Symbol(*identity)});
      reader.refer(model::RelationKind::assumes, Symbol(std::string(model::k_cloud_identity_prefix) + std::string(*identity)), key,
                   reader.object().metadata["annotations"][key].location());
    }
  }
  reader.emit(std::move(entity));
}

}  // namespace postern::ingest::kubernetes
