// The tables of a corpus of a few passages, as a generation holds them.
#ifndef BEDSIDE_TESTS_INDEX_QUERY_SMALL_CORPUS_H_
#define BEDSIDE_TESTS_INDEX_QUERY_SMALL_CORPUS_H_

#include <memory>
#include <string>
#include <vector>

#include "index/lexical/lexical_index_builder.h"
#include "index/query/corpus_language.h"
#include "index/text/lexical_analyzer.h"
#include "tests/index/query/table_of_words.h"

namespace bedside {

class SmallCorpus {
 public:
  SmallCorpus(const LexicalAnalyzer* analyzer, const std::vector<std::string>& passages)
      : words_(TableOfWords(passages)) {
    LexicalIndexBuilder builder(analyzer);
    for (const std::string& passage : passages) builder.Add({"", "", passage, ""});
    lexical_ = *LexicalIndex::Open(builder.Finish());
  }

  CorpusLanguage language() const { return {lexical_.get(), words_.get()}; }

 private:
  std::unique_ptr<WordTable> words_;
  std::unique_ptr<LexicalIndex> lexical_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_QUERY_SMALL_CORPUS_H_
