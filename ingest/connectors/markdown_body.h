// The body of a Markdown file as sections and blocks.
#ifndef BEDSIDE_INGEST_CONNECTORS_MARKDOWN_BODY_H_
#define BEDSIDE_INGEST_CONNECTORS_MARKDOWN_BODY_H_

#include "absl/strings/string_view.h"
#include "ingest/connectors/document_builder.h"

namespace bedside {

struct MarkdownCounts {
  // As in VisibleMarkdown.
  size_t hidden = 0;
  size_t unclosed = 0;
};

// Adds the body to `builder`; where its metadata has no title, the first top heading becomes the title.
//
// Headings ("#" and underlined) become nested sections, but not a first top heading that only repeats the title:
// four in five of its words are the title's. Paragraphs, quotations and code become paragraphs; pipe tables become
// tables. The context of a list item is the label above the list, then the items it is nested in, one a line. A label
// is a paragraph directly above that ends with ":" or is bold throughout; above a table it becomes the caption. Rules
// and what is hidden in HTML are left out.
//
// A line that begins with a number or a bullet goes on the paragraph above where it may be part of it: of numbers, only
// "1." begins a list there. The numbers of list items are left out where they count from 1, or on from the list before.
//
// Linear in the text. Source: CommonMark 0.30 and the tables of GitHub's dialect, without indented code and reference
// links.
MarkdownCounts ReadMarkdownBody(absl::string_view body, DocumentBuilder* builder);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MARKDOWN_BODY_H_
