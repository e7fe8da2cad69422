#include "services/answer/age_warnings.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace bedside {
namespace {

using Warnings = std::vector<v1::AnswerWarning>;

absl::CivilDay DayOf(const google::protobuf::Timestamp& timestamp) {
  return absl::ToCivilDay(absl::FromUnixSeconds(timestamp.seconds()), absl::UTCTimeZone());
}

absl::CivilDay LastDayOf(const v1::Date& date) {
  if (date.month() == 0) return absl::CivilDay(absl::CivilYear(date.year()) + 1) - 1;
  if (date.day() == 0) return absl::CivilDay(absl::CivilMonth(date.year(), date.month()) + 1) - 1;
  return absl::CivilDay(date.year(), date.month(), date.day());
}

void Warn(v1::WarningKind kind, absl::string_view message, Warnings* warnings) {
  v1::AnswerWarning& warning = warnings->emplace_back();
  warning.set_kind(kind);
  warning.set_message(message.data(), message.size());
}

// "The generation that answered was made 400 days ago; this site's limit is 365."
void WarnFrom(int limit, int64_t days, v1::WarningKind kind, absl::string_view what, Warnings* warnings) {
  if (limit == 0 || days < limit) return;
  Warn(kind, absl::StrCat(what, " ", days, " days ago; this site's limit is ", limit, "."), warnings);
}

}  // namespace

std::vector<v1::AnswerWarning> FindAgeWarnings(const v1::EvidenceAge& age, bool has_evidence, const AgeLimits& limits,
                                               absl::Time now) {
  Warnings warnings;
  if (now == absl::InfinitePast()) return warnings;
  const absl::CivilDay today = absl::ToCivilDay(now, absl::UTCTimeZone());
  if (age.has_generation_time()) {
    WarnFrom(limits.generation_days, today - DayOf(age.generation_time()), v1::WARNING_KIND_OLD_GENERATION,
             "The generation that answered was made", &warnings);
    const auto& status_time = age.has_status_time() ? age.status_time() : age.generation_time();
    WarnFrom(limits.status_days, today - DayOf(status_time), v1::WARNING_KIND_OLD_STATUSES,
             "The last news of the status of a document was recorded", &warnings);
  }
  if (age.has_newest_source()) {
    WarnFrom(limits.source_days, today - LastDayOf(age.newest_source()), v1::WARNING_KIND_OLD_SOURCES,
             "The newest source among the evidence was published", &warnings);
  } else if (has_evidence && limits.source_days != 0) {
    Warn(v1::WARNING_KIND_OLD_SOURCES, "No source among the evidence says when it was published.", &warnings);
  }
  return warnings;
}

}  // namespace bedside
