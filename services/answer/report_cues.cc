#include "services/answer/report_cues.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

constexpr size_t kTenths = 10;
constexpr size_t kMostFromBegin = 8;
constexpr size_t kMostFromEnd = 5;
constexpr absl::string_view kSigns = "%=<>()";

using Words = std::vector<std::string>;

bool IsDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
bool IsLetter(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }

// "1,200.5" is one number.
size_t EndOfNumber(absl::string_view text, size_t at) {
  while (at < text.size()) {
    const bool joins = (text[at] == '.' || text[at] == ',') && at + 1 < text.size() && IsDigit(text[at + 1]);
    if (!IsDigit(text[at]) && !joins) break;
    ++at;
  }
  return at;
}

size_t EndOfWord(absl::string_view text, size_t at) {
  while (at < text.size() && IsLetter(text[at])) ++at;
  return at;
}

Words WordsOf(absl::string_view sentence) {
  Words words;
  for (size_t at = 0; at < sentence.size();) {
    if (IsDigit(sentence[at])) {
      words.emplace_back("0");
      at = EndOfNumber(sentence, at);
    } else if (IsLetter(sentence[at])) {
      const size_t end = EndOfWord(sentence, at);
      words.push_back(absl::AsciiStrToLower(sentence.substr(at, end - at)));
      at = end;
    } else {
      if (absl::StrContains(kSigns, sentence.substr(at, 1))) words.emplace_back(sentence.substr(at, 1));
      ++at;
    }
  }
  return words;
}

void AddWords(const Words& words, std::vector<std::string>* cues) {
  for (size_t i = 0; i < words.size(); ++i) {
    cues->push_back(words[i]);
    if (i > 0) cues->push_back(absl::StrCat(words[i - 1], " ", words[i]));
  }
  if (!words.empty()) cues->push_back(absl::StrCat("first:", words[0]));
}

void AddMarked(absl::string_view mark, const Words& words, std::vector<std::string>* cues) {
  for (const std::string& word : words) cues->push_back(absl::StrCat(mark, word));
}

void AddPlace(size_t at, size_t count, std::vector<std::string>* cues) {
  cues->push_back(absl::StrCat("tenth:", kTenths * at / count));
  cues->push_back(absl::StrCat("from-begin:", std::min(at, kMostFromBegin)));
  cues->push_back(absl::StrCat("from-end:", std::min(count - 1 - at, kMostFromEnd)));
}

std::vector<std::string> CuesOf(const std::vector<Words>& paragraph, size_t at) {
  std::vector<std::string> cues;
  AddWords(paragraph[at], &cues);
  if (at > 0) AddMarked("before:", paragraph[at - 1], &cues);
  if (at + 1 < paragraph.size()) AddMarked("after:", paragraph[at + 1], &cues);
  AddPlace(at, paragraph.size(), &cues);
  std::sort(cues.begin(), cues.end());
  cues.erase(std::unique(cues.begin(), cues.end()), cues.end());
  return cues;
}

}  // namespace

std::vector<std::vector<std::string>> ReportCues(const std::vector<absl::string_view>& sentences) {
  std::vector<Words> paragraph;
  for (const absl::string_view sentence : sentences) paragraph.push_back(WordsOf(sentence));
  std::vector<std::vector<std::string>> cues;
  for (size_t i = 0; i < paragraph.size(); ++i) cues.push_back(CuesOf(paragraph, i));
  return cues;
}

}  // namespace bedside
