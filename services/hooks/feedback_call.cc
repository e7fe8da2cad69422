#include "services/hooks/feedback_call.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "index/status/status_macros.h"
#include "services/access/strict_json.h"
#include "services/fhir/fhir_element.h"

namespace bedside {
namespace {

constexpr size_t kMostFeedback = 100;
constexpr size_t kMostTextBytes = 500;
constexpr absl::civil_year_t kFirstYear = 1970;
constexpr absl::civil_year_t kLastYear = 9998;

std::string Text(const FhirElement& object, absl::string_view name, bool is_required) {
  const absl::string_view text = object.String(name);
  if (text.empty() && (is_required || object.Has(name))) object.Note(name, "a string that is not empty", "none");
  if (text.size() > kMostTextBytes) object.Note(name, "at most 500 bytes", "more");
  return std::string(text);
}

absl::Time ReadTime(const FhirElement& feedback) {
  absl::Time time;
  std::string error;
  const std::string text = Text(feedback, "outcomeTimestamp", /*is_required=*/true);
  // It has "infinite-future" and years beyond those of RFC 3339 as well.
  const bool is_time = absl::ParseTime(absl::RFC3339_full, text, &time, &error);
  const absl::civil_year_t year = is_time ? absl::ToCivilYear(time, absl::UTCTimeZone()).year() : 0;
  if (year < kFirstYear || year > kLastYear) {
    feedback.Note("outcomeTimestamp", "a time of RFC 3339, from 1970 on", "something else");
  }
  return time;
}

void ReadReason(const FhirElement& feedback, CardFeedback* read) {
  const FhirElement reason = feedback.Object("overrideReason").Object("reason");
  if (!reason.exists()) return;
  read->override_system = Text(reason, "system", /*is_required=*/false);
  read->override_code = Text(reason, "code", /*is_required=*/true);
}

void CheckSuggestions(const FhirElement& feedback) {
  const std::vector<FhirElement> suggestions = feedback.List("acceptedSuggestions");
  if (suggestions.empty()) feedback.Note("acceptedSuggestions", "at least one suggestion that was accepted", "none");
  for (const FhirElement& suggestion : suggestions) Text(suggestion, "id", /*is_required=*/true);
}

CardFeedback ReadOne(const FhirElement& feedback) {
  CardFeedback read;
  read.uuid = Text(feedback, "card", /*is_required=*/true);
  const std::string outcome = Text(feedback, "outcome", /*is_required=*/true);
  if (outcome != "accepted" && outcome != "overridden") feedback.Note("outcome", "accepted or overridden", "another");
  read.accepted = outcome == "accepted";
  read.accepted ? CheckSuggestions(feedback) : ReadReason(feedback, &read);
  read.outcome_time = ReadTime(feedback);
  return read;
}

}  // namespace

absl::StatusOr<std::vector<CardFeedback>> ParseFeedbackCall(absl::string_view body) {
  const absl::optional<nlohmann::json> parsed = ParseStrictJson(body);
  if (!parsed.has_value()) {
    return absl::InvalidArgumentError("call: wanted a JSON object in UTF-8 that names no element twice");
  }
  absl::Status fault;
  const FhirElement root(&*parsed, "call", &fault);
  const std::vector<FhirElement> list = root.List("feedback");
  if (list.empty()) root.Note("feedback", "at least one", "none");
  if (list.size() > kMostFeedback) root.Note("feedback", "at most 100", absl::StrCat(list.size()));
  std::vector<CardFeedback> feedback;
  for (const FhirElement& one : list) feedback.push_back(ReadOne(one));
  RETURN_IF_ERROR(fault);
  return feedback;
}

}  // namespace bedside
