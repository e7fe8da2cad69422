// Where a program stands that an evaluation runs.
#ifndef BEDSIDE_TOOLS_EVAL_PROGRAM_PATH_H_
#define BEDSIDE_TOOLS_EVAL_PROGRAM_PATH_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// `name` in `bin_dir`, or, where that is empty, where Bazel puts //`folder`:`name` in the build that the calling
// program belongs to. NOT_FOUND: there is none; the message says where it was looked for.
absl::StatusOr<std::string> ProgramPath(const std::string& bin_dir, absl::string_view folder, absl::string_view name);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_PROGRAM_PATH_H_
