// BEIR corpora (.jsonl): one object a line with "_id", "text" and maybe "title", each of which becomes a SNIPPET. Files
// of the name queries are questions, not evidence. A line that cannot be read is a problem; the others go on.
// Source: Thakur et al., BEIR (2021).
#ifndef BEDSIDE_INGEST_CONNECTORS_BEIR_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_BEIR_CONNECTOR_H_

#include "ingest/connectors/connector.h"

namespace bedside {

class BeirConnector : public Connector {
 public:
  absl::string_view format() const override { return "beir"; }
  bool Recognises(const SourceFile& file) const override;
  void Read(const SourceFile& file, DocumentSink& sink) const override;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_BEIR_CONNECTOR_H_
