// Lists of retractions, corrections and other changes of status (.csv). Two forms, told apart by their header:
//   - Retraction Watch's database, with the columns RetractionNature, RetractionDate, OriginalPaperDOI,
//     OriginalPaperPubMedID, Reason among others;
//   - scheme,value,status,date,reason in any order, date and reason as wanted; the schemes are pmid (pubmed), pmcid
//     (pmc), doi, url, and id for a document's id.
// Gives a notice for each identifier of a row and no documents. A row that cannot be read is a problem, also one of
// another scheme; a row of several lines in the second form is a warning.
// Source of the first form: Crossref's documentation of the Retraction Watch data.
#ifndef BEDSIDE_INGEST_CONNECTORS_STATUS_FEED_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_STATUS_FEED_CONNECTOR_H_

#include "ingest/connectors/connector.h"

namespace bedside {

class StatusFeedConnector : public Connector {
 public:
  absl::string_view format() const override { return "status feed"; }
  bool Recognises(const SourceFile& file) const override;
  void Read(const SourceFile& file, DocumentSink& sink) const override;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_STATUS_FEED_CONNECTOR_H_
