// The readable text of a JATS article: abstract, body, appendices, and the floating tables and figures.
//
// Sections with their headings; paragraphs, with lists, tables and boxes inside them as blocks of their own; items of
// lists and definitions, with all that they stand under as their context; tables with caption, header and footnotes;
// captions of figures. Left out: references, acknowledgements, declarations (funding, interests, contributions, data),
// footnotes outside tables, supplementary files, glossaries, abstracts in other languages or as pictures, and articles
// inside the article (reviews, responses, translations).
#ifndef BEDSIDE_INGEST_CONNECTORS_JATS_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_JATS_TEXT_H_

#include <cstddef>

#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {

struct JatsTextCounts {
  // Tables of which only the caption was read: they are pictures, or in a form that is not known.
  size_t unread_tables = 0;
};

JatsTextCounts AddJatsText(const XmlElement& article, DocumentBuilder& builder);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_JATS_TEXT_H_
