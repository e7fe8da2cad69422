// What the front matter of a JATS article says of it.
#ifndef BEDSIDE_INGEST_CONNECTORS_JATS_METADATA_H_
#define BEDSIDE_INGEST_CONNECTORS_JATS_METADATA_H_

#include <string>
#include <vector>

#include "ingest/connectors/xml_element.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/status.pb.h"

namespace bedside {

// Id (from PMCID, DOI or PMID, in this order; "" when it has none), identifiers, title, journal, the earliest date of
// publication, licence, language, kind, publication types (article type and heading subjects), tags (keywords).
void ReadJatsMetadata(const XmlElement& article, storage::Document& document);

struct JatsNotices {
  // One an identifier of the article that is meant.
  std::vector<storage::StatusNotice> notices;
  // What the article announces of an article that cannot be identified, for the report.
  std::vector<std::string> unidentified;
};

// Retractions, corrections and concerns that the article announces: of others, or that others announced of it.
// `document`: as ReadJatsMetadata left it; its stated status is set to the gravest of its own.
JatsNotices ReadJatsNotices(const XmlElement& article, storage::Document& document);

// Whether the article is nothing but a notice about another one: a retraction or an expression of concern.
bool IsJatsNotice(const XmlElement& article);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_JATS_METADATA_H_
