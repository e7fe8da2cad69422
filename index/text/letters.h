// What a text is written with: its words as runs of letters, and the scripts of its letters.
#ifndef BEDSIDE_INDEX_TEXT_LETTERS_H_
#define BEDSIDE_INDEX_TEXT_LETTERS_H_

#include <unicode/uscript.h>

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

struct LetterRun {
  // Case folded, UTF-8.
  std::string word;
  size_t letters = 0;
};

// In the order of the text; whatever is no letter (u_isalpha) parts them.
std::vector<LetterRun> LetterRuns(absl::string_view text);

// How many letters of each script the text has. Scripts are those of the Unicode property "Script".
std::map<UScriptCode, size_t> LettersByScript(absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_TEXT_LETTERS_H_
