// What a text says once its disguises are taken off: the forms in which a language model may read an instruction that
// a simple search would miss. For searching, not for show.
#ifndef BEDSIDE_SERVICES_GENERATION_DISGUISED_TEXT_H_
#define BEDSIDE_SERVICES_GENERATION_DISGUISED_TEXT_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// Compatibility forms composed (NFKC), case folded, accents taken off, Cyrillic and Greek letters that look like Latin
// ones made Latin, white space one space (line ends stay), character references (&#73;) and percent signs (%20)
// decoded.
std::string Undisguised(absl::string_view text);

// Readings beside that one, each undisguised: what runs of Base64 or hexadecimal digits decode to, and the text read
// from its end. Not all of it is language. Linear.
std::vector<std::string> OtherReadings(absl::string_view text);

// The most letters of `undisguised` in a row that stand each by itself ("i g n o r e": 6), a sign behind one allowed.
size_t LongestSpacedRun(absl::string_view undisguised);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GENERATION_DISGUISED_TEXT_H_
