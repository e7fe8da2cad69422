#include "ingest/connectors/external_id.h"

#include <algorithm>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr size_t kMaxBytes = 2048;

// Digits without leading zeros; "" when there is anything else.
absl::string_view Digits(absl::string_view value) {
  if (!std::all_of(value.begin(), value.end(), [](unsigned char c) { return absl::ascii_isdigit(c); })) return "";
  return value.substr(std::min(value.find_first_not_of('0'), value.size()));
}

std::string PmcId(absl::string_view value) {
  if (absl::StartsWithIgnoreCase(value, "PMC")) value.remove_prefix(3);
  const absl::string_view digits = Digits(value);
  return digits.empty() ? "" : absl::StrCat("PMC", digits);
}

std::string Doi(absl::string_view value) {
  const std::string lower = absl::AsciiStrToLower(value);
  absl::string_view doi = lower;
  if (absl::StartsWith(doi, "http") || absl::StartsWith(doi, "doi:"))
    doi.remove_prefix(std::min(doi.find("10."), doi.size()));
  const bool valid = absl::StartsWith(doi, "10.") && absl::StrContains(doi, '/') && !absl::StrContains(doi, ' ');
  return valid ? std::string(doi) : "";
}

}  // namespace

absl::optional<v1::ExternalId> MakeExternalId(absl::string_view scheme, absl::string_view value) {
  value = absl::StripAsciiWhitespace(value);
  std::string canonical(value);
  if (scheme == "pmid") canonical = std::string(Digits(value));
  if (scheme == "pmcid") canonical = PmcId(value);
  if (scheme == "doi") canonical = Doi(value);
  if (canonical.empty() || canonical.size() > kMaxBytes) return absl::nullopt;
  v1::ExternalId id;
  id.set_scheme(std::string(scheme));
  id.set_value(std::move(canonical));
  return id;
}

}  // namespace bedside
