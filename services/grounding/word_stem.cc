#include "services/grounding/word_stem.h"

#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "services/grounding/term_set.h"

namespace bedside {
namespace {

// Shorter words are left whole.
constexpr size_t kMinBytes = 4;
constexpr absl::string_view kEndings[] = {"ingly", "edly", "ing", "ed", "es", "ly", "s", "e"};

absl::string_view WithoutEnding(absl::string_view word) {
  for (const absl::string_view ending : kEndings) {
    if (word.size() >= kMinBytes + ending.size() - 1 && absl::EndsWith(word, ending) &&
        !(ending == "s" && absl::EndsWith(word, "ss"))) {
      return word.substr(0, word.size() - ending.size());
    }
  }
  return word;
}

}  // namespace

std::string WordStem(absl::string_view word) {
  absl::ConsumeSuffix(&word, "'s") || absl::ConsumeSuffix(&word, "’s");
  if (word.size() < kMinBytes) return std::string(word);
  const absl::string_view bare = WithoutEnding(word);
  // What is spelled in two ways has one of these.
  std::string stem = bare.find_first_of("eu") == absl::string_view::npos ? std::string(bare) : OneSpelling(bare);
  if (absl::EndsWith(stem, "y") || absl::EndsWith(stem, "i")) stem.back() = 'i';
  return stem;
}

}  // namespace bedside
