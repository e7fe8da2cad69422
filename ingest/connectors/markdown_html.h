// HTML inside Markdown.
#ifndef BEDSIDE_INGEST_CONNECTORS_MARKDOWN_HTML_H_
#define BEDSIDE_INGEST_CONNECTORS_MARKDOWN_HTML_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

struct VisibleMarkdown {
  std::string text;
  // Elements with text that were left out because readers do not see them, or see them struck out.
  size_t hidden = 0;
  // Comments and tags that have no end and were read as text.
  size_t unclosed = 0;
};

// `markdown` without HTML: comments, scripts, styles, deleted text and elements that are hidden (attribute hidden, or a
// style of display:none, visibility:hidden, opacity:0 or font-size:0) go with their contents, other tags go alone, and
// part words where a reader sees them apart; of a picture its alternative text stays. A numeric superscript after a
// digit gets a caret and such a subscript "_", since "10^6" and "106" are different doses.
//
// Nothing is lost to what only looks like a tag: "<" begins one when the name of an element of HTML and attributes
// that are well formed follow, as in none of "<185 mmHg", "p<s and more" and "A<B and C>D". What hides and has no end
// is text, and so is a tag such as "<b>" without attributes; an element that says it is hidden goes up to the end of
// its paragraph then. Struck and other phrases end with their paragraph. Linear.
VisibleMarkdown WithoutHtml(absl::string_view markdown);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MARKDOWN_HTML_H_
