#include "index/query/query_interpreter.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/memory/memory.h"
#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "index/query/asker.h"
#include "index/query/common_words.h"
#include "index/query/compound_question.h"
#include "index/query/drug_names.h"
#include "index/query/spelling_corrector.h"
#include "index/query/word_key.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr double kAbbreviationWeight = 0.5;
constexpr double kThesaurusWeight = 0.2;

absl::StatusOr<float> WeightOf(absl::string_view field, bool is_set, double weight, double otherwise) {
  if (!is_set) return static_cast<float>(otherwise);
  // Written so that NaN fails too.
  if (weight > 0 && weight <= 1) return static_cast<float>(weight);
  return absl::InvalidArgumentError(absl::StrCat("retrieval.query.", field, " is ", weight, ", wanted above 0 to 1"));
}

bool IsDigitAt(absl::string_view text, size_t i) {
  return i < text.size() && absl::ascii_isdigit(static_cast<unsigned char>(text[i]));
}

// "miR" of "miR-25", "Hand" of "Hand2": with capitals inside, or a number joined to it, a word is a name, not a word.
bool IsCodeLike(absl::string_view question, Span span) {
  const absl::string_view word = question.substr(span.begin, span.size());
  const bool has_inner_capital = std::any_of(word.begin() + 1, word.end(),
                                             [](char c) { return absl::ascii_isupper(static_cast<unsigned char>(c)); });
  const bool follows_number = span.begin >= 2 && question[span.begin - 1] == '-' && IsDigitAt(question, span.begin - 2);
  const bool number_follows =
      span.end < question.size() && question[span.end] == '-' && IsDigitAt(question, span.end + 1);
  return has_inner_capital || follows_number || number_follows;
}

}  // namespace

// One question on its way.
class QueryInterpreter::Reading {
 public:
  Reading(const QueryInterpreter& interpreter, absl::string_view question, const CorpusLanguage& language)
      : interpreter_(interpreter),
        language_(language),
        question_(question),
        asked_{0, static_cast<uint32_t>(question.size())},
        words_{question_, SurfaceWords(question_), {}} {
    if (const std::vector<Span> asker = FindAsker(question); !asker.empty()) LeaveOut(asker);
    interpreted_.corrected = Rewritten(false);
  }

  InterpretedQuestion Read() {
    if (interpreter_.corrects_spelling_) CorrectSpelling();
    AddTerms(words_.question, 1);
    interpreted_.asked_terms = interpreted_.terms.size();
    AddTerms(interpreted_.corrected, 1);
    ExpandNames();
    interpreted_.embedded = Rewritten(true);
    if (interpreter_.splits_) Split();
    return std::move(interpreted_);
  }

 private:
  // Puts blanks in place of what only says who asks, so that all places stay, and says what is searched.
  void LeaveOut(const std::vector<Span>& asker);
  void CorrectSpelling();
  bool IsJudged(const SurfaceWord& word) const;
  void ExpandNames();
  void AddNames(const std::vector<NameExpansion>& names, AssumptionKind kind, float weight);
  void Split();

  // The question with its spelling corrected, and where wanted with short and long forms behind each other.
  std::string Rewritten(bool with_names) const;

  // Adds the terms of `text` that are not there yet; of the first text, the question as asked, also what it repeats.
  // Whether there was a new one.
  bool AddTerms(absl::string_view text, float weight);

  std::string Written(Span span) const { return std::string(words_.question.substr(span.begin, span.size())); }

  const QueryInterpreter& interpreter_;
  const CorpusLanguage& language_;
  // As asked, but for blanks; `words_` refers to it.
  std::string question_;
  // Of what is searched, in `question_`.
  Span asked_;
  KeyedWords words_;
  std::set<std::string> known_terms_;
  InterpretedQuestion interpreted_;
};

void QueryInterpreter::Reading::LeaveOut(const std::vector<Span>& asker) {
  for (const Span span : asker) question_.replace(span.begin, span.size(), span.size(), ' ');
  const absl::string_view asked = absl::StripAsciiWhitespace(question_);
  asked_.begin = static_cast<uint32_t>(asked.data() - question_.data());
  asked_.end = asked_.begin + static_cast<uint32_t>(asked.size());
  words_ = {question_, SurfaceWords(question_), {}};
  interpreted_.assumptions.push_back({AssumptionKind::kPart, Written(asked_), Written(asked_), asked_});
}

bool QueryInterpreter::Reading::IsJudged(const SurfaceWord& word) const {
  return word.text.size() >= SpellingCorrector::kMinLetters && IsPlainWord(word.text) &&
         !IsCodeLike(words_.question, word.span) && !interpreter_.IsKnown(word.text, language_);
}

void QueryInterpreter::Reading::CorrectSpelling() {
  const SpellingCorrector corrector(language_.words);
  size_t judged = 0;
  for (SurfaceWord& word : words_.words) {
    if (judged == kMaxJudgedWords) break;
    if (!IsJudged(word)) continue;
    ++judged;
    SpellingGuess guess = corrector.Guess(word.text);
    if (!guess.names.empty()) {
      interpreted_.ambiguities.push_back({Written(word.span), std::move(guess.names), word.span});
    }
    if (guess.word.empty()) continue;
    interpreted_.assumptions.push_back({AssumptionKind::kSpelling, Written(word.span), guess.word, word.span});
    word.text = std::move(guess.word);
  }
  interpreted_.corrected = Rewritten(false);
}

