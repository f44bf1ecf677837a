// SPDX-License-Identifier: Apache-2.0
// A folder that only this user can look into, gone at the end.
#pragma once
#include <string>
#include <string_view>

namespace postern::platform {

/// Made below the system's folder for temporary files; removed with everything in it when the object goes.
class PrivateFolder {
 public:
  /// Throws SourceError when it cannot be made.
  PrivateFolder();
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return m_path; }
  /// Writes a file; `relative` has no `..` and is not absolute. Folders on the way are made. Throws SourceError on failure.
  void write(std::string_view relative, std::string_view bytes) const;
  /// Makes a folder below it and gives its path.
  [[nodiscard]] std::string make(std::string_view relative) const;

 private:
  std::string m_path;
};

}  // namespace postern::platform
