// Passages, queries and filters drawn from a seed, for properties that must hold for all of them.
#ifndef BEDSIDE_TESTS_INDEX_LEXICAL_RANDOM_PASSAGES_H_
#define BEDSIDE_TESTS_INDEX_LEXICAL_RANDOM_PASSAGES_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "index/lexical/lexical_index_writer.h"
#include "index/passage/passage_bitmap.h"

namespace bedside {

class RandomPassages {
 public:
  explicit RandomPassages(uint32_t seed) : random_(seed) {}

  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }

  // Of 80 terms, of which the first are frequent and the last are rare.
  std::string Term() {
    const double u = std::uniform_real_distribution<double>(0, 1)(random_);
    return absl::StrCat("t", static_cast<int>(80 * u * u * u));
  }

  std::vector<std::string> Terms(size_t count) {
    std::vector<std::string> terms(count);
    for (std::string& term : terms) term = Term();
    return terms;
  }

  // Most have a body, some have the other fields, and one in ten has nothing.
  LexicalTerms Passage() {
    if (Below(10) == 0) return {};
    return {Terms(Below(3) * Below(4)), Terms(Below(2) * Below(8)), Terms(Below(40)),
            Terms(Below(4) == 0 ? Below(6) : 0)};
  }

  std::vector<LexicalTerms> Passages(size_t count) {
    std::vector<LexicalTerms> passages(count);
    for (LexicalTerms& passage : passages) passage = Passage();
    return passages;
  }

  PassageBitmap Allowed(size_t passages, double share) {
    PassageBitmap allowed(passages, false);
    std::bernoulli_distribution chosen(share);
    for (size_t i = 0; i < passages; ++i) {
      if (chosen(random_)) allowed.Add(PassageAt(i));
    }
    return allowed;
  }

 private:
  std::mt19937 random_;
};

inline std::string IndexBytes(const std::vector<LexicalTerms>& passages) {
  LexicalIndexWriter writer;
  for (const LexicalTerms& passage : passages) writer.Add(passage);
  return writer.Finish();
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INDEX_LEXICAL_RANDOM_PASSAGES_H_