std::string QueryInterpreter::Reading::Rewritten(bool with_names) const {
  // By the end of what they concern: a name may end with a misspelt word.
  std::vector<const Assumption*> assumptions;
  for (const Assumption& assumption : interpreted_.assumptions) assumptions.push_back(&assumption);
  std::stable_sort(assumptions.begin(), assumptions.end(),
                   [](const auto* a, const auto* b) { return a->span.end < b->span.end; });
  std::string text;
  size_t copied = asked_.begin;
  for (const Assumption* assumption : assumptions) {
    const bool replaces = assumption->kind == AssumptionKind::kSpelling;
    if (!replaces && !(with_names && assumption->kind == AssumptionKind::kAbbreviation)) continue;
    const size_t end = replaces ? assumption->span.begin : assumption->span.end;
    if (end > copied) absl::StrAppend(&text, words_.question.substr(copied, end - copied));
    absl::StrAppend(&text, replaces ? "" : " (", assumption->to, replaces ? "" : ")");
    copied = assumption->span.end;
  }
  return absl::StrCat(text, words_.question.substr(copied, asked_.end - copied));
}

bool QueryInterpreter::Reading::AddTerms(absl::string_view text, float weight) {
  std::vector<std::string> terms = interpreter_.analyzer_->Terms(text);
  const bool is_asked = known_terms_.empty();
  bool has_new = false;
  for (std::string& term : terms) {
    const bool is_new = known_terms_.insert(term).second;
    has_new |= is_new;
    if (is_new || is_asked) interpreted_.terms.push_back({std::move(term), weight});
  }
  return has_new;
}

void QueryInterpreter::Reading::AddNames(const std::vector<NameExpansion>& names, AssumptionKind kind, float weight) {
  for (const NameExpansion& name : names) {
    if (!AddTerms(name.other_name, weight)) continue;
    interpreted_.assumptions.push_back({kind, Written(name.span), name.other_name, name.span});
  }
}

void QueryInterpreter::Reading::ExpandNames() {
  if (!interpreter_.expands_abbreviations_ && interpreter_.thesaurus_ == nullptr) return;
  words_.words.resize(std::min(words_.words.size(), kMaxNamedWords));
  for (const SurfaceWord& word : words_.words) words_.keys.push_back(WordKey(*interpreter_.analyzer_, word.text));
  if (interpreter_.expands_abbreviations_) {
    AddNames(ExpandAbbreviations(words_, *language_.abbreviations), AssumptionKind::kAbbreviation,
             interpreter_.abbreviation_weight_);
  }
  if (interpreter_.thesaurus_ != nullptr) {
    AddNames(ExpandByThesaurus(words_, *interpreter_.thesaurus_), AssumptionKind::kThesaurus,
             interpreter_.thesaurus_weight_);
  }
}

void QueryInterpreter::Reading::Split() {
  // The parts of the question as it was asked, so that their places are right; a misspelt word is searched as corrected
  // with the whole.
  for (QuestionPart& part : SplitQuestion(words_.question)) {
    interpreted_.assumptions.push_back({AssumptionKind::kPart, Written(part.span), part.text, part.span});
    interpreted_.other_texts.push_back(std::move(part.text));
  }
}

absl::StatusOr<std::unique_ptr<QueryInterpreter>> QueryInterpreter::Create(const LexicalAnalyzer* analyzer,
                                                                           const config::QueryConfig& config) {
  auto interpreter = absl::WrapUnique(new QueryInterpreter(analyzer));
  interpreter->corrects_spelling_ = !config.has_spelling() || config.spelling();
  interpreter->expands_abbreviations_ = !config.has_abbreviations() || config.abbreviations();
  interpreter->splits_ = !config.has_splitting() || config.splitting();
  ASSIGN_OR_RETURN(interpreter->abbreviation_weight_, WeightOf("abbreviation_weight", config.has_abbreviation_weight(),
                                                               config.abbreviation_weight(), kAbbreviationWeight));
  ASSIGN_OR_RETURN(interpreter->thesaurus_weight_, WeightOf("thesaurus_weight", config.has_thesaurus_weight(),
                                                            config.thesaurus_weight(), kThesaurusWeight));
  if (!config.thesaurus_path().empty()) {
    ASSIGN_OR_RETURN(interpreter->thesaurus_, Thesaurus::Read(config.thesaurus_path(), *analyzer));
  }
  return interpreter;
}

bool QueryInterpreter::IsKnown(absl::string_view word, const CorpusLanguage& language) const {
  if (language.words->Find(word).has_value() || IsCommonWord(word) || IsListedDrug(word)) return true;
  const std::vector<std::string> terms = analyzer_->Terms(word);
  return std::all_of(terms.begin(), terms.end(),
                     [&](const std::string& term) { return language.lexical->DocumentFrequency(term) > 0; });
}

InterpretedQuestion QueryInterpreter::Interpret(absl::string_view question, const CorpusLanguage& language) const {
  return Reading(*this, question, language).Read();
}

}  // namespace bedside
