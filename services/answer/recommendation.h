// What a statement of a guideline recommends, read so that two of them can be compared: for or against, of what, for
// whom, and with which doses, targets and thresholds. English, by words; where the words do not tell, nothing is said.
// Thread-safe.
#ifndef BEDSIDE_SERVICES_ANSWER_RECOMMENDATION_H_
#define BEDSIDE_SERVICES_ANSWER_RECOMMENDATION_H_

#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"
#include "index/text/span.h"
#include "services/answer/people_groups.h"
#include "services/grounding/term_set.h"

namespace bedside {

enum class Advice { kNone, kFor, kAgainst };

// For or against; none where the text advises nothing, or both, or makes a condition of what it forbids ("unless").
Advice AdviceOf(absl::string_view text);

// All numbers between two ends; an end that is not given is infinite.
struct ValueRange {
  double low;
  double high;
};

// A number with its unit, a range ("5 to 10 mg"), a bound ("< 7 %") or two of them ("< 130/80 mmHg").
struct StatedValue {
  std::string unit;
  std::vector<ValueRange> parts;
  // Bytes of the text.
  Span span;
  // What stands beside it in its clause, and what kind of value the text says that it is: "target", "maximum".
  TermSet beside;
  std::set<std::string> roles;
};

// Whether no number is within both, bounds that meet aside, or both bound the same side at other numbers ("< 130" and
// "< 140"). False for
// values of other units or with another count of parts.
bool Differ(const StatedValue& a, const StatedValue& b);

struct Recommendation {
  Advice advice = Advice::kNone;
  // See TermsOf and TopicOf.
  TermSet terms;
  TermSet topic;
  // As it stands in words, small letters.
  std::set<std::string> drugs;
  PeopleGroups people;
  std::vector<StatedValue> values;
};

class RecommendationReader {
 public:
  // `analyzer` must outlive it.
  explicit RecommendationReader(const LexicalAnalyzer* analyzer);

  // `text`: the bytes of a statement. `above`: its headings and the title of its document, which say for whom it is,
  // and whose negations ("Not recommended") count. REQUIRES: both are valid UTF-8
  Recommendation Read(absl::string_view text, absl::string_view above) const;

  // Without numbers, words that advise, and words that claim nothing ("patients", "treatment"); of these, those that
  // name something: without "acute", "risk" and "low", too.
  TermSet TermsOf(absl::string_view text) const;
  TermSet TopicOf(absl::string_view text) const;

 private:
  std::vector<StatedValue> ValuesOf(absl::string_view text) const;

  const LexicalAnalyzer* analyzer_;
  TermSet connecting_;
  TermSet generic_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_ANSWER_RECOMMENDATION_H_
