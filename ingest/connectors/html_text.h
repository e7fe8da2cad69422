// The readable text of an HTML page.
#ifndef BEDSIDE_INGEST_CONNECTORS_HTML_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_HTML_TEXT_H_

#include <string>

#include "absl/container/btree_map.h"
#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/html_tree.h"

namespace bedside {

struct HtmlTextCounts {
  // Elements with text that were left out because readers do not see them.
  size_t hidden = 0;
  // Elements that were left out because they lie too deep.
  size_t too_deep = 0;
  // Elements with text that were left out as no text of the document, by name.
  absl::btree_map<std::string, size_t> left_out;
};

// Adds the text of the page's main content (the main element, else its only article, else the body): headings open
// sections, paragraphs, lists, definitions, tables and captions are blocks. A heading equal to the title of the
// document opens none. Pictures give their alternative text, formulas a line (html_math.h). Left out: scripts and what
// is no text of the document (html_part.h), the list of references (from its heading up to the next one of its level),
// and what is hidden from readers (html_visibility.h).
HtmlTextCounts AddHtmlText(const HtmlTree& tree, DocumentBuilder& builder);

// Inline text of an element, white space collapsed; as inline_text.h for subscripts and superscripts.
std::string HtmlInlineText(const GumboNode& node);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_HTML_TEXT_H_
