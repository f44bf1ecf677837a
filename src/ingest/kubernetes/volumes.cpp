// SPDX-License-Identifier: Apache-2.0
// One function a kind of volume that says more than its name; a table finds it.
#include <connection/endpoint.h>
#include <ingest/kubernetes/volumes.h>

#include <algorithm>
#include <array>
#include <set>

namespace postern::ingest::kubernetes {
namespace {

using model::RelationKind;

/// The root certificates of the cluster: put into every namespace by the platform.
constexpr std::string_view k_root_certificates = "kube-root-ca.crt";

struct Volume {
  ObjectReader& reader;
  Node source;       ///< what stands below the kind's key
  std::string note;  ///< for evidence
};

std::string with_name(std::string_view kind, std::optional<std::string_view> name) {
  return std::string(kind) + (name ? ":" + std::string(*name) : "");
}

void mount(Volume& volume, std::string_view plural, const std::optional<std::string_view>& name, bool optional) {
  if (!name) return;
  volume.reader.refer(RelationKind::mounts, volume.reader.local_address(plural, *name), volume.note, volume.source.location(),
                      optional);
}

bool is_optional(const ObjectReader& reader, const Node& source) { return reader.boolean(source, "optional").value_or(false); }

std::string read_config_map(Volume& volume) {
  const auto name = volume.reader.required_name(volume.source, "name");
  mount(volume, "configmaps", name, is_optional(volume.reader, volume.source) || name == k_root_certificates);
  return with_name("configMap", name);
}

std::string read_secret(Volume& volume) {
  const auto name = volume.reader.required_name(volume.source, "secretName");
  mount(volume, "secrets", name, is_optional(volume.reader, volume.source));
  return with_name("secret", name);
}

std::string read_claim(Volume& volume) {
  const auto name = volume.reader.required_name(volume.source, "claimName");
  mount(volume, "persistentvolumeclaims", name, false);
  return with_name("persistentVolumeClaim", name);
}

std::string read_host_path(Volume& volume) { return with_name("hostPath", volume.reader.required_name(volume.source, "path")); }

std::string read_projected(Volume& volume) {
  const ObjectReader& reader = volume.reader;
  reader.each_mapping(volume.source, "sources", [&](const Node& source) {
    for (const auto& [key, plural] : {std::pair{"configMap", "configmaps"}, std::pair{"secret", "secrets"}}) {
      const Node object = reader.mapping(source, key);
      if (!object) continue;
      const auto name = reader.required_name(object, "name");
      Volume part{volume.reader, object, volume.note};
      mount(part, plural, name, is_optional(reader, object) || name == k_root_certificates);
    }
  });
  return "projected";
}

/// A secrets-store class is of a kind that no reader knows, so a missing one is not dangling.
std::string read_csi(Volume& volume) {
  const auto driver = volume.reader.required_name(volume.source, "driver");
  const auto provider = volume.reader.name(volume.reader.mapping(volume.source, "volumeAttributes"), "secretProviderClass");
  mount(volume, "secretproviderclasses", provider, true);
  return with_name("csi", driver) + (provider ? ":" + std::string(*provider) : "");
}

std::string read_nfs(Volume& volume) {
  const auto server = volume.reader.required_name(volume.source, "server");
  const auto path = volume.reader.name(volume.source, "path");
  if (!server) return "nfs";
  model::MentionFact mention;
  mention.owner = volume.reader.object().address;
  mention.name = Symbol(volume.note);
  mention.scheme = Symbol("nfs");
  mention.host = Symbol(*server);
  mention.path = symbol_of(path);
  mention.confidence = Symbol(connection::to_string(connection::Confidence::url));
  mention.location = volume.source.location();
  volume.reader.emit(std::move(mention));
  return with_name("nfs", server) + (path ? ":" + std::string(*path) : "");
}

struct VolumeRow {
  std::string_view key;
  std::string (*read)(Volume&);  ///< the text of attribute `volumes`
};
constexpr std::array k_volumes = {
    VolumeRow{"configMap", read_config_map},        VolumeRow{"csi", read_csi},
    VolumeRow{"hostPath", read_host_path},          VolumeRow{"nfs", read_nfs},
    VolumeRow{"projected", read_projected},         VolumeRow{"secret", read_secret},
    VolumeRow{"persistentVolumeClaim", read_claim},
};

std::string read_volume(ObjectReader& reader, const Node& item) {
  const auto name = reader.required_name(item, "name");
  for (const document::Entry entry : item.entries()) {
    const std::string_view key = entry.key.text();
    if (key == "name") continue;
    const auto row = std::find_if(k_volumes.begin(), k_volumes.end(), [&](const VolumeRow& known) { return known.key == key; });
    if (row == k_volumes.end()) return std::string(key);
    const Node source = reader.mapping(item, key);
    if (!source) continue;
    Volume volume{reader, source, "volume " + std::string(name.value_or("without a name"))};
    return row->read(volume);
  }
  return "emptyDir";  // what the platform takes when no source is given
}

/// Names of the claims that a StatefulSet makes for each of its pods.
std::set<std::string_view> claim_templates(const ObjectReader& reader) {
  std::set<std::string_view> names;
  if (reader.object().kind != "StatefulSet") return names;
  reader.each_mapping(reader.spec(), "volumeClaimTemplates",
                      [&](const Node& item) { names.insert(reader.name(reader.mapping(item, "metadata"), "name").value_or("")); });
  return names;
}

}  // namespace

void read_volumes(ObjectReader& reader, const Node& pod, Rows& rows) {
  std::vector<Symbol> texts;
  const std::set<std::string_view> templates = claim_templates(reader);
  for (const std::string_view name : templates)
    texts.emplace_back(name.empty() ? std::string("volumeClaimTemplate") : with_name("volumeClaimTemplate", name));
  reader.each_mapping(pod, "volumes", [&](const Node& item) {
    // The platform puts the claim that a template makes in the place of a volume of that name.
    if (templates.count(reader.name(item, "name").value_or("")) == 0) texts.emplace_back(read_volume(reader, item));
  });
  const Node list = pod["volumes"];
  add_set(rows, model::attribute::volumes, std::move(texts), (list ? list : reader.spec()["volumeClaimTemplates"]).location());
}

}  // namespace postern::ingest::kubernetes
