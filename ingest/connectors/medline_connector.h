// Bibliographic records of MEDLINE/PubMed: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
//
// One document a PubmedArticle, id "pmid-<PMID>", with title, abstract sections, MeSH headings and publication types.
// The date of its last revision decides between the records of one PMID in baseline and update files. An abstract in
// another language (OtherAbstract) is left out. An article without abstract has its title as its only paragraph, with a
// warning. Notices (retractions, errata, expressions of concern) are no documents unless they have an
// abstract: they become status notices about the articles that they name by PMID or DOI, and a problem where they name
// none. What a record says of itself becomes a notice about each of its identifiers, so that copies of the article
// under another one are reached. A deleted citation becomes a notice too. Chapters of books (PubmedBookArticle) are not
// read, and reported.
#ifndef BEDSIDE_INGEST_CONNECTORS_MEDLINE_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_MEDLINE_CONNECTOR_H_

#include "ingest/connectors/connector.h"

namespace bedside {

class MedlineConnector : public Connector {
 public:
  absl::string_view format() const override { return "medline"; }
  // XML with the root PubmedArticleSet.
  bool Recognises(const SourceFile& file) const override;
  // Memory: the largest record.
  void Read(const SourceFile& file, DocumentSink& sink) const override;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MEDLINE_CONNECTOR_H_
