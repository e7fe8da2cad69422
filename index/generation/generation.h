// A generation of a corpus, opened for searching: immutable, whole, verified.
//
// Thread-safe. Memory: the indexes; passages and documents stay in the store. While the object lives, its segment is
// held, so that nobody retires the passages that a request is about to read.
#ifndef BEDSIDE_INDEX_GENERATION_GENERATION_H_
#define BEDSIDE_INDEX_GENERATION_GENERATION_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/lexical/lexical_index.h"
#include "index/passage/passage_ordinal.h"
#include "index/query/abbreviation_table.h"
#include "index/query/corpus_language.h"
#include "index/query/word_table.h"
#include "index/store/segment_store.h"
#include "index/vector/vector_index.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class Generation {
 public:
  // Reads and checks every piece that the manifest names. DATA_LOSS: a piece is missing, its SHA-256 is wrong, the
  // document table is out of order, or counts differ from the manifest's. FAILED_PRECONDITION: the manifest has not
  // exactly one segment. `segments` is used during the call only.
  static absl::StatusOr<std::shared_ptr<const Generation>> Open(const SegmentStore& segments,
                                                                const storage::Manifest& manifest,
                                                                const config::VectorIndexConfig& config);

  const storage::Manifest& manifest() const { return manifest_; }
  const std::string& name() const { return manifest_.generation(); }
  // Where its passages are stored.
  uint64_t segment() const { return manifest_.segments(0).segment(); }
  size_t passages() const { return lexical_->passages(); }

  const LexicalIndex& lexical() const { return *lexical_; }
  const VectorIndex& vectors() const { return *vectors_; }

  // What the corpus says of the words of a question. Tables that a generation of an earlier version lacks are empty:
  // nothing is assumed then. It lives as long as the generation.
  CorpusLanguage language() const { return {lexical_.get(), tables_.words.get(), tables_.abbreviations.get()}; }

  // By id, bytewise.
  const storage::DocumentTable& documents() const { return documents_; }

  // Index in documents().entries() of the document that the passage stands in. Logarithmic.
  // REQUIRES: IndexOf(passage) < passages()
  size_t DocumentOf(PassageOrdinal passage) const;

  // Index in documents().entries(); unset for an unknown id. Logarithmic.
  absl::optional<size_t> FindDocument(absl::string_view id) const;

 private:
  struct QueryTables {
    std::unique_ptr<WordTable> words;
    std::unique_ptr<AbbreviationTable> abbreviations;
  };

  Generation(storage::Manifest manifest, SegmentHold hold, std::unique_ptr<LexicalIndex> lexical,
             std::unique_ptr<VectorIndex> vectors, storage::DocumentTable documents, QueryTables tables);

  static absl::StatusOr<QueryTables> OpenTables(const SegmentStore& segments, const storage::SegmentManifest& segment);

  absl::Status CheckDocuments() const;
  absl::Status CheckCounts() const;

  SegmentHold hold_;
  storage::Manifest manifest_;
  std::unique_ptr<LexicalIndex> lexical_;
  std::unique_ptr<VectorIndex> vectors_;
  storage::DocumentTable documents_;
  QueryTables tables_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_GENERATION_H_
