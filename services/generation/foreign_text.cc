#include "services/generation/foreign_text.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <set>
#include <string>

#include "absl/algorithm/container.h"
#include "index/text/code_point.h"
#include "index/text/utf8.h"

namespace bedside {
namespace {

constexpr size_t kMinWords = 6;
constexpr size_t kMinLetters = 12;
constexpr size_t kShortest = 2;
constexpr size_t kLongest = 4;

struct Reading {
  // Of two to four letters, case folded.
  std::set<std::string> short_words;
  std::set<UScriptCode> scripts;
};

UScriptCode ScriptOf(UChar32 c) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript(c, &error);
}

// Calls `visit` with each run of letters and its length in characters.
template <typename Visitor>
void VisitWords(absl::string_view text, Visitor visit) {
  std::string word;
  size_t letters = 0;
  for (size_t i = 0; i <= text.size();) {
    const UChar32 c = i < text.size() ? NextCodePoint(text, i) : (++i, UChar32{' '});
    if (u_isalpha(c)) {
      AppendCodePoint(c, word);
      ++letters;
    } else if (letters > 0) {
      visit(word, letters);
      word.clear();
      letters = 0;
    }
  }
}

Reading Read(absl::string_view text) {
  Reading reading;
  VisitWords(FoldCase(text), [&reading](const std::string& word, size_t letters) {
    if (letters >= kShortest && letters <= kLongest) reading.short_words.insert(word);
    for (size_t i = 0; i < word.size();) reading.scripts.insert(ScriptOf(NextCodePoint(word, i)));
  });
  return reading;
}

bool IsInAnotherScript(absl::string_view text, const std::set<UScriptCode>& known) {
  size_t letters = 0;
  size_t strange = 0;
  for (size_t i = 0; i < text.size();) {
    const UChar32 c = NextCodePoint(text, i);
    if (!u_isalpha(c)) continue;
    ++letters;
    if (known.count(ScriptOf(c)) == 0) ++strange;
  }
  return letters >= kMinLetters && strange * 2 > letters;
}

}  // namespace

bool IsForeignTo(absl::string_view text, const std::vector<absl::string_view>& like) {
  Reading known;
  for (const absl::string_view other : like) {
    Reading reading = Read(other);
    known.short_words.merge(reading.short_words);
    known.scripts.merge(reading.scripts);
  }
  if (IsInAnotherScript(text, known.scripts)) return true;
  const std::set<std::string> words = Read(text).short_words;
  const auto held =
      absl::c_count_if(words, [&known](const std::string& word) { return known.short_words.count(word) > 0; });
  return words.size() >= kMinWords && static_cast<size_t>(held) * 4 < words.size();
}

}  // namespace bedside
