// Texts that an encoder runs together, padded to one length.
#ifndef BEDSIDE_INDEX_EMBEDDING_TOKEN_BATCH_H_
#define BEDSIDE_INDEX_EMBEDDING_TOKEN_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <limits>
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

// Any number of tokens of padding.
constexpr size_t kAnyPadding = std::numeric_limits<size_t>::max();

// Batches of at most 1,024 tokens, padding included (one text at least), in the order of `order`, which is
// LongestFirst(ids) and must outlive the batches. Of texts that would have to be padded by more than `most_padding`
// tokens to the length of longer ones, what 16 is not a multiple of left aside, the next batch is. Cost: linear.
std::vector<TokenBatch> BatchesOf(absl::Span<const TokenIds> ids, absl::Span<const size_t> order,
                                  size_t most_padding = kAnyPadding);

}  // namespace bedside

#endif  // BEDSIDE_INDEX_EMBEDDING_TOKEN_BATCH_H_
