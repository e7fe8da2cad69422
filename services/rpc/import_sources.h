// Keeps imports inside the folder that the configuration names.
#ifndef BEDSIDE_SERVICES_RPC_IMPORT_SOURCES_H_
#define BEDSIDE_SERVICES_RPC_IMPORT_SOURCES_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

// `source` resolved against `root`. INVALID_ARGUMENT: it leads out of `root`, by ".." or by a link; a glob may use
// wildcards in its last part only. Whether it exists is not checked. REQUIRES: `root` is a folder.
absl::StatusOr<std::string> ResolveImportSource(const std::string& root, absl::string_view source);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RPC_IMPORT_SOURCES_H_
