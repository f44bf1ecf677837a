// SPDX-License-Identifier: Apache-2.0
// Finds out which object a document is, under which address, and hands it to the reader of its kind.
#include <ingest/codes.h>
#include <ingest/kubernetes/kinds/kinds.h>
#include <ingest/kubernetes/manifest.h>
#include <ingest/template_syntax.h>

#include <algorithm>
#include <array>

namespace postern::ingest::kubernetes {
namespace {

/// Groups of files that look like objects but configure a tool; a trailing dot or slash makes a prefix.
constexpr std::array<std::string_view, 16> k_tool_groups = {"apiserver.config.k8s.io",
                                                            "audit.k8s.io",
                                                            "backstage.io",
                                                            "client.authentication.k8s.io",
                                                            "config.kubernetes.io",
                                                            "ctlptl.dev",
                                                            "eksctl.io",
                                                            "k3d.io",
                                                            "kind.x-k8s.io",
                                                            "kubeadm.k8s.io",
                                                            "kubelet.config.k8s.io",
                                                            "kubeproxy.config.k8s.io",
                                                            "kustomize.config.k8s.io",
                                                            "minikube.sigs.k8s.io",
                                                            "postern",
                                                            "skaffold"};
constexpr std::string_view k_default_namespace = "default";
/// kubeconfig files
constexpr std::string_view k_client_configuration = "Config";

struct TypeName {
  std::string_view group;
  std::string_view version;
  std::string_view kind;
};

TypeName split_type(std::string_view api_version, std::string_view kind) {
  const std::size_t slash = api_version.find('/');
  if (slash == std::string_view::npos) return {{}, api_version, kind};
  return {api_version.substr(0, slash), api_version.substr(slash + 1), kind};
}

/// Letters that keep an address unambiguous. Stricter rules of single kinds are the platform's business.
bool is_safe_name(std::string_view name) {
  const auto forbidden = [](char c) { return c == '/' || c == '%' || c == 0x7f || (c >= 0 && c <= ' '); };
  return std::none_of(name.begin(), name.end(), forbidden);
}

class ManifestReader {
 public:
  ManifestReader(std::vector<model::Fact>& facts, base::DiagnosticSink& sink) : m_facts(facts), m_sink(sink) {}

  /// Reads one object; `inherited` is the type that items of a typed list may leave out.
  void read(const Node& root, const TypeName& inherited) {
    const Node kind = root["kind"];
    const Node api_version = root["apiVersion"];
    const TypeName type =
        split_type(api_version.is_scalar() && !api_version.text().empty() ? api_version.text() : inherited.version,
                   kind.is_scalar() && !kind.text().empty() ? kind.text() : inherited.kind);
    if (is_list(root, type)) {
      read_items(root, type, api_version.text());
    } else if (const KindRow* row = find_kind(type.group, type.kind)) {
      read_object(root, type, *row);
    } else {
      const std::string group = type.group.empty() ? "" : std::string(type.group) + "/";
      m_facts.emplace_back(
          model::UnreadFact{Symbol(group + std::string(type.version) + "/" + std::string(type.kind)), root.location()});
    }
  }

 private:
  static bool is_list(const Node& root, const TypeName& type) {
    return type.kind == "List" || (type.kind.ends_with("List") && root["items"].is_sequence());
  }

  void read_items(const Node& root, const TypeName& type, std::string_view api_version) {
    const Node items = root["items"];
    if (!items.is_sequence() && items && !items.is_null()) {
      m_sink.error(std::string(code::k_wrong_type), items.location(),
                   std::string("'items' is ") + to_string(items.kind()) + ", expected a sequence");
    }
    const TypeName inherited{{}, api_version, type.kind.substr(0, type.kind.size() - 4)};
    for (const Node item : items.items()) {
      if (item.is_mapping()) {
        read(item, inherited);
      } else if (!item.is_null()) {
        m_sink.error(std::string(code::k_wrong_type), item.location(),
                     std::string("an item of the list is ") + to_string(item.kind()) + ", expected an object");
      }
    }
  }

  void read_object(const Node& root, const TypeName& type, const KindRow& row) {
    Object object;
    object.root = root;
    object.group = type.group;
    object.version = type.version;
    object.kind = type.kind;
    object.address = Symbol("without a name");  // for messages, until it is known
    ObjectReader reader(object, m_facts, m_sink);
    object.metadata = reader.mapping(root, "metadata");
    if (!identify(reader, object, row)) return;
    if (const Node spec = root["spec"]; spec.is_mapping()) object.spec = spec;
    row.read(reader);
  }

  bool identify(const ObjectReader& reader, Object& object, const KindRow& row) {
    const std::string name = read_name(reader, object);
    if (name.empty() || !check_name(reader, name, "name")) return false;
    object.name = Symbol(name);
    if (row.scope == Scope::namespaced) {
      const auto declared = reader.name(object.metadata, "namespace");
      if (declared && !check_name(reader, *declared, "namespace")) return false;
      object.namespace_declared = declared.has_value();
      object.namespace_name = Symbol(declared.value_or(k_default_namespace));
    }
    object.address = make_address(object.namespace_name.view(), row.plural, name);
    return true;
  }

  /// The name, or the prefix of a generated one: with a dash at its end, which no real name has.
  static std::string read_name(const ObjectReader& reader, const Object& object) {
    if (const auto name = reader.name(object.metadata, "name")) return std::string(*name);
    const auto prefix = reader.name(object.metadata, "generateName");
    if (!prefix) {
      reader.missing(object.metadata, "metadata.name");
      return {};
    }
    reader.note(code::k_generated_name, object.metadata["generateName"],
                "the name is chosen when the object is created; it is known here as \"" + std::string(*prefix) + "\"",
                "give it a name if several objects share the prefix");
    return std::string(*prefix) + (prefix->ends_with('-') ? "" : "-");
  }

  static bool check_name(const ObjectReader& reader, std::string_view name, std::string_view key) {
    const Node where = reader.object().metadata[key];
    if (has_template_syntax(name)) {
      reader.error(code::k_template, where, "'" + std::string(key) + "' holds a template expression",
                   "render the file first, e.g. `helm template RELEASE CHART > rendered.yaml`");
      return false;
    }
    if (is_safe_name(name)) return true;
    reader.error(code::k_bad_name, where, "'" + std::string(key) + "' holds a slash, percent sign, space or control character",
                 "correct it; the platform refuses such names");
    return false;
  }

  std::vector<model::Fact>& m_facts;
  base::DiagnosticSink& m_sink;
};

}  // namespace

bool is_manifest(const Node& root) {
  const Node api_version = root["apiVersion"];
  const Node kind = root["kind"];
  if (!api_version.is_scalar() || !kind.is_scalar() || api_version.text().empty() || kind.text().empty()) return false;
  const TypeName type = split_type(api_version.text(), kind.text());
  if (type.group.empty()) return type.kind != k_client_configuration;
  return std::find(k_tool_groups.begin(), k_tool_groups.end(), type.group) == k_tool_groups.end();
}

void extract_manifest(const Node& root, std::vector<model::Fact>& facts, base::DiagnosticSink& sink) {
  ManifestReader(facts, sink).read(root, {});
}

}  // namespace postern::ingest::kubernetes
