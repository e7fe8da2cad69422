// Answers as they were given, where they can be looked up again: in the store of this machine (AnswerStore), or in a
// cluster for all of its servers (ClusterAnswers).
//
// Implementations are thread-safe.
#ifndef BEDSIDE_INDEX_RECORDS_ANSWER_RECORDS_H_
#define BEDSIDE_INDEX_RECORDS_ANSWER_RECORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "proto/bedside/storage/answer_record.pb.h"

namespace bedside {

class AnswerRecords {
 public:
  virtual ~AnswerRecords() = default;

  // An id that nobody can guess and that sorts by time: 14 hexadecimal digits of microseconds since 1970, "-", 16
  // random ones. REQUIRES: time_micros >= 0
  static std::string NewId(int64_t time_micros);

  // What ids of answers of that time begin with. REQUIRES: time_micros >= 0
  static std::string IdAt(int64_t time_micros);

  // Of an id: its microseconds; 0, which is old enough for every limit, for what is no id of NewId.
  static int64_t TimeOf(absl::string_view id);

  // NOT_FOUND, in the words of Get.
  static absl::Status NoSuchAnswer(absl::string_view corpus, absl::string_view id);

  // Get finds them from then on. INVALID_ARGUMENT: one of them is refused for what is in it; others may be written.
  // Where it fails otherwise, none, some or all may be. REQUIRES: ids of NewId, each once
  virtual absl::Status Put(absl::Span<const storage::AnswerRecord> records) = 0;

  // NOT_FOUND: no such answer, or not any more. DATA_LOSS: its record is damaged.
  virtual absl::StatusOr<storage::AnswerRecord> Get(absl::string_view corpus, absl::string_view id) const = 0;

  // Removes the oldest with their feedback: all that are older than `oldest_micros` and those beyond `most`, but at
  // most `limit` a call. Returns how many.
  virtual absl::StatusOr<size_t> Trim(uint64_t most, int64_t oldest_micros, size_t limit) = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RECORDS_ANSWER_RECORDS_H_
