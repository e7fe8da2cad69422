// Texts that an encoder runs together, padded to one length.
#ifndef BEDSIDE_INDEX_EMBEDDING_TOKEN_BATCH_H_
#define BEDSIDE_INDEX_EMBEDDING_TOKEN_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"

namespace bedside {

using TokenIds = std::vector<int64_t>;

// Indexes into the token ids of a call, all at most `length` tokens long.
struct TokenBatch {
  absl::Span<const size_t> texts;
  size_t length = 0;
};

// Indexes of `ids` by falling number of tokens, equal ones in the order given.
std::vector<size_t> LongestFirst(absl::Span<const TokenIds> ids);

// Batches of at most 1,024 tokens, padding included (one text at least), in the order of `order`, which is
// LongestFirst(ids) and must outlive the batches. Cost: linear.
std::vector<TokenBatch> BatchesOf(absl::Span<const TokenIds> ids, absl::Span<const size_t> order);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_TOKEN_BATCH_H_
