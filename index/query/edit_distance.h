// How many typing errors lie between two words.
#ifndef BEDSIDE_INDEX_QUERY_EDIT_DISTANCE_H_
#define BEDSIDE_INDEX_QUERY_EDIT_DISTANCE_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace bedside {

// Letters inserted, left out or replaced, and neighbours swapped, none edited twice (optimal string alignment); `most`
// + 1 where there are more than `most`. Source: Damerau, A technique for computer detection and correction of spelling
// errors (1964). Cost: a.size() times 2 most + 1 steps. REQUIRES: a and b have at most 40 bytes
size_t EditDistance(absl::string_view a, absl::string_view b, size_t most);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_EDIT_DISTANCE_H_
