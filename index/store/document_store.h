// Column families `documents` and `heads`: every version of every document that was read, and beside it what it says
// without its text, so that a list of documents reads no texts. A version is never overwritten.
//
// Thread-safe.
#ifndef BEDSIDE_INDEX_STORE_DOCUMENT_STORE_H_
#define BEDSIDE_INDEX_STORE_DOCUMENT_STORE_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/store/database.h"
#include "proto/bedside/storage/document.pb.h"

namespace bedside {

// Names one version of a document.
struct DocumentVersion {
  absl::string_view id;
  // SHA-256, raw bytes.
  absl::string_view version;
};

class DocumentStore {
 public:
  // `database` must outlive the store.
  explicit DocumentStore(Database* database) : database_(database) {}

  // The version of `document`: SHA-256 of its deterministic serialisation without `source`, 32 raw bytes. The same
  // content read from another place is the same version.
  static std::string VersionOf(const storage::Document& document);

  // Stores the document unless that version is there, and returns the version. Durable after Database::Sync, or with
  // the next synced write.
  absl::StatusOr<std::string> Put(absl::string_view corpus, const storage::Document& document);

  // NOT_FOUND: no such version. DATA_LOSS: it does not parse.
  absl::StatusOr<storage::Document> Get(absl::string_view corpus, absl::string_view id,
                                        absl::string_view version) const;

  // Everything of the documents but text, sections and page begins, in the order given. Errors as Get's. Cost: some 100
  // bytes a document; the whole document where an earlier version of the code stored it.
  absl::StatusOr<std::vector<storage::Document>> GetMetadata(absl::string_view corpus,
                                                             const std::vector<DocumentVersion>& documents) const;

  // Whether any version of the document is stored.
  absl::StatusOr<bool> HasAny(absl::string_view corpus, absl::string_view id) const;

  // Adds the removal of every version of the document to `batch`.
  static void DeleteAll(absl::string_view corpus, absl::string_view id, WriteBatch* batch);

 private:
  Database* database_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_DOCUMENT_STORE_H_
