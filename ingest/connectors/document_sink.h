// Takes what a connector finds in a source, in the order of the source.
#ifndef BEDSIDE_INGEST_CONNECTORS_DOCUMENT_SINK_H_
#define BEDSIDE_INGEST_CONNECTORS_DOCUMENT_SINK_H_

#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/status.pb.h"
#include "proto/bedside/v1/corpus_service.pb.h"

namespace bedside {

class DocumentSink {
 public:
  virtual ~DocumentSink() = default;

  // A readable document. Returns whether to go on: false when the run was stopped or the store failed, and then the
  // connector returns soon.
  virtual bool OnDocument(storage::Document document) = 0;

  // A retraction, correction or deletion that the source announces, about any document.
  virtual void OnStatus(storage::StatusNotice notice) = 0;

  // Something that could not be read (problem.warning() false: no document came of it), or was read with a reservation.
  virtual void OnProblem(v1::JobProblem problem) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_DOCUMENT_SINK_H_
