#include "index/embedding/token_batch.h"

#include <algorithm>
#include <numeric>

namespace bedside {
namespace {

// Tokens in a batch, padding included, and what lengths are rounded up to. Each new shape costs OpenVINO a preparation,
// and its matrix kernels work on 16 rows: on two cores with AMX 1024 and 16 were the fastest of 512 to 4096 and 1
// to 16.
constexpr size_t kTokensPerBatch = 1024;
constexpr size_t kLengthStep = 16;

}  // namespace

std::vector<size_t> LongestFirst(absl::Span<const TokenIds> ids) {
  std::vector<size_t> order(ids.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return ids[a].size() > ids[b].size(); });
  return order;
}

std::vector<TokenBatch> BatchesOf(absl::Span<const TokenIds> ids, absl::Span<const size_t> order) {
  std::vector<TokenBatch> batches;
  for (size_t begin = 0; begin < order.size();) {
    const size_t length = (ids[order[begin]].size() + kLengthStep - 1) / kLengthStep * kLengthStep;
    batches.push_back({order.subspan(begin, std::max<size_t>(1, kTokensPerBatch / length)), length});
    begin += batches.back().texts.size();
  }
  return batches;
}

}  // namespace bedside
