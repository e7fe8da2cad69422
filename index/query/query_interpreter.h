// From a question as it is written to what is searched, without a network:
//
//   a misspelt word            is taken for the word of the corpus that it nearly is
//   an abbreviation            is also searched as the long form that the corpus defines, and the other way round
//   a name of the thesaurus    is also searched by its other names
//   a compound question        is also searched part by part
//   who asks, and how          is left out (asker.h)
//
// What was asked, beside that, is always searched as well; a word that the corpus, its lexical index or the lists of
// this room know is never replaced; what is added counts less than what was asked; and every assumption is said.
//
// Immutable, thread-safe. Cost: linear in the question, some microseconds a word, and SpellingCorrector::Guess for each
// of the first kMaxJudgedWords unknown words. Names are looked up among the first kMaxNamedWords words.
#ifndef BEDSIDE_INDEX_QUERY_QUERY_INTERPRETER_H_
#define BEDSIDE_INDEX_QUERY_QUERY_INTERPRETER_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/query/corpus_language.h"
#include "index/query/interpreted_question.h"
#include "index/query/name_expansion.h"
#include "index/query/surface_words.h"
#include "index/query/thesaurus.h"
#include "index/text/lexical_analyzer.h"
#include "proto/bedside/config/retrieval_config.pb.h"

namespace bedside {

class QueryInterpreter {
 public:
  static constexpr size_t kMaxJudgedWords = 8;
  static constexpr size_t kMaxNamedWords = 200;

  // Reads the thesaurus where the configuration names one. `analyzer` must outlive the interpreter. INVALID_ARGUMENT: a
  // weight that is not above 0 to 1; errors of Thesaurus::Read.
  static absl::StatusOr<std::unique_ptr<QueryInterpreter>> Create(const LexicalAnalyzer* analyzer,
                                                                  const config::QueryConfig& config);

  // REQUIRES: IsValidUtf8(question)
  InterpretedQuestion Interpret(absl::string_view question, const CorpusLanguage& language) const;

 private:
  class Reading;

  explicit QueryInterpreter(const LexicalAnalyzer* analyzer) : analyzer_(analyzer) {}

  bool IsKnown(absl::string_view word, const CorpusLanguage& language) const;

  const LexicalAnalyzer* analyzer_;
  bool corrects_spelling_ = true;
  bool expands_abbreviations_ = true;
  bool splits_ = true;
  float abbreviation_weight_ = 0;
  float thesaurus_weight_ = 0;
  std::unique_ptr<Thesaurus> thesaurus_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_QUERY_INTERPRETER_H_
