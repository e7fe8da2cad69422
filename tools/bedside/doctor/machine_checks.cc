#include "tools/bedside/doctor/machine_checks.h"

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "tools/bedside/text_layout.h"

namespace bedside {
namespace {

namespace fs = std::filesystem;

// A store of a few thousand abstracts, twice.
constexpr int64_t kLeastFreeBytes = int64_t{256} << 20;

absl::flat_hash_set<absl::string_view> CpuFlags(absl::string_view cpu_info) {
  for (absl::string_view line : absl::StrSplit(cpu_info, '\n')) {
    const std::pair<absl::string_view, absl::string_view> field = absl::StrSplit(line, absl::MaxSplits(':', 1));
    if (absl::StartsWith(field.first, "flags")) return absl::StrSplit(field.second, ' ', absl::SkipEmpty());
  }
  return {};
}

int64_t SizeOf(const fs::path& folder) {
  std::error_code error;
  int64_t bytes = 0;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code no_file;
    const auto size = entry->file_size(no_file);
    if (!no_file) bytes += static_cast<int64_t>(size);
  }
  return bytes;
}

}  // namespace

Finding CheckCpu(absl::string_view cpu_info, config::Precision precision) {
  const auto flags = CpuFlags(cpu_info);
  if (!flags.contains("avx2")) {
    return {FindingLevel::kFailure, "CPU", "has no AVX2, which search needs", "Use an x86-64 CPU with AVX2."};
  }
  if (flags.contains("avx512_bf16") || flags.contains("amx_bf16")) {
    return {FindingLevel::kOk, "CPU", "has AVX2 and bf16", ""};
  }
  if (precision == config::PRECISION_BF16) {
    return {FindingLevel::kWarning, "CPU", "has no bf16, which the configuration asks for",
            "Leave index.embedder.precision unset: the model then runs in fp32, and says so."};
  }
  return {FindingLevel::kOk, "CPU", "has AVX2; no bf16, so the model runs in fp32, at about half the speed", ""};
}

Finding CheckPdfToText(absl::string_view search_path) {
  for (absl::string_view folder : absl::StrSplit(search_path, ':', absl::SkipEmpty())) {
    const std::string path = absl::StrCat(folder, "/pdftotext");
    if (access(path.c_str(), X_OK) == 0) return {FindingLevel::kOk, "pdftotext", path, ""};
  }
  return {FindingLevel::kWarning, "pdftotext", "is not installed, so that PDF files cannot be imported",
          "Install poppler-utils."};
}

Finding CheckDiskSpace(const std::string& store_path) {
  std::error_code error;
  fs::path folder = fs::absolute(store_path, error);
  while (!fs::exists(folder, error) && folder.has_relative_path()) folder = folder.parent_path();
  const fs::space_info space = fs::space(folder, error);
  if (error) {
    return {FindingLevel::kFailure, "disk", absl::StrCat(folder.string(), ": ", error.message()),
            "Correct index.store_path."};
  }
  const int64_t free_bytes = static_cast<int64_t>(space.available);
  const int64_t store_bytes = SizeOf(store_path);
  const std::string message = absl::StrCat(HumanBytes(free_bytes), " free, the store holds ", HumanBytes(store_bytes));
  if (free_bytes < kLeastFreeBytes || free_bytes < store_bytes) {
    return {FindingLevel::kWarning, "disk", message,
            "Make room before the next import: a new generation is written beside the old one."};
  }
  return {FindingLevel::kOk, "disk", message, ""};
}

}  // namespace bedside
