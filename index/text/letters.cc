#include "index/text/letters.h"

#include <unicode/uchar.h>

#include "index/text/code_point.h"
#include "index/text/utf8.h"

namespace bedside {

std::vector<LetterRun> LetterRuns(absl::string_view text) {
  std::vector<LetterRun> runs;
  bool in_run = false;
  const std::string folded = FoldCase(text);
  for (size_t i = 0; i < folded.size();) {
    const UChar32 c = NextCodePoint(folded, i);
    const bool is_letter = u_isalpha(c) != 0;
    if (is_letter && !in_run) runs.emplace_back();
    in_run = is_letter;
    if (!is_letter) continue;
    AppendCodePoint(c, runs.back().word);
    ++runs.back().letters;
  }
  return runs;
}

std::map<UScriptCode, size_t> LettersByScript(absl::string_view text) {
  std::map<UScriptCode, size_t> letters;
  for (size_t i = 0; i < text.size();) {
    const UChar32 c = NextCodePoint(text, i);
    if (!u_isalpha(c)) continue;
    UErrorCode error = U_ZERO_ERROR;
    ++letters[uscript_getScript(c, &error)];
  }
  return letters;
}

}  // namespace bedside
