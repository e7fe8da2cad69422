// Pages of questions and answers of US health institutes in the XML of MedQuAD (https://github.com/abachaa/MedQuAD).
//
// One document a file: a section for each question that has an answer, with the question as its heading and its type
// (TREATMENT) as its label. Licence CC BY 4.0. Answers that were removed for copyright are left out; a file without any
// answer is a warning.
#ifndef BEDSIDE_INGEST_CONNECTORS_MEDQUAD_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_MEDQUAD_CONNECTOR_H_

#include "ingest/connectors/connector.h"

namespace bedside {

class MedquadConnector : public Connector {
 public:
  absl::string_view format() const override { return "medquad"; }
  // XML with the root Document, or the DiseaseFile and doc of some older files, that has pairs.
  bool Recognises(const SourceFile& file) const override;
  void Read(const SourceFile& file, DocumentSink& sink) const override;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MEDQUAD_CONNECTOR_H_
