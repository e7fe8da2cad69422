// The distinct terms of a text, for comparing what two texts speak of.
#ifndef BEDSIDE_SERVICES_GROUNDING_TERM_SET_H_
#define BEDSIDE_SERVICES_GROUNDING_TERM_SET_H_

#include <cstddef>
#include <set>
#include <string>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {

using TermSet = std::set<std::string>;

// REQUIRES: IsValidUtf8(text)
TermSet TermsOf(const LexicalAnalyzer& analyzer, absl::string_view text);

// With one spelling for British and American ones: "haemorrhag" is "hemorrhag". Not for reading; to be applied to both
// sides of a comparison.
std::string OneSpelling(absl::string_view term);
TermSet OneSpelling(const TermSet& terms);

// Terms that are in both.
size_t CountShared(const TermSet& a, const TermSet& b);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_TERM_SET_H_
