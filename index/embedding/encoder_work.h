// What an encoder has to reckon for a text.
#ifndef BEDSIDE_INDEX_EMBEDDING_ENCODER_WORK_H_
#define BEDSIDE_INDEX_EMBEDDING_ENCODER_WORK_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace bedside {

// Floating-point operations, two for each product that is summed, of matrix products alone; padding does not count.
class EncoderWork {
 public:
  // Of the model in `folder`, pooled by its first token: products that KeepFirstToken leaves to one token count once a
  // text. Errors are those of ReadEncoderGraph, and INTERNAL.
  static absl::StatusOr<EncoderWork> Read(const std::string& folder);

  // 2 * weights * tokens, and 4 * tokens^2 * dimension for the attention of each layer.
  double OperationsOf(size_t tokens) const;

 private:
  EncoderWork() = default;

  double weights_for_each_token_ = 0;
  double weights_once_ = 0;
  double attention_products_ = 0;
  double dimension_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_ENCODER_WORK_H_
