// HTML inside Markdown.
#ifndef BEDSIDE_INGEST_CONNECTORS_MARKDOWN_HTML_H_
#define BEDSIDE_INGEST_CONNECTORS_MARKDOWN_HTML_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// `markdown` without HTML: comments, scripts, styles and elements that are hidden (attribute hidden,
// aria-hidden="true", or a style of display:none, visibility:hidden, opacity:0 or font-size:0) go with their contents,
// other tags go alone, and part words where a reader sees them apart. A superscript after a digit gets a caret, since
// "10^6" and "106" are different doses. "<" that begins no tag of HTML, as in "<185 mmHg", stays. What is hidden and
// has no end goes to the end of the text, so that nothing a reader cannot see becomes evidence. Linear.
std::string WithoutHtml(absl::string_view markdown);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MARKDOWN_HTML_H_
