#include "tools/eval/text_file.h"

#include <fstream>

#include "absl/strings/str_cat.h"

namespace bedside {

absl::Status WriteTextFile(absl::string_view text, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  return file.good() ? absl::OkStatus() : absl::InternalError(absl::StrCat(path, " cannot be written"));
}

}  // namespace bedside
