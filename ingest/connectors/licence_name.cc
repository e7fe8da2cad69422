#include "ingest/connectors/licence_name.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace bedside {

std::string CreativeCommonsName(absl::string_view url) {
  const size_t host = url.find("creativecommons.org/");
  if (host == absl::string_view::npos) return "";
  const std::vector<absl::string_view> parts = absl::StrSplit(url.substr(host), '/', absl::SkipEmpty());
  if (parts.size() < 3) return "";
  if (parts[1] == "publicdomain") return parts[2] == "zero" ? "CC0 1.0" : "Public domain";
  const std::string version = parts.size() > 3 ? absl::StrCat(" ", parts[3]) : "";
  return absl::StrCat("CC ", absl::AsciiStrToUpper(parts[2]), version);
}

}  // namespace bedside
