#include "ingest/connectors/list_context.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace bedside {

std::string ListContext(absl::string_view paragraph) {
  constexpr size_t kMaxBytes = 300;
  paragraph = absl::StripAsciiWhitespace(paragraph);
  if (!absl::EndsWith(paragraph, ":")) return "";
  for (absl::string_view stop : {". ", "? ", "! "}) {
    const size_t at = paragraph.rfind(stop);
    if (at != absl::string_view::npos) paragraph.remove_prefix(at + stop.size());
  }
  return paragraph.size() <= kMaxBytes ? std::string(paragraph) : "";
}

}  // namespace bedside
