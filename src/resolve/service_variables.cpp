// SPDX-License-Identifier: Apache-2.0
// Variables that Kubernetes sets in every container for the Services of its namespace: ORDERS_SERVICE_HOST, ORDERS_SERVICE_PORT.
#include "resolve/service_variables.h"

#include <optional>

namespace postern::resolve {
namespace {

constexpr std::string_view k_host = "_SERVICE_HOST";
constexpr std::string_view k_port = "_SERVICE_PORT";

bool is_variable_char(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; }

/// ORDER_API -> order-api.
std::string service_of(std::string_view prefix) {
  std::string name;
  for (const char c : prefix) name += c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

/// The number of `NAME:PORT->TARGET/PROTOCOL`.
std::optional<std::string> first_port(const model::Entity& service) {
  const model::TextList& ports = service.attributes.list(model::attribute::ports);
  if (ports.empty()) return std::nullopt;
  std::string_view text = ports.front().view();
  text = text.substr(0, text.find("->"));
  if (const auto colon = text.find(':'); colon != std::string_view::npos) text.remove_prefix(colon + 1);
  return std::string(text);
}

std::optional<std::string> value_of(std::string_view variable, const LinkIndex& index, const NameQuery& query) {
  const bool is_host = variable.ends_with(k_host);
  if (!is_host && !variable.ends_with(k_port)) return std::nullopt;
  const std::string name = service_of(variable.substr(0, variable.size() - k_host.size()));
  const auto service = name.empty() ? std::nullopt : index.find_local(query, "services/" + name);
  if (!service) return std::nullopt;
  return is_host ? name : first_port(index.entities()[*service]);
}

}  // namespace

std::string with_service_variables(std::string_view text, const LinkIndex& index, const NameQuery& query) {
  std::string result;
  std::size_t copied = 0;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::size_t begin = at + 1;
    const char open = begin < text.size() ? text[begin] : '\0';
    const char close = open == '(' ? ')' : open == '{' ? '}' : '\0';
    if (close != '\0') ++begin;
    std::size_t end = begin;
    while (end < text.size() && is_variable_char(text[end])) ++end;
    if (close != '\0' && (end == text.size() || text[end] != close)) continue;
    const auto value = value_of(text.substr(begin, end - begin), index, query);
    if (!value) continue;
    result.append(text.substr(copied, at - copied)).append(*value);
    copied = end + (close != '\0' ? 1 : 0);
    at = copied - 1;
  }
  return result.append(text.substr(copied));
}

}  // namespace postern::resolve
