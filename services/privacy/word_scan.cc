#include "services/privacy/word_scan.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"

namespace bedside {
namespace {

// Bytes of a letter; those of a letter outside ASCII count as lower case.
bool IsLetter(unsigned char c) { return absl::ascii_isalpha(c) || c >= 0x80; }
bool IsInner(unsigned char c) { return IsLetter(c) || absl::ascii_isdigit(c) || c == '\'' || c == '-'; }

size_t EndOfWord(absl::string_view text, size_t begin) {
  size_t end = begin;
  while (end < text.size() && IsInner(static_cast<unsigned char>(text[end]))) ++end;
  while (end > begin && (text[end - 1] == '-' || text[end - 1] == '\'')) --end;
  return end;
}

void SetForm(absl::string_view written, ScannedWord* word) {
  const bool has_lower = absl::c_any_of(written, [](unsigned char c) { return absl::ascii_islower(c) || c >= 0x80; });
  const auto uppers = absl::c_count_if(written, [](unsigned char c) { return absl::ascii_isupper(c); });
  const bool begins_upper = absl::ascii_isupper(static_cast<unsigned char>(written[0]));
  word->capitalised = begins_upper && has_lower;
  word->all_caps = !has_lower && uppers >= 2;
  word->initial = written.size() == 1 && begins_upper;
  word->lower = absl::AsciiStrToLower(written);
  word->lower.erase(std::remove(word->lower.begin(), word->lower.end(), '\''), word->lower.end());
}

bool EndsSentence(absl::string_view gap) {
  return absl::c_any_of(gap, [](char c) { return absl::StrContains(".!?:;\n\"(", absl::string_view(&c, 1)); });
}

}  // namespace

bool ScannedWord::follows_closely() const {
  return !gap.empty() && gap.size() <= 3 && gap.find_first_not_of(" .") == absl::string_view::npos &&
         absl::EndsWith(gap, " ");
}

std::vector<ScannedWord> ScanWords(absl::string_view text, const std::vector<Span>& covered) {
  std::vector<ScannedWord> words;
  size_t last_end = 0;
  auto next_covered = covered.begin();
  for (size_t i = 0; i < text.size();) {
    if (!IsLetter(static_cast<unsigned char>(text[i]))) {
      // A number with letters behind it ("500mg") is no word.
      const size_t begin = i++;
      if (absl::ascii_isdigit(static_cast<unsigned char>(text[begin]))) i = std::max(i, EndOfWord(text, begin));
      continue;
    }
    const size_t end = EndOfWord(text, i);
    ScannedWord word;
    absl::string_view written = text.substr(i, end - i);
    word.possessive = absl::EndsWithIgnoreCase(written, "'s") && written.size() > 2;
    if (word.possessive) written.remove_suffix(2);
    word.span = {static_cast<uint32_t>(i), static_cast<uint32_t>(i + written.size())};
    SetForm(written, &word);
    word.gap = text.substr(last_end, i - last_end);
    word.begins_sentence = words.empty() || EndsSentence(word.gap);
    while (next_covered != covered.end() && next_covered->end <= i) ++next_covered;
    word.covered = next_covered != covered.end() && next_covered->begin < end;
    words.push_back(std::move(word));
    last_end = end;
    i = end;
  }
  return words;
}

}  // namespace bedside
