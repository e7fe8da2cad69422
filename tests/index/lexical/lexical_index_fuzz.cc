#include <glog/logging.h>

#include <algorithm>

#include "index/lexical/lexical_index.h"
#include "tests/fuzz/input.h"

namespace {

constexpr size_t kMostTerms = 8;

void Search(const bedside::LexicalIndex& index) {
  const bedside::PassageBitmap all(index.passages(), true);
  std::vector<bedside::WeightedTerm> terms = {{"unknown", 1}};
  for (size_t i = 0; i < std::min(index.terms(), kMostTerms); ++i) terms.push_back({std::string(index.term(i)), 1});
  for (const size_t k : {size_t{1}, size_t{10}}) {
    for (const bedside::ScoredPassage& found : index.Search(terms, all, k)) {
      CHECK_LT(bedside::IndexOf(found.passage), index.passages());
      index.Holds(terms.back().term, {found.passage});
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto index = bedside::LexicalIndex::Open(std::string(bedside::TextOf(data, size)));
  if (index.ok()) Search(**index);
  return 0;
}
