#include "proto/bedside/config/bounded_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bedside {

absl::StatusOr<std::string> ReadBoundedFile(const std::string& path, size_t most) {
  std::error_code error;
  const auto kind = std::filesystem::status(path, error).type();
  if (kind == std::filesystem::file_type::not_found || kind == std::filesystem::file_type::none) {
    return absl::NotFoundError(absl::StrCat(path, " cannot be read, wanted a file"));
  }
  if (kind != std::filesystem::file_type::regular) {
    return absl::InvalidArgumentError(absl::StrCat(path, " is no regular file, wanted one"));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(most + 1, '\0');
  if (!file.read(&bytes[0], static_cast<std::streamsize>(bytes.size())) && !file.eof()) {
    return absl::NotFoundError(absl::StrCat(path, " cannot be read: see who may"));
  }
  bytes.resize(static_cast<size_t>(file.gcount()));
  if (!bytes.empty() && bytes.size() <= most) return bytes;
  return absl::InvalidArgumentError(
      absl::StrCat(path, bytes.empty() ? " is empty" : " is larger", ", wanted 1 to ", most, " bytes"));
}

}  // namespace bedside
