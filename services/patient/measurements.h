// The measurements that an answer can make use of: by which codes of LOINC they come, in which unit they are kept, what
// nobody can have, and from when on a value is too old to be relied on.
//
// Codes: LOINC 2.77 (loinc.org). Molar masses: PubChem. HbA1c in mmol/mol is turned into % by the master equation of
// IFCC and NGSP (Hoelzel W et al., Clinical Chemistry 2004;50:166-174). Estimates of GFR that are named after a race
// are left out. The ages are ours, after how often guidelines want a stable patient to be measured. Thread-safe.
#ifndef BEDSIDE_SERVICES_PATIENT_MEASUREMENTS_H_
#define BEDSIDE_SERVICES_PATIENT_MEASUREMENTS_H_

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "absl/types/span.h"
#include "services/patient/ucum.h"

namespace bedside {

struct Measurement {
  // As a Basis names it: "creatinine".
  absl::string_view name;
  // As a person reads it: "systolic blood pressure".
  absl::string_view title;
  // UCUM.
  absl::string_view unit;
  // Of a person who lives, in that unit.
  double lowest;
  double highest;
  // A value of this age is not too old yet.
  int fresh_days;
  Substance substance;
  // Separated by spaces.
  absl::string_view loinc;
};

absl::Span<const Measurement> Measurements();

// Null: none has this code.
const Measurement* FindMeasurement(absl::string_view loinc);
// REQUIRES: there is one by this name
const Measurement& MeasurementNamed(absl::string_view name);

// `value` in the measurement's unit. Unset where `unit` is not known, or measures something else.
absl::optional<double> InUnitOf(const Measurement& measurement, double value, absl::string_view unit);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PATIENT_MEASUREMENTS_H_
