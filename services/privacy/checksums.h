// Check digits of numbers that identify. Each takes the number as it is written: spaces, hyphens and full stops in it
// do not count, letters may be of either case. False for anything that is not of the form.
#ifndef BEDSIDE_SERVICES_PRIVACY_CHECKSUMS_H_
#define BEDSIDE_SERVICES_PRIVACY_CHECKSUMS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// Letters and digits only, upper case.
std::string Compact(absl::string_view number);

// 13 to 19 digits; ISO/IEC 7812-1, annex B (Luhn).
bool IsCardNumber(absl::string_view number);

// 10 digits, modulus 11; NHS Data Model and Dictionary, "NHS NUMBER".
bool IsNhsNumber(absl::string_view number);

// Country, two check digits, 11 to 30 more, modulus 97; ISO 13616-1.
bool IsIban(absl::string_view number);

// 17 characters, the ninth of which checks; 49 CFR 565.15(c).
bool IsVin(absl::string_view number);

// Two letters, or a letter and 9, and 7 digits; DEA registration numbers, 21 CFR 1301.
bool IsDeaNumber(absl::string_view number);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PRIVACY_CHECKSUMS_H_
