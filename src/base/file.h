// SPDX-License-Identifier: Apache-2.0
// Files: read whole, map into memory, list a folder.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente {

// The file's bytes. kNotFound if it is not there, kBadInput if it cannot be read (the reason is said).
Result<std::string> ReadFile(const std::string& path);

// A read-only file in memory; the bytes live as long as the object. Movable.
class MappedFile {
 public:
  static Result<MappedFile> Open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();
  std::string_view bytes() const { return {data_, size_}; }

 private:
  MappedFile(const char* data, size_t size) : data_(data), size_(size) {}
  const char* data_ = nullptr;
  size_t size_ = 0;
};

bool FileExists(const std::string& path);
bool IsDirectory(const std::string& path);
// Paths of the files below `folder` with this suffix ("" for all), sorted by bytes, hidden ones left out.
// With `deep`, folders are entered.
std::vector<std::string> ListFiles(const std::string& folder, std::string_view suffix, bool deep);

}  // namespace entente
