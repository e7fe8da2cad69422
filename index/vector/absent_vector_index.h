// Stands for vectors that are kept elsewhere. Immutable, thread-safe.
#ifndef BEDSIDE_INDEX_VECTOR_ABSENT_VECTOR_INDEX_H_
#define BEDSIDE_INDEX_VECTOR_ABSENT_VECTOR_INDEX_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "index/vector/vector_index.h"

namespace bedside {

class AbsentVectorIndex : public VectorIndex {
 public:
  explicit AbsentVectorIndex(size_t passages) : passages_(passages) {}

  // FAILED_PRECONDITION
  absl::StatusOr<std::vector<ScoredPassage>> Search(absl::Span<const float> /*vector*/,
                                                    const PassageBitmap& /*allowed*/, size_t /*k*/) const override {
    return absl::FailedPreconditionError("the vectors of this segment are in a cluster. Configure index.cluster.");
  }
  void Read(PassageOrdinal /*passage*/, float* /*values*/) const override {}
  size_t search_depth() const override { return passages_; }
  size_t passages() const override { return passages_; }
  // 0
  size_t dimension() const override { return 0; }
  const std::string& variant() const override { return variant_; }

 private:
  const size_t passages_;
  const std::string variant_ = "absent";
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_VECTOR_ABSENT_VECTOR_INDEX_H_
