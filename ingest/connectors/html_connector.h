// Pages of the web, as saved: https://html.spec.whatwg.org/
//
// One document a file; id from the canonical address, else from the file's path below its source. See html_text.h,
// html_visibility.h and html_metadata.h for what is read. The encoding is that of the byte order mark, else that of the
// page's own declaration, else UTF-8 when the bytes are, else windows-1252.
#ifndef BEDSIDE_INGEST_CONNECTORS_HTML_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_HTML_CONNECTOR_H_

#include "ingest/connectors/connector.h"

namespace bedside {

class HtmlConnector : public Connector {
 public:
  absl::string_view format() const override { return "html"; }
  // By extension: .html, .htm, .xhtml.
  bool Recognises(const SourceFile& file) const override;
  void Read(const SourceFile& file, DocumentSink& sink) const override;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_HTML_CONNECTOR_H_
