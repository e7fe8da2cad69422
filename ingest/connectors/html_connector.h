// Pages of the web, as saved: https://html.spec.whatwg.org/
//
// One document a file; id from the canonical address, else from the file's path below its source. See html_text.h,
// html_visibility.h and html_metadata.h for what is read. The encoding is that of source_text.h, where the page's own
// declaration is that of a meta element, else of an XML declaration.
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
