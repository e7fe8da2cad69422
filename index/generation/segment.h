// A segment of a generation, opened for searching: immutable, whole, verified. Generations share segments.
//
// Thread-safe. Memory: the indexes; passages and documents stay in the store. While the object lives, its segment is
// held, so that nobody removes the passages that a request is about to read.
#ifndef BEDSIDE_INDEX_GENERATION_SEGMENT_H_
#define BEDSIDE_INDEX_GENERATION_SEGMENT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "index/lexical/lexical_index.h"
#include "index/passage/passage_ordinal.h"
#include "index/query/abbreviation_table.h"
#include "index/query/word_table.h"
#include "index/store/segment_store.h"
#include "index/vector/vector_index.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class Segment {
 public:
  // Reads and checks every piece that the manifest names. Of one whose passages are in a cluster, lexical() knows terms
  // only and vectors() none. DATA_LOSS: a piece is missing, its SHA-256 is wrong, the
  // document table is out of order, or counts differ from the manifest's. `segments` is used during the call only.
  static absl::StatusOr<std::shared_ptr<const Segment>> Open(const SegmentStore& segments,
                                                             const storage::SegmentManifest& manifest,
                                                             const config::VectorIndexConfig& config);

  uint64_t number() const { return *hold_; }
  size_t passages() const { return lexical_->passages(); }

  const LexicalIndex& lexical() const { return *lexical_; }
  const VectorIndex& vectors() const { return *vectors_; }
  // Empty where the version that wrote the segment had no such table.
  const WordTable& words() const { return *words_; }
  const AbbreviationTable& abbreviations() const { return *abbreviations_; }
  // By id, bytewise; also those that a generation has no longer.
  const std::shared_ptr<const storage::DocumentTable>& documents() const { return documents_; }

  // Index in the document table of the document that the passage stands in. Logarithmic.
  // REQUIRES: IndexOf(passage) < passages()
  size_t DocumentOf(PassageOrdinal passage) const;

 private:
  Segment() = default;

  absl::Status CheckDocuments() const;
  absl::Status CheckCounts(const storage::SegmentManifest& manifest) const;

  SegmentHold hold_;
  std::unique_ptr<LexicalIndex> lexical_;
  std::unique_ptr<VectorIndex> vectors_;
  std::unique_ptr<WordTable> words_;
  std::unique_ptr<AbbreviationTable> abbreviations_;
  std::shared_ptr<const storage::DocumentTable> documents_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_SEGMENT_H_
