// Text for a terminal.
#ifndef BEDSIDE_TOOLS_BEDSIDE_TEXT_LAYOUT_H_
#define BEDSIDE_TOOLS_BEDSIDE_TEXT_LAYOUT_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// `text` on lines of at most `width` columns, broken at white space, each ended by "\n"; the first line begins with
// `first_indent`, the others with `indent`. Runs of white space become one space. Control characters become spaces, so
// that a document cannot send escape sequences to a terminal. A word that is longer than a line stays whole. A code
// point counts as one column. Text without words gives "".
std::string Wrapped(absl::string_view text, absl::string_view first_indent, absl::string_view indent, size_t width);

// As above, line by line: line breaks and empty lines of `text` stay.
std::string WrappedLines(absl::string_view text, absl::string_view indent, size_t width);

// On one line, control characters as above.
std::string OneLine(absl::string_view text);

// "12.3 MiB"
std::string HumanBytes(int64_t bytes);

// "DOCUMENT_KIND_CASE_REPORT" without "DOCUMENT_KIND_": "case report".
std::string EnumLabel(absl::string_view name, absl::string_view prefix);

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_BEDSIDE_TEXT_LAYOUT_H_
