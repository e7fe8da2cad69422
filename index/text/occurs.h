// Whether a regular expression occurs in a text.
#ifndef BEDSIDE_INDEX_TEXT_OCCURS_H_
#define BEDSIDE_INDEX_TEXT_OCCURS_H_

#include <re2/re2.h>

#include "absl/strings/string_view.h"

namespace bedside {

// Anywhere in it. Linear in the text.
inline bool Occurs(absl::string_view text, const RE2& pattern) {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

}  // namespace bedside

#endif  // BEDSIDE_INDEX_TEXT_OCCURS_H_
