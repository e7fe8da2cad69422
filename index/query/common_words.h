// English words that any question may hold: they are not taken for misspelt where a small corpus lacks them.
#ifndef BEDSIDE_INDEX_QUERY_COMMON_WORDS_H_
#define BEDSIDE_INDEX_QUERY_COMMON_WORDS_H_

#include "absl/strings/string_view.h"

namespace bedside {

// `word`: folded.
bool IsCommonWord(absl::string_view word);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_COMMON_WORDS_H_
