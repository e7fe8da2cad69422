// The numbers that a text states, with their units and bounds ("below", "at least"), for comparing whether two texts
// state the same. English.
#ifndef BEDSIDE_SERVICES_GROUNDING_MEASURES_H_
#define BEDSIDE_SERVICES_GROUNDING_MEASURES_H_

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

// Whether a word, punctuation around it aside, is a unit of measures.
bool IsUnit(absl::string_view word);

// What a comparison beside a number makes of it.
enum class Bound { kNone, kBelow, kAtMost, kAbove, kAtLeast };

// A number where it stands in a text; what the parts mean: see Measures.
struct StatedMeasure {
  // Of the number and the unit that follows it.
  Span span;
  std::string number;
  // Empty: none.
  std::string unit;
  Bound bound = Bound::kNone;
  // It and the next one are the ends of a range or neighbours in a list: no more than "to", "and" or a sign is between.
  bool goes_on = false;
};

// In the order of the text, which is shorter than 4 GiB. Linear in the text.
std::vector<StatedMeasure> StatedMeasures(absl::string_view text);

// Immutable, thread-safe.
class Measures {
 public:
  // Linear in the text. A number is taken without separators of thousands ("1,200" is 1200; a comma before any other
  // count of digits is a decimal point; ".3" is 0.3, and so is "0·3"), with the unit that follows it, or that
  // follows the end of its range or list ("30 to 44 mL/min"). Units have one spelling: "micrograms" is "mcg", "hours"
  // is "h". Its bound is a sign or words right before it ("<", "no more than", "up to") or right after it and its unit
  // ("or above"). What stands apart from it ("falls to", "eGFR below the threshold, 30") is none.
  explicit Measures(absl::string_view text);

  // Adds what another text states.
  void Add(const Measures& other);

  // Adds the whole numbers up to twelve that `text` has in words.
  void AddNumberWords(absl::string_view text);

  enum class Held { kYes, kNoSuchNumber, kOtherUnit, kOtherBound };

  // Whether the number of `said` is here with the same unit. One that stands here without a unit, as in a table whose
  // column names it, takes any unit that is here; one that is said without a unit needs no more than the number.
  // One that is said with a bound must be here with the same ("below 30" is not "30 or below"), or with none at each
  // of its places: the ends of ranges and cells of tables have none. That a bound is left out is not noticed.
  Held Holds(const StatedMeasure& said) const;

 private:
  // Number and unit; the unit is empty where there is none.
  using Value = std::pair<std::string, std::string>;

  void AddUnit(absl::string_view written);
  bool HasNumber(const std::string& number) const;
  // The bounds with which the value that is said is here; empty: it is not.
  std::set<Bound> BoundsOf(const Value& said) const;

  // Each with the bounds of all its places.
  std::map<Value, std::set<Bound>> values_;
  // All units, also of no number; never "".
  std::set<std::string> units_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_MEASURES_H_
