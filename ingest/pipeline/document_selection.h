// Which versions of which documents the next generation holds.
#ifndef BEDSIDE_INGEST_PIPELINE_DOCUMENT_SELECTION_H_
#define BEDSIDE_INGEST_PIPELINE_DOCUMENT_SELECTION_H_

#include <cstdint>
#include <string>
#include <vector>

#include "ingest/pipeline/document_head.h"
#include "ingest/pipeline/notice_ledger.h"
#include "proto/bedside/storage/manifest.pb.h"

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
DocumentSelection SelectDocuments(const DocumentHeads& read, const storage::DocumentTable& active,
                                  const KeptDocuments& kept, const NoticeLedger& notices);

}  // namespace bedside

#endif  // BEDSIDE_INGEST_PIPELINE_DOCUMENT_SELECTION_H_
