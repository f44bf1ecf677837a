// SPDX-License-Identifier: Apache-2.0
// POSIX calls behind the file port; every open is relative to a folder that is already open.
#include <dirent.h>
#include <fcntl.h>
#include <platform/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

namespace postern::platform {
namespace {

constexpr int k_folder_flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
constexpr std::size_t k_buffer_bytes = std::size_t{64} << 10U;

/// read() that goes on after signals.
ssize_t read_some(int descriptor, char* to, std::size_t room) {
  ssize_t got = 0;
  do got = ::read(descriptor, to, room);
  while (got < 0 && errno == EINTR);
  return got;
}

EntryKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return EntryKind::file;
  if (S_ISDIR(mode)) return EntryKind::folder;
  return S_ISLNK(mode) ? EntryKind::symbolic_link : EntryKind::special;
}

EntryKind kind_of(const FileDescriptor& folder, const dirent& entry) {
  switch (entry.d_type) {
    case DT_REG:
      return EntryKind::file;
    case DT_DIR:
      return EntryKind::folder;
    case DT_LNK:
      return EntryKind::symbolic_link;
    case DT_UNKNOWN:
      break;  // some file systems do not say
    default:
      return EntryKind::special;
  }
  struct stat status {};
  if (::fstatat(folder.get(), entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) return EntryKind::special;
  return kind_of(status.st_mode);
}

ReadResult failure(ReadStatus status, int error = 0, std::uint64_t size = 0) {
  ReadResult result;
  result.status = status;
  result.error = error;
  result.size = size;
  return result;
}

ReadResult complete(std::string bytes) {
  ReadResult result;
  result.status = ReadStatus::complete;
  result.size = bytes.size();
  result.bytes = std::move(bytes);
  return result;
}

/// Reads on behind what is already in `bytes`, growing by doubling, until the end or the limit.
ReadResult read_rest(int descriptor, std::string bytes, std::uint64_t limit) {
  std::size_t used = bytes.size();
  while (true) {
    if (used > limit) return failure(ReadStatus::too_large);
    if (bytes.size() == used) bytes.resize(std::max(used * 2, k_buffer_bytes));
    const ssize_t got = read_some(descriptor, bytes.data() + used, bytes.size() - used);
    if (got < 0) return failure(ReadStatus::failed, errno);
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  bytes.resize(used);
  return complete(std::move(bytes));
}

/// Small files take one call into a buffer that each thread uses again and again: fresh pages cost more than the copy.
ReadResult read_small(int descriptor, std::size_t expected, std::uint64_t limit) {
  thread_local const auto buffer = std::make_unique<std::array<char, k_buffer_bytes>>();
  const ssize_t got = read_some(descriptor, buffer->data(), buffer->size());
  if (got < 0) return failure(ReadStatus::failed, errno);
  std::string bytes(buffer->data(), static_cast<std::size_t>(got));
  // A count other than the size: the file is growing, or one of those whose size is not known in advance.
  if (bytes.size() != expected || expected == 0) return got == 0 ? complete({}) : read_rest(descriptor, std::move(bytes), limit);
  return complete(std::move(bytes));
}

/// Large files are read at their exact size; one byte more room shows the end of the file in the same call.
ReadResult read_large(int descriptor, std::size_t expected, std::uint64_t limit) {
  std::string bytes(expected + 1, '\0');
  std::size_t used = 0;
  while (used < bytes.size()) {
    const ssize_t got = read_some(descriptor, bytes.data() + used, bytes.size() - used);
    if (got < 0) return failure(ReadStatus::failed, errno);
    if (got == 0) {
      bytes.resize(used);
      return complete(std::move(bytes));
    }
    used += static_cast<std::size_t>(got);
  }
  return read_rest(descriptor, std::move(bytes), limit);
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    if (m_descriptor >= 0) ::close(m_descriptor);
    m_descriptor = other.release();
  }
  return *this;
}

int FileDescriptor::release() noexcept { return std::exchange(m_descriptor, -1); }

FileDescriptor open_folder(const std::string& path) { return FileDescriptor(::open(path.c_str(), k_folder_flags)); }

FileDescriptor open_folder_below(const FileDescriptor& root, std::string_view relative) {
  FileDescriptor folder(::openat(root.get(), ".", k_folder_flags));
  while (folder && !relative.empty()) {
    const std::size_t slash = relative.find('/');
    const std::string name(relative.substr(0, slash));
    folder = FileDescriptor(::openat(folder.get(), name.c_str(), k_folder_flags | O_NOFOLLOW));
    relative = slash == std::string_view::npos ? std::string_view{} : relative.substr(slash + 1);
  }
  return folder;
}

FolderListing list_folder(const FileDescriptor& folder) {
  FolderListing listing;
  FileDescriptor own(::openat(folder.get(), ".", k_folder_flags));  // an own position: reading a folder moves it
  if (!own) {
    listing.error = errno;
    return listing;
  }
  struct CloseStream {
    void operator()(DIR* stream) const { ::closedir(stream); }
  };
  const std::unique_ptr<DIR, CloseStream> stream(::fdopendir(own.get()));
  if (!stream) {
    listing.error = errno;
    return listing;
  }
  own.release();  // the stream closes it
  while (true) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name == "." || name == "..") continue;
    listing.entries.push_back({std::string(name), kind_of(folder, *entry)});
  }
  listing.error = errno;
  std::sort(listing.entries.begin(), listing.entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return listing;
}

ReadResult read_file_in(const FileDescriptor& folder, const std::string& name, std::uint64_t limit) {
  // O_NONBLOCK: opening a FIFO would otherwise wait for a writer for ever; it has no effect on regular files.
  const FileDescriptor file(::openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!file) {
    const int error = errno;
    if (error == ELOOP) return failure(ReadStatus::symbolic_link, error);
    return failure(error == ENXIO ? ReadStatus::special : ReadStatus::failed, error);  // ENXIO: a socket
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return failure(ReadStatus::failed, errno);
  if (!S_ISREG(status.st_mode)) return failure(ReadStatus::special);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > limit) return failure(ReadStatus::too_large, 0, size);
  if (size < k_buffer_bytes) return read_small(file.get(), static_cast<std::size_t>(size), limit);
  return read_large(file.get(), static_cast<std::size_t>(size), limit);
}

ReadResult read_stream(int descriptor, std::uint64_t limit) { return read_rest(descriptor, {}, limit); }

std::string error_text(int error) {
  const char* description = ::strerrordesc_np(error);  // never translated
  return description != nullptr ? description : "error " + std::to_string(error);
}

}  // namespace postern::platform
