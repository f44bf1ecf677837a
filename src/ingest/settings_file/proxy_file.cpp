// SPDX-License-Identifier: Apache-2.0
// Recognises configurations of proxies.
#include <ingest/settings_file/proxy_file.h>
#include <ingest/settings_file/settings_file.h>
#include <postern/base/path.h>
#include <postern/base/search.h>
#include <postern/base/text.h>

#include <algorithm>
#include <array>

namespace postern::ingest::settings_file {
namespace {

constexpr std::size_t k_largest = std::size_t{1} << 20U;

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// `server {`, `upstream backend {`, `http {` at the beginning of a line.
bool speaks_nginx(std::string_view text) {
  constexpr std::array<std::string_view, 4> k_blocks = {"events", "http", "server", "stream"};
  for (const std::string_view raw : base::split(text, '\n')) {
    const std::string_view line = base::trim(raw);
    if (line.starts_with("upstream ") && line.ends_with('{')) return true;
    if (line.starts_with('<')) return false;  // of Apache
    const std::size_t brace = line.find('{');
    if (brace != std::string_view::npos && is_one_of(k_blocks, base::trim(line.substr(0, brace)))) return true;
  }
  return false;
}

/// The bootstrap of Envoy has clusters at its top, in YAML or JSON.
bool speaks_envoy(const SourceFile& file) {
  if (file.hints.hold(Hint::api_version) || !file.hints.hold(Hint::static_resources)) return false;
  const std::string_view text = file.bytes;
  return base::holds_word(text, "\nstatic_resources:") || text.starts_with("static_resources:") ||
         base::holds_word(text, "\"static_resources\"");
}

bool is_in_folder_of_nginx(std::string_view path) {
  constexpr std::array<std::string_view, 3> k_folders = {"conf.d", "nginx", "sites-enabled"};
  return is_one_of(k_folders, base::file_name(base::folder_of(path)));
}

}  // namespace

bool is_proxy_name(std::string_view path) {
  const std::string_view name = base::file_name(path);
  if (base::file_name(base::folder_of(path)) == "sites-enabled") return true;
  return name == "nginx.conf" || (name.ends_with(".conf") && is_in_folder_of_nginx(path));
}

Proxy proxy_of(const SourceFile& file) {
  const std::string_view path = file.path;
  const bool document = path.ends_with(".yaml") || path.ends_with(".yml") || path.ends_with(".json");
  if (document && !speaks_envoy(file)) return Proxy::none;
  const bool named = is_proxy_name(path) || (path.ends_with(".conf") && base::holds_word(base::file_name(path), "nginx"));
  if ((!document && !named) || file.bytes.size() > k_largest || file.bytes.find('\0') != std::string_view::npos) return Proxy::none;
  if (document) return Proxy::envoy;
  return speaks_nginx(file.bytes) ? Proxy::nginx : Proxy::none;
}

std::string service_of_proxy(Proxy proxy, std::string_view path) {
  constexpr std::array<std::string_view, 4> k_inner = {"conf.d", "sites-available", "sites-enabled", "templates"};
  constexpr std::array<std::string_view, 13> k_general = {"containers", "deploy", "deployment", "docker", "etc",
                                                          "files",      "infra",  "k8s",        "ops",    "prod",
                                                          "proxies",    "roles",  "services"};
  std::string_view folder = base::folder_of(path);
  while (!folder.empty() && is_one_of(k_inner, base::file_name(folder))) folder = base::folder_of(folder);
  const std::string service = base::to_lower(service_of_folder(folder));
  const std::string own = proxy == Proxy::nginx ? "nginx" : "envoy";
  return service.empty() || is_one_of(k_general, service) ? own : service;
}

std::string text_that_sends(Proxy proxy, std::string_view text) {
  if (proxy != Proxy::nginx) return std::string(text);
  constexpr std::array<std::string_view, 4> k_to_callers = {"add_header ", "more_set_headers ", "return ", "rewrite "};
  constexpr std::array<std::string_view, 5> k_handing_on = {"fastcgi_pass ", "grpc_pass ", "memcached_pass ", "scgi_pass ",
                                                            "uwsgi_pass "};
  std::string result;
  result.reserve(text.size() + text.size() / 16);
  for (const std::string_view raw : base::split(text, '\n')) {
    std::string line(raw);
    const std::size_t comment = line.find('#');
    if (comment != std::string::npos && (comment == 0 || line[comment - 1] == ' ' || line[comment - 1] == '\t'))
      line.resize(comment);
    const auto at_word = [&](std::size_t at) {
      return at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t' || line[at - 1] == '{';
    };
    for (const std::string_view directive : k_to_callers) {
      const std::size_t at = line.find(directive);
      if (at != std::string::npos && at_word(at)) line.resize(at);
    }
    for (const std::string_view directive : k_handing_on) {
      const std::size_t at = line.find(directive);
      if (at == std::string::npos || !at_word(at)) continue;
      const std::string_view target = base::trim(std::string_view(line).substr(at + directive.size()));
      const bool plain = !target.starts_with("unix:") && !target.starts_with('$') && target.find("://") == std::string_view::npos;
      if (plain) line = line.substr(0, at) + "proxy_pass http://" + std::string(target);
    }
    result += line;
    result += '\n';
  }
  return result;
}

}  // namespace postern::ingest::settings_file
