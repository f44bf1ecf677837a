// SPDX-License-Identifier: Apache-2.0
// A file from a server: what came before an interruption is kept and gone on from.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

namespace postern::platform::http {

struct DownloadRequest {
  std::string url;
  std::string path;        ///< where the content is collected; what an earlier call left there is gone on from
  std::string known_etag;  ///< of what the caller has already; empty: nothing
  std::uint64_t most_bytes = std::uint64_t{8} << 30U;
  unsigned tries = 5;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  ///< may be empty
};

enum class DownloadEnd : std::uint8_t { complete, not_modified };

struct Download {
  DownloadEnd end = DownloadEnd::complete;
  std::string etag;
  std::string last_modified;
  std::uint64_t resumed_at = 0;  ///< bytes that were there before the last answer
  unsigned attempts = 0;
};

/// Fetches with at most `tries` requests. Network trouble, cut contents, 429 and 5xx are tried again; everything else is final.
/// A part is gone on from only when the server vouches that it is of the same content (a strong ETag, or Last-Modified). Throws
/// SourceError with the reason; the part stays for the next call. UsageError when the file cannot be written.
[[nodiscard]] Download download(const DownloadRequest& request);

/// A short text, of at most `most_bytes`. The same rules; throws SourceError.
[[nodiscard]] std::string fetch_text(const std::string& url, std::uint64_t most_bytes, unsigned tries = 5);

}  // namespace postern::platform::http
