// PubMedQA (.json): an object from PMID to an abstract. QUESTION is the article's title, CONTEXTS with LABELS are the
// sections of its abstract and LONG_ANSWER its conclusions; the yes/no decision is not part of the article and is
// passed over. One that cannot be read is a problem; the others go on. Source: Jin et al., PubMedQA (2019).
#ifndef BEDSIDE_INGEST_CONNECTORS_PUBMEDQA_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_PUBMEDQA_CONNECTOR_H_

#include "ingest/connectors/connector.h"

namespace bedside {

class PubmedqaConnector : public Connector {
 public:
  absl::string_view format() const override { return "pubmedqa"; }
  bool Recognises(const SourceFile& file) const override;
  void Read(const SourceFile& file, DocumentSink& sink) const override;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_PUBMEDQA_CONNECTOR_H_
