// SPDX-License-Identifier: Apache-2.0
// Reads security contexts; says so when a field is misspelt or stands at the wrong level, because the platform stays silent.
#include <ingest/codes.h>
#include <ingest/kubernetes/security_context.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <utility>

namespace postern::ingest::kubernetes {
namespace {

using namespace model::attribute;
using Words = std::span<const std::string_view>;

constexpr std::array k_pod_context_fields = {
    FieldRow{"fsGroup", &fs_group},
    FieldRow{"runAsGroup", &run_as_group},
    FieldRow{"runAsNonRoot", &run_as_non_root},
    FieldRow{"runAsUser", &run_as_user},
};
constexpr std::array k_container_context_fields = {
    FieldRow{"allowPrivilegeEscalation", &allow_privilege_escalation},
    FieldRow{"privileged", &privileged},
    FieldRow{"procMount", &proc_mount},
    FieldRow{"readOnlyRootFilesystem", &read_only_root_filesystem},
    FieldRow{"runAsGroup", &run_as_group},
    FieldRow{"runAsNonRoot", &run_as_non_root},
    FieldRow{"runAsUser", &run_as_user},
};
/// Every field that the platform defines at each level (core/v1), so that the others can be told from misspelt ones.
constexpr std::array<std::string_view, 13> k_pod_context_known = {"appArmorProfile",
                                                                  "fsGroup",
                                                                  "fsGroupChangePolicy",
                                                                  "runAsGroup",
                                                                  "runAsNonRoot",
                                                                  "runAsUser",
                                                                  "seLinuxOptions",
                                                                  "seLinuxChangePolicy",
                                                                  "seccompProfile",
                                                                  "supplementalGroups",
                                                                  "supplementalGroupsPolicy",
                                                                  "sysctls",
                                                                  "windowsOptions"};
constexpr std::array<std::string_view, 12> k_container_context_known = {
    "allowPrivilegeEscalation", "appArmorProfile", "capabilities", "privileged", "procMount",
    "readOnlyRootFilesystem",   "runAsGroup",      "runAsNonRoot", "runAsUser",  "seLinuxOptions",
    "seccompProfile",           "windowsOptions"};
constexpr std::array<std::string_view, 7> k_pod_security_fields = {
    "automountServiceAccountToken", "hostIPC", "hostNetwork", "hostPID", "hostUsers", "securityContext", "serviceAccountName"};
constexpr std::array<std::string_view, 1> k_container_security_fields = {"securityContext"};

bool contains(Words words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

void check_context(const ObjectReader& reader, const Node& context, Words known, Words other_level, std::string_view other_name) {
  for (const document::Entry entry : context.entries()) {
    const std::string_view key = entry.key.text();
    if (contains(known, key)) continue;
    const std::string quoted = "'" + std::string(key) + "'";
    if (contains(other_level, key)) {
      reader.warning(code::k_field_without_effect, entry.key,
                     quoted + " has no effect here: it belongs into the securityContext of the " + std::string(other_name),
                     "move it");
    } else if (const auto meant = base::did_you_mean(key, known)) {
      reader.warning(code::k_misspelt_field, entry.key, quoted + " is no field of securityContext, and so has no effect",
                     "did you mean '" + *meant + "'?");
    }
  }
}

/// Only other capitals count: a looser comparison would take one field for another (hostAliases, hostname).
void check_capitals(const ObjectReader& reader, const Node& parent, Words security_fields) {
  for (const document::Entry entry : parent.entries()) {
    const std::string_view key = entry.key.text();
    for (const std::string_view known : security_fields) {
      if (key != known && key.size() == known.size() && base::equals_ignoring_case(key, known)) {
        reader.warning(code::k_misspelt_field, entry.key, "'" + std::string(key) + "' is no known field, and so has no effect",
                       "did you mean '" + std::string(known) + "'?");
      }
    }
  }
}

/// Spaces around a name are no part of it.
void read_capabilities(const ObjectReader& reader, const Node& context, Symbol scope, Rows& rows) {
  const Node capabilities = reader.mapping(context, "capabilities");
  for (const auto& [key, definition] : {std::pair{"add", &capabilities_added}, std::pair{"drop", &capabilities_dropped}}) {
    std::vector<Symbol> names;
    for (const Symbol written : reader.texts(capabilities, key)) {
      names.emplace_back(base::trim(written.view()));
    }
    add_set(rows, *definition, std::move(names), capabilities[key].location(), scope);
  }
}

/// `RuntimeDefault`, `Unconfined`, `Localhost:FILE`.
void read_seccomp(const ObjectReader& reader, const Node& context, Symbol scope, Rows& rows) {
  const Node profile = reader.mapping(context, "seccompProfile");
  const auto type = profile ? reader.required_name(profile, "type") : std::nullopt;
  if (!type) return;
  const auto file = reader.name(profile, "localhostProfile");
  add_row(rows, seccomp_profile, Symbol(std::string(*type) + (file ? ":" + std::string(*file) : "")), profile.location(), scope);
}

/// A Windows container as a process of the node has all its privileges.
void read_windows(const ObjectReader& reader, const Node& context, Symbol scope, Rows& rows) {
  const Node windows = reader.mapping(context, "windowsOptions");
  if (!windows || !reader.boolean(windows, "hostProcess").value_or(false)) return;
  add_row(rows, privileged, true, windows.location(), scope);
}

}  // namespace

void read_pod_security_context(const ObjectReader& reader, const Node& pod, Rows& rows) {
  const Node context = reader.mapping(pod, "securityContext");
  if (!context) return;
  read_fields(reader, context, k_pod_context_fields, rows);
  read_seccomp(reader, context, {}, rows);
  read_windows(reader, context, {}, rows);
  check_context(reader, context, k_pod_context_known, k_container_context_known, "container");
}

void read_container_security_context(const ObjectReader& reader, const Node& container, Symbol scope, Rows& rows) {
  const Node context = reader.mapping(container, "securityContext");
  if (!context) return;
  read_fields(reader, context, k_container_context_fields, rows, scope);
  read_capabilities(reader, context, scope, rows);
  read_seccomp(reader, context, scope, rows);
  read_windows(reader, context, scope, rows);
  check_context(reader, context, k_container_context_known, k_pod_context_known, "pod");
}

void check_pod_spelling(const ObjectReader& reader, const Node& pod) { check_capitals(reader, pod, k_pod_security_fields); }

void check_container_spelling(const ObjectReader& reader, const Node& container) {
  check_capitals(reader, container, k_container_security_fields);
}

}  // namespace postern::ingest::kubernetes
