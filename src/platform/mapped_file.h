// SPDX-License-Identifier: Apache-2.0
// A regular file as read-only memory: pages come when they are touched.
#pragma once
#include <string>
#include <string_view>

namespace postern::platform {

/// How the bytes will be read, for the system to read ahead or not.
enum class Access : unsigned char { random, sequential };

/// Maps a file and unmaps it at the end. A file that another process cuts short while it is mapped ends this process with SIGBUS:
/// files of ours are replaced and never written again.
class MappedFile {
 public:
  MappedFile() noexcept = default;
  /// Follows links, since the operator named the path. Throws SourceError with the reason when it cannot be opened or mapped, or is
  /// no regular file.
  explicit MappedFile(const std::string& path, Access access = Access::random);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  [[nodiscard]] std::string_view bytes() const noexcept { return m_bytes; }

 private:
  std::string_view m_bytes;
};

}  // namespace postern::platform
