// The readable text of a JATS article: abstract, body, appendices, and the floating tables and figures.
//
// Sections with their headings; paragraphs, with lists, tables and boxes inside them as blocks of their own; tables
// with caption, header and footnotes; captions of figures. Left out: references, acknowledgements, declarations
// (funding, interests, contributions, data), footnotes, supplementary files, abstracts in other languages or as
// pictures, and articles inside the article (reviews, responses, translations).
#ifndef BEDSIDE_INGEST_CONNECTORS_JATS_TEXT_H_
#define BEDSIDE_INGEST_CONNECTORS_JATS_TEXT_H_

#include "ingest/connectors/document_builder.h"
#include "ingest/connectors/xml_element.h"

namespace bedside {

void AddJatsText(const XmlElement& article, DocumentBuilder& builder);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_JATS_TEXT_H_
