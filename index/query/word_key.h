// What two names have in common that are the same but for inflection, hyphens and letter case.
#ifndef BEDSIDE_INDEX_QUERY_WORD_KEY_H_
#define BEDSIDE_INDEX_QUERY_WORD_KEY_H_

#include <string>

#include "absl/strings/string_view.h"
#include "index/text/lexical_analyzer.h"

namespace bedside {

// Names are looked up by their keys; a longer name has none.
constexpr size_t kMaxNameWords = 12;

// The stem of a folded word; the word itself where it has none, as a letter or "of". One run of the analyser.
std::string WordKey(const LexicalAnalyzer& analyzer, absl::string_view word);

// The keys of the words of `name`, parted by spaces; "" for a name of no words or more than kMaxNameWords.
std::string NameKey(const LexicalAnalyzer& analyzer, absl::string_view name);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_WORD_KEY_H_
