// Changes to the database that happen together or not at all.
#ifndef BEDSIDE_INDEX_STORE_WRITE_BATCH_H_
#define BEDSIDE_INDEX_STORE_WRITE_BATCH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

// Column families; see ARCHITECTURE: the set is fixed, and the order is that of kFamilyNames in database.cc.
enum class Family {
  kDocuments,
  kHeads,
  kPassages,
  kVectors,
  kTokenVectors,
  kStatus,
  kChanges,
  kPieces,
  kMeta,
  kAnswers,
  kAnswerIndex,
  kFeedback,
  kCards,
};

class WriteBatch {
 public:
  struct Operation {
    enum class Kind { kPut, kDelete, kDeleteRange };
    Kind kind;
    Family family;
    std::string key;
    // The value of a Put; the end of a DeleteRange.
    std::string value;
  };

  void Put(Family family, absl::string_view key, absl::string_view value) {
    operations_.push_back({Operation::Kind::kPut, family, std::string(key), std::string(value)});
  }
  void Delete(Family family, absl::string_view key) {
    operations_.push_back({Operation::Kind::kDelete, family, std::string(key), ""});
  }
  // Keys from `begin` on and before `end`.
  void DeleteRange(Family family, absl::string_view begin, absl::string_view end) {
    operations_.push_back({Operation::Kind::kDeleteRange, family, std::string(begin), std::string(end)});
  }

  const std::vector<Operation>& operations() const { return operations_; }

 private:
  std::vector<Operation> operations_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_STORE_WRITE_BATCH_H_
