// SPDX-License-Identifier: Apache-2.0
// Makes, fills and removes a private folder.
#include "platform/private_folder.h"

#include <postern/base/error.h>
#include <stdlib.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "platform/file.h"

namespace postern::platform {

PrivateFolder::PrivateFolder() {
  std::error_code error;
  const std::filesystem::path base = std::filesystem::temp_directory_path(error);
  m_path = (error ? std::filesystem::path("/tmp") : base) / "postern-XXXXXX";
  if (mkdtemp(m_path.data()) == nullptr) throw SourceError("no private folder can be made: " + error_text(errno));
}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(m_path, ignored);
}

std::string PrivateFolder::make(std::string_view relative) const {
  const std::filesystem::path path = std::filesystem::path(m_path) / relative;
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) throw SourceError("a private folder cannot be made: " + error.message());
  return path.string();
}

void PrivateFolder::write(std::string_view relative, std::string_view bytes) const {
  const std::size_t slash = relative.rfind('/');
  if (slash != std::string_view::npos) (void)make(relative.substr(0, slash));
  std::ofstream file(std::filesystem::path(m_path) / relative, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file) throw SourceError("a private file cannot be written: " + std::string(relative));
}

}  // namespace postern::platform
