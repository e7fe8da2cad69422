#include "index/ranking/evidence_prior.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/ascii.h"

namespace bedside {
namespace {

constexpr double kDaysOfYear = 365.25;

double KindShare(v1::DocumentKind kind) {
  switch (kind) {
    case v1::DOCUMENT_KIND_GUIDELINE:
    case v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW:
      return 1;
    case v1::DOCUMENT_KIND_RANDOMIZED_TRIAL:
      return 0.5;
    case v1::DOCUMENT_KIND_PATIENT_INFORMATION:
      return -0.5;
    case v1::DOCUMENT_KIND_CASE_REPORT:
      return -1;
    default:
      return 0;
  }
}

// Unset: the kind does not age.
absl::optional<double> HalfLifeYears(v1::DocumentKind kind) {
  switch (kind) {
    case v1::DOCUMENT_KIND_GUIDELINE:
    case v1::DOCUMENT_KIND_PATIENT_INFORMATION:
      return 5.8;
    case v1::DOCUMENT_KIND_SYSTEMATIC_REVIEW:
      return 5.5;
    case v1::DOCUMENT_KIND_RANDOMIZED_TRIAL:
    case v1::DOCUMENT_KIND_ARTICLE:
    case v1::DOCUMENT_KIND_ABSTRACT:
    case v1::DOCUMENT_KIND_CASE_REPORT:
      return 45;
    default:
      return absl::nullopt;
  }
}

// Of a date of which parts are unknown, the middle.
absl::CivilDay MiddleOf(const v1::Date& date) {
  if (date.month() == 0) return absl::CivilDay(date.year(), 7, 1);
  return absl::CivilDay(date.year(), date.month(), date.day() == 0 ? 15 : date.day());
}

double AgeShare(const storage::DocumentEntry& document, absl::optional<absl::CivilDay> today) {
  const absl::optional<double> half_life = HalfLifeYears(document.kind());
  if (!half_life.has_value() || !today.has_value() || document.publication_date().year() == 0) return 0;
  const auto days = static_cast<double>(*today - MiddleOf(document.publication_date()));
  return std::exp2(1 - std::max(days, 0.0) / kDaysOfYear / *half_life) - 1;
}

double StatusShare(v1::DocumentStatus status) {
  switch (status) {
    case v1::DOCUMENT_STATUS_CORRECTED:
      return -0.5;
    case v1::DOCUMENT_STATUS_EXPRESSION_OF_CONCERN:
    case v1::DOCUMENT_STATUS_SUPERSEDED:
      return -1;
    default:
      return 0;
  }
}

}  // namespace

EvidencePrior::EvidencePrior(const config::PriorsConfig& config)
    : kind_weight_(config.has_kind_weight() ? config.kind_weight() : kKindWeight),
      age_weight_(config.has_age_weight() ? config.age_weight() : kAgeWeight),
      grade_weight_(config.has_grade_weight() ? config.grade_weight() : kGradeWeight),
      jurisdiction_weight_(config.has_jurisdiction_weight() ? config.jurisdiction_weight() : kJurisdictionWeight),
      status_weight_(config.has_status_weight() ? config.status_weight() : kStatusWeight),
      is_enabled_(!config.has_enabled() || config.enabled()) {
  for (const std::string& name : config.jurisdictions()) jurisdictions_.insert(absl::AsciiStrToLower(name));
}

PriorParts EvidencePrior::Of(const storage::DocumentEntry& document, v1::DocumentStatus status,
                             absl::optional<absl::CivilDay> today) const {
  PriorParts parts;
  if (!is_enabled_) return parts;
  parts.kind = kind_weight_ * KindShare(document.kind());
  parts.age = age_weight_ * AgeShare(document, today);
  parts.grade = document.is_graded() ? grade_weight_ : 0;
  parts.jurisdiction = jurisdictions_.contains(document.jurisdiction()) ? jurisdiction_weight_ : 0;
  parts.status = status_weight_ * StatusShare(status);
  return parts;
}

}  // namespace bedside
