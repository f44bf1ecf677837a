// SPDX-License-Identifier: Apache-2.0
// The table of link rules, strongest evidence first.
#include <array>

#include "resolve/link_rules/link_rule.h"

namespace postern::resolve {
namespace {

constexpr std::array k_rules = {
    LinkRule{"project-name", "a name of the own Compose project, or a port of the machine that one of its services publishes",
             match_project_name},
    LinkRule{"loopback", "an address of the own pod or host is no relation", match_loopback},
    LinkRule{"cluster-name", "`svc`, `svc.ns`, `svc.ns.svc.cluster.local` mean the declared Service of that name",
             match_cluster_name},
    LinkRule{"pod-name", "`pod-0.svc.ns` means a pod behind the declared headless Service", match_pod_name},
    LinkRule{"alias", "a host that a declared gateway or object answers to", match_alias},
    LinkRule{"resource", "a bucket, queue, topic or instance that is named without a host", match_resource},
    LinkRule{"outside", "a host of the public DNS or an address outside of the cluster", match_outside},
    LinkRule{"undeclared", "a name inside the cluster that nothing declares", match_undeclared},
};

}  // namespace

std::span<const LinkRule> link_rules() { return k_rules; }

}  // namespace postern::resolve
