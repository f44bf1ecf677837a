// SPDX-License-Identifier: Apache-2.0
// Describes hosts with knowledge/third-parties.tsv, managed-hosts.tsv and regions.tsv.
#include "connection/host.h"

#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <vector>

#include "connection/host_name.h"
#include "connection/managed_host.h"
#include "connection/name_memory.h"
#include "connection/region.h"
#include "connection/vendor.h"

namespace postern::connection {
namespace {

constexpr std::array<std::string_view, 5> k_metadata_hosts{"169.254.169.254", "metadata.google.internal", "metadata",
                                                           "169.254.170.2", "fd00:ec2::254"};

HostClass class_of_ipv4(const std::array<std::uint8_t, 4>& ip) {
  if (ip[0] == 127 || ip == std::array<std::uint8_t, 4>{}) return HostClass::loopback;
  if (ip[0] == 169 && ip[1] == 254) return HostClass::link_local;
  const bool is_private = ip[0] == 10 || (ip[0] == 172 && (ip[1] & 0xF0U) == 16) || (ip[0] == 192 && ip[1] == 168) ||
                          (ip[0] == 100 && (ip[1] & 0xC0U) == 64);
  return is_private ? HostClass::private_ip : HostClass::public_ip;
}

HostClass class_of_ipv6(const std::array<std::uint8_t, 16>& ip) {
  const bool mapped =
      std::all_of(ip.begin(), ip.begin() + 10, [](std::uint8_t b) { return b == 0; }) && ip[10] == 0xFF && ip[11] == 0xFF;
  if (mapped) return class_of_ipv4({ip[12], ip[13], ip[14], ip[15]});
  if (ip[0] == 0xFE && (ip[1] & 0xC0U) == 0x80) return HostClass::link_local;
  return (ip[0] & 0xFEU) == 0xFC ? HostClass::private_ip : HostClass::public_ip;
}

/// `svc`, `svc.ns`, `pod.svc.ns.svc.cluster.local`: the service is the label before the namespace.
std::optional<ClusterName> cluster_name_of(std::string_view host) {
  auto labels = base::split(host, '.');
  const auto svc = std::find(labels.begin(), labels.end(), "svc");
  if (svc != labels.end() && svc - labels.begin() >= 2) {
    const bool is_tail =
        svc + 1 == labels.end() || *(svc + 1) == "cluster" || labels.back() == "local" || labels.back() == "cluster";
    if (is_tail) return ClusterName{std::string(*(svc - 2)), std::string(*(svc - 1))};
  }
  if (labels.size() == 1) return ClusterName{std::string(labels[0]), {}};
  if (labels.size() == 2 && labels[1] != "local" && labels[1] != "internal" && labels[1] != "com" && labels[1] != "org" &&
      labels[1] != "net") {
    return ClusterName{std::string(labels[0]), std::string(labels[1])};
  }
  return std::nullopt;
}

bool is_cluster_local(std::string_view host, const std::optional<ClusterName>& name) {
  if (host.find('.') == std::string_view::npos || has_internal_suffix(host)) return true;
  if (!name) return false;
  return host.find(".svc") != std::string_view::npos || !has_public_suffix(host);
}

/// Host without a port: "db:5432" -> "db"; addresses in brackets and bare IPv6 stay whole.
std::string_view without_port(std::string_view host) {
  host = base::trim(host);
  if (host.starts_with('[') || std::count(host.begin(), host.end(), ':') != 1)
    return host.substr(0, host.find(']') + (host.starts_with('[') ? 1 : 0));
  return host.substr(0, host.find(':'));
}

void add_managed_facts(HostFacts& facts, const ManagedHost& managed) {
  facts.technology = managed.technology;
  facts.provider = managed.provider;
  facts.public_load_balancer = managed.load_balancer;
  facts.private_link = facts.private_link || managed.internal;
  if (managed.region) {
    facts.region = managed.region->region;
    facts.jurisdiction = managed.region->country;
    facts.protection = managed.region->protection;
  } else if (!managed.jurisdiction.empty()) {
    facts.jurisdiction = managed.jurisdiction;
    facts.protection = protection_of_country(managed.jurisdiction);
  }
}

/// What providers put into the names themselves, whatever the service.
void add_marks(HostFacts& facts, std::string_view host) {
  if (facts.provider == "aws" && host.starts_with("internal-")) {
    facts.public_load_balancer = false;
    facts.private_link = true;
  }
  if (host.find("privatelink.") != std::string_view::npos || host.starts_with("vpce-") ||
      host.find(".vpce.") != std::string_view::npos) {
    facts.private_link = true;
  }
  facts.read_only = host.find(".cluster-ro-") != std::string_view::npos || host.find("-ro.") != std::string_view::npos;
  if (host.ends_with(".amazonaws.com") && host.find(".cfg.") != std::string_view::npos && facts.technology == "redis" &&
      host.find("clustercfg") == std::string_view::npos) {
    facts.technology = "memcached";  // ".cfg." is the configuration endpoint of a memcached cluster, "clustercfg." that of Redis
  }
}

HostFacts find_facts(std::string_view written) {
  HostFacts facts;
  const std::string host = normalize_host(without_port(written));
  if (!is_host(host)) return facts;
  facts.metadata_service = std::find(k_metadata_hosts.begin(), k_metadata_hosts.end(), host) != k_metadata_hosts.end();
  if (is_loopback(host)) {
    facts.host_class = HostClass::loopback;
  } else if (const auto v4 = parse_ipv4(host)) {
    facts.host_class = class_of_ipv4(*v4);
  } else if (const auto v6 = parse_ipv6(host)) {
    facts.host_class = facts.metadata_service ? HostClass::link_local : class_of_ipv6(*v6);
  } else {
    facts.cluster_name = cluster_name_of(host);
    const auto managed = find_managed_host(host);
    const Vendor* vendor = find_vendor(host);
    if (managed) add_managed_facts(facts, *managed);
    if (vendor != nullptr) {
      facts.vendor = vendor->name;
      facts.category = vendor->category;
    }
    add_marks(facts, host);
    facts.host_class = managed || vendor != nullptr                 ? HostClass::known_vendor
                       : facts.metadata_service                     ? HostClass::link_local
                       : is_cluster_local(host, facts.cluster_name) ? HostClass::cluster_local
                                                                    : HostClass::outside;
    if (facts.host_class == HostClass::known_vendor) facts.cluster_name.reset();
  }
  return facts;
}

}  // namespace

HostFacts describe_host(std::string_view written) {
  thread_local NameMemory<HostFacts> memory;
  return memory.of(written, find_facts);
}

}  // namespace postern::connection
