// A net with one hidden layer and a skip connection: the sum of a linear score and of `units` bent ones.
// The formula stands in proto/bedside/storage/ranker_model.proto.
//
// Immutable, thread-safe. Cost of a score: inputs x units products. REQUIRES: a CPU with AVX2
#ifndef BEDSIDE_INDEX_RANKING_FEED_FORWARD_NET_H_
#define BEDSIDE_INDEX_RANKING_FEED_FORWARD_NET_H_

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "proto/bedside/storage/ranker_model.pb.h"

namespace bedside {

class FeedForwardNet {
 public:
  // INVALID_ARGUMENT: sizes that do not fit each other or `inputs`, a deviation that is not above 0, or a number that
  // is not finite; the message says which field.
  static absl::StatusOr<FeedForwardNet> Create(const storage::FeedForwardNet& net, size_t inputs);

  // REQUIRES: features.size() is the number of inputs, all finite
  double Score(absl::Span<const float> features) const;

 private:
  explicit FeedForwardNet(const storage::FeedForwardNet& net) : net_(net) {}

  storage::FeedForwardNet net_;
};

}  // namespace bedside

#endif  // BEDSIDE_INDEX_RANKING_FEED_FORWARD_NET_H_
