// A new folder for files that a program needs while it runs.
#ifndef BEDSIDE_TOOLS_EVAL_TEMPORARY_FOLDER_H_
#define BEDSIDE_TOOLS_EVAL_TEMPORARY_FOLDER_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// Below TMPDIR, or where that is not set below the system's folder for such. Its name begins with `prefix`; who asks
// for it removes it. UNAVAILABLE: it cannot be made.
absl::StatusOr<std::string> MakeTemporaryFolder(absl::string_view prefix);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_TEMPORARY_FOLDER_H_
