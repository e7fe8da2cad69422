#include "services/generation/foreign_text.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/algorithm/container.h"
#include "index/text/letters.h"

namespace bedside {
namespace {

constexpr size_t kMinWords = 6;
constexpr size_t kMinLetters = 12;
constexpr size_t kShortest = 2;
constexpr size_t kLongest = 4;

struct Reading {
  // Of two to four letters, case folded.
  std::set<std::string> short_words;
  std::map<UScriptCode, size_t> scripts;
};

Reading Read(absl::string_view text) {
  Reading reading;
  for (LetterRun& run : LetterRuns(text)) {
    if (run.letters >= kShortest && run.letters <= kLongest) reading.short_words.insert(std::move(run.word));
  }
  reading.scripts = LettersByScript(text);
  return reading;
}

bool IsInAnotherScript(const Reading& text, const Reading& known) {
  size_t letters = 0, strange = 0;
  for (const auto& [script, count] : text.scripts) {
    letters += count;
    if (known.scripts.count(script) == 0) strange += count;
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
  const Reading reading = Read(text);
  if (IsInAnotherScript(reading, known)) return true;
  const std::set<std::string>& words = reading.short_words;
  const auto held =
      absl::c_count_if(words, [&known](const std::string& word) { return known.short_words.count(word) > 0; });
  return words.size() >= kMinWords && static_cast<size_t>(held) * 4 < words.size();
}

}  // namespace bedside
