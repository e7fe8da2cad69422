// What a run remembers of a document that it has stored: enough to decide between two of one id.
#ifndef BEDSIDE_INGEST_PIPELINE_DOCUMENT_HEAD_H_
#define BEDSIDE_INGEST_PIPELINE_DOCUMENT_HEAD_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/types/optional.h"
#include "proto/bedside/storage/document.pb.h"

namespace bedside {

struct DocumentHead {
  // SHA-256 of the content, raw bytes: see DocumentStore::VersionOf.
  std::string version;
  // That of the content as it was read; `version` differs from it when another document of the id gave its status.
  std::string version_read;
  v1::Date publication_date;
  std::string source_version;
  std::string source;
  v1::DocumentStatus stated_status = v1::DOCUMENT_STATUS_UNSPECIFIED;
  // See storage::Document.last_revision.
  absl::optional<v1::Date> last_revision;
  // Documents of the run that were read before it.
  int64_t place = 0;
};

// By id, bytewise.
using DocumentHeads = std::map<std::string, DocumentHead>;

DocumentHead HeadOf(const storage::Document& document, std::string version, int64_t place);

// Whether `a` is to be published rather than `b`, another document of the same id. An unknown part of a date is earlier
// than any; versions are compared by number where both are numbers.
//   - The later publication date wins, then the greater source version, then the smaller source name.
//   - Of two revisions of a record (both have `last_revision`): the greater source version, then the later revision,
//     then the later publication date, then the greater name of the file (files of updates are numbered), then the
//     later place. A record with revisions wins over a document without.
bool Prevails(const DocumentHead& a, const DocumentHead& b);

// Whether both are revisions of a record, and `a` is of a greater source version, or of the same and a later date.
bool IsLaterRevision(const DocumentHead& a, const DocumentHead& b);

// What `loser` says of the document's worth and `winner`, which prevails over it, does not: a graver stated status,
// unless it only says that there is a later edition, and `winner` is one. UNSPECIFIED when there is nothing.
v1::DocumentStatus StatusToTake(const DocumentHead& winner, const DocumentHead& loser);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_DOCUMENT_HEAD_H_
