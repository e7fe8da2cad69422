// The first byte chooses how many tokens there may be.
#include <glog/logging.h>

#include <algorithm>

#include "index/text/utf8.h"
#include "index/text/wordpiece_tokenizer.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& tokenizer =
      *bedside::WordPieceTokenizer::Create("external/bge_small_en/tokenizer.json")->release();
  absl::string_view bytes = bedside::TextOf(data, size);
  const size_t most = 5 + bedside::TakeByte(&bytes);
  const std::string text = bedside::CanonicalText(bytes);
  const size_t pieces = tokenizer.CountPieces(text);
  CHECK_EQ(tokenizer.Encode(text, most).size(), std::min(pieces + 2, most));
  const bedside::TokenPair pair = tokenizer.EncodePair(text, text, most);
  CHECK_EQ(pair.ids.size(), std::min(2 * pieces + 3, most));
  CHECK_LE(pair.first_part, pair.ids.size());
  return 0;
}
