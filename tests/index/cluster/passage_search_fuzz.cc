// The first byte says how many searches there were, by words and by vectors in turn; what follows is the answer.
#include <glog/logging.h>

#include <algorithm>
#include <cmath>

#include "index/cluster/passage_search.h"
#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace bedside;
  absl::string_view bytes = TextOf(data, size);
  std::vector<bool> is_dense(TakeByte(&bytes) % 8);
  for (size_t i = 0; i < is_dense.size(); ++i) is_dense[i] = i % 2 == 1;
  const auto answer = nlohmann::json::parse(bytes, nullptr, /*allow_exceptions=*/false);
  if (answer.is_discarded()) return 0;
  const auto found = PassageSearch::Parse(answer, is_dense);
  if (!found.ok()) return 0;
  CHECK_EQ(found->size(), is_dense.size());
  for (const PassageSearch::Found& one : *found) {
    CHECK(std::is_sorted(one.passages.begin(), one.passages.end(), RanksBefore));
    for (const ScoredPassage& passage : one.passages) CHECK(std::isfinite(passage.score));
  }
  return 0;
}
