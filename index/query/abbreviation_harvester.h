// Finds where a text defines an abbreviation: "acute myocardial infarction (AMI)" and "AMI (acute myocardial
// infarction)".
//
// The letters of the short form are looked for from the end of the long form backwards; the first of them must begin a
// word. Source: Schwartz and Hearst, A simple algorithm for identifying abbreviation definitions in biomedical text,
// Pacific Symposium on Biocomputing (2003). Beside its rules, a short form is one word, hyphens allowed, with a capital
// letter, and loses the "s" of its plural.
#ifndef BEDSIDE_INDEX_QUERY_ABBREVIATION_HARVESTER_H_
#define BEDSIDE_INDEX_QUERY_ABBREVIATION_HARVESTER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// Views of the text that was read.
struct AbbreviationDefinition {
  absl::string_view short_form;
  absl::string_view long_form;
};

// In the order of the text, repeated where it repeats them. Of valid UTF-8 every view is valid UTF-8. Linear in the
// text.
std::vector<AbbreviationDefinition> HarvestAbbreviations(absl::string_view text);

// `word` without the "s" of a plural behind a capital or a digit: "AMIs" is "AMI".
absl::string_view ShortFormOf(absl::string_view word);

// Whether `word` has the form of an abbreviation: 2 to 10 letters, digits and inner hyphens, a capital among them.
bool IsShortForm(absl::string_view word);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_ABBREVIATION_HARVESTER_H_
