// What a cluster keeps of each passage of a segment, as the JSON that BulkWriter sends.
//
// Not thread-safe. Memory: the postings of a batch.
#ifndef BEDSIDE_INDEX_CLUSTER_PASSAGE_RECORDS_H_
#define BEDSIDE_INDEX_CLUSTER_PASSAGE_RECORDS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "index/generation/segment.h"
#include "index/store/evidence_store.h"
#include "proto/bedside/storage/cluster_record.pb.h"
#include "proto/bedside/storage/passage.pb.h"

namespace bedside {

class PassageRecords {
 public:
  // Passages that are read, and whose postings are collected, at once.
  static constexpr size_t kBatch = 16'384;

  // Both must outlive the object. `dimension`: of the vectors.
  PassageRecords(EvidenceStore* store, const Segment* segment, size_t dimension)
      : store_(store), segment_(segment), dimension_(dimension) {}

  // Calls `visit` with each passage of the segment and its record, in their order, until it fails. DATA_LOSS: a passage
  // cannot be read.
  absl::Status ForEach(const std::function<absl::Status(size_t passage, absl::string_view record)>& visit) const;

 private:
  struct Posting {
    uint32_t term;
    uint8_t impact;
  };

  // Of the passages in [begin, end).
  std::vector<std::vector<Posting>> PostingsOf(size_t begin, size_t end) const;
  absl::Status ForEachOf(size_t begin, size_t end,
                         const std::function<absl::Status(size_t passage, absl::string_view record)>& visit) const;
  std::string RecordOf(size_t ordinal, const storage::Passage& passage, const std::string* codes,
                       const std::vector<Posting>& postings) const;

  EvidenceStore* store_;
  const Segment* segment_;
  const size_t dimension_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_CLUSTER_PASSAGE_RECORDS_H_
