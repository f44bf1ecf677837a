// SPDX-License-Identifier: Apache-2.0
// Package URLs, parsed and put into their one canonical form.
#include <package/purl.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace postern::package {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hexadecimal(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// A percent sign that begins no escape stays as it is.
std::string decoded(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escape = text[at] == '%' && at + 2 < text.size() && hexadecimal(text[at + 1]) >= 0 && hexadecimal(text[at + 2]) >= 0;
    result += escape ? static_cast<char>(hexadecimal(text[at + 1]) * 16 + hexadecimal(text[at + 2])) : text[at];
    if (escape) at += 2;
  }
  return result;
}

void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view k_digits = "0123456789ABCDEF";
  for (const char c : text) {
    if (is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == '~' || c == ':') {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += k_digits[byte >> 4U];
      out += k_digits[byte & 15U];
    }
  }
}

void append_path(std::string& out, std::string_view path) {
  bool first = true;
  for (const std::string_view segment : base::split(path, '/')) {
    if (!first) out += '/';
    first = false;
    append_encoded(out, segment);
  }
}

/// Segments decoded one by one; empty ones are left out, and in a subpath those that lead nowhere or upwards.
std::string read_path(std::string_view text, bool is_subpath) {
  std::string path;
  for (const std::string_view segment : base::split(text, '/')) {
    const std::string part = decoded(segment);
    if (part.empty() || (is_subpath && (part == "." || part == ".."))) continue;
    if (!path.empty()) path += '/';
    path += part;
  }
  return path;
}

bool is_type(std::string_view text) {
  const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '+' || c == '-'; };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), allowed);
}

bool is_key(std::string_view text) {
  const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), allowed);
}

/// Whether the qualifiers could be read; of two equal keys the last counts.
bool read_qualifiers(std::string_view text, PackageUrl& purl) {
  for (const std::string_view part : base::split(text, '&')) {
    const std::size_t equals = part.find('=');
    if (part.empty()) continue;
    const std::string_view key = part.substr(0, equals);
    if (!is_key(key)) return false;
    std::string value = equals == std::string_view::npos ? std::string() : decoded(part.substr(equals + 1));
    if (!value.empty()) purl.qualifiers.emplace_back(base::to_lower(key), std::move(value));
  }
  std::stable_sort(purl.qualifiers.begin(), purl.qualifiers.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  purl.qualifiers.erase(purl.qualifiers.begin(), std::unique(purl.qualifiers.rbegin(), purl.qualifiers.rend(), same).base());
  return true;
}

/// What a type does not distinguish.
enum Folding : std::uint8_t { k_none = 0, k_namespace = 1, k_name = 2, k_version = 4 };

struct TypeRow {
  std::string_view type;
  std::uint8_t folded;
};

/// Types whose names are the same in upper and lower case, by the type definitions of the specification.
constexpr std::array k_types = {
    TypeRow{"alpm", k_namespace | k_name},
    TypeRow{"apk", k_namespace | k_name},
    TypeRow{"bitbucket", k_namespace | k_name},
    TypeRow{"bitnami", k_name},
    TypeRow{"brew", k_namespace | k_name},
    TypeRow{"composer", k_namespace | k_name},
    TypeRow{"deb", k_namespace | k_name},
    TypeRow{"docker", k_none},
    TypeRow{"github", k_namespace | k_name},
    TypeRow{"golang", k_namespace | k_name},
    TypeRow{"hex", k_namespace | k_name},
    TypeRow{"huggingface", k_version},
    TypeRow{"luarocks", k_version},
    TypeRow{"npm", k_namespace | k_name},
    TypeRow{"oci", k_name},
    TypeRow{"pub", k_name},
    TypeRow{"pypi", k_name},
    TypeRow{"qpkg", k_namespace},
    TypeRow{"rpm", k_namespace},
};

void normalise(PackageUrl& purl) {
  const auto row = std::find_if(k_types.begin(), k_types.end(), [&](const TypeRow& each) { return each.type == purl.type; });
  const std::uint8_t folded = row == k_types.end() ? std::uint8_t{k_none} : row->folded;
  if ((folded & k_namespace) != 0) purl.namespace_path = base::to_lower(purl.namespace_path);
  if ((folded & k_name) != 0) purl.name = base::to_lower(purl.name);
  if ((folded & k_version) != 0) purl.version = base::to_lower(purl.version);
  if (purl.type == "pypi") std::replace(purl.name.begin(), purl.name.end(), '_', '-');
  if (purl.type == "pub") std::replace(purl.name.begin(), purl.name.end(), '-', '_');
  // The registry of a model decides: Databricks knows no upper case.
  if (purl.type == "mlflow" && purl.qualifier("repository_url").find("databricks") != std::string_view::npos)
    purl.name = base::to_lower(purl.name);
}

/// Cuts what follows the last `separator` off `rest`.
std::string_view cut_last(std::string_view& rest, char separator) {
  const std::size_t at = rest.rfind(separator);
  if (at == std::string_view::npos) return {};
  const std::string_view tail = rest.substr(at + 1);
  rest = rest.substr(0, at);
  return tail;
}

/// An `@` at the beginning of a segment belongs to a name (`@babel/core`), not to a version.
std::string_view cut_version(std::string_view& rest) {
  const std::size_t at = rest.rfind('@');
  if (at == std::string_view::npos || at == 0 || rest[at - 1] == '/') return {};
  const std::string_view version = rest.substr(at + 1);
  rest = rest.substr(0, at);
  return version;
}

bool is_distribution(std::string_view type) {
  constexpr std::array<std::string_view, 5> k_distributions = {"alpm", "apk", "bitnami", "deb", "rpm"};
  return std::find(k_distributions.begin(), k_distributions.end(), type) != k_distributions.end();
}

}  // namespace

