// What part an element plays in its page.
#ifndef BEDSIDE_INGEST_CONNECTORS_HTML_PART_H_
#define BEDSIDE_INGEST_CONNECTORS_HTML_PART_H_

#include "ingest/connectors/html_tree.h"

namespace bedside {

enum class HtmlPart {
  kText,
  // Nobody's text: scripts, styles and the like.
  kCode,
  // Text, but not of the document: navigation, headers and footers of the page, controls, struck text.
  kFurniture,
  // Says again what another element says.
  kTwin,
};

// `in_main`: whether the element lies in what the page marks as its main content. What such content, or a section, has
// of headers and asides is text; of the page's own, only headers further down than in its body are. Forms are text when
// they hold paragraphs, headings, lists or tables; buttons, when a heading is inside or around them.
HtmlPart PartOf(const GumboNode& element, bool in_main);

// Whether the element stands in a line of text.
bool IsInlineElement(GumboTag tag);

// 1 to 6 for headings; 0 for other elements.
int HtmlHeadingLevel(GumboTag tag);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_HTML_PART_H_
