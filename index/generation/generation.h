// A generation of a corpus, opened for searching: immutable, whole, verified. Its passages are those of its segments,
// numbered through; those of documents that a later segment replaces have numbers too, and are in no bitmap.
//
// Thread-safe. Memory: that of its segments, which it shares with other generations, and where it has several the
// tables of words of all of them.
#ifndef BEDSIDE_INDEX_GENERATION_GENERATION_H_
#define BEDSIDE_INDEX_GENERATION_GENERATION_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/optional.h"
#include "index/generation/live_documents.h"
#include "index/generation/segment.h"
#include "index/lexical/lexical_segments.h"
#include "index/passage/passage_ordinal.h"
#include "index/passage/segment_ordinals.h"
#include "index/query/abbreviation_table.h"
#include "index/query/corpus_language.h"
#include "index/query/word_table.h"
#include "index/store/segment_store.h"
#include "index/vector/vector_segments.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/manifest.pb.h"

namespace bedside {

class Generation {
 public:
  // Opens the segments that the manifest names; those that `serving` has are taken from it, null where there is none.
  // DATA_LOSS: see Segment::Open and LiveDocuments::Create, or vectors of another dimension than the manifest names.
  // FAILED_PRECONDITION: the manifest has no segment. `segments` and `serving` are used during the call only.
  static absl::StatusOr<std::shared_ptr<const Generation>> Open(const SegmentStore& segments,
                                                                const storage::Manifest& manifest,
                                                                const config::VectorIndexConfig& config,
                                                                const Generation* serving = nullptr);

  const storage::Manifest& manifest() const { return manifest_; }
  const std::string& name() const { return manifest_.generation(); }
  size_t passages() const { return lexical_.passages(); }

  const LexicalSegments& lexical() const { return lexical_; }
  const VectorSegments& vectors() const { return vectors_; }

  // What the corpus says of the words of a question. Tables that a generation of an earlier version lacks are empty:
  // nothing is assumed then. It lives as long as the generation.
  CorpusLanguage language() const { return {&lexical_, words_, abbreviations_}; }

  // By id, bytewise.
  const LiveDocuments& documents() const { return documents_; }

  // Index in documents() of the document that the passage stands in. Logarithmic.
  // REQUIRES: IndexOf(passage) < passages(), and its document is not replaced
  size_t DocumentOf(PassageOrdinal passage) const;

  // Number of the segment in the store, and where in it the passage is. REQUIRES: IndexOf(passage) < passages()
  SegmentPassage PlaceOf(PassageOrdinal passage) const { return ordinals_.PlaceOf(passage); }
  PassageOrdinal OrdinalOf(const SegmentPassage& place) const { return ordinals_.OrdinalOf(place); }
  const std::vector<std::shared_ptr<const Segment>>& segments() const { return segments_; }

 private:
  Generation(storage::Manifest manifest, std::vector<std::shared_ptr<const Segment>> segments, LiveDocuments documents);

  absl::Status CheckDimension() const;
  // The tables of words of all segments as one.
  absl::Status MergeTables();

  storage::Manifest manifest_;
  std::vector<std::shared_ptr<const Segment>> segments_;
  LiveDocuments documents_;
  LexicalSegments lexical_;
  VectorSegments vectors_;
  SegmentOrdinals ordinals_;
  // Of several segments; null where there is one.
  std::unique_ptr<WordTable> merged_words_;
  std::unique_ptr<AbbreviationTable> merged_abbreviations_;
  const WordTable* words_;
  const AbbreviationTable* abbreviations_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_GENERATION_H_
