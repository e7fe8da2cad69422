// Whether a row of a table is the one for the number that a question asks about: "a child of eight years" is in
// "6 to 12 years", an eGFR of 30 in "30 to 44" but not in "below 30", and one below 45 in both. English. Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_VALUE_RANGES_H_
#define BEDSIDE_SERVICES_ANSWER_VALUE_RANGES_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// The same at both ends: a single number.
struct ValueRange {
  double begin;
  double end;
  bool with_begin;
  bool with_end;
  // In lower case, "months" for all ages; empty: none.
  std::string unit;
};

class AskedValues {
 public:
  // The numbers of the question, also those up to twelve that are spelled out, with the units that follow them, and
  // the ranges that it makes of them ("below 45", "6 to 12 years"); whole numbers below ten without a unit ("type 2")
  // are none, and beside an age no durations ("for 5 days").
  explicit AskedValues(absl::string_view question);

  // Whether there are none.
  bool empty() const { return ranges_.empty(); }

  // Whether a range in `row` holds one of the numbers, or overlaps one of the ranges by more than an end. Ages count in
  // all their units; other units must be the same. A row without a unit holds a number of any unit but an age; of a
  // dose or weight only where `columns`, the names of its columns, hold that unit.
  bool AreIn(absl::string_view row, absl::string_view columns) const;

 private:
  std::vector<ValueRange> ranges_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_VALUE_RANGES_H_
