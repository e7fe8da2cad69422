// What a run remembers of a document that it has stored: enough to decide between two of one id.
#ifndef BEDSIDE_INGEST_PIPELINE_DOCUMENT_HEAD_H_
#define BEDSIDE_INGEST_PIPELINE_DOCUMENT_HEAD_H_

#include <map>
#include <string>

#include "proto/bedside/storage/document.pb.h"

namespace bedside {

struct DocumentHead {
  // SHA-256 of the content, raw bytes: see DocumentStore::VersionOf.
  std::string version;
  v1::Date publication_date;
  std::string source_version;
  std::string source;
};

// By id, bytewise.
using DocumentHeads = std::map<std::string, DocumentHead>;

DocumentHead HeadOf(const storage::Document& document, std::string version);

// Whether `a` is to be published rather than `b`, another document of the same id: the later publication date wins (an
// unknown part of a date is earlier than any), then the greater source version (by number where both are numbers), then
// the smaller source name.
bool Prevails(const DocumentHead& a, const DocumentHead& b);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_DOCUMENT_HEAD_H_
