// Validity and canonical form of text. What the text says is never changed, only how it is encoded.
#ifndef BEDSIDE_INDEX_TEXT_UTF8_H_
#define BEDSIDE_INDEX_TEXT_UTF8_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace bedside {

bool IsValidUtf8(absl::string_view text);

// NFC; "\r\n" and "\r" become "\n"; no-break spaces and control characters that part words (such as vertical tab, form
// feed and U+0085) become a space; other control characters but "\n" and "\t", bidirectional controls, and characters
// that no font shows (Unicode's Default_Ignorable_Code_Point: zero-width ones, soft hyphens, variation selectors, tag
// characters; and interlinear annotations) are removed. Invalid sequences become U+FFFD.
std::string CanonicalText(absl::string_view text);

// UTF-8 of `bytes` in `charset` (an ICU converter name, for example "ISO-8859-1").
// INVALID_ARGUMENT for a charset that ICU does not know, or in which no texts are written (UTF-7, SCSU).
absl::StatusOr<std::string> ToUtf8(absl::string_view bytes, absl::string_view charset);

// Unicode case folding, for comparison, not for show.
std::string FoldCase(absl::string_view text);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_TEXT_UTF8_H_
