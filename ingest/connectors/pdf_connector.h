// PDF files, by poppler's pdftotext and pdfinfo in processes of their own (subprocess.h): what crashes, spins or grows
// there is a problem of one file. What poppler cannot make sense of in a file that it can read is a warning.
//
// One document a file, id from its path below the source. Pages are kept; see pdf_text.h for how lines become headings
// and paragraphs, and what is left out as running heads, which is a warning. Tables come as pdftotext reads them, line
// by line.
#ifndef BEDSIDE_INGEST_CONNECTORS_PDF_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_PDF_CONNECTOR_H_

#include "ingest/connectors/connector.h"
#include "ingest/connectors/subprocess.h"
#include "proto/bedside/config/ingest_config.pb.h"

namespace bedside {

class PdfConnector : public Connector {
 public:
  // `limits`: time and memory for one file; defaults as in its comments.
  explicit PdfConnector(const config::ReadLimits& limits);

  absl::string_view format() const override { return "pdf"; }
  // By extension.
  bool Recognises(const SourceFile& file) const override;
  // Blocks for at most twice the time limit.
  void Read(const SourceFile& file, DocumentSink& sink) const override;

 private:
  const SubprocessLimits limits_;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_PDF_CONNECTOR_H_
