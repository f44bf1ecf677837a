// SPDX-License-Identifier: Apache-2.0
// mmap behind the port.
#include "platform/mapped_file.h"

#include <fcntl.h>
#include <postern/base/error.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "platform/file.h"

namespace postern::platform {
namespace {

[[noreturn]] void cannot_open(const std::string& path, const std::string& reason) {
  throw SourceError("the file " + path + " cannot be read: " + reason);
}

}  // namespace

MappedFile::MappedFile(const std::string& path, Access access) {
  // O_NONBLOCK: opening a FIFO would otherwise wait for a writer for ever.
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
  if (!file) cannot_open(path, error_text(errno));
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) cannot_open(path, error_text(errno));
  if (!S_ISREG(status.st_mode)) cannot_open(path, "it is no regular file");
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size == 0) return;
  void* const memory = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
  if (memory == MAP_FAILED) cannot_open(path, error_text(errno));
  if (access == Access::sequential) ::madvise(memory, size, MADV_SEQUENTIAL);
  m_bytes = {static_cast<const char*>(memory), size};
}

MappedFile::~MappedFile() {
  if (!m_bytes.empty()) ::munmap(const_cast<char*>(m_bytes.data()), m_bytes.size());
}

MappedFile::MappedFile(MappedFile&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(m_bytes, other.m_bytes);
  return *this;
}

}  // namespace postern::platform
