// Observations of FHIR: values of the laboratory and vital signs, smoking, pregnancy.
#ifndef BEDSIDE_SERVICES_FHIR_OBSERVATION_READER_H_
#define BEDSIDE_SERVICES_FHIR_OBSERVATION_READER_H_

#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "services/fhir/fhir_element.h"
#include "services/patient/patient_summary.h"

namespace bedside {

// How old what is said of it may be to hold still.
constexpr int kFreshSmokingDays = 730;
constexpr int kFreshPregnancyDays = 280;
constexpr int kFreshNoPregnancyDays = 30;

class ObservationReader {
 public:
  // `reading` must outlive it; what is read is added to it.
  ObservationReader(absl::CivilDay today, PatientReading* reading) : today_(today), reading_(reading) {}

  void Read(const FhirElement& observation);

 private:
  // `holder`: the observation, or a component of it, which has no date of its own.
  void ReadValue(const FhirElement& holder, absl::optional<int> age_days);
  void ReadQuantity(const FhirElement& quantity, const std::string& loinc, absl::optional<int> age_days);
  void ReadSmoking(const FhirElement& value, absl::optional<int> age_days);
  void ReadPregnancy(const FhirElement& value, absl::optional<int> age_days);
  void Ignore(v1::PatientContextReason reason, absl::string_view name = "");

  const absl::CivilDay today_;
  PatientReading* const reading_;
  // Ages of what was taken.
  absl::optional<int> smoking_days_;
  absl::optional<int> pregnancy_days_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FHIR_OBSERVATION_READER_H_
