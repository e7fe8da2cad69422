// Other names of drugs and diseases: the names of one thing are interchangeable when asking whether a text speaks of
// it. Short: international and American names of drugs, lay names and abbreviations of common diseases and
// measurements; never a class and its members, which are not interchangeable. Thread-safe.
#ifndef BEDSIDE_INDEX_QUERY_OTHER_NAMES_H_
#define BEDSIDE_INDEX_QUERY_OTHER_NAMES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace bedside {

// Each a list of names of one thing, separated by "|", in lower case.
absl::Span<const absl::string_view> OtherNames();

// The same for organs and for words of any disease or drug ("attack", "antibiotic"), which name none by themselves.
absl::Span<const absl::string_view> OtherWords();

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_OTHER_NAMES_H_
