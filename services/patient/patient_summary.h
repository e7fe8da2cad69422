// What an answer makes use of in a patient's record: of each measurement the newest, in one unit, with its age; an eGFR
// computed where none is given; what is said of drugs and allergies; and a list of what was used, ignored, too old or
// missing. Thread-safe.
#ifndef BEDSIDE_SERVICES_PATIENT_PATIENT_SUMMARY_H_
#define BEDSIDE_SERVICES_PATIENT_PATIENT_SUMMARY_H_

#include <string>
#include <vector>

#include "absl/types/optional.h"
#include "proto/bedside/v1/patient_context.pb.h"
#include "services/patient/context_items.h"
#include "services/patient/measurements.h"

namespace bedside {

struct KnownValue {
  // Never null.
  const Measurement* measurement;
  // In its unit.
  double value;
  absl::optional<int> age_days;
  bool is_stale;
  // By which it was computed; empty: it was given.
  std::string formula;
};

struct PatientSummary {
  // Those of the request, and where it says nothing those of the record.
  v1::PatientFacts facts;
  // Names without what code systems put behind them: "Type 2 diabetes mellitus". Each once, at most 200 of a kind.
  std::vector<std::string> problems;
  // That are taken now.
  std::vector<std::string> drugs;
  // Newest first.
  std::vector<std::string> procedures;
  std::vector<std::string> immunizations;
  std::vector<std::string> service_requests;
  // See v1::PatientContext.
  std::string encounter_class;
  std::vector<v1::PatientAllergy> allergies;
  bool no_known_allergies = false;
  // Allergies of the record that have no name that could be read, or are more than 200.
  int unread_allergies = 0;
  v1::SmokingStatus smoking = v1::SMOKING_STATUS_UNSPECIFIED;
  // In the order of Measurements(), those that are stale too.
  std::vector<KnownValue> values;
  // Unset where there was no record.
  absl::optional<v1::PatientContextUse> use;

  // Null: none is known.
  const KnownValue* Find(absl::string_view measurement) const;
};

// What reading a record found.
struct PatientReading {
  v1::PatientContext context;
  ContextItems ignored;
  ContextItems stale;
};

// `stated`: the facts of the request, which win. A request without a record gives these alone.
PatientSummary Summarise(const v1::PatientFacts& stated);
PatientSummary Summarise(const v1::PatientFacts& stated, PatientReading reading);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PATIENT_PATIENT_SUMMARY_H_
