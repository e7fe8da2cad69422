// The first byte says how many vectors of the question there are; codes of a passage follow them.
#include <glog/logging.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "index/interaction/late_interaction.h"
#include "index/interaction/token_codes.h"
#include "tests/fuzz/input.h"

namespace {

// Of two words, the second of which has bits behind it.
constexpr size_t kDimension = 100;
constexpr size_t kMostTokens = 4;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto& rotation = *new bedside::TokenRotation(kDimension);
  absl::string_view bytes = bedside::TextOf(data, size);
  const size_t wanted = bedside::TakeByte(&bytes) % (kMostTokens + 1);
  std::vector<float> tokens(std::min(wanted, bytes.size() / (kDimension * sizeof(float))) * kDimension);
  if (!tokens.empty()) std::memcpy(tokens.data(), bytes.data(), tokens.size() * sizeof(float));
  bytes.remove_prefix(tokens.size() * sizeof(float));
  bytes.remove_suffix(bytes.size() % bedside::CodeBytes(kDimension));
  const bedside::QuestionTokens question(tokens, rotation);
  const bedside::Interaction interaction = bedside::LateInteraction(question).With(bytes);
  CHECK(std::isfinite(interaction.mean));
  CHECK(std::isfinite(interaction.weakest));
  return 0;
}
