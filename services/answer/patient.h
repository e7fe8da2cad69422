// What is known of a patient: the typed facts of a request and, where these are silent, what the question says ("my
// 4-year-old", "a pregnant woman", "eGFR 25"). English, by words. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_PATIENT_H_
#define BEDSIDE_SERVICES_ANSWER_PATIENT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "proto/bedside/v1/basis.pb.h"
#include "proto/bedside/v1/patient_facts.pb.h"
#include "services/patient/patient_summary.h"

namespace bedside {

struct Patient {
  absl::optional<double> age_years;
  v1::Sex sex = v1::SEX_UNSPECIFIED;
  absl::optional<bool> pregnant;
  absl::optional<bool> breastfeeding;
  // mL/min/1.73 m2.
  absl::optional<double> egfr;
};

// Pregnancy and breast-feeding make a patient of unknown sex female. Of a question that tells of two ages or of both
// sexes nothing of that kind is taken. REQUIRES: IsValidUtf8(question)
Patient PatientOf(const v1::PatientFacts& facts, absl::string_view question);

// One fact a line, then the lines of the record (RecordLines), for a prompt; nothing that only the question says. Empty
// where there are none.
std::string FactLines(const PatientSummary& patient);

// "4 years old", "2 months old".
std::string AgeText(double years);

// Coded names of facts: "age", "sex", "pregnant", "breastfeeding", "egfr". Of a man it is known that he
// is not pregnant.
struct FactNames {
  std::vector<std::string> known;
  std::vector<std::string> missing;
};
FactNames FactNamesOf(const Patient& patient);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_PATIENT_H_
