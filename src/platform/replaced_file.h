// SPDX-License-Identifier: Apache-2.0
// A file that readers see as it was or as it will be, never half: written beside its place, made durable, then renamed over it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "platform/file.h"

namespace postern::platform {

/// Writes a new content for `path`. Without commit() nothing changes, whatever ends the process; a temporary file that a killed
/// process left behind is removed by the next writer of the same path. Writers of one path exclude one another by a lock.
class ReplacedFile {
 public:
  /// Throws UsageError when the folder cannot be written, or when another process is writing the file.
  explicit ReplacedFile(std::string path);
  ~ReplacedFile();
  ReplacedFile(const ReplacedFile&) = delete;
  ReplacedFile& operator=(const ReplacedFile&) = delete;

  /// Appends; kept in a buffer until there is a megabyte. Throws UsageError when the disk is full or the like.
  void append(std::string_view bytes);
  /// Writes at a place that was written before.
  void overwrite(std::uint64_t offset, std::string_view bytes);
  /// Hands what is in the buffer to the system, so that others see it at temporary_path().
  void flush();
  [[nodiscard]] std::uint64_t size() const noexcept { return m_written + m_buffer.size(); }
  [[nodiscard]] const std::string& temporary_path() const noexcept { return m_temporary; }
  /// fsync, rename, fsync of the folder.
  void commit();

 private:
  [[noreturn]] void cannot_write() const;
  std::string m_path;
  std::string m_temporary;
  FileDescriptor m_lock;
  FileDescriptor m_file;
  std::string m_buffer;
  std::uint64_t m_written = 0;
};

/// A file without a name, for what does not fit into memory: gone with the object, or with the process.
class SpoolFile {
 public:
  /// In `folder`, which exists. Throws UsageError.
  explicit SpoolFile(std::string folder);
  ~SpoolFile();
  SpoolFile(const SpoolFile&) = delete;
  SpoolFile& operator=(const SpoolFile&) = delete;

  /// Appends and gives the offset at which the bytes begin. Throws UsageError.
  std::uint64_t append(std::string_view bytes);
  /// All that was appended; nothing may be appended afterwards. Throws UsageError.
  [[nodiscard]] std::string_view read();

 private:
  void flush();
  std::string m_folder;
  FileDescriptor m_file;
  std::string m_buffer;
  std::uint64_t m_written = 0;
  std::string_view m_mapped;
};

/// Makes a folder and those that it is in. Throws UsageError.
void make_folders(const std::string& path);

}  // namespace postern::platform
