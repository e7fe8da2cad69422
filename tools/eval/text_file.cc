#include "tools/eval/text_file.h"

#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"

namespace bedside {

absl::Status WriteTextFile(absl::string_view text, const std::string& path) {
  const std::string beside = absl::StrCat(path, ".new");
  std::ofstream file(beside, std::ios::binary);
  file << text << std::flush;
  const bool is_whole = file.good() && std::rename(beside.c_str(), path.c_str()) == 0;
  return is_whole ? absl::OkStatus() : absl::InternalError(absl::StrCat(path, " cannot be written"));
}

}  // namespace bedside
