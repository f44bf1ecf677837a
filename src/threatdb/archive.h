// SPDX-License-Identifier: Apache-2.0
// Zip archives and gzip files under limits. Names in an archive are names and no paths: nothing is ever written to them.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace postern::threatdb {

/// What is refused as too much, against archives that unpack to more than anybody has room for.
struct UnpackLimits {
  std::uint64_t entries = 4'000'000;
  std::uint64_t entry_bytes = std::uint64_t{64} << 20U;  ///< of one entry, unpacked
  std::uint64_t total_bytes = std::uint64_t{32} << 30U;  ///< of all entries, unpacked
  std::uint64_t gzip_bytes = std::uint64_t{1} << 30U;    ///< of a gzip file, unpacked
};

/// One file of an archive as it is stored there.
struct PackedEntry {
  std::string name;
  std::string bytes;       ///< as stored: deflated or plain
  std::uint64_t size = 0;  ///< unpacked
  std::uint32_t crc = 0;
  bool is_deflated = false;
};

/// Reads the entries of a zip archive one after the other; folders are passed over. Throws SourceError with the reason when the
/// archive is damaged, encrypted, packed in an unknown way or beyond the limits.
class Archive {
 public:
  /// `bytes` is the whole archive and outlives the object; `name` is for messages.
  Archive(std::string_view bytes, std::string name, const UnpackLimits& limits);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  [[nodiscard]] std::uint64_t entry_count() const noexcept;
  /// False at the end.
  [[nodiscard]] bool next(PackedEntry& entry);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

/// The content of an entry, with `room` bytes of capacity behind it. Throws SourceError when it is damaged. May run on several
/// threads at once.
[[nodiscard]] std::string unpack(const PackedEntry& entry, std::size_t room);

/// The content of a gzip file, all of its members. Throws SourceError when it is damaged or larger than the limit.
[[nodiscard]] std::string gunzip(std::string_view bytes, const std::string& name, const UnpackLimits& limits);

}  // namespace postern::threatdb
