// Inline markup of Markdown.
#ifndef BEDSIDE_INGEST_CONNECTORS_MARKDOWN_INLINE_H_
#define BEDSIDE_INGEST_CONNECTORS_MARKDOWN_INLINE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// The text of a paragraph, cell or heading as its reader sees it: emphasis, code marks, links and images give their
// text, escapes and entities their character; what is struck through is no longer said, and goes. Marks that do not
// pair up stay, and so do "*" and "_" inside a word, as in "HLA-B*57:01". HTML must have been taken out before. Source:
// CommonMark 0.30, section 6, with these deviations; "~~" from GitHub's dialect.
std::string MarkdownPlainText(absl::string_view markdown);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MARKDOWN_INLINE_H_
