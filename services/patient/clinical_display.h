// The names that code systems give to their codes, which stand in records as displays.
#ifndef BEDSIDE_SERVICES_PATIENT_CLINICAL_DISPLAY_H_
#define BEDSIDE_SERVICES_PATIENT_CLINICAL_DISPLAY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// A display without the tag of SNOMED CT: "Asthma (disorder)" is "Asthma". Empty where it is longer than 120 bytes, has
// other characters than letters, digits, spaces and -+,.:;/()[]%'&, or no letter: what a terminology does not write may
// be anything.
std::string PlainDisplay(absl::string_view display);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PATIENT_CLINICAL_DISPLAY_H_
