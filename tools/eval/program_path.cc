#include "tools/eval/program_path.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

bool IsProgram(const fs::path& path) { return access(path.c_str(), X_OK) == 0; }

// Beside the calling program or in a folder above; of the last one where there is none.
fs::path OfThisBuild(const fs::path& target) {
  std::error_code error;
  fs::path folder = fs::read_symlink("/proc/self/exe", error).parent_path();
  while (!IsProgram(folder / target) && folder.has_relative_path()) folder = folder.parent_path();
  return folder / target;
}

}  // namespace

absl::StatusOr<std::string> ProgramPath(const std::string& bin_dir, absl::string_view folder, absl::string_view name) {
  const fs::path program = std::string(name);
  const fs::path path = bin_dir.empty() ? OfThisBuild(std::string(folder) / program) : fs::path(bin_dir) / program;
  if (IsProgram(path)) return path.string();
  return absl::NotFoundError(absl::StrCat("there is no program ", path.string(), ". Build //", folder, ":", name,
                                          ", or say with --bin_dir where it is."));
}

}  // namespace bedside
