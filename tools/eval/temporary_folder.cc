#include "tools/eval/temporary_folder.h"

#include <stdlib.h>

#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bedside {

absl::StatusOr<std::string> MakeTemporaryFolder(absl::string_view prefix) {
  std::error_code error;
  std::string folder = (std::filesystem::temp_directory_path(error) / absl::StrCat(prefix, ".XXXXXX")).string();
  if (!error && mkdtemp(folder.data()) != nullptr) return folder;
  return absl::UnavailableError(absl::StrCat(folder, " cannot be made; set TMPDIR to a folder that can be written"));
}

}  // namespace bedside
