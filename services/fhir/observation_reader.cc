#include "services/fhir/observation_reader.h"

#include <string>
#include <vector>

#include "services/fhir/fhir_codes.h"
#include "services/fhir/fhir_patient.h"

namespace bedside {
namespace {

constexpr char kUcum[] = "http://unitsofmeasure.org";
// LOINC: tobacco smoking status, pregnancy status.
constexpr char kSmokingStatus[] = "72166-2";
constexpr char kPregnancyStatus[] = "82810-3";

bool IsInForce(absl::string_view status) {
  return status == "final" || status == "amended" || status == "corrected" || status == "preliminary";
}

// Of the codes of LOINC the first that is known here, else the first.
std::string LoincOf(const FhirElement& codeable) {
  std::string first;
  for (const v1::ClinicalCode& code : CodesOf(codeable)) {
    if (code.system() != v1::CODE_SYSTEM_LOINC) continue;
    const bool is_known =
        FindMeasurement(code.code()) != nullptr || code.code() == kSmokingStatus || code.code() == kPregnancyStatus;
    if (is_known) return code.code();
    if (first.empty()) first = code.code();
  }
  return first;
}

absl::optional<int> AgeOf(const FhirElement& observation, absl::CivilDay today) {
  for (const char* name : {"effectiveDateTime", "effectiveInstant"}) {
    if (const auto days = DaysSince(observation, name, today)) return days;
  }
  const FhirElement period = observation.Object("effectivePeriod");
  if (const auto days = DaysSince(period, "end", today)) return days;
  return DaysSince(period, "start", today);
}

// SNOMED CT and the answers of LOINC.
v1::SmokingStatus SmokingOf(const FhirElement& value) {
  if (HasCode(value, {"449868002", "428041000124106", "77176002", "428071000124103", "428061000124105", "65568007",
                      "LA18976-3", "LA18977-1"})) {
    return v1::SMOKING_STATUS_CURRENT;
  }
  if (HasCode(value, {"8517006", "LA15920-4"})) return v1::SMOKING_STATUS_FORMER;
  if (HasCode(value, {"266919005", "LA18978-9"})) return v1::SMOKING_STATUS_NEVER;
  return v1::SMOKING_STATUS_UNSPECIFIED;
}

// Whether `days` is newer than what was taken, which it becomes then.
bool IsNewer(absl::optional<int> days, absl::optional<int>* taken) {
  if (taken->has_value() && **taken <= *days) return false;
  *taken = days;
  return true;
}

}  // namespace

void ObservationReader::Ignore(v1::PatientContextReason reason, absl::string_view name) {
  reading_->ignored.Add(v1::PATIENT_CONTEXT_KIND_OBSERVATION, reason, name);
}

void ObservationReader::Read(const FhirElement& observation) {
  const absl::string_view status = observation.String("status");
  if (!status.empty() && !IsInForce(status)) return Ignore(v1::PATIENT_CONTEXT_REASON_NOT_IN_FORCE);
  absl::optional<int> age_days = AgeOf(observation, today_);
  // Zones may differ by a day.
  if (age_days.has_value() && *age_days < -1) return Ignore(v1::PATIENT_CONTEXT_REASON_NO_USABLE_VALUE);
  if (age_days.has_value()) age_days = std::max(0, *age_days);
  const std::vector<FhirElement> components = observation.List("component");
  for (const FhirElement& component : components) ReadValue(component, age_days);
  const bool has_value = observation.Has("valueQuantity") || observation.Has("valueCodeableConcept");
  if (has_value || components.empty()) ReadValue(observation, age_days);
}

void ObservationReader::ReadValue(const FhirElement& holder, absl::optional<int> age_days) {
  const std::string loinc = LoincOf(holder.Object("code"));
  if (loinc.empty()) return Ignore(v1::PATIENT_CONTEXT_REASON_NO_KNOWN_CODE);
  const FhirElement value = holder.Object("valueCodeableConcept");
  if (loinc == kSmokingStatus) return ReadSmoking(value, age_days);
  if (loinc == kPregnancyStatus) return ReadPregnancy(value, age_days);
  const Measurement* measurement = FindMeasurement(loinc);
  if (measurement == nullptr) return Ignore(v1::PATIENT_CONTEXT_REASON_NOT_READ);
  const FhirElement quantity = holder.Object("valueQuantity");
  // "> 90" is no value that can be compared.
  if (!quantity.Number("value").has_value() || quantity.Has("comparator")) {
    return Ignore(v1::PATIENT_CONTEXT_REASON_NO_USABLE_VALUE, measurement->name);
  }
  ReadQuantity(quantity, loinc, age_days);
}

void ObservationReader::ReadQuantity(const FhirElement& quantity, const std::string& loinc,
                                     absl::optional<int> age_days) {
  v1::PatientObservation& read = *reading_->context.add_observations();
  read.set_loinc(loinc);
  read.set_value(*quantity.Number("value"));
  const bool is_ucum = quantity.String("system") == kUcum && quantity.Has("code");
  read.set_unit(std::string(quantity.String(is_ucum ? "code" : "unit")));
  if (age_days.has_value()) read.set_age_days(*age_days);
}

void ObservationReader::ReadSmoking(const FhirElement& value, absl::optional<int> age_days) {
  const v1::SmokingStatus status = SmokingOf(value);
  if (status == v1::SMOKING_STATUS_UNSPECIFIED || !age_days.has_value()) {
    return Ignore(v1::PATIENT_CONTEXT_REASON_NO_USABLE_VALUE, "smoking");
  }
  if (*age_days > kFreshSmokingDays) {
    return reading_->stale.Add(v1::PATIENT_CONTEXT_KIND_FACT, v1::PATIENT_CONTEXT_REASON_UNSPECIFIED, "smoking");
  }
  if (!IsNewer(age_days, &smoking_days_)) return Ignore(v1::PATIENT_CONTEXT_REASON_SUPERSEDED, "smoking");
  reading_->context.set_smoking(status);
}

void ObservationReader::ReadPregnancy(const FhirElement& value, absl::optional<int> age_days) {
  const bool pregnant = HasCode(value, {"77386006", "LA15173-0"});
  const bool not_pregnant = HasCode(value, {"60001007", "LA26683-5"});
  if (pregnant == not_pregnant || !age_days.has_value()) {
    return Ignore(v1::PATIENT_CONTEXT_REASON_NO_USABLE_VALUE, "pregnant");
  }
  if (*age_days > (pregnant ? kFreshPregnancyDays : kFreshNoPregnancyDays)) {
    return reading_->stale.Add(v1::PATIENT_CONTEXT_KIND_FACT, v1::PATIENT_CONTEXT_REASON_UNSPECIFIED, "pregnant");
  }
  if (!IsNewer(age_days, &pregnancy_days_)) return Ignore(v1::PATIENT_CONTEXT_REASON_SUPERSEDED, "pregnant");
  reading_->context.mutable_facts()->set_pregnant(pregnant);
}

}  // namespace bedside
