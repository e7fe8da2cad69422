// Which versions of which documents the next generation holds.
#ifndef BEDSIDE_INGEST_PIPELINE_DOCUMENT_SELECTION_H_
#define BEDSIDE_INGEST_PIPELINE_DOCUMENT_SELECTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "index/generation/live_documents.h"
#include "ingest/pipeline/document_head.h"
#include "ingest/pipeline/notice_ledger.h"

namespace bedside {

struct SelectedDocument {
  std::string id;
  // Raw bytes.
  std::string version;
};

struct DocumentSelection {
  // By id, bytewise.
  std::vector<SelectedDocument> documents;
  // Of the documents that were read: those that `active` has in the same version, and the others.
  int64_t unchanged = 0;
  int64_t changed = 0;
  // Whether `documents` is what `active` holds.
  bool same_as_active = false;
};

// Which documents of the active generation stay that were not read.
struct KeptDocuments {
  // Whether those of `source_set` (as stored) do; those of other sets always do.
  bool same_set = true;
  std::string source_set;
};

// What was read, and what `active` holds beside and `kept` admits; without what was deleted for good. Linear in both.
DocumentSelection SelectDocuments(const DocumentHeads& read, const LiveDocuments& active, const KeptDocuments& kept,
                                  const NoticeLedger& notices);

// What leads from one generation to the next.
struct DocumentChanges {
  // New, or of another version; by id.
  std::vector<SelectedDocument> changed;
  // Ids of those that are no longer there.
  std::vector<std::string> removed;
};

// REQUIRES: `documents` are by id
DocumentChanges ChangesBetween(const LiveDocuments& active, const std::vector<SelectedDocument>& documents);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_DOCUMENT_SELECTION_H_
