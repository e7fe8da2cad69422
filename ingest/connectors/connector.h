// Reads one format. A connector never fails as a whole: what it cannot read, it reports, and goes on with the next
// record of the file.
//
// Implementations are stateless and thread-safe. The same bytes give the same documents, byte for byte.
#ifndef BEDSIDE_INGEST_CONNECTORS_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_CONNECTOR_H_

#include "absl/strings/string_view.h"
#include "ingest/connectors/document_sink.h"
#include "ingest/connectors/source_file.h"

namespace bedside {

class Connector {
 public:
  virtual ~Connector() = default;

  // Short name of the format, for reports: "medline".
  virtual absl::string_view format() const = 0;

  // Whether the file is of this format, by its extension and the first few KiB of its bytes. Cheap; formats are
  // disjoint.
  virtual bool Recognises(const SourceFile& file) const = 0;

  // REQUIRES: Recognises(file)
  virtual void Read(const SourceFile& file, DocumentSink& sink) const = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_CONNECTOR_H_
