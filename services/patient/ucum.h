// Units of measurement as UCUM writes them ("mg/dL", "10*9/L", "mL/min/{1.73_m2}"), as far as laboratory values and
// vital signs need them, and the spellings that systems send instead ("mmHg", "µmol/l", "K/uL").
//
// Source: The Unified Code for Units of Measure, version 2.1 (ucum.org), case-sensitive codes: its grammar without
// parentheses, the prefixes f to G, and the units of ucum.cc. It differs in two places, since laboratories write
// either: U and [iU] count as one unit of activity, and mol is a dimension of its own. Thread-safe.
#ifndef BEDSIDE_SERVICES_PATIENT_UCUM_H_
#define BEDSIDE_SERVICES_PATIENT_UCUM_H_

#include "absl/strings/string_view.h"
#include "absl/types/optional.h"

namespace bedside {

// What is measured, for units that differ in kind: mass and amount of substance, amount and charge.
struct Substance {
  // g/mol; 0: not known, so that mass is not amount.
  double molar_mass = 0;
  // Charges of an ion, for equivalents ("meq/L"); 0: not known.
  int valence = 0;
};

// `value` in `to`, a code of UCUM. Unset where a unit is not known, or where they measure different things.
absl::optional<double> ConvertUnit(double value, absl::string_view from, absl::string_view to,
                                   const Substance& substance = {});

// Whether both are known and one unit, however they are spelled.
bool IsSameUnit(absl::string_view a, absl::string_view b);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PATIENT_UCUM_H_
