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

/// A repository of git is a host and a path on it.
bool has_path_as_name(std::string_view type) { return type == "git"; }

bool is_type(std::string_view text) {
  const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '+' || c == '-'; };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), allowed);
}

bool is_key(std::string_view text) {
  const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; };
  return !text.empty() && is_letter(text.front()) && std::all_of(text.begin(), text.end(), allowed);
}

/// By key; of two equal keys the last counts.
void order_qualifiers(PackageUrl& purl) {
  std::stable_sort(purl.qualifiers.begin(), purl.qualifiers.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
  purl.qualifiers.erase(purl.qualifiers.begin(), std::unique(purl.qualifiers.rbegin(), purl.qualifiers.rend(), same).base());
}

/// Whether the qualifiers could be read.
bool read_qualifiers(std::string_view text, PackageUrl& purl) {
  for (const std::string_view part : base::split(text, '&')) {
    const std::size_t equals = part.find('=');
    if (part.empty()) continue;
    const std::string_view key = part.substr(0, equals);
    if (!is_key(key)) return false;
    std::string value = equals == std::string_view::npos ? std::string() : decoded(part.substr(equals + 1));
    if (!value.empty()) purl.qualifiers.emplace_back(base::to_lower(key), std::move(value));
  }
  order_qualifiers(purl);
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
    TypeRow{"git", k_namespace | k_name},
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

// --- what a type asks for ---

enum class Presence : std::uint8_t { required, prohibited };

struct NamespaceRow {
  std::string_view type;
  Presence presence;
};

constexpr std::array k_namespaces = {
    NamespaceRow{"chrome-extension", Presence::prohibited},
    NamespaceRow{"cran", Presence::prohibited},
    NamespaceRow{"hackage", Presence::prohibited},
    NamespaceRow{"julia", Presence::prohibited},
    NamespaceRow{"opam", Presence::prohibited},
    NamespaceRow{"otp", Presence::prohibited},
    NamespaceRow{"swift", Presence::required},
    NamespaceRow{"vcpkg", Presence::prohibited},
    NamespaceRow{"vscode-extension", Presence::required},
};

std::string find_namespace_fault(const PackageUrl& purl) {
  for (const NamespaceRow& row : k_namespaces) {
    if (row.type != purl.type) continue;
    if (row.presence == Presence::required && purl.namespace_path.empty()) return "the type " + purl.type + " needs a namespace";
    if (row.presence == Presence::prohibited && !purl.namespace_path.empty()) return "the type " + purl.type + " has no namespace";
  }
  return {};
}

/// One to four numbers between dots.
bool is_extension_version(std::string_view version) {
  const std::vector<std::string_view> parts = base::split(version, '.');
  const auto is_part = [](std::string_view part) { return !part.empty() && std::all_of(part.begin(), part.end(), is_digit); };
  return parts.size() <= 4 && std::all_of(parts.begin(), parts.end(), is_part);
}

std::string find_chrome_fault(const PackageUrl& purl) {
  constexpr std::size_t k_identifier = 32;
  const bool letters = std::all_of(purl.name.begin(), purl.name.end(), [](char c) { return c >= 'a' && c <= 'p'; });
  if (purl.name.size() != k_identifier || !letters) return "the name of a Chrome extension is 32 letters from a to p";
  if (!purl.version.empty() && !is_extension_version(purl.version))
    return "the version of a Chrome extension is one to four numbers";
  return {};
}

/// What the definition of the type forbids; empty where nothing is wrong.
std::string find_fault(const PackageUrl& purl) {
  std::string fault = find_namespace_fault(purl);
  if (!fault.empty()) return fault;
  if (purl.type == "chrome-extension") return find_chrome_fault(purl);
  if (purl.type == "cpan" && purl.name.find("::") != std::string::npos)
    return "the name is one of a module: CPAN names distributions";
  if (purl.type == "julia" && purl.qualifier("uuid").empty()) return "the type julia needs the qualifier uuid";
  return {};
}

struct QualifierRow {
  std::string_view type;
  std::string_view key;
};

/// Keys that a type defines itself. They are written in lower case, while any other key is understood in any case.
constexpr std::array k_own_qualifiers = {
    QualifierRow{"alpm", "arch"},  QualifierRow{"apk", "arch"},     QualifierRow{"deb", "arch"},
    QualifierRow{"deb", "distro"}, QualifierRow{"gem", "platform"}, QualifierRow{"julia", "uuid"},
    QualifierRow{"rpm", "arch"},   QualifierRow{"rpm", "distro"},   QualifierRow{"rpm", "epoch"},
};

bool is_own_key_in_other_case(std::string_view type, std::string_view key) {
  const auto meant = [&](const QualifierRow& row) {
    return row.type == type && row.key != key && base::equals_ignoring_case(row.key, key);
  };
  return std::any_of(k_own_qualifiers.begin(), k_own_qualifiers.end(), meant);
}

/// Whether a key that the type defines is written in another case.
bool has_misspelt_key(std::string_view type, std::string_view text) {
  const std::size_t begin = text.find('?');
  if (begin == std::string_view::npos) return false;
  const std::string_view query = text.substr(begin + 1, text.find('#', begin) - begin - 1);
  const std::vector<std::string_view> parts = base::split(query, '&');
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return is_own_key_in_other_case(type, part.substr(0, part.find('='))); });
}

