// Words as lists in a program have them.
#ifndef BEDSIDE_INDEX_QUERY_WORD_SET_H_
#define BEDSIDE_INDEX_QUERY_WORD_SET_H_

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace bedside {

using WordSet = absl::flat_hash_set<absl::string_view>;

// Of words between spaces, which must outlive the set.
inline WordSet WordSetOf(absl::string_view words) { return absl::StrSplit(words, ' ', absl::SkipEmpty()); }

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_WORD_SET_H_
