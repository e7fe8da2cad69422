// Whether a code of a record is among those of a rule.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_HOOKS_CODE_MATCH_H_
#define BEDSIDE_SERVICES_HOOKS_CODE_MATCH_H_

#include <string>

#include "proto/bedside/config/hook_rules.pb.h"
#include "proto/bedside/v1/patient_context.pb.h"

namespace bedside {

bool Matches(const config::CodeSet& set, const v1::ClinicalCode& code);

// By code, by a word of the display, or by the class of a substance in it.
bool Matches(const config::DrugSet& set, const v1::ClinicalCode& drug);

// Whether a code that does not match is known to be another: one in a code system that the set has no code of, or a
// drug without a name where names are asked for, may be the same. RxNorm has a code for each product, ATC classes.
bool IsComparable(const config::CodeSet& set, const v1::ClinicalCode& code);
bool IsComparable(const config::DrugSet& set, const v1::ClinicalCode& drug);

// The name of what matches, or its code where the record has no name for it. REQUIRES: Matches(set, code)
std::string MatchedName(const config::CodeSet& set, const v1::ClinicalCode& code);

// The same, as a person calls what is meant of `drug`: of "amlodipine / atorvastatin" the statin, where those are asked
// for.
std::string MatchedName(const config::DrugSet& set, const v1::ClinicalCode& drug);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_HOOKS_CODE_MATCH_H_
