// What of a patient's record an answer was made with, in a line.
#ifndef BEDSIDE_TOOLS_BEDSIDE_RECORD_USE_TEXT_H_
#define BEDSIDE_TOOLS_BEDSIDE_RECORD_USE_TEXT_H_

#include <string>

#include "proto/bedside/v1/patient_context.pb.h"

namespace bedside {

// "of the patient's record: used age, egfr (CKD-EPI 2021), 2 problem; too old creatinine (400 days); missing allergy;
// ignored 26 other resource (not read); searched with Type 2 diabetes mellitus".
std::string RecordUseText(const v1::PatientContextUse& use);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_RECORD_USE_TEXT_H_
