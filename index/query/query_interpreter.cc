#include "index/query/query_interpreter.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/query/common_words.h"
#include "index/query/drug_names.h"
#include "index/query/spelling_corrector.h"

namespace bedside {
namespace {

absl::string_view TextOf(absl::string_view question, Span span) { return question.substr(span.begin, span.size()); }

bool IsDigitAt(absl::string_view text, size_t i) {
  return i < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[i]));
}

// "miR" of "miR-25", "Hand" of "Hand2": with capitals inside, or a number joined to it, a word is a name, not a word.
bool IsCodeLike(absl::string_view question, Span span) {
  const absl::string_view word = TextOf(question, span);
  const bool has_inner_capital = std::any_of(word.begin() + 1, word.end(),
                                             [](char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); });
  const bool follows_number = span.begin >= 2 && question[span.begin - 1] == '-' && IsDigitAt(question, span.begin - 2);
  const bool number_follows =
      span.end < question.size() && question[span.end] == '-' && IsDigitAt(question, span.end + 1);
  return has_inner_capital || follows_number || number_follows;
}

}  // namespace

bool QueryInterpreter::IsKnown(absl::string_view word, const CorpusLanguage& language) const {
  if (language.words->Find(word).has_value() || IsCommonWord(word) || IsListedDrug(word)) return true;
  const std::vector<std::string> terms = analyzer_->Terms(word);
  return std::all_of(terms.begin(), terms.end(),
                     [&](const std::string& term) { return language.lexical->DocumentFrequency(term) > 0; });
}

void QueryInterpreter::CorrectSpelling(absl::string_view question, const std::vector<SurfaceWord>& words,
                                       const CorpusLanguage& language, InterpretedQuestion* interpreted) const {
  const SpellingCorrector corrector(language.words);
  size_t judged = 0;
  size_t copied = 0;
  interpreted->corrected.clear();
  for (const SurfaceWord& word : words) {
    const bool is_judged = word.text.size() >= SpellingCorrector::kMinLetters && IsPlainWord(word.text) &&
                           !IsCodeLike(question, word.span) && judged < kMaxJudgedWords &&
                           !IsKnown(word.text, language);
    if (!is_judged) continue;
    ++judged;
    SpellingGuess guess = corrector.Guess(word.text);
    const std::string written(TextOf(question, word.span));
    if (!guess.names.empty()) interpreted->ambiguities.push_back({written, std::move(guess.names), word.span});
    if (guess.word.empty()) continue;
    absl::StrAppend(&interpreted->corrected, question.substr(copied, word.span.begin - copied), guess.word);
    copied = word.span.end;
    interpreted->assumptions.push_back({AssumptionKind::kSpelling, written, std::move(guess.word), word.span});
  }
  absl::StrAppend(&interpreted->corrected, question.substr(copied));
}

// The terms as asked, and those that only the corrected question has.
void QueryInterpreter::AddTerms(absl::string_view question, InterpretedQuestion* interpreted) const {
  std::map<std::string, int> asked;
  for (std::string& term : analyzer_->Terms(question)) {
    ++asked[term];
    interpreted->terms.push_back({std::move(term), 1.0F});
  }
  if (interpreted->corrected == question) return;
  for (std::string& term : analyzer_->Terms(interpreted->corrected)) {
    if (--asked[term] < 0) interpreted->terms.push_back({std::move(term), 1.0F});
  }
}

InterpretedQuestion QueryInterpreter::Interpret(absl::string_view question, const CorpusLanguage& language) const {
  InterpretedQuestion interpreted;
  interpreted.corrected = std::string(question);
  const std::vector<SurfaceWord> words = SurfaceWords(question);
  if (corrects_spelling_) CorrectSpelling(question, words, language, &interpreted);
  AddTerms(question, &interpreted);
  return interpreted;
}

}  // namespace bedside
