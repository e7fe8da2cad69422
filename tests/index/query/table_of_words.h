// A table of the words of some passages, for tests.
#ifndef BEDSIDE_TESTS_INDEX_QUERY_TABLE_OF_WORDS_H_
#define BEDSIDE_TESTS_INDEX_QUERY_TABLE_OF_WORDS_H_

#include <memory>
#include <string>
#include <vector>

#include "index/query/word_table.h"

namespace bedside {

inline std::string WordBytes(const std::vector<std::string>& passages) {
  WordTableBuilder builder;
  for (const std::string& passage : passages) {
    builder.Add(passage);
    builder.NextPassage();
  }
  return builder.Finish();
}

inline std::unique_ptr<WordTable> TableOfWords(const std::vector<std::string>& passages) {
  return *WordTable::Open(WordBytes(passages));
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_QUERY_TABLE_OF_WORDS_H_
