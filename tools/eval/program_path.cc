#include "tools/eval/program_path.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace bedside {

absl::StatusOr<std::string> ProgramPath(const std::string& bin_dir, absl::string_view folder, absl::string_view name) {
  namespace fs = std::filesystem;
  fs::path path;
  if (!bin_dir.empty()) {
    path = fs::path(bin_dir) / std::string(name);
  } else {
    std::error_code error;
    const fs::path self = fs::read_symlink("/proc/self/exe", error);
    path = self.parent_path().parent_path().parent_path() / std::string(folder) / std::string(name);
  }
  if (access(path.c_str(), X_OK) == 0) return path.string();
  return absl::NotFoundError(absl::StrCat("there is no program ", path.string(), ". Build //", folder, ":", name,
                                          ", or say with --bin_dir where it is."));
}

}  // namespace bedside
