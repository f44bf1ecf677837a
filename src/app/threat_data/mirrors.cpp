// SPDX-License-Identifier: Apache-2.0
// Downloads of threat data, each under the digest of its address.
#include "app/threat_data/mirrors.h"

#include <postern/base/digest.h>
#include <postern/base/error.h>
#include <postern/base/path.h>
#include <postern/base/text.h>
#include <unistd.h>

#include <algorithm>

#include "platform/file.h"
#include "platform/http/download.h"
#include "platform/http/exchange.h"
#include "platform/mapped_file.h"
#include "platform/replaced_file.h"

namespace postern::app {
namespace {

namespace http = platform::http;

constexpr std::size_t k_digest_digits = 64;
constexpr std::uint64_t k_longest_digest_file = 64 << 10U;
constexpr std::uint64_t k_longest_etag = 1024;

/// `host/path` of an address, which is what a source is called; queries may hold keys.
std::string name_of(std::string_view url) {
  url.remove_prefix(url.find("://") + 3);
  return std::string(url.substr(0, url.find_first_of("?#")));
}

std::string downloads_of(const std::string& folder) { return folder + "/downloads"; }

std::string file_of(const std::string& folder, const std::string& url) {
  constexpr std::size_t k_digits = 24;
  return downloads_of(folder) + "/" + base::sha256_hex(url).substr(0, k_digits);
}

std::string remembered_etag(const std::string& folder, const std::string& url) {
  const std::string path = file_of(folder, url) + ".etag";
  const platform::FileDescriptor parent = platform::open_folder(downloads_of(folder));
  const platform::ReadResult read = platform::read_file_in(parent, std::string(base::file_name(path)), k_longest_etag);
  return read.status == platform::ReadStatus::complete ? read.bytes : std::string();
}

bool is_digest(std::string_view word) {
  return word.size() == k_digest_digits && base::to_lower(word).find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// The digest in a file as sha256sum writes it: of the line that names the file, or the only one there is.
std::string published_digest(const std::string& url, std::string_view file_name) {
  const std::string text = http::fetch_text(url, k_longest_digest_file);
  std::string only;
  std::size_t count = 0;
  for (const std::string_view line : base::split(text, '\n')) {
    const std::string_view trimmed = base::trim(line);
    const std::string_view word = trimmed.substr(0, trimmed.find_first_of(" \t"));
    if (!is_digest(word)) continue;
    ++count;
    only = base::to_lower(word);
    const std::string_view rest = base::trim(trimmed.substr(word.size()));
    const std::string_view named = rest.starts_with('*') ? rest.substr(1) : rest;
    if (base::file_name(named) == file_name) return only;
  }
  if (count == 1) return only;
  throw SourceError(url + " publishes no SHA-256 of " + std::string(file_name), "expected lines as sha256sum writes them");
}

std::string expected_digest(const MirrorSetting& mirror) {
  if (!mirror.sha256.empty()) return mirror.sha256;
  if (mirror.sha256_url.empty()) return {};
  return published_digest(mirror.sha256_url, base::file_name(name_of(mirror.url)));
}

/// Fetches one file. A digest that does not match is tried once more from the start: the file may have been replaced meanwhile, or
/// its beginning may be of another one.
FetchedMirror fetch(const MirrorSetting& mirror, const http::DownloadRequest& request) {
  FetchedMirror fetched{mirror, false, {request.path, name_of(mirror.url), threatdb::k_never}, {}};
  for (int round = 0;; ++round) {
    const http::Download download = http::download(request);
    if (download.end == http::DownloadEnd::not_modified) {
      ::unlink(request.path.c_str());
      return fetched;
    }
    fetched.etag = download.etag;
    fetched.path.published = threatdb::parse_http_date(download.last_modified).value_or(threatdb::k_never);
    fetched.is_new = true;
    const std::string expected = expected_digest(mirror);
    if (expected.empty()) return fetched;
    const std::string found = base::sha256_hex(platform::MappedFile(request.path, platform::Access::sequential).bytes());
    if (found == expected) return fetched;
    ::unlink(request.path.c_str());
    if (round == 0) continue;
    throw SourceError(mirror.url + " has the SHA-256 " + found + ", expected " + expected,
                      "nothing was imported; is the mirror complete, and is the digest that of this file?");
  }
}

}  // namespace

std::vector<FetchedMirror> fetch_mirrors(const std::string& folder, const std::vector<MirrorSetting>& mirrors,
                                         const std::vector<std::string>& held,
                                         const std::function<void(const std::string&, std::uint64_t, std::uint64_t)>& progress) {
  for (const MirrorSetting& mirror : mirrors) {
    for (const std::string& url : {mirror.url, mirror.sha256_url}) {
      const std::string refusal = url.empty() ? std::string() : http::refusal_of(url);
      if (!refusal.empty())
        throw UsageError("the address " + url + " is not fetched: " + refusal, "name an address that begins with https://");
    }
  }
  platform::make_folders(downloads_of(folder));
  std::vector<FetchedMirror> fetched;
  for (const MirrorSetting& mirror : mirrors) {
    http::DownloadRequest request;
    request.url = mirror.url;
    request.path = file_of(folder, mirror.url);
    const bool is_held = std::find(held.begin(), held.end(), name_of(mirror.url)) != held.end();
    if (is_held) request.known_etag = remembered_etag(folder, mirror.url);
    request.progress = [&](std::uint64_t done, std::uint64_t total) { progress(name_of(mirror.url), done, total); };
    fetched.push_back(fetch(mirror, request));
  }
  return fetched;
}

void settle_mirrors(const std::string& folder, const std::vector<FetchedMirror>& fetched) {
  for (const FetchedMirror& each : fetched) {
    if (!each.is_new) continue;
    ::unlink(each.path.path.c_str());
    if (each.etag.empty()) continue;
    const std::string path = file_of(folder, each.mirror.url) + ".etag";
    platform::ReplacedFile file(path);
    file.append(each.etag);
    file.commit();
    ::unlink((path + ".lock").c_str());
  }
}

}  // namespace postern::app
