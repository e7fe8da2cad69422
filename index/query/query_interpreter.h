// From a question as it is written to what is searched, without a network: misspelt words are taken for words of the
// corpus. What was asked is always searched as well, a word that the corpus, its lexical index or the lists of this
// room know is never replaced, and every assumption is said.
//
// Immutable, thread-safe. Cost: linear in the question, and SpellingCorrector::Guess for each of the first
// kMaxJudgedWords unknown words.
#ifndef BEDSIDE_INDEX_QUERY_QUERY_INTERPRETER_H_
#define BEDSIDE_INDEX_QUERY_QUERY_INTERPRETER_H_

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "index/query/corpus_language.h"
#include "index/query/interpreted_question.h"
#include "index/query/surface_words.h"
#include "index/text/lexical_analyzer.h"
#include "proto/bedside/config/retrieval_config.pb.h"

namespace bedside {

class QueryInterpreter {
 public:
  static constexpr size_t kMaxJudgedWords = 8;

  // `analyzer` must outlive the interpreter.
  QueryInterpreter(const LexicalAnalyzer* analyzer, const config::QueryConfig& config)
      : analyzer_(analyzer), corrects_spelling_(!config.has_spelling() || config.spelling()) {}

  // REQUIRES: IsValidUtf8(question)
  InterpretedQuestion Interpret(absl::string_view question, const CorpusLanguage& language) const;

 private:
  bool IsKnown(absl::string_view word, const CorpusLanguage& language) const;
  void CorrectSpelling(absl::string_view question, const std::vector<SurfaceWord>& words,
                       const CorpusLanguage& language, InterpretedQuestion* interpreted) const;
  void AddTerms(absl::string_view question, InterpretedQuestion* interpreted) const;

  const LexicalAnalyzer* analyzer_;
  bool corrects_spelling_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_QUERY_INTERPRETER_H_
