// SPDX-License-Identifier: Apache-2.0
// The network extension: IP addresses and address ranges.
#include "cel/functions/families.h"
#include "cel/ip_address.h"

namespace postern::cel {
namespace {

const ObjectType& address_type() {
  static const ObjectType k_type("net.IP", {});
  return k_type;
}
const ObjectType& range_type() {
  static const ObjectType k_type("net.CIDR", {});
  return k_type;
}

class AddressRecord final : public Record {
 public:
  explicit AddressRecord(const IpAddress& value) : address(value) {}
  [[nodiscard]] const ObjectType& type() const override { return address_type(); }
  [[nodiscard]] Value get(std::size_t) const override { return Value::absent(); }
  [[nodiscard]] bool equals(const Record& other) const override {
    return address.unmapped() == static_cast<const AddressRecord&>(other).address.unmapped();
  }
  [[nodiscard]] std::optional<std::string> text() const override { return address.text(); }
  const IpAddress address;
};

class RangeRecord final : public Record {
 public:
  explicit RangeRecord(const IpRange& value) : range(value) {}
  [[nodiscard]] const ObjectType& type() const override { return range_type(); }
  [[nodiscard]] Value get(std::size_t) const override { return Value::absent(); }
  [[nodiscard]] bool equals(const Record& other) const override { return range == static_cast<const RangeRecord&>(other).range; }
  [[nodiscard]] std::optional<std::string> text() const override { return range.text(); }
  const IpRange range;
};

/// The overloads' types make sure of the class: a record of type net.IP is made here only.
const IpAddress& address_of(const Value& value) { return static_cast<const AddressRecord&>(value.as_record()).address; }
const IpRange& range_of(const Value& value) { return static_cast<const RangeRecord&>(value.as_record()).range; }
Value made(const IpAddress& address) { return Value::own_record(std::make_unique<AddressRecord>(address)); }
Value made(const IpRange& range) { return Value::own_record(std::make_unique<RangeRecord>(range)); }
Value refused(const std::string& message) { return Value::error(ErrorCode::invalid_conversion, message); }

Value ip(CallContext&, Arguments a) {
  const auto address = parse_ip(a[0].as_text());
  return std::holds_alternative<IpAddress>(address) ? made(std::get<IpAddress>(address)) : refused(std::get<std::string>(address));
}
Value is_ip(CallContext&, Arguments a) { return Value::boolean(std::holds_alternative<IpAddress>(parse_ip(a[0].as_text()))); }
Value is_canonical(CallContext&, Arguments a) {
  const auto address = parse_ip(a[0].as_text());
  if (const auto* message = std::get_if<std::string>(&address)) return refused(*message);
  return Value::boolean(std::get<IpAddress>(address).text() == a[0].as_text());
}
Value cidr(CallContext&, Arguments a) {
  const auto range = parse_range(a[0].as_text());
  return std::holds_alternative<IpRange>(range) ? made(std::get<IpRange>(range)) : refused(std::get<std::string>(range));
}
Value is_cidr(CallContext&, Arguments a) { return Value::boolean(std::holds_alternative<IpRange>(parse_range(a[0].as_text()))); }

Value family(CallContext&, Arguments a) { return Value::integer(address_of(a[0]).is_v4 ? 4 : 6); }
Value is_unspecified(CallContext&, Arguments a) { return Value::boolean(address_of(a[0]).is_unspecified()); }
Value is_loopback(CallContext&, Arguments a) { return Value::boolean(address_of(a[0]).is_loopback()); }
Value is_global_unicast(CallContext&, Arguments a) { return Value::boolean(address_of(a[0]).is_global_unicast()); }
Value is_link_local_multicast(CallContext&, Arguments a) { return Value::boolean(address_of(a[0]).is_link_local_multicast()); }
Value is_link_local_unicast(CallContext&, Arguments a) { return Value::boolean(address_of(a[0]).is_link_local_unicast()); }
Value text(CallContext&, Arguments a) { return Value::own_string(*a[0].as_record().text()); }

Value contains_address(CallContext&, Arguments a) { return Value::boolean(range_of(a[0]).contains(address_of(a[1]))); }
Value contains_address_text(CallContext&, Arguments a) {
  const auto address = parse_ip(a[1].as_text());
  if (const auto* message = std::get_if<std::string>(&address)) return refused(*message);
  return Value::boolean(range_of(a[0]).contains(std::get<IpAddress>(address)));
}
Value contains_range(CallContext&, Arguments a) { return Value::boolean(range_of(a[0]).contains(range_of(a[1]))); }
Value contains_range_text(CallContext&, Arguments a) {
  const auto range = parse_range(a[1].as_text());
  if (const auto* message = std::get_if<std::string>(&range)) return refused(*message);
  return Value::boolean(range_of(a[0]).contains(std::get<IpRange>(range)));
}
Value range_address(CallContext&, Arguments a) { return made(range_of(a[0]).address); }
Value masked(CallContext&, Arguments a) {
  const IpRange& range = range_of(a[0]);
  return made(IpRange{range.address.masked(range.length), range.length});
}
Value prefix_length(CallContext&, Arguments a) { return Value::integer(range_of(a[0]).length); }

constexpr FunctionRow k_rows[] = {
    {"ip(string) -> net.IP", ip, "Reads an IP address.", "ip('10.0.0.1').family() == 4"},
    {"isIP(string) -> bool", is_ip, "Whether a text is an IP address.", "isIP('::1')"},
    {"::ip.isCanonical(string) -> bool", is_canonical, "Whether an IP address is written in its canonical form.",
     "!ip.isCanonical('2001:DB8::1')"},
    {"string(net.IP) -> string", text, "The canonical text.", "string(ip('2001:DB8::1')) == '2001:db8::1'"},
    {"net.IP.family() -> int", family, "4 or 6.", "ip('::1').family() == 6"},
    {"net.IP.isUnspecified() -> bool", is_unspecified, "Whether all bits are zero.", "ip('0.0.0.0').isUnspecified()"},
    {"net.IP.isLoopback() -> bool", is_loopback, "Whether it is the machine itself.", "ip('127.0.0.1').isLoopback()"},
    {"net.IP.isGlobalUnicast() -> bool", is_global_unicast, "Whether it is none of the special kinds.",
     "ip('10.0.0.1').isGlobalUnicast()"},
    {"net.IP.isLinkLocalMulticast() -> bool", is_link_local_multicast, "Whether it is a group of the local link.",
     "ip('224.0.0.1').isLinkLocalMulticast()"},
    {"net.IP.isLinkLocalUnicast() -> bool", is_link_local_unicast, "Whether it is an address of the local link.",
     "ip('169.254.169.254').isLinkLocalUnicast()"},
    {"cidr(string) -> net.CIDR", cidr, "Reads an address range.", "cidr('10.0.0.0/8').prefixLength() == 8"},
    {"isCIDR(string) -> bool", is_cidr, "Whether a text is an address range.", "isCIDR('10.0.0.0/8')"},
    {"string(net.CIDR) -> string", text, "The canonical text.", "string(cidr('10.0.0.0/8')) == '10.0.0.0/8'"},
    {"net.CIDR.containsIP(net.IP) -> bool", contains_address, "Whether an address is in the range.",
     "cidr('10.0.0.0/8').containsIP(ip('10.1.2.3'))"},
    {"net.CIDR.containsIP(string) -> bool", contains_address_text, "Whether an address is in the range.",
     "cidr('10.0.0.0/8').containsIP('10.1.2.3')"},
    {"net.CIDR.containsCIDR(net.CIDR) -> bool", contains_range, "Whether a range lies in the range.",
     "cidr('10.0.0.0/8').containsCIDR(cidr('10.1.0.0/16'))"},
    {"net.CIDR.containsCIDR(string) -> bool", contains_range_text, "Whether a range lies in the range.",
     "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16')"},
    {"net.CIDR.ip() -> net.IP", range_address, "The address part.", "cidr('10.0.0.1/8').ip() == ip('10.0.0.1')"},
    {"net.CIDR.masked() -> net.CIDR", masked, "The range with the bits behind its prefix cleared.",
     "cidr('10.0.0.1/8').masked() == cidr('10.0.0.0/8')"},
    {"net.CIDR.prefixLength() -> int", prefix_length, "The number of bits of the prefix.",
     "cidr('10.0.0.0/8').prefixLength() == 8"},
};

}  // namespace

std::span<const FunctionRow> network_functions() { return k_rows; }

}  // namespace postern::cel
