// The groups of people that a text speaks of, by words: for telling whether two texts speak of the same people. Wider
// than People (people.h), which is for what a question demands: adults and the sexes are groups here, too. English.
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_PEOPLE_GROUPS_H_
#define BEDSIDE_SERVICES_ANSWER_PEOPLE_GROUPS_H_

#include <set>

#include "absl/strings/string_view.h"

namespace bedside {

enum class PeopleGroup {
  kNewborns,
  // Infants to adolescents.
  kChildren,
  kAdults,
  kOlderAdults,
  kMales,
  kFemales,
  kPregnant,
  kBreastfeeding,
  // With a kidney disease or impaired renal function.
  kRenal,
  // With a liver disease.
  kHepatic,
  kImmunocompromised,
};

using PeopleGroups = std::set<PeopleGroup>;

// All that are named. Some microseconds a sentence. REQUIRES: IsValidUtf8(text)
PeopleGroups GroupsNamedIn(absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_PEOPLE_GROUPS_H_
