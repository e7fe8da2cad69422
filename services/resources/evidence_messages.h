// Public messages of stored documents and passages. The one place where the rights of a source are applied to text that
// is shown: hidden text is left out, and a passage is cut after the words that its source allows.
#ifndef BEDSIDE_SERVICES_RESOURCES_EVIDENCE_MESSAGES_H_
#define BEDSIDE_SERVICES_RESOURCES_EVIDENCE_MESSAGES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/passage.pb.h"
#include "proto/bedside/v1/document.pb.h"
#include "proto/bedside/v1/passage.pb.h"

namespace bedside {

// What is said of a document from outside its content.
struct DocumentStanding {
  // SHA-256, lower-case hexadecimal.
  std::string version;
  v1::DocumentStatus status = v1::DOCUMENT_STATUS_CURRENT;
  std::string status_reason;
  v1::SourceTrust trust = v1::SOURCE_TRUST_TRUSTED;
};

// Without text and sections.
v1::Document DocumentMessage(absl::string_view corpus, const storage::Document& document,
                             const DocumentStanding& standing);

// With text and sections, as far as the rights allow.
v1::Document FullDocumentMessage(absl::string_view corpus, const storage::Document& document,
                                 const DocumentStanding& standing);

v1::Passage PassageMessage(absl::string_view corpus, const storage::Document& document, absl::string_view version,
                           const storage::Passage& passage);

// The bytes of [begin, end) that may be shown: all, the first words, or none. A prefix of the span.
absl::string_view ShownText(const storage::Document& document, uint32_t begin, uint32_t end);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_RESOURCES_EVIDENCE_MESSAGES_H_
