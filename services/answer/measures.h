// The numbers that a text states, with their units, for comparing whether two texts state the same.
#ifndef BEDSIDE_SERVICES_ANSWER_MEASURES_H_
#define BEDSIDE_SERVICES_ANSWER_MEASURES_H_

#include <set>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace bedside {

// Whether a word, punctuation around it aside, is a unit of measures.
bool IsUnit(absl::string_view word);

// Immutable, thread-safe.
class Measures {
 public:
  // Linear in the text. A number is taken without separators of thousands ("1,200" is 1200; a comma before any other
  // count of digits is a decimal point), with the unit that follows it, or that follows the end of its range or list
  // ("30 to 44 mL/min"). Units have one spelling: "micrograms" is "mcg", "hours" is "h".
  explicit Measures(absl::string_view text);

  // Adds what another text states.
  void Add(const Measures& other);

  // Whether each number of `said` is here with the same unit. One that stands here without a unit, as in a table whose
  // column names it, takes any unit that is here; one that is said without a unit needs no more than the number.
  bool Hold(const Measures& said) const;

 private:
  // Number and unit; the unit is empty where there is none.
  std::set<std::pair<std::string, std::string>> values_;
  // All units, also of no number.
  std::set<std::string> units_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_MEASURES_H_
