// Whether a code of a record is among those of a rule.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_CODE_MATCH_H_
#define BEDSIDE_SERVICES_HOOKS_CODE_MATCH_H_

#include "proto/bedside/config/hook_rules.pb.h"
#include "proto/bedside/v1/patient_context.pb.h"

namespace bedside {

bool Matches(const config::CodeSet& set, const v1::ClinicalCode& code);

// By code, by a word of the display, or by the class of a substance in it.
bool Matches(const config::DrugSet& set, const v1::ClinicalCode& drug);

// What a person calls the drug: "apixaban" of "apixaban 5 MG Oral Tablet"; the display where no drug is known in it.
std::string DrugNameOf(const v1::ClinicalCode& drug);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_CODE_MATCH_H_
