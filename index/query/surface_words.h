// The words of a text as people write them: what tables of words hold and what spelling is about. The lexical index
// knows stems only.
//
// Thread-safe. Some 100 MB/s on ASCII.
#ifndef BEDSIDE_INDEX_QUERY_SURFACE_WORDS_H_
#define BEDSIDE_INDEX_QUERY_SURFACE_WORDS_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "index/text/span.h"

namespace bedside {

struct SurfaceWord {
  // Folded: lower case, without accents, compatibility characters replaced.
  std::string text;
  // In the text that was read.
  Span span;
};

// Calls `visit` with each run of letters, digits and marks, folded, and its place. The view is valid during the call.
// REQUIRES: IsValidUtf8(text), shorter than 2 GiB
void ForEachSurfaceWord(absl::string_view text, absl::FunctionRef<void(absl::string_view, Span)> visit);

// The same as a list.
std::vector<SurfaceWord> SurfaceWords(absl::string_view text);

// Whether a folded word is made of the letters a to z alone. "" is not.
bool IsPlainWord(absl::string_view word);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_QUERY_SURFACE_WORDS_H_
