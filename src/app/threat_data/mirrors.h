// SPDX-License-Identifier: Apache-2.0
// Fetches what mirrors offer, checks it against published digests, and remembers what was imported.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "threatdb/sources.h"

namespace postern::app {

/// One file of a mirror, fetched.
struct FetchedMirror {
  MirrorSetting mirror;
  bool is_new = false;  ///< else the server says that it has not changed since it was imported
  threatdb::ImportPath path;
  std::string etag;
};

/// Fetches all mirrors into `folder`/downloads; what an interrupted call left there is gone on from. A mirror whose source is not
/// among `held`, the names of what the database holds, is fetched whatever was imported from it once. Throws SourceError,
/// UsageError.
[[nodiscard]] std::vector<FetchedMirror> fetch_mirrors(
    const std::string& folder, const std::vector<MirrorSetting>& mirrors, const std::vector<std::string>& held,
    const std::function<void(const std::string& name, std::uint64_t done, std::uint64_t total)>& progress);

/// Removes the files and remembers their ETags: to be called when they were imported.
void settle_mirrors(const std::string& folder, const std::vector<FetchedMirror>& fetched);

}  // namespace postern::app
