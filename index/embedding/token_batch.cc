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

size_t PaddedLength(const TokenIds& text) { return (text.size() + kLengthStep - 1) / kLengthStep * kLengthStep; }

// How many of the first `texts`, which are LongestFirst, run together: those before the first that would, with all that
// follow it, be padded by more than `most_padding`.
size_t TextsTogether(absl::Span<const TokenIds> ids, absl::Span<const size_t> texts, size_t most_padding) {
  const size_t length = PaddedLength(ids[texts[0]]);
  for (size_t i = 1; i < texts.size(); ++i) {
    const size_t padding = (texts.size() - i) * (length - PaddedLength(ids[texts[i]]));
    if (padding > most_padding) return i;
  }
  return texts.size();
}

}  // namespace

std::vector<size_t> LongestFirst(absl::Span<const TokenIds> ids) {
  std::vector<size_t> order(ids.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return ids[a].size() > ids[b].size(); });
  return order;
}

std::vector<TokenBatch> BatchesOf(absl::Span<const TokenIds> ids, absl::Span<const size_t> order, size_t most_padding) {
  std::vector<TokenBatch> batches;
  for (size_t begin = 0; begin < order.size();) {
    const size_t length = PaddedLength(ids[order[begin]]);
    const auto may_join = order.subspan(begin, std::max<size_t>(1, kTokensPerBatch / length));
    batches.push_back({may_join.first(TextsTogether(ids, may_join, most_padding)), length});
    begin += batches.back().texts.size();
  }
  return batches;
}

}  // namespace bedside
