// What an HTML page says of itself.
#ifndef BEDSIDE_INGEST_CONNECTORS_HTML_METADATA_H_
#define BEDSIDE_INGEST_CONNECTORS_HTML_METADATA_H_

#include "ingest/connectors/html_tree.h"
#include "proto/bedside/storage/document.pb.h"

namespace bedside {

// From meta elements (the citation_*, dc.*, article:* and og:* families), the canonical and licence links, the language
// of the html element, and the title: id ("html-" and the canonical address; "" without one), identifiers, title,
// publisher, date, language, tags, licence. A page of a journal is an article, another one has the kind OTHER.
void ReadHtmlMetadata(const HtmlTree& tree, storage::Document& document);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_HTML_METADATA_H_
