// The words in which sources state what a document is worth.
#ifndef BEDSIDE_INGEST_CONNECTORS_DOCUMENT_STATUS_NAME_H_
#define BEDSIDE_INGEST_CONNECTORS_DOCUMENT_STATUS_NAME_H_

#include "absl/strings/string_view.h"
#include "proto/bedside/v1/document.pb.h"

namespace bedside {

// The words that ParseDocumentStatus takes, for messages.
extern const char kDocumentStatusNames[];

// Without regard to case; "-", "_" and space are the same. UNSPECIFIED for any other word: DELETED is no source's to
// say.
v1::DocumentStatus ParseDocumentStatus(absl::string_view name);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_CONNECTORS_DOCUMENT_STATUS_NAME_H_
