#include "index/embedding/model_folder.h"

#include <filesystem>
#include <set>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "index/hash/file_sha256.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr char kModelFile[] = "model.onnx";
constexpr char kTokenizerFile[] = "tokenizer.json";
constexpr char kRangesFile[] = "activation_ranges.json";

namespace fs = std::filesystem;

// Files below `folder`, by their paths from there, but for hidden ones.
absl::StatusOr<std::set<std::string>> FilesOf(const std::string& folder) {
  std::set<std::string> files = {kModelFile, kTokenizerFile};
  std::error_code error;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const bool is_hidden = it->path().filename().native()[0] == '.';
    if (is_hidden && it->is_directory(error)) it.disable_recursion_pending();
    if (!is_hidden && it->is_regular_file(error)) files.insert(it->path().lexically_relative(folder).string());
  }
  if (!error || error == std::errc::no_such_file_or_directory) return files;
  return absl::InvalidArgumentError(absl::StrCat("model_path ", folder, " cannot be listed: ", error.message()));
}

}  // namespace

std::string ModelFileIn(const std::string& folder) { return absl::StrCat(folder, "/", kModelFile); }

std::string TokenizerFileIn(const std::string& folder) { return absl::StrCat(folder, "/", kTokenizerFile); }

std::string RangesFileIn(const std::string& folder) { return absl::StrCat(folder, "/", kRangesFile); }

std::string ModelNameOf(const std::string& path) {
  const fs::path cleaned = fs::path(path).lexically_normal();
  return cleaned.has_filename() ? cleaned.filename() : cleaned.parent_path().filename();
}

const std::string& ModelDigests::model_file() const { return files.at(kModelFile); }

std::string ModelDigests::text() const {
  std::string text;
  for (const auto& [file, digest] : files) absl::StrAppend(&text, file, " ", digest, "\n");
  return text;
}

absl::StatusOr<ModelDigests> ReadModelDigests(const std::string& folder) {
  ASSIGN_OR_RETURN(const std::set<std::string> files, FilesOf(folder));
  ModelDigests digests;
  for (const std::string& file : files) {
    const absl::StatusOr<std::string> digest = FileSha256Hex(absl::StrCat(folder, "/", file));
    if (!digest.ok()) {
      return absl::Status(digest.status().code(),
                          absl::StrCat(digest.status().message(), "; model_path wants a folder ", "with ", kModelFile,
                                       " and ", kTokenizerFile));
    }
    digests.files[file] = *digest;
  }
  return digests;
}

}  // namespace bedside
