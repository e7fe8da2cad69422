// Markdown with or without YAML front matter (.md, .markdown): one document a file. See source_text.h,
// front_matter.h and markdown_body.h. Without front matter the id is the file's name without folder and extension, the
// title the first top heading, and the kind OTHER.
//
// A file whose front matter cannot be read gives no document: its status would be unknown.
#ifndef BEDSIDE_INGEST_CONNECTORS_MARKDOWN_CONNECTOR_H_
#define BEDSIDE_INGEST_CONNECTORS_MARKDOWN_CONNECTOR_H_

#include "ingest/connectors/connector.h"

namespace bedside {

class MarkdownConnector : public Connector {
 public:
  absl::string_view format() const override { return "markdown"; }
  bool Recognises(const SourceFile& file) const override;
  void Read(const SourceFile& file, DocumentSink& sink) const override;
};

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_MARKDOWN_CONNECTOR_H_
