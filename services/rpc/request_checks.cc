#include "services/rpc/request_checks.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"

namespace bedside {
namespace {

constexpr int kMaxListed = 100;
constexpr size_t kMaxListedBytes = 200;
constexpr size_t kMaxRequestIdBytes = 128;
constexpr int kMaxIdentifiers = 32;
constexpr size_t kMaxIdentifierBytes = 256;
constexpr int kMaxYears = 130;
constexpr int kMaxMonths = 240;
constexpr double kMaxEgfr = 250;
constexpr int kMaxRecordEntries = 10000;

// Days of a month that exists.
int DaysOf(int year, int month) {
  return static_cast<int>(absl::CivilDay(absl::CivilMonth(year, month) + 1) - absl::CivilDay(year, month));
}

void CheckDate(absl::string_view field, const v1::Date& date, FieldViolations* violations) {
  const bool month_exists = date.month() >= 1 && date.month() <= 12;
  violations->CheckRange(absl::StrCat(field, ".year"), date.year(), 1, 9999);
  violations->CheckRange(absl::StrCat(field, ".month"), date.month(), 0, 12);
  violations->CheckRange(absl::StrCat(field, ".day"), date.day(), 0,
                         month_exists ? DaysOf(date.year(), date.month()) : 0);
}

void CheckTexts(absl::string_view field, const google::protobuf::RepeatedPtrField<std::string>& texts,
                FieldViolations* violations) {
  violations->CheckCount(field, texts.size(), 0, kMaxListed);
  for (int i = 0; i < texts.size() && i < kMaxListed; ++i) {
    violations->CheckLength(absl::StrCat(field, "[", i, "]"), texts[i], kMaxListedBytes);
  }
}

void CheckKinds(const google::protobuf::RepeatedField<int>& kinds, FieldViolations* violations) {
  violations->CheckCount("filter.kinds", kinds.size(), 0, kMaxListed);
  for (int i = 0; i < kinds.size() && i < kMaxListed; ++i) {
    if (kinds[i] != v1::DOCUMENT_KIND_UNSPECIFIED && v1::DocumentKind_IsValid(kinds[i])) continue;
    violations->Add(absl::StrCat("filter.kinds[", i, "]"),
                    absl::StrCat("wanted one of the kinds of DocumentKind, got ", kinds[i]));
  }
}

template <typename Entries>
void CheckAges(absl::string_view list, const Entries& entries, FieldViolations* violations) {
  for (int i = 0; i < entries.size() && i < kMaxRecordEntries; ++i) {
    if (entries[i].age_days() >= 0) continue;
    violations->Add(absl::StrCat("patient_context.", list, "[", i, "].age_days"), "wanted 0 or more");
  }
}

}  // namespace

void CheckFilter(const v1::EvidenceFilter& filter, FieldViolations* violations) {
  CheckKinds(filter.kinds(), violations);
  CheckTexts("filter.jurisdictions", filter.jurisdictions(), violations);
  CheckTexts("filter.languages", filter.languages(), violations);
  CheckTexts("filter.tags", filter.tags(), violations);
  CheckTexts("filter.source_sets", filter.source_sets(), violations);
  if (filter.has_published_after()) CheckDate("filter.published_after", filter.published_after(), violations);
  if (filter.has_published_before()) CheckDate("filter.published_before", filter.published_before(), violations);
}

void CheckPatient(absl::string_view field, const v1::PatientFacts& patient, FieldViolations* violations) {
  const auto demand = [&](absl::string_view fact, bool holds, absl::string_view wanted) {
    if (!holds) violations->Add(absl::StrCat(field, ".", fact), absl::StrCat("wanted ", wanted));
  };
  demand("age_years", patient.age_years() >= 0 && patient.age_years() <= kMaxYears, "0 to 130");
  demand("age_months", patient.age_months() >= 0 && patient.age_months() <= kMaxMonths, "0 to 240; age_years above");
  demand("sex", v1::Sex_IsValid(patient.sex()), "one of the values of Sex");
  const bool may_be_mother = patient.sex() != v1::SEX_MALE;
  demand("pregnant", may_be_mother || !patient.pregnant(), "no pregnancy with SEX_MALE");
  demand("breastfeeding", may_be_mother || !patient.breastfeeding(), "no breastfeeding with SEX_MALE");
  demand("egfr", !patient.has_egfr() || (patient.egfr() > 0 && patient.egfr() <= kMaxEgfr),
         "above 0 to 250 mL/min/1.73 m2");
}

void CheckPatientContext(const v1::PatientContext& context, FieldViolations* violations) {
  const int entries = context.problems_size() + context.drugs_size() + context.allergies_size() +
                      context.observations_size() + context.procedures_size() + context.immunizations_size() +
                      context.service_requests_size();
  violations->CheckCount("patient_context", entries, 0, kMaxRecordEntries);
  CheckPatient("patient_context.facts", context.facts(), violations);
  CheckAges("observations", context.observations(), violations);
  CheckAges("procedures", context.procedures(), violations);
  CheckAges("immunizations", context.immunizations(), violations);
}

void CheckPatientIdentifiers(const google::protobuf::RepeatedPtrField<std::string>& identifiers,
                             FieldViolations* violations) {
  violations->CheckCount("patient_identifiers", identifiers.size(), 0, kMaxIdentifiers);
  for (int i = 0; i < identifiers.size() && i < kMaxIdentifiers; ++i) {
    const std::string field = absl::StrCat("patient_identifiers[", i, "]");
    violations->CheckText(field, identifiers[i], kMaxIdentifierBytes);
    if (identifiers[i].size() == 1) violations->Add(field, "wanted at least 2 bytes, got 1");
  }
}

void CheckRequestId(absl::string_view request_id, FieldViolations* violations) {
  violations->CheckLength("request_id", request_id, kMaxRequestIdBytes);
}

}  // namespace bedside
