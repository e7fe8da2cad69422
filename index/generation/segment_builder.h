// Writes one segment from documents that are already cut into passages and embedded. What it writes is invisible until
// GenerationPublisher::Publish. Not thread-safe.
//
// Memory: the vectors as VectorIndexBuilder holds them, the postings of all passages, and their distinct words and
// abbreviations.
#ifndef BEDSIDE_INDEX_GENERATION_SEGMENT_BUILDER_H_
#define BEDSIDE_INDEX_GENERATION_SEGMENT_BUILDER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/lexical/bm25f.h"
#include "index/lexical/lexical_index_builder.h"
#include "index/query/abbreviation_table.h"
#include "index/query/word_table.h"
#include "index/store/evidence_store.h"
#include "index/store/segment_store.h"
#include "index/text/lexical_analyzer.h"
#include "index/vector/vector_index_builder.h"
#include "proto/bedside/config/index_config.pb.h"
#include "proto/bedside/storage/document.pb.h"
#include "proto/bedside/storage/manifest.pb.h"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {

// A passage with its vector.
struct EmbeddedPassage {
  storage::Passage passage;
  // Of the builder's dimension.
  std::vector<float> vector;
};

// A segment that no manifest names yet; while it is held, nobody takes it for a leftover.
struct BuiltSegment {
  storage::SegmentManifest manifest;
  // As they were read back.
  std::shared_ptr<const storage::DocumentTable> documents;
  SegmentHold hold;
};

class SegmentBuilder {
 public:
  // `store` and `analyzer` must outlive the builder. `means`: those of the generation that the segment joins; all 0
  // where it is the first. INVALID_ARGUMENT: a field of `config` is out of range.
  static absl::StatusOr<std::unique_ptr<SegmentBuilder>> Create(EvidenceStore* store, size_t dimension,
                                                                const config::VectorIndexConfig& config,
                                                                const LexicalAnalyzer* analyzer,
                                                                const MeanFieldLengths& means = {});

  // INVALID_ARGUMENT: a vector of another dimension or of no finite length, or a passage that leaves the text; nothing
  // was added.
  // REQUIRES: document ids ascend bytewise from call to call; `version` is DocumentStore::VersionOf(document).
  absl::Status AddDocument(const storage::Document& document, absl::string_view version,
                           std::vector<EmbeddedPassage> passages);

  // Builds and writes the indexes, syncs them, reads them back, verifies them, and returns what a manifest says of
  // them. The builder is spent. DATA_LOSS: what was read back is not what was written, or document ids did not ascend.
  absl::StatusOr<BuiltSegment> Finish();

  // Passages added so far.
  size_t passages() const { return passages_; }

  // Where it writes: what is to be removed when the segment is given up.
  uint64_t segment() const { return *hold_; }

 private:
  SegmentBuilder(EvidenceStore* store, size_t dimension, const config::VectorIndexConfig& config,
                 const LexicalAnalyzer* analyzer, const MeanFieldLengths& means, SegmentHold hold);

  absl::Status WriteIndex(absl::string_view name, absl::string_view variant, absl::string_view bytes,
                          storage::SegmentManifest* segment);
  absl::Status WriteIndexes(storage::SegmentManifest* segment);
  absl::Status WriteLexicalIndex(storage::SegmentManifest* segment);

  EvidenceStore* store_;
  size_t dimension_;
  config::VectorIndexConfig config_;
  MeanFieldLengths means_;
  SegmentHold hold_;
  LexicalIndexBuilder lexical_;
  WordTableBuilder words_;
  AbbreviationTableBuilder abbreviations_;
  storage::DocumentTable documents_;
  VectorIndexBuilder vectors_;
  size_t passages_ = 0;
  uint32_t next_piece_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_GENERATION_SEGMENT_BUILDER_H_
