#include "ingest/connectors/source_file.h"

#include "absl/strings/ascii.h"

namespace bedside {

std::string ExtensionOf(absl::string_view name) {
  const size_t slash = name.find_last_of("/!");
  if (slash != absl::string_view::npos) name.remove_prefix(slash + 1);
  const size_t dot = name.rfind('.');
  return dot == absl::string_view::npos ? "" : absl::AsciiStrToLower(name.substr(dot + 1));
}

}  // namespace bedside