std::string_view PackageUrl::qualifier(std::string_view key) const {
  const auto at = std::find_if(qualifiers.begin(), qualifiers.end(), [&](const auto& each) { return each.first == key; });
  return at == qualifiers.end() ? std::string_view() : std::string_view(at->second);
}

std::optional<PackageUrl> parse_purl(std::string_view text) {
  constexpr std::string_view k_scheme = "pkg:";
  if (text.size() <= k_scheme.size() || !base::equals_ignoring_case(text.substr(0, k_scheme.size()), k_scheme)) return std::nullopt;
  std::string_view rest = text.substr(k_scheme.size());
  PackageUrl purl;
  purl.subpath = read_path(cut_last(rest, '#'), true);
  if (!read_qualifiers(cut_last(rest, '?'), purl)) return std::nullopt;
  while (rest.starts_with('/')) rest.remove_prefix(1);
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || !is_type(rest.substr(0, slash))) return std::nullopt;
  purl.type = base::to_lower(rest.substr(0, slash));
  rest.remove_prefix(slash + 1);
  purl.version = decoded(cut_version(rest));
  while (rest.ends_with('/')) rest.remove_suffix(1);
  const std::size_t last = rest.rfind('/');
  purl.name = decoded(last == std::string_view::npos ? rest : rest.substr(last + 1));
  if (last != std::string_view::npos) purl.namespace_path = read_path(rest.substr(0, last), false);
  if (purl.name.empty() || purl.name.front() == '@') return std::nullopt;
  normalise(purl);
  return purl;
}

std::string identity_of(const PackageUrl& purl) {
  std::string text = "pkg:" + purl.type + '/';
  if (!purl.namespace_path.empty()) {
    append_path(text, purl.namespace_path);
    text += '/';
  }
  append_encoded(text, purl.name);
  return text;
}

std::string to_string(const PackageUrl& purl) {
  std::string text = identity_of(purl);
  if (!purl.version.empty()) {
    text += '@';
    append_encoded(text, purl.version);
  }
  for (std::size_t at = 0; at < purl.qualifiers.size(); ++at) {
    text += (at == 0 ? '?' : '&') + purl.qualifiers[at].first + '=';
    append_encoded(text, purl.qualifiers[at].second);
  }
  if (!purl.subpath.empty()) {
    text += '#';
    append_path(text, purl.subpath);
  }
  return text;
}

std::string display_name(const PackageUrl& purl) {
  if (purl.namespace_path.empty() || is_distribution(purl.type)) return purl.name;
  return purl.namespace_path + (purl.type == "maven" ? ':' : '/') + purl.name;
}

}  // namespace postern::package
