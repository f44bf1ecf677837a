// SPDX-License-Identifier: Apache-2.0
// The file system as hostile ground: opens without following links, reads under limits, never blocks on a FIFO.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace postern::platform {

/// Owns a file descriptor; -1 is none.
class FileDescriptor {
 public:
  FileDescriptor() noexcept = default;
  explicit FileDescriptor(int descriptor) noexcept : m_descriptor(descriptor) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : m_descriptor(other.release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  [[nodiscard]] int get() const noexcept { return m_descriptor; }
  [[nodiscard]] explicit operator bool() const noexcept { return m_descriptor >= 0; }
  int release() noexcept;

 private:
  int m_descriptor = -1;
};

/// What a name in a folder stands for.
enum class EntryKind : std::uint8_t { file, folder, symbolic_link, special };

/// One name in a folder; never "." or "..".
struct FolderEntry {
  std::string name;
  EntryKind kind = EntryKind::file;
};

/// A folder's names, sorted byte-wise; `error` is an errno value, 0 when the list is complete.
struct FolderListing {
  std::vector<FolderEntry> entries;
  int error = 0;
};

enum class ReadStatus : std::uint8_t {
  complete,
  too_large,      ///< more bytes than the limit; `size` says how many where that is known
  symbolic_link,  ///< not followed
  special,        ///< a folder, FIFO, socket or device; never read
  failed,         ///< `error` is an errno value
};

/// The outcome of reading one file.
struct ReadResult {
  ReadStatus status = ReadStatus::failed;
  std::string bytes;       ///< only when complete
  std::uint64_t size = 0;  ///< of the file; 0 when unknown
  int error = 0;
};

/// Opens a folder that the operator named; links are followed. None on failure, with errno set.
[[nodiscard]] FileDescriptor open_folder(const std::string& path);
/// Opens the folder `relative` ('/'-separated, "" is `root` itself) below `root`, following no link on the way. None on failure,
/// with errno set.
[[nodiscard]] FileDescriptor open_folder_below(const FileDescriptor& root, std::string_view relative);
/// The names in `folder`.
[[nodiscard]] FolderListing list_folder(const FileDescriptor& folder);
/// Reads the regular file `name` in `folder`, at most `limit` bytes. The size is checked before anything is read.
[[nodiscard]] ReadResult read_file_in(const FileDescriptor& folder, const std::string& name, std::uint64_t limit);
/// Reads a stream (a pipe, standard input) to its end, at most `limit` bytes.
[[nodiscard]] ReadResult read_stream(int descriptor, std::uint64_t limit);
/// Text for an errno value, without locale.
[[nodiscard]] std::string error_text(int error);

}  // namespace postern::platform
