// Whether a row of a table is the one for the number that a question asks about: "a child of eight years" is in
// "6 to 12 years", and an eGFR of 30 in "30 to 44" but not in "below 30". English. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_VALUE_RANGES_H_
#define BEDSIDE_SERVICES_ANSWER_VALUE_RANGES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

class AskedValues {
 public:
  // The numbers of the question, also those up to twelve that are spelled out, with the units that follow them;
  // single digits without a unit ("type 2") are none.
  explicit AskedValues(absl::string_view question);

  // Whether a range in `row` holds one of them. Ages count in all their units; other units must be the same. A row
  // without a unit, whose column names it, holds a number of any unit but an age.
  bool AreIn(absl::string_view row) const;

 private:
  struct Value {
    double number;
    // Empty: none.
    std::string unit;
  };
  std::vector<Value> values_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_VALUE_RANGES_H_
