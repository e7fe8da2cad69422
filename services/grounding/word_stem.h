// A quick, rough stem, for comparing where words stand in two English sentences: endings of number, tense and adverbs
// are cut, and British spelling is American. "reduces", "reduced", "reducing" and "reduce" have one. Not for reading.
// Thread-safe.
#ifndef BEDSIDE_SERVICES_GROUNDING_WORD_STEM_H_
#define BEDSIDE_SERVICES_GROUNDING_WORD_STEM_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// `word`: ASCII letters in lower case.
std::string WordStem(absl::string_view word);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GROUNDING_WORD_STEM_H_
