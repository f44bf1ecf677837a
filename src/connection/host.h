// SPDX-License-Identifier: Apache-2.0
// What the name of a host says: whose it is, where it is, under whose law.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace postern::connection {

enum class HostClass : std::uint8_t {
  invalid,        ///< not a host name
  loopback,       ///< the same host or pod
  cluster_local,  ///< `svc`, `svc.ns`, `svc.ns.svc[.cluster.local]`, *.internal, *.local: a name that only an inside resolver knows
  private_ip,     ///< RFC 1918, RFC 4193, RFC 6598
  link_local,     ///< 169.254.0.0/16, fe80::/10, and the cloud metadata service
  public_ip,
  known_vendor,  ///< below a suffix of the vendor table
  outside,       ///< any other name of the public DNS
};
[[nodiscard]] const char* to_string(HostClass host_class);

/// Standing of a place under the GDPR's transfer rules.
enum class DataProtection : std::uint8_t { unknown, eu, eea, adequate, partial, none, global };
[[nodiscard]] const char* to_string(DataProtection protection);

/// A name of the cluster's DNS, split.
struct ClusterName {
  std::string service;
  std::string namespace_name;  ///< empty for a one-label name
  friend bool operator==(const ClusterName&, const ClusterName&) = default;
};

/// Facts; an empty text means "the name does not say" and is never a guess.
struct HostFacts {
  HostClass host_class = HostClass::invalid;
  std::string vendor;        ///< "Stripe"
  std::string category;      ///< of the vendor: payments, email, managed-data, cloud ...
  std::string technology;    ///< of a managed service, id of the table of technologies ("postgres", "kafka")
  std::string provider;      ///< aws, azure, gcp ... when the service runs there
  std::string region;        ///< provider's name of it, "eu-central-1"
  std::string jurisdiction;  ///< ISO 3166 country, or "EU" for a location inside the Union that names no country
  DataProtection protection = DataProtection::unknown;
  bool metadata_service = false;      ///< 169.254.169.254, metadata.google.internal ...
  bool public_load_balancer = false;  ///< a load balancer that faces the internet
  bool private_link = false;          ///< internal load balancer, VPC endpoint, privatelink
  bool read_only = false;             ///< reader endpoint (cluster-ro-)
  /// The cluster-DNS reading of the name. Also set for two-label names whose last label is a public suffix as well (`orders.shop`):
  /// try the declared services first.
  std::optional<ClusterName> cluster_name;
};

/// Describes a host name or address: any case, trailing dot, brackets and port allowed. Longest suffix wins, at label boundaries.
[[nodiscard]] HostFacts describe_host(std::string_view host);

/// A cloud region and its law.
struct RegionFacts {
  std::string_view provider;
  std::string_view region;
  std::string_view country;  ///< ISO 3166, "EU", or empty
  DataProtection protection = DataProtection::unknown;
};
/// The region of that provider ("aws", "eu-west-1"); availability zones ("eu-west-1a", "europe-west4-b") count as their region.
[[nodiscard]] std::optional<RegionFacts> find_region(std::string_view provider, std::string_view region);
/// Same without a provider: AWS, Azure and Google Cloud before others that use the name; nothing when those that count disagree
/// about the country.
[[nodiscard]] std::optional<RegionFacts> find_region(std::string_view region);

}  // namespace postern::connection
