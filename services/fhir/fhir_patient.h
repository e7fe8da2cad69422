// Who resources are of, and how long ago things were. The only place that sees a date of birth.
#ifndef BEDSIDE_SERVICES_FHIR_FHIR_PATIENT_H_
#define BEDSIDE_SERVICES_FHIR_FHIR_PATIENT_H_

#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/types/optional.h"
#include "proto/bedside/v1/patient_facts.pb.h"
#include "services/fhir/fhir_element.h"

namespace bedside {

// What a reference, a URL or an id ends in: "Patient/12", "urn:uuid:12" and "12" are one.
absl::string_view LastPartOf(absl::string_view reference);

// Days from the date of `element` to `today`, negative for what is still to come; unset where there is none. Notes what
// is no date of FHIR.
absl::optional<int> DaysSince(const FhirElement& element, absl::string_view name, absl::CivilDay today);

// Age and sex; below two years the age is in months. US Core's sex at birth goes before `gender`. Notes a date of birth
// that is to come, or more than 130 years ago.
v1::PatientFacts FactsOf(const FhirElement& patient, absl::CivilDay today);

// Tells the resources of one patient from those of others.
class PatientIdentity {
 public:
  // Notes a second patient.
  void Take(const FhirElement& patient, absl::string_view full_url);

  // Whether `subject` refers to the patient. Without a Patient, the first one referred to is the patient; what refers
  // to nobody is of the patient.
  bool Is(const FhirElement& subject);

 private:
  std::set<std::string> ids_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_FHIR_FHIR_PATIENT_H_