PurlReading checked(PackageUrl purl) {
  std::string fault = find_fault(purl);
  if (!fault.empty()) return {std::nullopt, std::move(fault)};
  return {std::move(purl), {}};
}

/// Segments without empty ones; in a subpath without those that lead nowhere or upwards.
std::string clean_path(std::string_view text, bool is_subpath) {
  std::string path;
  for (const std::string_view part : base::split(text, '/')) {
    if (part.empty() || (is_subpath && (part == "." || part == ".."))) continue;
    if (!path.empty()) path += '/';
    path += part;
  }
  return path;
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
  const std::size_t last = has_path_as_name(purl.type) ? rest.find('/') : rest.rfind('/');
  purl.name = decoded(last == std::string_view::npos ? rest : rest.substr(last + 1));
  if (last != std::string_view::npos) purl.namespace_path = read_path(rest.substr(0, last), false);
  if (purl.name.empty() || purl.name.front() == '@') return std::nullopt;
  normalise(purl);
  return purl;
}

PurlReading read_purl(std::string_view text) {
  std::optional<PackageUrl> purl = parse_purl(text);
  if (!purl) return {std::nullopt, "not a package URL: expected pkg:TYPE/NAMESPACE/NAME@VERSION?QUALIFIERS#SUBPATH"};
  if (has_misspelt_key(purl->type, text))
    return {std::nullopt, "a key that the type " + purl->type + " defines must be in lower case"};
  return checked(std::move(*purl));
}

PurlReading build_purl(PackageUrl parts) {
  if (!is_type(parts.type)) return {std::nullopt, "not a type: '" + parts.type + "'"};
  if (parts.name.empty()) return {std::nullopt, "a name is required"};
  parts.type = base::to_lower(parts.type);
  parts.namespace_path = clean_path(parts.namespace_path, false);
  parts.subpath = clean_path(parts.subpath, true);
  for (auto& [key, value] : parts.qualifiers) {
    if (!is_key(key)) return {std::nullopt, "not a key of a qualifier: '" + key + "'"};
    key = base::to_lower(key);
  }
  std::erase_if(parts.qualifiers, [](const auto& each) { return each.second.empty(); });
  order_qualifiers(parts);
  normalise(parts);
  return checked(std::move(parts));
}

std::string identity_of(const PackageUrl& purl) {
  std::string text = "pkg:" + purl.type + '/';
  if (!purl.namespace_path.empty()) {
    append_path(text, purl.namespace_path);
    text += '/';
  }
  if (has_path_as_name(purl.type)) {
    append_path(text, purl.name);
  } else {
    append_encoded(text, purl.name);
  }
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
