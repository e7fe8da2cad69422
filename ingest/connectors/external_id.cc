#include "ingest/connectors/external_id.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr size_t kMaxBytes = 2048;
// Of the registrants of DOIs there are none of fewer digits.
constexpr size_t kRegistrantDigits = 4;

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

// What `text` begins with, to the next space or quotation mark, without the punctuation of the sentence.
absl::string_view DoiAtStart(absl::string_view text) {
  absl::string_view doi = text.substr(0, kMaxBytes);
  doi = doi.substr(0, doi.find_first_of(" \t\r\n\"<>"));
  const auto ends_sentence = [](absl::string_view text) {
    const char last = text.back();
    return absl::StrContains(".,;:", last) || (last == ')' && !absl::StrContains(text, '(')) ||
           (last == ']' && !absl::StrContains(text, '['));
  };
  while (!doi.empty() && ends_sentence(doi)) doi.remove_suffix(1);
  return doi;
}

// Digits between "10." and "/"; 0 where there is anything else.
size_t RegistrantSize(absl::string_view doi) {
  constexpr size_t kPrefix = 3;
  const size_t end = doi.find_first_not_of("0123456789", std::min(kPrefix, doi.size()));
  return end != doi.npos && doi[end] == '/' && end + 1 < doi.size() ? end - kPrefix : 0;
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

absl::string_view SchemeOf(absl::string_view name) {
  constexpr std::pair<absl::string_view, absl::string_view> kSchemes[] = {
      {"pmid", "pmid"}, {"pubmed", "pmid"}, {"pmcid", "pmcid"}, {"pmc", "pmcid"}, {"doi", "doi"}, {"url", "url"}};
  for (const auto& [known, scheme] : kSchemes) {
    if (absl::EqualsIgnoreCase(name, known)) return scheme;
  }
  return "";
}

absl::optional<v1::ExternalId> FindDoi(absl::string_view text) {
  const std::string lower = absl::AsciiStrToLower(text);
  const size_t announced = lower.find("doi");
  for (size_t at = lower.find("10."); at != std::string::npos; at = lower.find("10.", at + 1)) {
    if (at > 0 && (absl::ascii_isalnum(static_cast<unsigned char>(lower[at - 1])) || lower[at - 1] == '.')) continue;
    const absl::string_view doi = DoiAtStart(absl::string_view(lower).substr(at));
    if (RegistrantSize(doi) >= (announced < at ? 1 : kRegistrantDigits)) return MakeExternalId("doi", doi);
  }
  return absl::nullopt;
}

}  // namespace bedside
