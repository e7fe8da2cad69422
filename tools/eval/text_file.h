// What an evaluation leaves in a file.
#ifndef BEDSIDE_TOOLS_EVAL_TEXT_FILE_H_
#define BEDSIDE_TOOLS_EVAL_TEXT_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace bedside {

// Writes `text` as the whole of the file; who reads it meanwhile sees the one before. INTERNAL: cannot be written.
absl::Status WriteTextFile(absl::string_view text, const std::string& path);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_TEXT_FILE_H_
