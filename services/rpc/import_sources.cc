#include "services/rpc/import_sources.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

bool IsInside(const fs::path& path, const fs::path& root) {
  return std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first == root.end();
}

bool HasWildcard(const std::string& text) { return text.find_first_of("*?[") != std::string::npos; }

}  // namespace

absl::StatusOr<std::string> ResolveImportSource(const std::string& root, absl::string_view source) {
  std::error_code error;
  const fs::path folder = fs::canonical(root, error);
  if (error) return absl::FailedPreconditionError("import_root in the server's configuration is not a folder");
  const fs::path joined = folder / std::string(source);
  if (HasWildcard(joined.parent_path().string())) {
    return absl::InvalidArgumentError("wildcards are allowed in the last part of a source only");
  }
  const fs::path resolved = fs::weakly_canonical(joined, error);
  if (!error && !source.empty() && IsInside(resolved, folder)) return resolved.string();
  return absl::InvalidArgumentError("a source must lie below the import root of the server; give its path from there");
}

}  // namespace bedside
