#include "index/query/compound_question.h"

#include <cstddef>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "index/query/surface_words.h"

namespace bedside {
namespace {

constexpr size_t kMinPartWords = 3;

using Words = absl::flat_hash_set<absl::string_view>;

bool Asks(absl::string_view word) {
  static const auto* const kAsking =
      new Words{"what", "how", "which", "when", "why", "where", "who", "is", "are", "does", "do", "can", "should"};
  return kAsking->contains(word);
}

bool IsPronoun(absl::string_view word) {
  static const auto* const kPronouns = new Words{"it", "its", "they", "their", "them"};
  return kPronouns->contains(word);
}

bool IsJoining(absl::string_view word) { return word == "and" || word == "or"; }

// Where a part begins: a word that asks at the begin, after "and", or after a question mark.
bool BeginsPart(absl::string_view question, const std::vector<SurfaceWord>& words, size_t i) {
  if (!Asks(words[i].text)) return false;
  if (i == 0 || IsJoining(words[i - 1].text)) return true;
  const uint32_t end = words[i - 1].span.end;
  return question.substr(end, words[i].span.begin - end).find('?') != absl::string_view::npos;
}

// The words [begin, end) without a joining word at the end.
struct WordRange {
  size_t begin;
  size_t end;
};

std::vector<WordRange> RangesOf(absl::string_view question, const std::vector<SurfaceWord>& words) {
  std::vector<WordRange> ranges;
  for (size_t i = 0; i < words.size(); ++i) {
    if (!BeginsPart(question, words, i)) continue;
    if (!ranges.empty()) ranges.back().end = IsJoining(words[i - 1].text) ? i - 1 : i;
    ranges.push_back({i, words.size()});
  }
  return ranges;
}

Span SpanOf(const std::vector<SurfaceWord>& words, WordRange range) {
  return {words[range.begin].span.begin, words[range.end - 1].span.end};
}

// What follows the last "of" of the range; "" without one.
absl::string_view TopicOf(absl::string_view question, const std::vector<SurfaceWord>& words, WordRange range) {
  for (size_t i = range.end; i-- > range.begin + 1;) {
    if (words[i - 1].text != "of") continue;
    const Span span = SpanOf(words, {i, range.end});
    return question.substr(span.begin, span.size());
  }
  return {};
}

// The part with the topic in place of its pronouns; "" where there is a pronoun and no topic.
std::string AskedAlone(absl::string_view question, const std::vector<SurfaceWord>& words, WordRange range,
                       absl::string_view topic) {
  std::string text;
  uint32_t copied = words[range.begin].span.begin;
  for (size_t i = range.begin; i < range.end; ++i) {
    const SurfaceWord& word = words[i];
    if (!IsPronoun(word.text)) continue;
    if (topic.empty()) return "";
    absl::StrAppend(&text, question.substr(copied, word.span.begin - copied), topic);
    copied = word.span.end;
  }
  return absl::StrCat(text, question.substr(copied, words[range.end - 1].span.end - copied), "?");
}

}  // namespace

std::vector<QuestionPart> SplitQuestion(absl::string_view question) {
  const std::vector<SurfaceWord> words = SurfaceWords(question);
  const std::vector<WordRange> ranges = RangesOf(question, words);
  const bool is_compound = ranges.size() >= 2 && ranges.size() <= kMaxQuestionParts && ranges[0].begin == 0;
  if (!is_compound) return {};
  const absl::string_view topic = TopicOf(question, words, ranges[0]);
  std::vector<QuestionPart> parts;
  for (const WordRange range : ranges) {
    if (range.end < range.begin + kMinPartWords) return {};
    std::string text = AskedAlone(question, words, range, range.begin == 0 ? absl::string_view() : topic);
    if (text.empty()) return {};
    parts.push_back({SpanOf(words, range), std::move(text)});
  }
  return parts;
}

}  // namespace bedside
