// What drugs and allergens are called, and which of them belong together: an allergy to penicillin is one to
// amoxicillin. Classes are those within which allergies are known to cross, and those by which clinicians speak of
// drugs. By the stems of WHO, The use of stems in the selection of International Nonproprietary Names (2018), and by
// names in wide use. English. Thread-safe.
#ifndef BEDSIDE_SERVICES_PATIENT_SUBSTANCES_H_
#define BEDSIDE_SERVICES_PATIENT_SUBSTANCES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// A drug, class or allergen that a text names.
struct NamedSubstance {
  // As it is known: "amoxicillin", "penicillins", in lower case.
  std::string name;
  // "penicillins"; empty: it is in no class that is known.
  absl::string_view drug_class;
  // It is the class that is named, not a member.
  bool names_class = false;
};

// In the order of the text, each once, at most 64: words that are the name of a class, a member of one, an allergen in
// wide use
// ("latex", "peanut"), or look like the name of a drug. Linear in the text.
std::vector<NamedSubstance> SubstancesIn(absl::string_view text);

// Whether they are one, or in one class.
bool AreRelated(const NamedSubstance& a, const NamedSubstance& b);

// The drugs among them, classes included, and not allergens of food or material.
bool IsDrug(const NamedSubstance& substance);

// What a person calls the drug that a code system names: "apixaban" of "apixaban 5 MG Oral Tablet". `display` where no
// drug is known in it.
std::string DrugNameIn(absl::string_view display);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_PATIENT_SUBSTANCES_H_
