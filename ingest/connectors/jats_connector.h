// Full-text articles in JATS and its predecessor, the NLM archiving format: https://jats.nlm.nih.gov/archiving/
//
// One document an <article>, also where a file holds several; see jats_metadata.h and jats_text.h for what is read.
// A notice of retraction or concern is no document: it becomes a status notice about the article that it names, and a
// problem when it names none.
#ifndef BEDSIDE_INGEST_CONNECTORS_JATS_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_JATS_CONNECTOR_H_

#include "ingest/connectors/connector.h"

namespace bedside {

class JatsConnector : public Connector {
 public:
  absl::string_view format() const override { return "jats"; }
  // XML (.xml, .nxml) with the root article or pmc-articleset.
  bool Recognises(const SourceFile& file) const override;
  // An article cut short by an error in the file is left out. Memory: the largest article.
  void Read(const SourceFile& file, DocumentSink& sink) const override;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_JATS_CONNECTOR_H_
