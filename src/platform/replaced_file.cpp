// SPDX-License-Identifier: Apache-2.0
// Temporary file, fsync, rename, fsync of the folder; a lock beside it keeps a second writer out.
#include "platform/replaced_file.h"

#include <fcntl.h>
#include <postern/base/error.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

namespace postern::platform {
namespace {

constexpr std::size_t k_buffer_bytes = std::size_t{1} << 20U;

bool write_all(int descriptor, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return true;
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

}  // namespace

ReplacedFile::ReplacedFile(std::string path) : m_path(std::move(path)), m_temporary(m_path + ".new") {
  const std::string lock = m_path + ".lock";
  m_lock = FileDescriptor(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!m_lock) cannot_write();
  if (::flock(m_lock.get(), LOCK_EX | LOCK_NB) != 0) {
    throw UsageError("the file " + m_path + " is being written by another process", "try again when it has ended");
  }
  // Whoever holds the lock owns the name: what is there was left by a process that was killed.
  ::unlink(m_temporary.c_str());
  m_file = FileDescriptor(::open(m_temporary.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!m_file) cannot_write();
  m_buffer.reserve(k_buffer_bytes * 2);
}

ReplacedFile::~ReplacedFile() {
  if (!m_temporary.empty() && m_file) ::unlink(m_temporary.c_str());
}

void ReplacedFile::cannot_write() const {
  throw UsageError("the file " + m_path + " cannot be written: " + error_text(errno),
                   "name a folder that may be written, with room");
}

void ReplacedFile::append(std::string_view bytes) {
  m_buffer.append(bytes);
  if (m_buffer.size() >= k_buffer_bytes) flush();
}

void ReplacedFile::overwrite(std::uint64_t offset, std::string_view bytes) {
  flush();
  if (!write_all(m_file.get(), bytes, offset)) cannot_write();
}

void ReplacedFile::flush() {
  if (!write_all(m_file.get(), m_buffer, m_written)) cannot_write();
  m_written += m_buffer.size();
  m_buffer.clear();
}

void ReplacedFile::commit() {
  flush();
  if (::fsync(m_file.get()) != 0 || ::rename(m_temporary.c_str(), m_path.c_str()) != 0) cannot_write();
  m_temporary.clear();
  const FileDescriptor folder = open_folder(folder_of(m_path));
  if (folder) ::fsync(folder.get());
}

SpoolFile::SpoolFile(std::string folder) : m_folder(std::move(folder)) {
  m_file = FileDescriptor(::open(m_folder.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600));
  if (!m_file) {  // some file systems know no files without names
    std::string name = m_folder + "/spool-XXXXXX";
    m_file = FileDescriptor(::mkostemp(name.data(), O_CLOEXEC));
    if (m_file) ::unlink(name.c_str());
  }
  if (!m_file) throw UsageError("no file can be made in " + m_folder + ": " + error_text(errno));
  m_buffer.reserve(k_buffer_bytes * 2);
}

SpoolFile::~SpoolFile() {
  if (!m_mapped.empty()) ::munmap(const_cast<char*>(m_mapped.data()), m_mapped.size());
}

std::uint64_t SpoolFile::append(std::string_view bytes) {
  const std::uint64_t offset = m_written + m_buffer.size();
  m_buffer.append(bytes);
  if (m_buffer.size() >= k_buffer_bytes) flush();
  return offset;
}

void SpoolFile::flush() {
  if (!write_all(m_file.get(), m_buffer, m_written))
    throw UsageError("no more can be written in " + m_folder + ": " + error_text(errno), "make room there");
  m_written += m_buffer.size();
  m_buffer.clear();
}

std::string_view SpoolFile::read() {
  flush();
  if (m_written == 0 || !m_mapped.empty()) return m_mapped;
  void* const memory = ::mmap(nullptr, m_written, PROT_READ, MAP_SHARED, m_file.get(), 0);
  if (memory == MAP_FAILED) throw UsageError("a file in " + m_folder + " cannot be mapped: " + error_text(errno));
  m_mapped = {static_cast<const char*>(memory), m_written};
  return m_mapped;
}

void make_folders(const std::string& path) {
  std::error_code trouble;
  std::filesystem::create_directories(path, trouble);
  if (trouble && !std::filesystem::is_directory(path))
    throw UsageError("the folder " + path + " cannot be made: " + trouble.message(), "name a folder that may be written");
}

}  // namespace postern::platform
